/** Owns what the controls of expressions share wherever they stand, in a flow or a form: what may be named and called, who can be looked up, whether anything may be written. */
import { createContext, useContext } from 'react';
import type { Choice, Name } from '../check/told.ts';

/** People or units by a part of the name, or those of these ids. */
export type Finds = (q: string, ids?: readonly string[]) => Promise<readonly Choice[]>;

/** What a condition may be about. */
export interface Subject extends Choice {
  /** as names.ts tells it */
  readonly kind: string;
  /** the only values it can have, and what it may be compared with */
  readonly choices: readonly Choice[];
}

export interface Phrasing {
  readonly readOnly: boolean;
  /** signatures; undefined until the first check has ended */
  readonly functions: readonly string[] | undefined;
  names(): Promise<readonly Name[]>;
  /** left out where nothing can be asked */
  readonly directory?: { people: Finds; units: Finds } | undefined;
}

export const PhrasingContext = createContext<Phrasing | null>(null);

export function usePhrasing(): Phrasing {
  const phrasing = useContext(PhrasingContext);
  if (!phrasing) throw new Error('outside of an editor');
  return phrasing;
}
