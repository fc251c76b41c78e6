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

/** What its author wishes of an import beforehand. */
export interface Wishes {
  /** what flows shall be called, by the keys that they have without */
  readonly names?: NamesOfFlows;
  /** [FOR41] keys of our roles, by the groups, roles and posts of the file that they are */
  readonly roles?: ReadonlyMap<string, string>;
}

/** Throws Unreadable. */
export function importBpmn(text: string, { names = new Map(), roles = new Map() }: Wishes = {}): Imported {
  const root = readSource(text);
  const report = new Report();
  renameIds(root, report);
  const work: Work = { root, drawing: new Drawing(root), report };
  turnKinds(root, report);
  turnSettings(root, roles, report);
  turnMessageFlows(work);
  turnEvents(work);
  turnWays(work);
  sweep(root, report);
  tellGaps(root, report);
  const flows = flowsOf(work, names);
  return { flows, became: report.became, left: report.left };
}
