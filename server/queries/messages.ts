/**
 * Owns the message centre: a person's own messages, newest first, those about one case as one line; and how he is mailed. Must never show what was sent
 * to somebody else. Rules: [MSG5] [MSG9].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import type { Reason } from '@ganwei/core/reason';
import type { Host } from '../catalogue/host.ts';
import { addressOf, barredFrom } from '../catalogue/mailing.ts';
import { noticesOf } from '../store/effects.ts';
import { mailingOf } from '../store/standing.ts';
import { NEWEST_FIRST, noticeRow, paged, readCursor } from './inbox.ts';

type Group = Answer<'messages'>['rows'][number];

/** So many messages are looked at, however many of them are about one case: a case may come again on the next page. */
export async function messages(
  host: Host,
  actor: Actor,
  { only, cursor, limit }: ParsedQuery<'messages'>,
): Promise<Answer<'messages'>> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const wanted = { limit: limit + 1, unread: only === 'unread', ...(before && { before }) };
  const notices = await noticesOf(host.store.reader, actor.id, wanted);
  const { rows, next } = paged(notices, limit, noticeRow, ({ at, id }) => ({ at, id }));
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = row.caseId ?? row.id;
    const group = groups.get(key) ?? { id: row.id, rows: [], unread: 0 };
    group.rows.push(row);
    if (row.unread) group.unread += 1;
    groups.set(key, group);
  }
  return { rows: [...groups.values()], next };
}

const CHOICES = ['never', 'soon', 'daily'] as const;

export async function mailing(host: Host, actor: Actor, say: (reason: Reason) => string): Promise<Answer<'mailing'>> {
  const row = await mailingOf(host.store.reader, actor.id);
  const choices = CHOICES.map((key) => {
    const reason = barredFrom(host, actor.id, key);
    return { key, barred: reason ? say(reason) : '' };
  });
  return { choice: row?.choice ?? 'never', choices, address: addressOf(host.directory().people.get(actor.id)) };
}
