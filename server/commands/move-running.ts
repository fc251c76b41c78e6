/**
 * Verb: a business administrator lets running cases of a flow go on by the version in force, some at a time, each in a transaction of its own:
 * one that cannot move stays as it is, with the reason. A step that is gone is left for another before, and whoever held it is told. Rules: [RUN3] [RUN4].
 */

import { type Language, said } from '@ganwei/core/reason';
import { Refusal, refusalSentence } from '@ganwei/core/refusal';
import { noticeText } from '@ganwei/core/written';
import type { Instead } from '@ganwei/process/migrate';
import { advance } from '../case/advance.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import { itemsOfTask, tasksOfCase } from '../store/work.ts';
import { admitMove, carryOver } from './move-case.ts';
import { type Call, perform } from './run.ts';

export interface MovingMany {
  cases: readonly string[];
  /** the release he was shown */
  release: number;
  instead: readonly { from: string; to: string }[];
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
  { cases, release, instead, reason }: MovingMany,
  language: Language,
): Promise<MovedOne[]> {
  if (host.catalogue().release !== release) throw new Refusal('task.stale');
  const mapping: Instead = new Map(instead.map(({ from, to }) => [from, to]));
  const moved: MovedOne[] = [];
  for (const id of cases) moved.push(await moveOne(host, call, { process, id, instead: mapping, reason }, language));
  return moved;
}

interface One {
  process: string;
  id: string;
  instead: Instead;
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
    await perform(host, call, async (desk) => leaveGone(desk, await open(desk), one.instead));
    await perform(host, call, async (desk) => {
      const file = await open(desk);
      const tasks = await tasksOfCase(desk.tx, file.id);
      await carryOver(desk, file, tasks, await admitMove(desk, file, tasks), one.reason);
    });
    return { id: one.id, number, moved: true, reason: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id: one.id, number, moved: false, reason: reasonOf(error, language) };
  }
}

/** The reason alone where there is one: "cannot move" is said already. */
function reasonOf({ code, params }: Refusal, language: Language): string {
  const { reason } = params;
  return typeof reason === 'object' && 'code' in reason
    ? said(reason, language)
    : refusalSentence(code, params, language);
}

/** [RUN4] Judged whole before the first step is left, so that no case is moved about in vain. */
async function leaveGone(desk: Desk, file: CaseFile, instead: Instead): Promise<void> {
  const leaving = [...file.slots].filter(([, slot]) => instead.has(slot.node));
  if (leaving.length === 0) return;
  const tasks = await tasksOfCase(desk.tx, file.id);
  await admitMove(desk, file, tasks, instead);
  for (const [name, { node }] of leaving) {
    const task = tasks.find(({ slot }) => slot === name);
    const to = instead.get(node)!;
    const step = file.node(to).name;
    for (const { person_id } of task ? await itemsOfTask(desk.tx, task.id) : [])
      desk.notices.push({
        id: desk.host.newId(),
        person_id,
        kind: 'step-gone',
        case_id: file.id,
        title: file.row.number,
        text: noticeText('step-gone-text', { step: task?.name ?? '', instead: step }),
        from_name: desk.actor.name,
        at: desk.now,
        read_at: null,
        letter_id: null,
      });
    await advance(desk, file, { kind: 'jump', to, cancel: [name] });
  }
}
