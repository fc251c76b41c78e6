/**
 * Owns what is said between a page and the worker that checks: definitions and language in, findings and what may be chosen out. Types only,
 * so that a page knows nothing of how a release is checked.
 */

import type { FieldError } from '@ganwei/core/refusal';
import type { Hole } from '@ganwei/decision/holes';
import type { FunctionSpec } from '@ganwei/feel/compile';
import type { Submission } from '@ganwei/form/accept';
import type { FieldAccess } from '@ganwei/form/model';
import type { Definition, Kind } from '@ganwei/release/definition';
import type { Found } from '@ganwei/release/release';
import type { ServiceSignature } from '@ganwei/release/service';

export type { Definition, Found, Hole, Kind };

/** Signatures of services and functions, as GET /api/design/language gives them. */
export interface Told {
  readonly services: readonly (readonly [type: string, signature: ServiceSignature])[];
  readonly functions: readonly (readonly [name: string, signature: Omit<FunctionSpec, 'call'>])[];
}

/** A word that may be chosen, and what people call it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A field of a form, containers included, by its path: `items[].price`. */
export interface Field {
  readonly path: string;
  readonly label: string;
  readonly required: boolean;
}

/** What a release has that settings may name, as the application that asks writes it. */
export interface Offered {
  readonly definitions: Readonly<Record<Kind, readonly Choice[]>>;
  /** fields of every form, by its key */
  readonly fields: Readonly<Record<string, readonly Field[]>>;
  /** signatures of all functions, those of applications among them */
  readonly functions: readonly string[];
  readonly roles: readonly Choice[];
  readonly relations: readonly Choice[];
}

/** A name that an expression may use. `values`: the only ones it, or an element of it, can have. */
export interface Name {
  readonly path: string;
  readonly kind: string;
  readonly type: string;
  readonly values: readonly Choice[];
}

export interface Checked {
  readonly findings: readonly Found[];
  /** files that could not be read: what others find missing of them is not missing */
  readonly unread: readonly string[];
  readonly offered: Offered;
  /** milliseconds that the check took in the worker */
  readonly took: number;
}

/** Where an expression stands: before the node begins, or after it has been left. */
export interface Standing {
  readonly app: string;
  readonly process: string;
  readonly node: string;
  readonly left: boolean;
}

/** A step of a flow at which a form is filled in, and what it may do with each field there. */
export interface StepOfForm {
  /** title of the flow */
  readonly flow: string;
  readonly step: string;
  readonly access: readonly FieldAccess[];
}

/** What a column, or a value that a table asks for, may be: a kind of names.ts, and the only values it can have, where there are such. */
export interface Typed {
  readonly kind: string;
  readonly values: readonly Choice[];
}

/** A value that a trial gives: where it is found in the case's data, and what the table calls it. */
export interface Given extends Typed {
  readonly path: string;
  readonly label: string;
}

/** What is tried: FEEL texts by the path of what is given; null: nothing, only what the table is. */
export interface Trying {
  readonly table: string;
  readonly given: Readonly<Record<string, string>> | null;
}

/** A table as the release types it, what it leaves open, and what it decides of the values given. */
export interface TriedTable {
  /** of every step that is a table, by its id: inputs and outputs as its columns stand */
  readonly types: Readonly<Record<string, readonly Typed[]>>;
  readonly givens: readonly Given[];
  readonly holes: readonly Hole[];
  readonly outcome: Outcome | null;
}

export type Outcome =
  | {
      readonly matched: readonly string[];
      /** by label */
      readonly inputs: readonly (readonly [label: string, value: string])[];
      readonly result: string;
    }
  | { readonly failed: string; readonly rules: readonly string[] };

/** A name that a letter may use. */
export interface NameOfLetter extends Name {
  /** of the field; '' where it is none */
  readonly label: string;
  /** of the items, where it is a list of contexts */
  readonly members: readonly { readonly name: string; readonly label: string; readonly kind: string }[];
}

/** Who stands where a made-up case needs a person or a unit; today, YYYY-MM-DD. */
export interface MadeFor {
  readonly person: string;
  readonly unit: string;
  readonly today: string;
}

/** What a letter may use where it is issued, and a made-up value for each name; empty where no flow issues it. */
export interface LetterNames {
  readonly names: readonly NameOfLetter[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is handed in at a preview. */
export type Judged = Pick<Submission, 'stored' | 'submitted' | 'access' | 'scope' | 'language'> & {
  readonly form: unknown;
};

/** What a page may ask, each with its answer. */
export interface Questions {
  open: { asked: { definitions: readonly Definition[]; told: Told; app: string }; answer: Checked };
  edit: { asked: { definitions: readonly Definition[] }; answer: Checked };
  names: { asked: Standing; answer: readonly Name[] };
  steps: { asked: { form: string }; answer: readonly StepOfForm[] };
  table: { asked: Trying; answer: TriedTable | undefined };
  letter: { asked: { letter: string; made: MadeFor }; answer: LetterNames };
  verdict: { asked: Judged; answer: readonly FieldError[] };
}
export type Ask = { [K in keyof Questions]: { id: number; ask: K; asked: Questions[K]['asked'] } }[keyof Questions];
export type Reply = { id: number } & ({ answer: unknown } | { failed: string });
