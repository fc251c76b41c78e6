/**
 * Owns trying again what an incident is about: people are looked for anew, a timer fires, an effect is delivered once more, whoever holds
 * a step is asked to submit again. Must never say that something went through which nobody has tried. Rules: [O60] [O61] [T9].
 */
import type { Result } from '@ganwei/core/incident';
import { because, type Reason } from '@ganwei/core/reason';
import { noticeText } from '@ganwei/core/written';
import { open } from '@ganwei/process/round';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import { hasEffect, retryEffect, revive } from '../store/effects.ts';
import { causeOf } from '../store/incidents.ts';
import type { IncidentRow, TaskRow, TimerRow } from '../store/rows.ts';
import { itemsOfTask, loadTask, loadTimer, timersOfCase } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { handOverLetters } from './post.ts';
import { keepRound, membersOf } from './tasks.ts';

interface Tried {
  result: Result;
  reason: Reason | string;
}

interface Trying {
  /** what the administrator says to it */
  comment: string;
  /** lets a timer do what it is for */
  fire(desk: Desk, timer: TimerRow): Promise<void>;
}

const SOLVED: Tried = { result: 'solved', reason: '' };

/** Throws the Standstill that comes up again. */
export async function retry(desk: Desk, incident: IncidentRow, trying: Trying): Promise<Tried> {
  const file = await desk.open(incident.case_id);
  if (file.row.ended_at !== null && incident.kind !== 'undelivered') return SOLVED;
  if (incident.kind === 'undelivered') {
    const waits = await handOverLetters(desk, file);
    return waits ? { result: 'standing', reason: waits } : SOLVED;
  }
  if (incident.kind === 'nobody') return findPeople(desk, file, incident);
  if (incident.kind === 'stuck') {
    return file.slots.size > 0 ? SOLVED : { result: 'standing', reason: because('flow.stuck') };
  }
  const cause = causeOf(incident);
  if (cause?.kind === 'effect') return sendAgain(desk, cause.id);
  if (incident.task_id) return askAgain(desk, file, incident.task_id, trying.comment);
  const timer = cause ? await loadTimer(desk.tx, cause.id) : await timerAt(desk, file, incident.node);
  if (!timer) return { result: 'closed', reason: '' };
  await trying.fire(desk, timer);
  return SOLVED;
}

/** A timer that stands at this node: incidents of before do not say what failed. */
async function timerAt(desk: Desk, file: CaseFile, node: string): Promise<TimerRow | undefined> {
  return (await timersOfCase(desk.tx, file.id)).find((timer) => timer.kind === 'flow' && timer.node === node);
}

/** [T9] The step's people are looked for as if it opened now. */
async function findPeople(desk: Desk, file: CaseFile, { task_id: id }: IncidentRow): Promise<Tried> {
  const task = id ? await loadTask(desk.tx, id) : undefined;
  if (!task) return { result: 'closed', reason: '' };
  const settings = file.node(task.node).task!;
  const sight = file.sight();
  if (roundOf(task, settings, sight).seats.length > 0) return SOLVED;
  const { members, nobody } = membersOf(file, settings);
  if (nobody) return { result: 'standing', reason: nobody };
  const round = open({ mode: settings.mode, people: members, last: lastSigners(settings, sight) });
  keepRound(desk, file, task, { round, items: await itemsOfTask(desk.tx, task.id), moved: true });
  return SOLVED;
}

/** [O61] What a person submitted is not kept: he is asked to do it again, and the incident ends when that goes through. */
async function askAgain(desk: Desk, file: CaseFile, id: string, words: string): Promise<Tried> {
  const task = await loadTask(desk.tx, id);
  if (!task) return SOLVED;
  for (const { person_id: person } of await itemsOfTask(desk.tx, id)) notify(desk, file, task, person, words);
  return { result: 'asked', reason: '' };
}

function notify(desk: Desk, file: CaseFile, task: TaskRow, person: string, words: string): void {
  desk.notices.push({
    id: desk.host.newId(),
    person_id: person,
    kind: 'again',
    case_id: file.id,
    title: file.row.title,
    text: noticeText('again-text', { step: task.name, words }),
    from_name: desk.actor.name,
    at: desk.now,
    read_at: null,
    letter_id: null,
  });
}

async function sendAgain(desk: Desk, effect: string): Promise<Tried> {
  const { tx, now } = desk;
  if (await hasEffect(tx, effect)) await retryEffect(tx, effect, now, '');
  else if (!(await revive(tx, effect, now))) return { result: 'standing', reason: because('incident.lost') };
  desk.committed.push(() => desk.host.nudge());
  return { result: 'sent', reason: '' };
}
