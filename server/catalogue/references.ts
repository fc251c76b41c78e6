/**
 * Owns which cases a person may refer to in a form: those he has a part in, and those of his unit where the flow says that its unit may. The page
 * offers them and the server holds what was chosen against the same rule. To refer to a case opens nothing of it. Rules: [A1] [READ16].
 */
import type { Actor } from '@ganwei/core/actor';
import { casesNamed, casesOfPerson, casesOfUnits, type References } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import type { CaseRow } from '../store/rows.ts';
import type { Catalogue } from './catalogue.ts';

/** `ofUnit`: he may name it although he may not open it. */
export interface Referable {
  row: CaseRow;
  ofUnit: boolean;
}

/** What the page offers; of a unit only where one process is asked for that is there, and that says so. */
export async function casesToRefer(tx: Tx, catalogue: Catalogue, actor: Actor, find: References): Promise<Referable[]> {
  const own = await casesOfPerson(tx, actor.id, find);
  const known = new Set(own.map(({ id }) => id));
  const found = own.map((row) => ({ row, ofUnit: false }));
  const isKnown = catalogue.list('process').some(({ key }) => key === find.process);
  if (!isKnown || !(await catalogue.process(find.process)).model.case.unitRefers) return found;
  const beside = await casesOfUnits(tx, actor.units, find);
  return [...found, ...beside.filter(({ id }) => !known.has(id)).map((row) => ({ row, ofUnit: true }))];
}

/** Those of these cases that he may name. */
export async function referredTo(
  tx: Tx,
  catalogue: Catalogue,
  actor: Actor,
  ids: readonly string[],
): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const own = await casesOfPerson(tx, actor.id, { process: '', q: '', ids, limit: ids.length });
  const known = new Set(own.map(({ id }) => id));
  const others = (await casesNamed(tx, ids)).filter(
    (row) => !known.has(row.id) && actor.units.includes(row.starter_unit),
  );
  const allowed = await Promise.all(
    others.map(async ({ process, version }) => (await catalogue.process(process, version)).model.case.unitRefers),
  );
  return [...own, ...others.filter((_, i) => allowed[i])];
}
