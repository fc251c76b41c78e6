/**
 * Owns the way every change is made: one transaction, a lost race tried again, an answer kept under its idempotency key.
 * Nothing leaves the house before the commit. Rules: [P1] [P5] [T8] [O1].
 */
import { createHash } from 'node:crypto';
import type { Actor } from '@ganwei/core/actor';
import { Conflict, Refusal } from '@ganwei/core/refusal';
import { Desk } from '../case/desk.ts';
import { Standstill } from '../case/standstill.ts';
import type { Host } from '../catalogue/host.ts';
import { isDuplicate, type Tx } from '../store/open.ts';
import { type AnswerRow, findAnswer, keepAnswer } from '../store/sessions.ts';
import { insertAll } from '../store/work.ts';

/** Who asks for a change, and under which key a repetition of it is recognised. */
export interface Call {
  actor: Actor;
  /** Idempotency-Key of the request; absent: a repetition is a second request */
  key?: string | undefined;
  /** what was asked, so that one key cannot stand for two different requests */
  request?: unknown;
}

const ATTEMPTS = 5;

/**
 * Runs a command. [T8] A known key answers as the first time, without doing anything again. [P5] A lost race is tried again on
 * fresh rows; the person is only told (`server.busy`) when that does not help. `save` writes what the work has thought through.
 */
export async function run<T>(host: Host, call: Call, work: (tx: Tx) => Promise<T>, save = nothing): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await host.store.transaction((tx) => once(host, tx, call, work, save));
      host.nudge();
      return answer;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (attempt === ATTEMPTS) throw new Refusal('server.busy');
      await pause(attempt);
    }
  }
}

/** For work that has written what it had to write. */
const nothing = (): Promise<void> => Promise.resolve();

async function once<T>(
  host: Host,
  tx: Tx,
  call: Call,
  work: (tx: Tx) => Promise<T>,
  save: () => Promise<void>,
): Promise<T> {
  if (!call.key) {
    const answer = await work(tx);
    await save();
    return answer;
  }
  const key = `${call.actor.id}/${call.key}`;
  const requestHash = createHash('sha256')
    .update(JSON.stringify(call.request ?? null))
    .digest('hex');
  const known = await findAnswer(tx, key);
  if (known) {
    if (known.request_hash !== requestHash) throw new Refusal('key.reused');
    return JSON.parse(known.answer) as T;
  }
  const answer = await work(tx);
  const row = { key, request_hash: requestHash, answer: JSON.stringify(answer ?? null), at: host.now() };
  await Promise.all([save(), keep(tx, row)]);
  return answer;
}

/** The same request may be carried out beside us: let it finish, then answer as it did. */
async function keep(tx: Tx, row: AnswerRow): Promise<void> {
  try {
    await keepAnswer(tx, row);
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
      (tx) => {
        desk = new Desk(tx, host, call.actor);
        return work(desk);
      },
      async () => desk?.save(),
    );
    for (const committed of desk?.committed ?? []) committed();
    return answer;
  } catch (error) {
    if (!(error instanceof Standstill)) throw error;
    host.log.error({ node: error.node, cause: String(error.cause ?? '') }, `standstill: ${error.message}`);
    await recordStandstill(host, desk, error);
    throw new Refusal('case.incident', { detail: error.message }, []);
  }
}

/** The incident outlives the transaction that failed; a case that never came to be leaves none. */
async function recordStandstill(host: Host, desk: Desk | undefined, error: Standstill): Promise<void> {
  const caseId = desk?.onlyKnownCase();
  if (!caseId) return;
  const incident = {
    id: host.newId(),
    case_id: caseId,
    task_id: null,
    node: error.node,
    kind: 'standstill',
    detail: error.message,
    opened_at: host.now(),
  };
  await host.store.transaction((tx) => insertAll(tx, 'incidents', [incident]));
}
