/**
 * Owns which cases a person may refer to in a form: those he has a part in, and those of his unit of which the flow says that its unit may. The page
 * offers them and the server holds what was chosen against the same rule. To refer to a case opens nothing of it. Rules: [A1] [READ16].
 */
import type { Actor } from '@ganwei/core/actor';
import { isFaultOfContent } from '@ganwei/core/definition';
import { casesNamed, casesOfPerson, casesOfUnits, type References } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import type { CaseRow } from '../store/rows.ts';
import type { Host } from './host.ts';
import { caseFor } from './relation.ts';

/** `ofUnit`: he may name it although he may not open it. */
export interface Referable {
  row: CaseRow;
  ofUnit: boolean;
}

/** What the page offers; of a unit only where one process is asked for that is there, and that says so. */
export async function casesToRefer(tx: Tx, host: Host, actor: Actor, find: References): Promise<Referable[]> {
  const own = await casesOfPerson(tx, actor.id, find);
  const known = new Set(own.map(({ id }) => id));
  const found = own.map((row) => ({ row, ofUnit: false }));
  const isKnown = host
    .catalogue()
    .list('process')
    .some(({ key }) => key === find.process);
  if (!isKnown || (await host.catalogue().process(find.process)).model.case.unitRefers === undefined) return found;
  const beside = (await casesOfUnits(tx, actor.units, find)).filter(({ id }) => !known.has(id));
  return [...found, ...(await allowed(tx, host, actor, beside)).map((row) => ({ row, ofUnit: true }))];
}

/** Those of these cases that he may name. */
export async function referredTo(tx: Tx, host: Host, actor: Actor, ids: readonly string[]): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const own = await casesOfPerson(tx, actor.id, { process: '', q: '', ids, limit: ids.length });
  const known = new Set(own.map(({ id }) => id));
  const others = (await casesNamed(tx, ids)).filter(({ id }) => !known.has(id));
  return [...own, ...(await allowed(tx, host, actor, others))];
}

/** Those that people of the unit which started them may refer to, where he is one. */
async function allowed(tx: Tx, host: Host, actor: Actor, rows: readonly CaseRow[]): Promise<CaseRow[]> {
  const may = await Promise.all(
    rows.map(async (row) => actor.units.includes(row.starter_unit) && (await unitRefers(tx, host, actor, row.id))),
  );
  return rows.filter((_, index) => may[index]);
}

async function unitRefers(tx: Tx, host: Host, actor: Actor, id: string): Promise<boolean> {
  const found = await caseFor(tx, host, actor, id);
  const source = found?.process.model.case.unitRefers;
  if (!found || source === undefined) return false;
  try {
    return found.sight.holds(source);
  } catch (error) {
    if (isFaultOfContent(error)) return false;
    throw error;
  }
}
