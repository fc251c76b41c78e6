/** Owns who a ledger is for, and which of its columns: whoever it is not for is answered as if there were none. Rule: [A1]. */
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import type { Ledger, LedgerColumn } from '@ganwei/release/tables';
import { type Host, sightOf } from './host.ts';
import type { Sight } from './sight.ts';
import { personScope } from './starting.ts';

/** What expressions of a ledger see of the person who asks. */
export const sightFor = (host: Host, actor: Actor): Sight => sightOf(host, host.now(), personScope(actor, host.now()));

export interface AdmittedLedger {
  ledger: Ledger;
  sight: Sight;
  /** those that this person sees */
  columns: LedgerColumn[];
}

/** [A1] A ledger that is not for this person does not exist for him. */
export function admittedLedger(host: Host, actor: Actor, key: string): AdmittedLedger {
  const ledger = host
    .catalogue()
    .ledgers()
    .find((entry) => entry.ledger === key);
  const sight = sightFor(host, actor);
  if (!ledger || !sight.holds(ledger.who)) throw new Refusal('not.found');
  return { ledger, sight, columns: ledger.columns.filter((column) => !column.who || sight.holds(column.who)) };
}
