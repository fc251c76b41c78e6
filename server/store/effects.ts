/**
 * Owns the outbox and the notices. An effect is written in the transaction that wants it and delivered after its commit; the row's
 * id is the deduplication key at the other end. Delivered and dead effects move to their own tables. Rules: [O1] [O2] [O3].
 */
import { olderThan } from './cases.ts';
import type { Tx, Writer } from './open.ts';
import type { EffectRow, NoticeRow } from './rows.ts';
import { insertRows, putRows, rowOf } from './statements.ts';

export async function enqueue(tx: Writer, rows: readonly EffectRow[]): Promise<void> {
  await insertRows(tx, 'outbox', rows);
}

/** Notices that are given once for ever: one whose id is known already is not given again. */
export async function addNoticesOnce(tx: Writer, rows: readonly NoticeRow[]): Promise<void> {
  await putRows(tx, 'notices', rows, { key: ['id'], overwrite: [] });
}

export async function dueEffects(tx: Tx, now: number, limit: number): Promise<EffectRow[]> {
  return tx('outbox').where('next_at', '<=', now).orderBy(['next_at', 'id']).limit(limit);
}

/** Takes the effect for this server until `until`, if no other server has taken it since it was read. */
export async function takeEffect(tx: Tx, row: EffectRow, until: number): Promise<boolean> {
  const taken = await tx('outbox')
    .where({ id: row.id, next_at: row.next_at, attempts: row.attempts })
    .update({ next_at: until, attempts: row.attempts + 1 });
  return taken === 1;
}

/** Says in the row what is being done with it; it goes with the delivery's end. */
export async function markEffect(tx: Tx, id: string, mark: string): Promise<void> {
  await tx('outbox').where({ id }).update({ error: mark });
}

/** Is it still to be delivered? */
export async function hasEffect(tx: Tx, id: string): Promise<boolean> {
  return (await rowOf(tx, 'outbox', { id })) !== undefined;
}

export async function retryEffect(tx: Tx, id: string, nextAt: number, error: string): Promise<void> {
  await tx('outbox').where({ id }).update({ next_at: nextAt, error });
}

export async function finishEffect(
  tx: Tx,
  row: EffectRow,
  end: { at: number; dead: boolean; attempts: number; error: string },
): Promise<void> {
  const removed = await tx('outbox').where({ id: row.id }).delete();
  if (removed !== 1) return;
  await tx(end.dead ? 'outbox_dead' : 'outbox_done').insert({
    id: row.id,
    case_id: row.case_id,
    type: row.type,
    target: row.target,
    payload: row.payload,
    attempts: end.attempts,
    created_at: row.created_at,
    ended_at: end.at,
    error: end.error,
  });
}

export async function openEffects(tx: Tx): Promise<EffectRow[]> {
  return tx('outbox').orderBy('created_at', 'desc').limit(200);
}

export async function deadEffects(tx: Tx): Promise<(EffectRow & { ended_at: number })[]> {
  return tx('outbox_dead').orderBy('ended_at', 'desc').limit(200);
}

/** Puts a dead effect back into the outbox under its old id. */
export async function revive(tx: Tx, id: string, now: number): Promise<boolean> {
  const row = await tx('outbox_dead').where({ id }).first();
  if (!row || (await tx('outbox_dead').where({ id }).delete()) !== 1) return false;
  const { ended_at: _, ...rest } = row;
  await tx('outbox').insert({ ...rest, attempts: 0, next_at: now });
  return true;
}

/** What is to be delivered, as a value. */
export const payloadOf = ({ payload }: Pick<EffectRow, 'payload'>): Record<string, string> => JSON.parse(payload);

export async function addNotices(tx: Writer, rows: readonly NoticeRow[]): Promise<void> {
  await insertRows(tx, 'notices', rows);
}

export async function noticesOf(
  tx: Tx,
  person: string,
  page: { before?: { at: number; id: string }; limit: number; unread?: boolean },
): Promise<NoticeRow[]> {
  const query = tx('notices').where({ person_id: person });
  if (page.unread) query.whereNull('read_at');
  if (page.before) olderThan(query, 'at', page.before);
  return query
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
}

export async function countUnread(tx: Tx, person: string): Promise<number> {
  const row = await tx('notices').where({ person_id: person }).whereNull('read_at').count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

export async function readNotice(tx: Tx, person: string, id: string, now: number): Promise<void> {
  await tx('notices').where({ id, person_id: person }).whereNull('read_at').update({ read_at: now });
}

/** Those that have come until then, all of them or those about one case. */
export async function readNotices(
  tx: Tx,
  person: string,
  which: { until: number; case?: string },
  now: number,
): Promise<void> {
  const query = tx('notices').where({ person_id: person }).whereNull('read_at').where('at', '<=', which.until);
  if (which.case !== undefined) query.where({ case_id: which.case });
  await query.update({ read_at: now });
}
