/**
 * Owns what a check is: a file of this folder, whose name is the rule that its findings carry and that docs/RULES.md and its fixture bear.
 * A check looks at a whole release and reports; it never changes anything and never stops another check.
 */
import type { Problem } from '@ganwei/core/definition';
import { FeelError } from '@ganwei/feel/compile';
import { misfit } from '@ganwei/feel/fit';
import { type Environment, type Finding, inferExpression } from '@ganwei/feel/infer/infer';
import { missing } from '@ganwei/feel/nearest';
import { placeholdersOf } from '@ganwei/feel/placeholders';
import { ANY, printType, type Type } from '@ganwei/feel/type';
import type { Definition, Kind } from '../definition.ts';
import type { Release } from '../release.ts';
import { noting } from '../scope/calls.ts';

export interface Check {
  readonly name: string;
  run(release: Release, report: Report): void | Promise<void>;
}

/** Reports a finding about an element of a definition. */
export type Report = (definition: Definition, finding: Omit<Problem, 'rule' | 'severity'> & Partial<Problem>) => void;

/** Asks about the expressions of one element; what is wrong is reported with the place in words. */
export interface Asking {
  /** the expression is of the wanted type and uses only what there is; answers with its type */
  expression(place: string, source: string | undefined, environment: Environment, wanted?: Type): Type;
  /** every `{= … }` of a text */
  text(place: string, source: string | undefined, environment: Environment): void;
  findings(place: string, source: string, findings: readonly Finding[]): void;
}

/** Rules of forms speak the language of forms, everything else that of the release. */
export function asking(release: Release, report: Report, definition: Definition, element: string): Asking {
  const language = definition.kind === 'form' ? release.formLanguage : release.language;
  const findings: Asking['findings'] = (place, source, found) => {
    for (const { message, severity } of found) {
      report(definition, { severity, element, message: `${place}「${shortened(source)}」：${message}` });
    }
  };
  const expression: Asking['expression'] = (place, source, environment, wanted = ANY) => {
    if (source === undefined) return ANY;
    const inferred = parsed(() => inferExpression(source, language, noting(release, environment), wanted));
    if (!inferred) return ANY;
    findings(place, source, inferred.findings);
    return inferred.type;
  };
  return {
    expression,
    findings,
    text(place, source, environment) {
      for (const one of source === undefined ? [] : placeholdersOf(source)) expression(place, one, environment);
    },
  };
}

/** The same finding from several uses of a definition is told once. */
export function once(report: Report): Report {
  const seen = new Set<string>();
  return (definition, finding) => {
    const mark = `${finding.element}\n${finding.message}`;
    if (!seen.has(mark)) report(definition, finding);
    seen.add(mark);
  };
}

/** What cannot be parsed was told when the definition was compiled. */
export function parsed<T>(infer: () => T): T | undefined {
  try {
    return infer();
  } catch (error) {
    if (error instanceof FeelError) return undefined;
    throw error;
  }
}

const shortened = (source: string): string => {
  const text = source.replace(/\s+/g, ' ').trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** The members of a context that is given to a form (or case) as first values: each exists there and is of its type. */
export function checkMembers(report: (message: string) => void, given: Type, taken: Type, what: string): void {
  if (given.kind !== 'context' || taken.kind !== 'context') return;
  for (const [name, type] of given.members) {
    const wanted = taken.members.get(name);
    if (!wanted) {
      if (!taken.open) report(`${what}${missing(name, taken.members.keys())}`);
    } else if (misfit(type, wanted)?.kind === 'type') {
      report(`${what}的「${name}」是${printType(wanted)}，给的是${printType(type)}`);
    }
  }
}

/** All definitions of a kind that could be compiled, with what they became. */
export function* each<T>(
  release: Release,
  kind: Kind,
  find: (key: string) => T | undefined,
): Generator<{ definition: Definition; value: T }> {
  for (const key of release.keys(kind)) {
    const definition = release.definition(kind, key);
    const value = find(key);
    if (definition && value) yield { definition, value };
  }
}
