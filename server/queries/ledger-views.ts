/** Owns the list of a person's saved views of a ledger, without columns that are not his to see any more. Read only. Rules: [R33] [A1]. */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { admittedLedger } from '../catalogue/admitted-ledger.ts';
import type { Host } from '../catalogue/host.ts';
import { viewsOf } from '../store/ledger-views.ts';

export async function ledgerViews(host: Host, actor: Actor, key: string): Promise<Answer<'ledgerViews'>> {
  const all = admittedLedger(host, actor, key).columns;
  const known = new Set(all.map((column) => column.key));
  // A view of which every column is gone shows what the ledger shows by itself.
  const usual = all.filter(({ shown }) => shown).map((column) => column.key);
  const rows = await viewsOf(host.store.reader, actor.id, key);
  return rows.map(({ id, name, view: { columns, filters, sort } }) => ({
    id,
    name,
    columns: columns.some((column) => known.has(column)) ? columns.filter((column) => known.has(column)) : usual,
    filters: filters.filter(({ column }) => known.has(column)) as Answer<'ledgerViews'>[number]['filters'],
    sort: sort && known.has(sort.column) ? sort : null,
  }));
}
