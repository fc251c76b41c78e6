/**
 * Owns the log of what people did to the system itself: signing in, exports with their reasons, passwords, the directory. It names
 * ledgers and people, never the content of a case, so that whoever audits needs no right to read one. Read only. Rules: [R4].
 */
import { endOfDay, startOfDay } from '@ganwei/calendar/zone';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { auditPage } from '../store/record.ts';
import type { AuditRow } from '../store/rows.ts';
import { NEWEST_FIRST, paged, readCursor } from './inbox.ts';
import { personRef } from './look.ts';

const PAGE = 50;

/** People a question for a name is about at most. */
const MOST_PEOPLE = 200;

/** The newest entries first, of one kind of act or of all, by whom and when. */
export async function auditLog(
  host: Host,
  { act, who, from, to, cursor }: ParsedQuery<'auditLog'>,
): Promise<Answer<'auditLog'>> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await auditPage(host.store.reader, {
    act,
    limit: PAGE + 1,
    ...(who?.trim() && { people: called(host, who.trim()) }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { until: endOfDay(to) }),
    ...(before && { before }),
  });
  return paged(
    rows,
    PAGE,
    (row) => ({
      id: row.id,
      at: row.at,
      who: personRef(host, row.person_id),
      act: row.act,
      object: objectName(host, row),
      ...detailOf(row),
    }),
    (row) => ({ at: row.at, id: row.id }),
  );
}

const called = (host: Host, name: string): string[] =>
  [...host.directory().people.values()]
    .filter((person) => person.name.includes(name) || person.username.includes(name))
    .slice(0, MOST_PEOPLE)
    .map(({ id }) => id);

type Detail = Pick<Answer<'auditLog'>['rows'][number], 'reason' | 'rows' | 'name' | 'fields' | 'address'>;

/** What the entry says of itself; acts differ in what they keep. */
function detailOf({ detail }: AuditRow): Detail {
  const { reason = '', rows = null, name = '', fields = [], address = '' } = detail as Partial<Detail>;
  return { reason, rows, name, fields, address };
}

/** What it was done to, as people call it. */
function objectName(host: Host, { act, object }: AuditRow): string {
  if (act === 'export') {
    const ledgers = host.catalogue().ledgers();
    return ledgers.find((known) => known.ledger === object)?.title ?? '';
  }
  return act === 'password-reset' ? host.directory().nameOf(object) : '';
}
