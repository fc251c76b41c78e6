/**
 * Owns which cases belong to one affair (事项): each names the first of them. Who may know of which of them is not decided here. Rule: [C18].
 */
import type { Tx, Writer } from './open.ts';
import type { CaseRow } from './rows.ts';
import { read } from './shapes.ts';
import { rowOf, updateRows } from './statements.ts';

/** The affair a case belongs to: the id of its first case. */
export const matterOf = ({ id, matter_id }: Pick<CaseRow, 'id' | 'matter_id'>): string => matter_id ?? id;

/** The case with this number, or from which the letter with this number was issued. */
export async function caseReferredTo(tx: Tx, number: string): Promise<CaseRow | undefined> {
  const named = await rowOf<CaseRow>(tx, 'cases', { number });
  if (named) return named;
  const letter = await rowOf<{ case_id: string }>(tx, 'letters', { number });
  return letter && rowOf<CaseRow>(tx, 'cases', { id: letter.case_id });
}

/** Cases of an affair, oldest first. */
export async function casesOfMatter(tx: Tx, matter: string, limit: number): Promise<CaseRow[]> {
  const first = await rowOf<CaseRow>(tx, 'cases', { id: matter });
  const others = await tx('cases').where({ matter_id: matter }).orderBy(['started_at', 'id']).limit(limit);
  return [...(first ? [first] : []), ...read<CaseRow>('cases', others)].slice(0, limit);
}

/** What belonged to one affair belongs to another from now on. */
export async function joinMatters(write: Writer, from: string, to: string): Promise<void> {
  await updateRows(write, 'cases', { matter_id: from }, { matter_id: to });
}
