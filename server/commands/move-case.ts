/**
 * Verb: a business administrator lets a case that stands still go on by the version of its process that is in force; then what stood
 * still is tried again. He learns no more of the case than its incident shows. Rules: [C61] [C62] [O60].
 */
import { holdsDuty } from '@ganwei/core/actor';
import { incidentKind, waysOf } from '@ganwei/core/incident';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Instead } from '@ganwei/process/migrate';
import { advance } from '../case/advance.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import { moveTo } from '../case/move.ts';
import type { Host } from '../catalogue/host.ts';
import { judgeMove, type Target } from '../catalogue/moving.ts';
import { loadIncident } from '../store/incidents.ts';
import type { TaskRow } from '../store/rows.ts';
import { tasksOfCase } from '../store/work.ts';
import { type Call, perform } from './run.ts';
import { type Solved, stillStanding, tryAgain } from './solve-incident.ts';

export interface Moving {
  /** the release he was shown: what has come into force since is another matter */
  release: number;
  /** why he moves it; stays in the record */
  reason: string;
}

/** [C61] Moves the case of this incident; answers what came of the incident. Refused with the reason where a place is missing. */
export async function moveCase(host: Host, call: Call, id: string, moving: Moving): Promise<Solved> {
  if (!holdsDuty(call.actor, 'business-admin')) throw new Refusal('not.allowed');
  await perform(host, { ...call, request: ['move', id, moving] }, (desk) => move(desk, id, moving));
  return settle(host, call, id, moving.reason);
}

async function move(desk: Desk, id: string, { release, reason }: Moving): Promise<{ ok: true }> {
  const incident = await loadIncident(desk.tx, id);
  if (!incident || !waysOf(incidentKind(incident.kind)).includes('move')) throw new Refusal('not.found');
  const file = await desk.open(incident.case_id);
  const tasks = await tasksOfCase(desk.tx, file.id);
  const target = await admitMove(desk, file, tasks);
  if (target.release !== release) throw new Refusal('task.stale');
  await carryOver(desk, file, tasks, target, reason);
  return { ok: true };
}

/** The case goes on by the target, and the record and the audit log say so. */
export async function carryOver(
  desk: Desk,
  file: CaseFile,
  tasks: readonly TaskRow[],
  target: Target,
  reason: string,
): Promise<void> {
  const versions = { from: file.row.version, to: target.process.version };
  await moveTo(desk, file, target, tasks);
  file.note({ kind: 'moved-version', node: '', detail: { ...versions, reason } });
  // [C64] [C65] What had come to a join that waits for nothing more goes on, and branches beside what waits begin, by the data of the case.
  const { opens, branches, left } = target;
  if (opens.length + branches.length + left.length > 0)
    await advance(desk, file, { kind: 'resume', waits: [...file.slots.keys()], branches });
  await desk.audit('case-moved', file.row.number, { ...versions, reason });
}

/** What it would go on by; refused with the reason where it cannot. */
export async function admitMove(
  desk: Desk,
  file: CaseFile,
  tasks: readonly TaskRow[],
  instead?: Instead,
): Promise<Target> {
  const { row, process } = file;
  if (row.state === 'suspended') throw new Refusal('case.suspended');
  if (row.state !== 'running') throw new Refusal('case.ended');
  const judged = await judgeMove(desk.tx, desk.host.catalogue(), { row, process, tasks, sight: file.sight() }, instead);
  if ('target' in judged) return judged.target;
  throw new Refusal('case.not-movable', { reason: judged.reasons[0] ?? because('move.current') });
}

/** The move stands whatever comes of this: what failed before may fail again. */
async function settle(host: Host, { actor }: Call, id: string, words: string): Promise<Solved> {
  try {
    return await perform(host, { actor }, async (desk) => {
      const incident = await loadIncident(desk.tx, id);
      return incident ? tryAgain(desk, incident, words) : { result: 'solved' as const, reason: '' };
    });
  } catch (error) {
    return stillStanding(error);
  }
}
