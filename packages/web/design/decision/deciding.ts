/** Owns what all parts of the table editor share: the table as written and as the release types it, what is selected, and the way to change it. */
import type { At } from '@ganwei/decision/sheet/acts';
import type { Column, Sheet } from '@ganwei/decision/sheet/sheet';
import { createContext, useContext } from 'react';
import type { Choice, Found, TriedTable, Typed } from '../check/told.ts';

/** A cell by its row and column; row -1: the column itself. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface Deciding {
  readonly sheet: Sheet;
  readonly types: readonly Typed[];
  readonly tried: TriedTable | undefined;
  readonly findings: readonly Found[];
  readonly functions: readonly string[];
  readonly spot: Spot;
  readonly readOnly: boolean;
  /** ids of rules that hold for what is tried */
  readonly lit: readonly string[];
  select(spot: Spot): void;
  /** `make` changes the text that is there now. */
  act(label: string, make: (at: At) => string): void;
}

export const DecidingContext = createContext<Deciding | undefined>(undefined);

export function useDeciding(): Deciding {
  const deciding = useContext(DecidingContext);
  if (!deciding) throw new Error('outside of the editor of tables');
  return deciding;
}

const TRUTHS = ['true', 'false'];

/** What a cell of this column may be, for choosing by name; empty: anything. */
export function choicesOf(
  typed: Typed | undefined,
  column: Column,
  word: (truth: string) => string,
): readonly Choice[] {
  if (typed && typed.values.length > 0) return typed.values;
  const kind = kindOf(typed, column);
  return kind === 'boolean' ? TRUTHS.map((value) => ({ value, label: word(value) })) : [];
}

export const kindOf = (typed: Typed | undefined, { type }: Column): string =>
  (typed && typed.kind !== 'any' ? typed.kind : type) || 'any';
