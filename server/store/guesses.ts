/**
 * Owns the counters of guesses at passwords and the browsers that have signed in before. A lane is where guesses come from, as a hash; its
 * row is locked while it is counted, so that guesses that arrive together are counted one after the other. Rules: [I2] [I8].
 */
import { Conflict } from '@ganwei/core/refusal';
import { isDuplicate, type Tx } from './open.ts';
import { deleteRows, insertRows, rowOf, updateRows } from './statements.ts';

export interface GuessRow {
  lane: string;
  failures: number;
  last_at: number;
  paused_until: number;
}

/** Counts one guess, unless the lane pauses, and forgets those before `since`; the row as it is with this guess. */
export async function countGuess(tx: Tx, lane: string, now: number, since: number): Promise<GuessRow> {
  const counted = await tx.run(
    `update guesses set
     failures = case when last_at < ? then 1 when paused_until > ? then failures else failures + 1 end,
     paused_until = case when last_at < ? then 0 else paused_until end, last_at = ? where lane = ?`,
    [since, now, since, now, lane],
  );
  if (counted > 0) return (await rowOf<GuessRow>(tx, 'guesses', { lane }))!;
  const row = { lane, failures: 1, last_at: now, paused_until: 0 };
  try {
    await insertRows(tx, 'guesses', [row]);
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`guesses ${lane}`, { cause: error });
    throw error;
  }
  return row;
}

/** No guess of this lane counts before `until`. */
export async function pauseLane(tx: Tx, lane: string, until: number): Promise<void> {
  await updateRows(tx, 'guesses', { lane }, { paused_until: until });
}

/** Takes one guess back; a pause that it brought about (`free` guesses cost nothing) goes with it. */
export async function uncountGuess(tx: Tx, lane: string, free: number): Promise<void> {
  // MariaDB sets the columns in this order, SQLite all at once: the pause looks at the failures as they were.
  await tx.run(
    `update guesses set paused_until = case when failures <= ? then 0 else paused_until end, failures = failures - 1
     where lane = ? and failures > 0`,
    [free, lane],
  );
}

export async function forgetLane(tx: Tx, lane: string): Promise<void> {
  await deleteRows(tx, 'guesses', { lane });
}

export async function isKnownBrowser(tx: Tx, tokenHash: string, person: string): Promise<boolean> {
  return (await rowOf(tx, 'browsers', { token_hash: tokenHash, person_id: person })) !== undefined;
}

export async function knowBrowser(
  tx: Tx,
  row: { token_hash: string; person_id: string; seen_at: number },
): Promise<void> {
  await insertRows(tx, 'browsers', [row]);
}

/** Lanes that nobody has used since, and browsers that have not come for long. */
export async function sweepGuesses(tx: Tx, lanesBefore: number, browsersBefore: number): Promise<void> {
  await tx('guesses').where('last_at', '<', lanesBefore).delete();
  await tx('browsers').where('seen_at', '<', browsersBefore).delete();
}
