/**
 * Owns how it stands with many people at once: what waits for each, and what is news to those who want mail. Only numbers leave this file.
 * Work and notices are counted, never read. Rules: [MSG4] [MSG8].
 */
import type { Tx, Writer } from './open.ts';
import { type MailingRow, NEVER } from './rows.ts';
import { putRows, rowOf, updateRows } from './statements.ts';

/** Instants between which something is due today. */
interface Moment {
  now: number;
  endOfToday: number;
}

/** A text for each of these people that differs when a count of his, or his newest work, does. A few hundred people at a time. */
export async function standingOf(tx: Tx, people: readonly string[], at: Moment): Promise<Map<string, string>> {
  const [work, notices] = await Promise.all([
    tx('work_items')
      .whereIn('person_id', people)
      .where('rank', '<', 9)
      .groupBy('person_id')
      .select(
        'person_id',
        tx.raw('count(*) as n'),
        tx.raw('max(id) as latest'),
        tx.raw('sum(case when due_at <= ? then 1 else 0 end) as overdue', [at.now]),
        tx.raw('sum(case when due_at <= ? then 1 else 0 end) as soon', [at.endOfToday]),
      ),
    tx('notices')
      .whereIn('person_id', people)
      .whereNull('read_at')
      .groupBy('person_id')
      .select('person_id', tx.raw('count(*) as n')),
  ]);
  const texts = new Map(people.map((person): [string, string] => [person, '']));
  for (const { person_id, n, latest, overdue, soon } of work) texts.set(person_id, `${n} ${latest} ${overdue} ${soon}`);
  for (const { person_id, n } of notices) texts.set(person_id, `${texts.get(person_id)} / ${n}`);
  return texts;
}

/** What is news to somebody who wants mail, in numbers. */
export interface News {
  fresh: number;
  today: number;
  overdue: number;
  messages: number;
}

/** Where a batch of them ended. */
export interface MailingMark {
  next: number;
  person: string;
}

/**
 * Those whose next look is due, by its time, with what has come since they were told and until `until`. What is still on its way to the disk then
 * is younger than that.
 */
export async function dueMailings(
  tx: Tx,
  { now, endOfToday, until, after, limit }: Moment & { until: number; after: MailingMark; limit: number },
): Promise<(MailingRow & News)[]> {
  const open = 'select count(*) from `work_items` w where w.`person_id` = m.`person_id` and w.`rank` < 9';
  const rows = await tx.all<MailingRow & Record<keyof News, unknown>>(
    `select m.*,
     (${open} and w.\`opened_at\` > m.\`told_until\` and w.\`opened_at\` <= ?) as fresh,
     (${open} and w.\`due_at\` > ? and w.\`due_at\` <= ?) as today,
     (${open} and w.\`due_at\` <= ?) as overdue,
     (select count(*) from \`notices\` n where n.\`person_id\` = m.\`person_id\` and n.\`read_at\` is null
      and n.\`at\` > m.\`told_until\` and n.\`at\` <= ?) as messages
     from \`mailings\` m where m.\`next_at\` <= ? and (m.\`next_at\` > ? or (m.\`next_at\` = ? and m.\`person_id\` > ?))
     order by m.\`next_at\`, m.\`person_id\` limit ${Math.floor(limit)}`,
    [until, now, endOfToday, now, until, now, after.next, after.next, after.person],
  );
  return rows.map(({ fresh, today, overdue, messages, ...row }) => ({
    ...row,
    fresh: Number(fresh),
    today: Number(today),
    overdue: Number(overdue),
    messages: Number(messages),
  }));
}

export const mailingOf = (tx: Tx, person: string): Promise<MailingRow | undefined> =>
  rowOf(tx, 'mailings', { person_id: person });

export const putMailing = (tx: Writer, row: MailingRow): Promise<void> =>
  putRows(tx, 'mailings', [row], {
    key: ['person_id'],
    overwrite: ['choice', 'language', 'told_until', 'mailed_at', 'next_at'],
  });

/** [MSG8] Moves a person's mark; false: another server was there first, or he has chosen otherwise. */
export async function moveMailing(
  tx: Writer,
  { person_id, next_at }: Pick<MailingRow, 'person_id' | 'next_at'>,
  to: Pick<MailingRow, 'told_until' | 'mailed_at' | 'next_at'>,
): Promise<boolean> {
  return (await updateRows(tx, 'mailings', { person_id, next_at }, to)) === 1;
}

/** Nothing is to be mailed to these people: they are looked at again then. */
export async function putOffMailings(tx: Tx, people: readonly string[], now: number, next: number): Promise<void> {
  if (people.length === 0) return;
  await tx('mailings').whereIn('person_id', people).where('next_at', '<=', now).update({ next_at: next });
}

/** [MSG9] `next_at` of whoever wants no mail. */
export const NO_MAILING = NEVER;
