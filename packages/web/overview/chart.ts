/** Owns what a chart of an overview is to the pages: its figures in rows and columns, and the way from a figure to its rows in the ledger. */
import type { Answer } from '@ganwei/core/contract';

export type Chart = Answer<'overview'>['charts'][number];
export type Figure = Chart['figures'][number];

/** Figures of one kind: one, or one of each kind of the second column. */
export interface Line {
  label: string;
  figures: readonly (Figure | undefined)[];
}

export interface Lines {
  lines: readonly Line[];
  /** names of the second column; one without a name where there is none */
  series: readonly string[];
}

/** `blank`: what is said of a kind under which nothing is filled in. */
export function linesOf({ figures, split }: Chart, blank: string): Lines {
  const nameOf = (key: string | null, label: string): string => (key === null ? blank : label);
  const kinds = [...new Set(figures.map(({ key }) => key))];
  const seconds = split === '' ? [null] : [...new Set(figures.map((one) => one.split))];
  const at = (key: string | null, second: string | null) =>
    figures.find((one) => one.key === key && (split === '' || one.split === second));
  return {
    lines: kinds.map((key) => ({
      label: nameOf(key, figures.find((one) => one.key === key)!.label),
      figures: seconds.map((second) => at(key, second)),
    })),
    series:
      split === ''
        ? ['']
        : seconds.map((second) => nameOf(second, figures.find((one) => one.split === second)!.splitLabel)),
  };
}

/** The rows of the ledger that were counted, and no others. */
export const addressOf = ({ ledger, filters }: Figure): string => {
  const query = new URLSearchParams({ counted: '1', filters: JSON.stringify(filters) });
  return `/ledgers/${encodeURIComponent(ledger)}?${query}`;
};

/** Is there nothing to draw? */
export const isEmpty = ({ figures }: Chart): boolean => figures.every(({ value }) => value === 0);
