/** Owns what is known, where one process is looked at, of what others give it without knowing it: their data, messages, records in books. */
import type { Environment } from '@ganwei/feel/infer/infer';
import { contextOf, type Type } from '@ganwei/feel/type';

export interface Others {
  /** the data of cases of another process, as its expressions see them everywhere; undefined: nothing is known */
  running(process: string): Environment | undefined;
  /** what a message of this name brings; anything, when nobody in the release sends it */
  message(name: string): Type;
  /** what the records of a book hold; anything, when nobody in the release writes it */
  record(book: string): Type;
  /** a row of a ledger, as the service that looks into it gives it */
  row(ledger: string): Type;
}

export const ANYTHING: Type = contextOf([], true);

/** Nothing is known of others but what their definitions say: what a process makes known by itself. */
export const NOTHING_KNOWN: Omit<Others, 'row'> = {
  running: () => undefined,
  message: () => ANYTHING,
  record: () => ANYTHING,
};
