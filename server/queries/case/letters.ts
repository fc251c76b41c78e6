/** Owns the letters of a case and its attachments, with their files and receipts. Read only. Rules: [A1] [L3] [H2]. */
import type { Answer } from '@ganwei/core/contract';
import type { Host } from '../../catalogue/host.ts';
import { seesAll } from '../../catalogue/reading.ts';
import { attachmentsOf, loadFiles } from '../../store/drafts.ts';
import { lettersOfCase, receiptsOf } from '../../store/letters.ts';
import type { LetterRow, ReceiptRow } from '../../store/rows.ts';
import type { Look } from '../look.ts';
import { isAddressed } from './audience.ts';

type CaseView = Answer<'case'>;
type LetterView = CaseView['letters'][number];

export async function attachments(look: Look): Promise<CaseView['attachments']> {
  const rows = (await attachmentsOf(look.tx, look.row.id)).filter((row) =>
    isAddressed(look, { author: row.by, audience: row.audience }),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    size: row.size,
    type: row.type,
    sha256: row.sha256,
    by: look.host.directory().nameOf(row.by),
    at: row.linked_at,
  }));
}

/** Letters are for those who read the whole case and for those to whom they are addressed; these see their own receipt. */
export async function letters(look: Look): Promise<LetterView[]> {
  const all = seesAll(look.reading, 'letters');
  const rows = (await lettersOfCase(look.tx, look.row.id)).filter(({ id }) => all || look.reading.letters.has(id));
  if (rows.length === 0) return [];
  const receipts = await receiptsOf(
    look.tx,
    rows.map((row) => row.id),
  );
  const files = await loadFiles(
    look.tx,
    rows.map((row) => row.file_id),
  );
  return rows.map((row) => {
    const file = files.find((f) => f.id === row.file_id);
    return letterView(
      look.host,
      row,
      receiptsFor(look, receipts).filter((r) => r.letter_id === row.id),
      file,
    );
  });
}

/** Whoever does not see them all sees his own. */
export const receiptsFor = ({ reading, actor }: Look, receipts: readonly ReceiptRow[]): ReceiptRow[] =>
  receipts.filter(({ person_id }) => seesAll(reading, 'receipts') || person_id === actor.id);

export function letterView(
  host: Host,
  row: LetterRow,
  receipts: readonly ReceiptRow[],
  file: { id: string; name: string; size: number; type: string; sha256: string } | undefined,
): LetterView {
  const directory = host.directory();
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    organ: row.organ,
    issuedAt: row.issued_at,
    issuedBy: directory.nameOf(row.issued_by),
    state: row.state,
    voided: row.voided_at === null ? null : { at: row.voided_at, reason: row.void_reason, ground: row.void_ground },
    pages: row.pages,
    file: file ? { id: file.id, name: file.name, size: file.size, type: file.type, sha256: file.sha256 } : null,
    sha256: file?.sha256 ?? '',
    substitutions: row.substitutions,
    receipts: receipts.map((r) => ({
      id: r.id,
      kind: r.kind,
      unit: directory.units.get(r.unit_id)?.name ?? '',
      person: directory.nameOf(r.person_id),
      sentAt: r.sent_at,
      signedAt: r.signed_at,
      signedBy: r.signed_by ? directory.nameOf(r.signed_by) : '',
    })),
  };
}
