/**
 * Verbs on saved views: a person keeps his columns, conditions and order of a ledger under a name, or gives them up. The same name is the same
 * view; what it names of columns that are not his to see is left out. Rules: [R33] [A1].
 */
import type { ParsedBody } from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { admittedLedger } from '../catalogue/admitted-ledger.ts';
import type { Host } from '../catalogue/host.ts';
import { holdPerson } from '../store/directory.ts';
import { dropView, putView, viewsOf } from '../store/ledger-views.ts';
import { type Call, run } from './run.ts';

/** Views of one person on one ledger. */
const MOST_VIEWS = 20;

export async function keepView(
  host: Host,
  call: Call,
  ledger: string,
  { name, columns, filters, sort }: ParsedBody<'keepLedgerView'>,
): Promise<{ id: string }> {
  const known = new Set(admittedLedger(host, call.actor, ledger).columns.map(({ key }) => key));
  const view = {
    columns: columns.filter((key) => known.has(key)),
    filters: filters.filter(({ column }) => known.has(column)),
    sort: sort && known.has(sort.column) ? sort : null,
  };
  if (view.columns.length === 0) throw new Refusal('input.malformed', { detail: because('ledger.no-columns') });
  return run(host, call, async (tx) => {
    // Two pages that save at once make one view of one name.
    await holdPerson(tx, call.actor.id);
    const own = await viewsOf(tx, call.actor.id, ledger);
    const before = own.find((row) => row.name === trimmed(name));
    if (!before && own.length >= MOST_VIEWS)
      throw new Refusal('input.too-large', { limit: because('limit.views', { most: MOST_VIEWS }) });
    const id = before?.id ?? host.newId();
    await putView(tx, { id, person_id: call.actor.id, ledger, name: trimmed(name), view, saved_at: host.now() });
    return { id };
  });
}

export const giveUpView = (host: Host, call: Call, id: string): Promise<{ ok: true }> =>
  run(host, call, async (tx) => {
    if (!(await dropView(tx, id, call.actor.id))) throw new Refusal('not.found');
    return { ok: true as const };
  });
