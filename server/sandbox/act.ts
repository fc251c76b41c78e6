/**
 * Owns carrying out one act of a story in a sandbox, by the commands that the pages call. What a story cannot know beforehand - ids of tasks and
 * cases, files - is found or made here. Rule: [STORY3].
 */
import { instantOf } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { because, type Reason, said } from '@ganwei/core/reason';
import { Refusal, refusalSentence } from '@ganwei/core/refusal';
import { type Act, isFileMark, placeOf } from '@ganwei/release/story';
import { claimTask } from '../commands/claim-task.ts';
import { keepUpload } from '../commands/keep-upload.ts';
import { returnTask } from '../commands/return-task.ts';
import { startCase } from '../commands/start-case.ts';
import { submitTask } from '../commands/submit-task.ts';
import { transferTask } from '../commands/transfer-task.ts';
import { withdrawCase } from '../commands/withdraw-case.ts';
import type { TaskRow } from '../store/rows.ts';
import { nameOfCase, nameOfStep } from './naming.ts';
import type { Stage } from './stage.ts';

/** An act that cannot be carried out, and why. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(said(reason));
    this.reason = reason;
  }
}

/** Carries it out and lets happen what is due then. Throws Fault. */
export async function carryOut(stage: Stage, act: Act): Promise<void> {
  try {
    if ('clock' in act) moveClock(stage, instantOf(act.clock));
    else await perform(stage, act, actorOf(stage, act.by));
    await stage.settle();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Fault(because('story.refused', { reason: sentenceOf(error) }));
  }
}

/** [PLAY5] Only forward: what has happened is not undone. */
export function moveClock({ clock }: Pick<Stage, 'clock'>, now: number): void {
  if (now < clock.now) throw new Fault(because('story.clock-back'));
  clock.now = now;
}

/** What is wrong with what was filled in says more than that something is. */
function sentenceOf(refusal: Refusal): string {
  const [first] = refusal.fields;
  return refusalSentence(refusal.code, refusal.params, 'zh-CN') + (first ? `${first.path}：${first.message}` : '');
}

function actorOf({ host }: Stage, id: string): Actor {
  const actor = host.directory().actor(id);
  if (!actor) throw new Fault(because('story.no-person', { who: id }));
  return actor;
}

async function perform(stage: Stage, act: Exclude<Act, { clock: string }>, actor: Actor): Promise<void> {
  const { host } = stage;
  const call = { actor };
  if ('start' in act) {
    const { flow, node } = placeOf(act.start);
    const values = (await withFiles(stage, actor, act.values)) as Record<string, unknown>;
    const more = act.of && { case: await caseAt(stage, act.of.case), action: act.of.action };
    await startCase(host, call, { process: stage.stored('process', flow), start: node, values, ...more });
  } else if ('withdraw' in act) await withdrawCase(host, call, await caseAt(stage, act.withdraw), act.comment);
  else if ('claim' in act) await claimTask(host, call, (await taskAt(stage, actor, act.claim)).id);
  else if ('submit' in act) {
    const { id, revision } = await taskAt(stage, actor, act.submit);
    const values = (await withFiles(stage, actor, act.values)) as Record<string, unknown>;
    await submitTask(host, call, id, { outcome: act.outcome, values, comment: act.comment, revision });
  } else if ('return' in act) {
    const { id, revision } = await taskAt(stage, actor, act.return);
    await returnTask(host, call, id, { to: act.to, resume: act.resume, comment: act.comment, revision });
  } else {
    const { id, revision } = await taskAt(stage, actor, act.transfer);
    await transferTask(host, call, id, { to: act.to, comment: act.comment, revision });
  }
}

async function caseAt(stage: Stage, written: string): Promise<string> {
  const id = stage.caseAt(await stage.everything(), placeOf(written));
  if (id === undefined) throw new Fault(because('story.no-case', { flow: await nameOfCase(stage, written) }));
  return id;
}

/** Of several tasks at one step, the first that this person has. */
async function taskAt(stage: Stage, actor: Actor, written: string): Promise<TaskRow> {
  const all = await stage.everything();
  const place = placeOf(written);
  const id = stage.caseAt(all, place);
  const own = all.items.filter((item) => item.person_id === actor.id && item.state !== 'waiting');
  const found = all.tasks.find(
    (task) => task.case_id === id && task.node === place.node && own.some((item) => item.task_id === task.id),
  );
  if (found) return found;
  throw new Fault(because('story.no-task', { who: actor.name, step: await nameOfStep(stage, written) }));
}

/** Marks of files become files of whoever fills them in. */
async function withFiles(stage: Stage, actor: Actor, value: unknown): Promise<unknown> {
  if (isFileMark(value)) {
    const bytes = new TextEncoder().encode(`%PDF-1.4\n${value.file}`);
    return keepUpload(stage.host, { actor }, { name: value.file, type: 'application/pdf', bytes });
  }
  if (Array.isArray(value)) {
    const all: unknown[] = [];
    for (const one of value) all.push(await withFiles(stage, actor, one));
    return all;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [key, one] of Object.entries(value)) members.push([key, await withFiles(stage, actor, one)]);
  return Object.fromEntries(members);
}
