/** Owns the rows of second factors and their recovery codes. A code is used once: its use is a change that only one can make. Rules: [I20] [I21]. */
import type { Tx } from './open.ts';
import { deleteRows, insertRows, putRows, rowOf, rowsOf, updateRows } from './statements.ts';

export interface FactorRow {
  person_id: string;
  /** base32 */
  secret: string;
  /** 0: begun, not yet proven */
  confirmed_at: number;
  /** the period of the last code that was used */
  last_step: number;
}

export const loadFactor = (tx: Tx, person: string): Promise<FactorRow | undefined> =>
  rowOf<FactorRow>(tx, 'factors', { person_id: person });

/** The factor that is in force; one that was begun only is none. */
export async function factorOf(tx: Tx, person: string): Promise<FactorRow | undefined> {
  const row = await loadFactor(tx, person);
  return row && row.confirmed_at > 0 ? row : undefined;
}

/** Everybody who has one in force. */
export async function peopleWithFactor(tx: Tx): Promise<Set<string>> {
  const rows = await tx('factors').where('confirmed_at', '>', 0).select('person_id');
  return new Set(rows.map((row) => String(row.person_id)));
}

/** Begins a factor anew; one that is in force is not touched by this (the caller looks before). */
export const beginFactor = (tx: Tx, person: string, secret: string): Promise<void> =>
  putRows(tx, 'factors', [{ person_id: person, secret, confirmed_at: 0, last_step: 0 }], {
    key: ['person_id'],
    overwrite: ['secret', 'confirmed_at', 'last_step'],
  });

/** The factor as it is from now on; false when somebody has used the same code meanwhile. */
export async function useStep(
  tx: Tx,
  { person_id, last_step }: FactorRow,
  change: Partial<Pick<FactorRow, 'confirmed_at' | 'last_step'>>,
): Promise<boolean> {
  return (await updateRows(tx, 'factors', { person_id, last_step }, change)) > 0;
}

export async function keepRecoveryCodes(tx: Tx, person: string, hashes: readonly string[]): Promise<void> {
  await deleteRows(tx, 'recovery_codes', { person_id: person });
  await insertRows(
    tx,
    'recovery_codes',
    hashes.map((code_hash) => ({ code_hash, person_id: person, used_at: 0 })),
  );
}

/** False: there is no such code of this person, or it has been used. */
export async function useRecoveryCode(tx: Tx, person: string, hash: string, at: number): Promise<boolean> {
  return (
    (await updateRows(tx, 'recovery_codes', { code_hash: hash, person_id: person, used_at: 0 }, { used_at: at })) > 0
  );
}

export async function unusedCodes(tx: Tx, person: string): Promise<number> {
  return (await rowsOf(tx, 'recovery_codes', { person_id: person, used_at: 0 })).length;
}

/** The factor and its codes are gone. */
export async function dropFactor(tx: Tx, person: string): Promise<void> {
  await deleteRows(tx, 'factors', { person_id: person });
  await deleteRows(tx, 'recovery_codes', { person_id: person });
}
