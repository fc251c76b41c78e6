/** Owns which rows of a ledger a person may see, by its rules: pages, exports and figures ask here. Rules: [A1] [OVW2]. */
import type { Actor } from '@ganwei/core/actor';
import type { Ledger } from '@ganwei/release/tables';
import type { Visibility } from '../store/ledger-pages.ts';
import type { Sight } from './sight.ts';

/** The first rule whose `who` holds gives the rows; none: only those of cases the person takes part in, if the ledger says so. Without an actor: by duties alone. */
export function visibleRows(ledger: Ledger, sight: Sight, actor: Actor | null): Visibility {
  const participant = actor && ledger.participants ? actor.id : null;
  const rule = ledger.rows.find((candidate) => sight.holds(candidate.who));
  if (!rule) return { all: false, alternatives: [], participant };
  if (rule.where.length === 0) return { all: true, alternatives: [], participant };
  const conditions = rule.where.map(({ column, in: source }) => {
    const value = sight.ask(source);
    return {
      slot: ledger.columns.find((c) => c.key === column)!.slot!,
      op: 'in' as const,
      value: (Array.isArray(value) ? value : [value]).filter((v) => typeof v === 'string' || typeof v === 'number'),
    };
  });
  return { all: false, alternatives: [conditions], participant };
}
