/** Owns what the parts of the designer share: the form, what is selected, what the check has found, and the one way to change anything. Rule: [FDS3]. */
import type { Edited } from '@ganwei/form/edit';
import type { Language } from '@ganwei/form/model';
import type { Raw } from '@ganwei/form/node';
import type { Address, Place } from '@ganwei/form/places';
import { createContext, useContext } from 'react';
import type { Choice, Found, Offered } from '../check/told.ts';

export interface Designing {
  readonly form: Raw;
  readonly places: readonly Place[];
  readonly selected: readonly Address[];
  readonly readOnly: boolean;
  readonly language: Language;
  /** about this form */
  readonly findings: readonly Found[];
  /** undefined until the first check has ended */
  readonly offered: Offered | undefined;
  readonly dictionaries: readonly Choice[];
  /** is the field not in force yet, so that nothing knows its name? */
  isNew(path: string): boolean;
  /** one step of undo; undefined: it may not be done, which is said */
  act(label: string, edited: Edited | undefined): void;
  /** sets what is written at a path inside a node: one step of undo */
  put(at: Address, path: readonly string[], value: unknown): void;
  select(selected: readonly Address[]): void;
}

export const DesigningContext = createContext<Designing | null>(null);

export function useDesigning(): Designing {
  const designing = useContext(DesigningContext);
  if (!designing) throw new Error('outside of a form');
  return designing;
}
