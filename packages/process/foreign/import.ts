/**
 * Owns the import of flows that were written for another engine: text in, flows of ours out, with everything that became something and everything that
 * was left, each with its reason. It never runs anything of the file. Rules: [FOR1] [FOR2].
 */
import { Drawing } from './drawing.ts';
import { turnEvents, type Work } from './events.ts';
import { type Flow, flowsOf, type NamesOfFlows, turnMessageFlows } from './flows.ts';
import { tellGaps } from './gaps.ts';
import { renameIds } from './ids.ts';
import { turnKinds } from './kinds.ts';
import { turnSettings } from './settings.ts';
import { readSource } from './source.ts';
import { sweep } from './sweep.ts';
import { type Became, type Left, Report } from './told.ts';
import { turnWays } from './ways.ts';

export type { Flow, NamesOfFlows } from './flows.ts';
export type { Became, Left } from './told.ts';

export interface Imported {
  readonly flows: readonly Flow[];
  readonly became: readonly Became[];
  readonly left: readonly Left[];
}

/** `names`: what flows shall be called, by the keys that they have without. Throws Unreadable. */
export function importBpmn(text: string, names: NamesOfFlows = new Map()): Imported {
  const root = readSource(text);
  const report = new Report();
  renameIds(root, report);
  const work: Work = { root, drawing: new Drawing(root), report };
  turnKinds(root, report);
  turnSettings(root, report);
  turnMessageFlows(work);
  turnEvents(work);
  turnWays(work);
  sweep(root, report);
  tellGaps(root, report);
  const flows = flowsOf(work, names);
  return { flows, became: report.became, left: report.left };
}
