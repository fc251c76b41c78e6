/**
 * Owns the way every change is made: one transaction, a lost race tried again, an answer kept under its idempotency key.
 * Nothing leaves the house before the commit. Rules: [P1] [P5] [T8] [O1].
 */

import { createHash } from 'node:crypto';
import type { Actor } from '@ganwei/core/actor';
import type { IncidentKind } from '@ganwei/core/incident';
import { Conflict, Refusal } from '@ganwei/core/refusal';
import { Desk } from '../case/desk.ts';
import { Standstill, standstillOf } from '../case/standstill.ts';
import type { Host } from '../catalogue/host.ts';
import { holdCase } from '../store/cases.ts';
import { causeText, putIncident } from '../store/incidents.ts';
import { isDuplicate, type Tx, type Writer } from '../store/open.ts';
import { type AnswerRow, findAnswer, keepAnswer } from '../store/sessions.ts';

/** Who asks for a change, and under which key a repetition of it is recognised. */
export interface Call {
  actor: Actor;
  /** Idempotency-Key of the request; absent: a repetition is a second request */
  key?: string | undefined;
  /** network address it came from, for the audit log; absent: the server itself */
  address?: string | undefined;
  /** what was asked, so that one key cannot stand for two different requests */
  request?: unknown;
}

const ATTEMPTS = 5;

/** What a command still writes when its work is done: plain statements, asked for in one go. */
type Save = (write: Writer) => readonly Promise<unknown>[];

/**
 * Runs a command. [T8] A known key answers as the first time: whatever a repetition meets, a refusal or its own row, it is the earlier
 * answer that counts. [P5] A lost race is tried again on fresh rows; the person is only told (`server.busy`) when that does not help.
 * `save` writes what the work has thought through.
 */
export async function run<T>(host: Host, call: Call, work: (tx: Tx) => Promise<T>, save: Save = () => []): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await host.store.transaction(work, (write, given) => [
        ...save(write),
        ...(call.key ? [keep(write, rowOf(host, call, given))] : []),
      ]);
    } catch (error) {
      const earlier = call.key ? await answered(host, call) : undefined;
      if (earlier) return earlier.answer as T;
      if (!(error instanceof Conflict)) throw error;
      if (attempt === ATTEMPTS) throw new Refusal('server.busy');
      await pause(attempt);
    }
  }
}

const keyOf = ({ actor, key }: Call): string => `${actor.id}/${key}`;
const hashOf = ({ request }: Call): string =>
  createHash('sha256')
    .update(JSON.stringify(request ?? null))
    .digest('hex');

const rowOf = (host: Host, call: Call, answer: unknown): AnswerRow => ({
  key: keyOf(call),
  request_hash: hashOf(call),
  answer,
  at: host.now(),
});

/** What this key was answered; in a transaction, so that a neighbour in the same group of commits is seen. */
async function answered(host: Host, call: Call): Promise<AnswerRow | undefined> {
  const known = await host.store.transaction((tx) => findAnswer(tx, keyOf(call)));
  if (known && known.request_hash !== hashOf(call)) throw new Refusal('key.reused');
  return known;
}

/** [T8] Fails when the key is known already. Asked together with the first statements of the work; what leaves traces waits for it. */
async function firstTime(tx: Tx, call: Call): Promise<void> {
  if (call.key && (await findAnswer(tx, keyOf(call)))) throw new Conflict(`answer ${keyOf(call)}`);
}

/** The same request may be carried out beside us: let it finish, then answer as it did. */
async function keep(write: Writer, row: AnswerRow): Promise<void> {
  try {
    await keepAnswer(write, row);
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`answer ${row.key}`, { cause: error });
    throw error;
  }
}

/** A few milliseconds, longer with every attempt, so that two racers do not meet again. */
const pause = (attempt: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, attempt * attempt * 4));

/**
 * Runs a command on a desk: what the work changed is written once, at its end. A process that cannot go on rolls everything back,
 * leaves an incident for the administrator and tells the person so [C7].
 */
export async function perform<T>(host: Host, call: Call, work: (desk: Desk) => Promise<T>): Promise<T> {
  let desk: Desk | undefined;
  try {
    const answer = await run(
      host,
      call,
      async (tx) => {
        desk = new Desk(tx, host, call.actor, firstTime(tx, call), call.address);
        const given = await work(desk);
        await desk.conclude();
        return given;
      },
      (write) => desk?.save(write) ?? [],
    );
    for (const committed of desk?.committed ?? []) committed();
    if (desk?.hasDue()) host.nudge();
    if (desk) host.tell(desk.touched());
    return answer;
  } catch (error) {
    const standstill = standstillOf(error, '');
    if (!(standstill instanceof Standstill)) throw error;
    host.log.error(
      { node: standstill.node, cause: String(standstill.cause ?? '') },
      `standstill: ${standstill.message}`,
    );
    await recordStandstill(host, desk, standstill);
    throw new Refusal('case.incident', { detail: standstill.reason });
  }
}

/** The incident outlives the transaction that failed; a case that never came to be leaves none. */
async function recordStandstill(host: Host, desk: Desk | undefined, error: Standstill): Promise<void> {
  const caseId = desk?.onlyKnownCase();
  if (!desk || !caseId) return;
  const incident = {
    id: host.newId(),
    case_id: caseId,
    task_id: desk.trying.task ?? null,
    node: error.node,
    kind: 'standstill' satisfies IncidentKind,
    detail: error.message,
    opened_at: host.now(),
    cause: causeText(desk.trying.cause),
  };
  await host.store.transaction(async (tx) => {
    // Two who fail at the same time leave one incident [O62].
    await holdCase(tx, caseId);
    await putIncident(tx, incident);
  });
}
