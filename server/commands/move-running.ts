/**
 * Verb: a business administrator lets running cases of a flow go on by the version in force, some at a time, each in a transaction of its own:
 * one that cannot move stays as it is, with the reason. A step that is gone is left for another before, and whoever held it is told. Rules: [RUN3] [RUN4].
 */

import { because, type Language, said } from '@ganwei/core/reason';
import { Refusal, refusalSentence } from '@ganwei/core/refusal';
import { noticeText } from '@ganwei/core/written';
import type { Instead } from '@ganwei/process/migrate';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import type { Target } from '../catalogue/moving.ts';
import type { TaskRow } from '../store/rows.ts';
import { itemsOfTask, tasksOfCase } from '../store/work.ts';
import { admitMove, carryOver } from './move-case.ts';
import { type Call, perform } from './run.ts';

export interface MovingMany {
  cases: readonly string[];
  /** the release he was shown */
  release: number;
  instead: readonly { from: string; to: string }[];
  /** [RUN7] further steps may begin with it: he was shown which */
  begin: boolean;
  /** why; stays in the record of each case */
  reason: string;
}

export interface MovedOne {
  id: string;
  number: string;
  moved: boolean;
  /** why not */
  reason: string;
}

/** [RUN3] One after the other; what has moved stays moved whatever becomes of the others. */
export async function moveRunning(
  host: Host,
  call: Call,
  process: string,
  { cases, release, instead, begin, reason }: MovingMany,
  language: Language,
): Promise<MovedOne[]> {
  if (host.catalogue().release !== release) throw new Refusal('task.stale');
  const mapping: Instead = new Map(instead.map(({ from, to }) => [from, to]));
  const moved: MovedOne[] = [];
  for (const id of cases)
    moved.push(await moveOne(host, call, { process, id, instead: mapping, begin, reason }, language));
  return moved;
}

interface One {
  process: string;
  id: string;
  instead: Instead;
  begin: boolean;
  reason: string;
}

async function moveOne(host: Host, { actor, address }: Call, one: One, language: Language): Promise<MovedOne> {
  const call = { actor, address };
  let number = '';
  try {
    const open = async (desk: Desk): Promise<CaseFile> => {
      const file = await desk.open(one.id);
      if (file.row.process !== one.process) throw new Refusal('not.found');
      number = file.row.number;
      return file;
    };
    await perform(host, call, async (desk) => {
      const file = await open(desk);
      const tasks = await tasksOfCase(desk.tx, file.id);
      const target = await admitMove(desk, file, tasks, one.instead);
      if (target.begins.length > 0 && !one.begin) throw unconfirmed(target);
      await tellHolders(desk, file, { tasks, target, instead: one.instead });
      await carryOver(desk, file, tasks, target, one.reason);
    });
    return { id: one.id, number, moved: true, reason: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id: one.id, number, moved: false, reason: reasonOf(error, language) };
  }
}

function unconfirmed({ process, begins }: Target): Refusal {
  const names = begins.map((node) => process.model.nodes.get(node)?.name ?? '').join('、');
  return new Refusal('case.not-movable', { reason: because('move.begins', { names }) });
}

/** The reason alone where there is one: "cannot move" is said already. */
function reasonOf({ code, params }: Refusal, language: Language): string {
  const { reason } = params;
  return typeof reason === 'object' && 'code' in reason
    ? said(reason, language)
    : refusalSentence(code, params, language);
}

/** [RUN4] Whoever holds a step that is left learns which one stands in for it. */
async function tellHolders(
  desk: Desk,
  file: CaseFile,
  { tasks, target, instead }: { tasks: readonly TaskRow[]; target: Target; instead: Instead },
): Promise<void> {
  for (const task of tasks.filter(({ slot }) => target.left.includes(slot))) {
    const there = target.process.model.nodes.get(instead.get(task.node) ?? '')?.name ?? '';
    for (const { person_id } of await itemsOfTask(desk.tx, task.id))
      desk.notices.push({
        id: desk.host.newId(),
        person_id,
        kind: 'step-gone',
        case_id: file.id,
        title: file.row.number,
        text: noticeText('step-gone-text', { step: task.name, instead: there }),
        from_name: desk.actor.name,
        at: desk.now,
        read_at: null,
        letter_id: null,
      });
  }
}
