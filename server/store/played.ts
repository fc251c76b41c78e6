/** Owns what is read of a sandbox as a whole, which holds a few cases and nothing else. Never asked of a database in which people work. */
import type { Tx } from './open.ts';
import type { CaseRow, IncidentRow, LetterRow, ReceiptRow, TaskRow, WorkItemRow } from './rows.ts';
import { read } from './shapes.ts';

export interface Played {
  /** in the order in which they began, like everything else here */
  cases: readonly CaseRow[];
  tasks: readonly TaskRow[];
  items: readonly WorkItemRow[];
  letters: readonly LetterRow[];
  receipts: readonly ReceiptRow[];
  incidents: readonly IncidentRow[];
}

/** Ids increase with time. */
export async function everythingPlayed(tx: Tx): Promise<Played> {
  const rows = async <T>(table: string): Promise<T[]> => read<T>(table, await tx(table).orderBy('id'));
  return {
    cases: await rows('cases'),
    tasks: await rows('tasks'),
    items: await rows('work_items'),
    letters: await rows('letters'),
    receipts: await rows('receipts'),
    incidents: await rows('incidents'),
  };
}

/** Where people and units may be named by what has happened. */
const TELLING = [
  'cases',
  'case_values',
  'case_people',
  'work_items',
  'work_done',
  'submissions',
  'history',
  'letters',
  'receipts',
  'notices',
  'records',
] as const;

/** One text of everything that has been written down there, for whoever looks for a name in it. */
export async function everythingWritten(tx: Tx): Promise<string> {
  const texts: string[] = [];
  for (const table of TELLING) for (const row of await tx(table)) texts.push(...Object.values(row).map(String));
  return texts.map((text) => (/^[[{"]/.test(text) ? text : JSON.stringify(text))).join('\n');
}
