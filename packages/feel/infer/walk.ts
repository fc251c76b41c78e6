/** Owns what the files of this folder share: the environment of a check, its findings, the scopes of a walk and the words for a misfit. */
import type { Language } from '../compile.ts';
import type { Misfit } from '../fit.ts';
import { missing } from '../nearest.ts';
import type { Node } from '../syntax.ts';
import { type NamedTypes, printType, type Type } from '../type.ts';

/** What an expression may use, and what the caller knows of it. */
export interface Environment {
  /** variables; a name that is not here does not exist */
  readonly names: ReadonlyMap<string, Type>;
  /** names that exist, but not here, each with the words that say why: `要到「审核」才填写` */
  readonly absent?: ReadonlyMap<string, string>;
  /** names that may still be null here; who uses one without asking is given a hint */
  readonly unsure?: ReadonlySet<string>;
  /** is told of every call of a function that is an expression: the types of its arguments by the names of its parameters */
  readonly heard?: (name: string, given: ReadonlyMap<string, Type>) => void;
  /** the names in signatures: role, node … */
  readonly named: NamedTypes;
  /** a function whose types depend on its literal arguments: `outcome of("review")` */
  readonly refine: ReadonlyMap<string, Refinement>;
}

/** `literals[i]`: the text of the i-th argument when it is written out. What is left out stays as the signature says. */
export type Refinement = (literals: readonly (string | undefined)[]) => {
  readonly parameters?: readonly (Type | undefined)[];
  readonly result?: Type;
};

export type FindingRule =
  | 'unknown-name'
  | 'unknown-member'
  | 'wrong-type'
  | 'unknown-value'
  | 'inactive-value'
  | 'perhaps-null';

export interface Finding {
  readonly rule: FindingRule;
  readonly severity: 'error' | 'warning';
  /** Chinese sentence; it quotes the part it speaks of */
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** the name that means nothing here; absent where something else is wrong */
  readonly name?: string;
}

export interface Inference {
  readonly type: Type;
  readonly findings: readonly Finding[];
}

/** Names of a loop or context, or (`row`) the row of a filter. */
export interface Scope {
  readonly outer: Scope | null;
  readonly names?: ReadonlyMap<string, Type>;
  readonly row?: Type;
}

/** One walk over one source. */
export interface Inferring {
  readonly source: string;
  readonly language: Language;
  readonly environment: Environment;
  readonly findings: Finding[];
  infer(node: Node, scope: Scope | null): Type;
  /** the type of another expression over these names alone; what is wrong in it is told where it stands */
  elsewhere(source: string, names: ReadonlyMap<string, Type>): Type;
  /** reports a value that does not fit what its place takes */
  expect(node: Node, given: Type, wanted: Type): void;
  /** `name`: the one that means nothing here, if that is what is wrong */
  report(node: Node, rule: FindingRule, message: string, name?: string): void;
}

/** One finding for a misfit, in the words of what kind it is. */
export function reportMisfit(i: Inferring, node: Node, wrong: Misfit, given: Type, wanted: Type): void {
  if (wrong.kind === 'type') {
    i.report(node, 'wrong-type', `${quoted(node)}是${printType(given)}，这里应为${printType(wanted)}`);
    return;
  }
  const { value = '', enumeration } = wrong;
  const list = enumeration?.of || '可能的值';
  if (wrong.kind === 'inactive') i.report(node, 'inactive-value', `${list}中的「${value}」已经停用`);
  else i.report(node, 'unknown-value', `${list}中${missing(value, enumeration?.values.keys() ?? [])}`, value);
}

export function quoted(node: Node): string {
  const text = node.text.replace(/\s+/g, ' ');
  return `「${text.length > 40 ? `${text.slice(0, 39)}…` : text}」`;
}

/** What goes over a list: a single value is a list of one, null an empty one. */
export const itemOf = (type: Type): Type => (type.kind === 'list' ? type.item : type.kind === 'range' ? type.of : type);
