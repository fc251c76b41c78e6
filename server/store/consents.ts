/** Owns the rows of what one administrator asks for and another consents to; what was decided stays, with who decided. Rules: [O70]. */
import type { Tx } from './open.ts';
import { insertRows, rowsOf, updateRows } from './statements.ts';

/** A step given to people whom its own rule does not name. `object`: the incident. */
export interface AskedException {
  kind: 'exception';
  detail: { people: string[]; comment: string };
}

/** The second factor of somebody who has lost it. `object`: the person. */
export interface AskedFactorReset {
  kind: 'factor';
  detail: { comment: string };
}

export type ConsentRow = (AskedException | AskedFactorReset) & {
  id: string;
  object: string;
  asked_by: string;
  asked_at: number;
  state: 'open' | 'agreed' | 'refused';
  decided_by: string;
  decided_at: number;
};

type Of<K extends ConsentRow['kind']> = Extract<ConsentRow, { kind: K }>;

export const openConsents = <K extends ConsentRow['kind']>(tx: Tx, kind: K): Promise<Of<K>[]> =>
  rowsOf<Of<K>>(tx, 'consents', { kind, state: 'open' }, 'order by asked_at, id');

/** What waits for this very object. */
export async function openConsentOf<K extends ConsentRow['kind']>(
  tx: Tx,
  kind: K,
  object: string,
): Promise<Of<K> | undefined> {
  return (await rowsOf<Of<K>>(tx, 'consents', { kind, object, state: 'open' }))[0];
}

/** Asks for it; it waits from now on. */
export const askConsent = (
  tx: Tx,
  asked: Pick<ConsentRow, 'id' | 'kind' | 'object' | 'detail' | 'asked_by' | 'asked_at'>,
): Promise<void> => insertRows(tx, 'consents', [{ ...asked, state: 'open', decided_by: '', decided_at: 0 }]);

/** False: somebody has decided meanwhile. */
export async function closeConsent(
  tx: Tx,
  id: string,
  change: Pick<ConsentRow, 'state' | 'decided_by' | 'decided_at'>,
): Promise<boolean> {
  return (await updateRows(tx, 'consents', { id, state: 'open' }, change)) > 0;
}
