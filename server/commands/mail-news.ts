/**
 * Verb of the server: people who want mail are told, in one mail each, how much is new or due. A mail says numbers and where to sign in, never what
 * they are about. The mail goes into the outbox in the transaction that moves the person's mark: none twice, none lost. Rules: [MSG7] [MSG8] [MSG9].
 */
import { createHash } from 'node:crypto';
import { endOfDay, localDate } from '@ganwei/calendar/zone';
import { noticeText } from '@ganwei/core/written';
import type { Host } from '../catalogue/host.ts';
import { addressOf, barredFrom, morningOf, nextMorning } from '../catalogue/mailing.ts';
import { enqueue } from '../store/effects.ts';
import type { MailingRow } from '../store/rows.ts';
import { dueMailings, type MailingMark, moveMailing, type News, putOffMailings } from '../store/standing.ts';

/** A person who is told soon is looked at this often, and mailed at most once in the other. */
export const LOOK = 5 * 60_000;
export const PERIOD = 30 * 60_000;
/** What is younger may still be on its way to the disk; it is news the next time. */
export const SETTLES = 10_000;
/** People looked at by one statement, and statements in a row. */
const BATCH = 200;
const MOST = 10;

type Due = MailingRow & News;

/** Looks at everybody whose next look is due, as far as the bounds go; how many mails were written. */
export async function mailNews(host: Host): Promise<number> {
  if (!host.outside.mail) return 0;
  const now = host.now();
  let after: MailingMark = { next: -1, person: '' };
  let mailed = 0;
  for (let round = 0; round < MOST; round++) {
    const at = { now, endOfToday: endOfDay(localDate(now)), until: now - SETTLES };
    const rows = await dueMailings(host.store.reader, { ...at, after, limit: BATCH });
    mailed += await tell(host, rows, now);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = { next: last.next_at, person: last.person_id };
  }
  return mailed;
}

async function tell(host: Host, rows: readonly Due[], now: number): Promise<number> {
  const wanted = rows.filter((row) => isNews(host, row, now) && isAllowed(host, row));
  const others = (choice: MailingRow['choice']) =>
    rows.filter((row) => row.choice === choice && !wanted.includes(row)).map((row) => row.person_id);
  if (wanted.length < rows.length)
    await host.store.transaction(async (tx) => {
      await putOffMailings(tx, others('soon'), now, now + LOOK);
      await putOffMailings(tx, others('daily'), now, nextMorning(host.catalogue().calendar, now));
    });
  let mailed = 0;
  for (const row of wanted) {
    // One that fails stands as it stood, and is looked at again.
    const written = await write(host, row, now).catch((error: unknown) => {
      host.log.warn({ err: error, person: row.person_id }, 'news were not mailed');
      return false;
    });
    if (written) mailed += 1;
  }
  return mailed;
}

/** Something has come; or a day of work has begun on which something is due, or long has been. */
function isNews(host: Host, { choice, mailed_at, fresh, messages, today, overdue }: Due, now: number): boolean {
  const morning = morningOf(now);
  const isMorning = now >= morning && mailed_at < morning && host.catalogue().calendar.isWorkingDay(localDate(now));
  if (choice === 'daily' && !isMorning) return false;
  return fresh + messages > 0 || (isMorning && today + overdue > 0);
}

/** [MSG9] Asked each time: what an organ has forbidden since is not sent. */
const isAllowed = (host: Host, { person_id, choice }: MailingRow): boolean =>
  barredFrom(host, person_id, choice) === undefined;

/** [MSG8] The mark and the mail in one transaction; the mail's id is that of the person and the moment. */
const write = (host: Host, row: Due, now: number): Promise<boolean> =>
  host.store.transaction(async (tx) => {
    const next = row.choice === 'soon' ? now + PERIOD : nextMorning(host.catalogue().calendar, now);
    const mark = { told_until: now - SETTLES, mailed_at: now, next_at: next };
    if (!(await moveMailing(tx, row, mark))) return false;
    const moment = `${row.person_id} ${row.next_at}`;
    await enqueue(tx, [
      {
        id: `news-${createHash('sha256').update(moment).digest('hex').slice(0, 32)}`,
        case_id: null,
        type: 'mail',
        target: addressOf(host.directory().people.get(row.person_id)),
        payload: JSON.stringify({
          subject: noticeText('mail-subject', {}, row.language),
          text: textOf(row, host.publicUrl),
        }),
        attempts: 0,
        next_at: now,
        created_at: now,
        error: '',
      },
    ]);
    return true;
  });

/** [MSG7] Numbers, and where to sign in. */
function textOf({ language, fresh, today, overdue, messages }: Due, url: string): string {
  const counted = [
    ['mail-fresh', fresh],
    ['mail-today', today],
    ['mail-overdue', overdue],
    ['mail-messages', messages],
  ] as const;
  const lines = counted.filter(([, n]) => n > 0).map(([key, n]) => noticeText(key, { n }, language));
  return [...lines, '', noticeText('mail-link', { url }, language), noticeText('mail-why', {}, language)].join('\n');
}
