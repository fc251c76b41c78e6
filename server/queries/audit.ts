/**
 * Owns the log of what people did to the system itself: signing in, exports with their reasons, passwords, the directory. It names
 * ledgers and people, never the content of a case, so that whoever audits needs no right to read one. Read only. Rules: [R4] [R20] [R30] [R31].
 */
import { endOfDay, localDate, localDateTime, startOfDay } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { AUDIT_WORDS, type AuditAct } from '@ganwei/core/audit';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { excelText } from '@ganwei/core/text';
import writeExcel from 'write-excel-file/node';
import type { Host } from '../catalogue/host.ts';
import { purposeOf } from '../catalogue/purpose.ts';
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
  { cursor, ...question }: ParsedQuery<'auditLog'>,
): Promise<Answer<'auditLog'>> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await auditPage(host.store.reader, {
    ...asked(host, question),
    limit: PAGE + 1,
    ...(before && { before }),
  });
  return paged(
    rows,
    PAGE,
    (row) => rowView(host, row),
    (row) => ({ at: row.at, id: row.id }),
  );
}

type Question = Omit<ParsedQuery<'auditLog'>, 'cursor'>;

const asked = (host: Host, { act, who, from, to }: Question) => ({
  act,
  ...(who?.trim() && { people: called(host, who.trim()) }),
  ...(from && { from: startOfDay(from) }),
  ...(to && { until: endOfDay(to) }),
});

const rowView = (host: Host, row: AuditRow): Row => ({
  id: row.id,
  at: row.at,
  who: personRef(host, row.person_id),
  act: row.act,
  object: objectName(host, row),
  ...detailOf(host, row),
});

/** [R31] An Excel file of the entries asked for, newest first, with a line that says who took it, when and what for. More than fit are refused. */
export async function exportAudit(
  host: Host,
  actor: Actor,
  { reason, ...question }: Question & { reason: string },
): Promise<{ name: string; bytes: Buffer; rows: number }> {
  const purpose = purposeOf(reason);
  const found = await auditPage(host.store.reader, { ...asked(host, question), limit: MOST_EXPORTED + 1 });
  if (found.length > MOST_EXPORTED)
    throw new Refusal('export.large', { what: because('export.rows', { most: MOST_EXPORTED }) });
  const day = localDate(host.now());
  const stamp = `审计日志  导出人：${actor.name}  时间：${day}  用途：${purpose}  内部资料，请勿外传`;
  const sheet = [
    [{ value: stamp, columnSpan: TITLES.length, color: '#8c8c8c' }, ...TITLES.slice(1).map(() => null)],
    TITLES.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...found.map((row) => cellsOf(rowView(host, row)).map((text) => (text ? { value: excelText(text) } : null))),
  ];
  const bytes = await writeExcel(sheet as never, { columns: TITLES.map(() => ({ width: 22 })) }).toBuffer();
  return { name: `审计日志${day}.xlsx`, bytes, rows: found.length };
}

/** Entries of one export. */
export const MOST_EXPORTED = 20_000;

const TITLES = ['时间', '人员', '单位', '操作', '对象', '说明', '来源'];
const KINDS = { file: '文件', letter: '文书' } as const;

function cellsOf({ at, who, act, object, name, reason, rows, fields, address, refused }: Row): string[] {
  const changes = fields.map(({ field, before, after }) => `${field}：${before || '—'} → ${after || '—'}`);
  return [
    localDateTime(at).replace('T', ' '),
    who.name,
    who.unit,
    AUDIT_WORDS[act as AuditAct]?.zh ?? act,
    refused ? `${KINDS[refused.kind]}（${refused.type}）${refused.number}` : object || name,
    [reason, rows === null ? '' : `${rows} 行`, ...changes].filter(Boolean).join('；'),
    address,
  ];
}

const called = (host: Host, name: string): string[] =>
  [...host.directory().people.values()]
    .filter((person) => person.name.includes(name) || person.username.includes(name))
    .slice(0, MOST_PEOPLE)
    .map(({ id }) => id);

type Row = Answer<'auditLog'>['rows'][number];
type Detail = Pick<Row, 'reason' | 'rows' | 'name' | 'fields' | 'address' | 'refused'>;

/** What the entry says of itself; acts differ in what they keep. */
function detailOf(host: Host, { act, detail }: AuditRow): Detail {
  const { reason = '', rows = null, name = '', fields = [], address = '' } = detail as Partial<Detail>;
  return { reason, rows, name, fields, address, refused: act === 'access-refused' ? refusedOf(host, detail) : null };
}

/** [R30] Entries of before this was written down have the id alone. */
function refusedOf(host: Host, { kind, type = '', number = '' }: Partial<NonNullable<Row['refused']>>): Row['refused'] {
  if (kind === 'file') return { kind, type, number };
  if (kind !== 'letter') return null;
  const template = host
    .catalogue()
    .list('letter')
    .find(({ key }) => key === type);
  return { kind, type: template?.title ?? type, number };
}

/** Under which an export of the log itself stands in it. */
export const AUDIT_LOG = 'audit';

/** What it was done to, as people call it. */
function objectName(host: Host, { act, object }: AuditRow): string {
  if (act === 'export') {
    if (object === AUDIT_LOG) return '审计日志';
    const ledgers = host.catalogue().ledgers();
    return ledgers.find((known) => known.ledger === object)?.title ?? '';
  }
  return act === 'password-reset' ? host.directory().nameOf(object) : '';
}
