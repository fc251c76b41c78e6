/**
 * Owns what a definition must know of a service type: its inputs, which of them are needed, and the type of its result. Types are written
 * in the notation of feel/type.ts; keys of definitions are `decision key`, `letter key` …, so that a wrong one is found before it is used.
 * The services themselves live in server/services; a host may bring more.
 */

export interface ServiceInput {
  /** what the FEEL text of the input must yield */
  readonly type: string;
  /** without it the service cannot work */
  readonly required?: boolean;
  /** what an administrator reads beside it */
  readonly label: string;
}

export interface ServiceSignature {
  /** what an administrator calls it */
  readonly label: string;
  /** by name; `*` stands for inputs of any other name */
  readonly inputs: Readonly<Record<string, ServiceInput>>;
  /** inputs whose FEEL text is handed over unevaluated: a condition over `row` */
  readonly raw?: readonly string[];
  /** type of `result` in the outputs; `decision result` and `ledger rows` follow from the table or ledger that is named */
  readonly result: string;
}

export type Services = ReadonlyMap<string, ServiceSignature>;
