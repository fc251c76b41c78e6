/**
 * Owns what a check is: a file of this folder, whose name is the rule that its findings carry and that docs/RULES.md and its fixture bear.
 * A check looks at one definition of a release and reports what is wrong with it; what it asks of the others it asks the release, so that its
 * findings hold until one of these answers changes. It never changes anything and never stops another check.
 */
import type { Problem } from '@ganwei/core/definition';
import { FeelError } from '@ganwei/feel/compile';
import { misfit } from '@ganwei/feel/fit';
import { type Environment, type Finding, inferExpression } from '@ganwei/feel/infer/infer';
import { missing } from '@ganwei/feel/nearest';
import { placeholdersOf } from '@ganwei/feel/placeholders';
import { ANY, printType, type Type } from '@ganwei/feel/type';
import type { Kind, Named } from '../definition.ts';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';
import { Calls, type Given } from '../scope/calls.ts';
import type { Compiled } from '../workshop.ts';

export interface Check {
  readonly name: string;
  /** of what definitions; `all`: also of those that could not be compiled */
  readonly kind: Kind | 'all';
  run(release: Release, definition: Named): Findings;
}

/** What a check has found in one definition, in order, and which functions of applications are called there. */
export interface Findings {
  readonly problems: readonly Omit<Problem, 'rule'>[];
  readonly calls: Calls;
}

/** A definition while a check looks at it. */
export interface Subject<T> {
  readonly release: Release;
  readonly definition: Named;
  /** what the definition has become */
  readonly value: T;
  /** reports a finding about an element of the definition; an error unless it says otherwise */
  report(finding: Omit<Problem, 'rule' | 'severity'> & Partial<Problem>): void;
  /** is told of every call of a function that is an expression */
  hear(name: string, given: Given): void;
}

/** A check of all definitions of a kind that could be compiled, one by one. */
export const checkOf = <K extends Kind>(
  name: string,
  kind: K,
  look: (subject: Subject<Compiled[K]>) => void,
): Check => ({
  name,
  kind,
  run(release, definition) {
    const value = release.compiled(kind, definition.key);
    return value === undefined ? NOTHING : findingsOf(release, definition, value, look);
  },
});

const NOTHING: Findings = { problems: [], calls: new Calls() };

/** What a look at a definition finds. */
export function findingsOf<T>(
  release: Release,
  definition: Named,
  value: T,
  look: (subject: Subject<T>) => void,
): Findings {
  const problems: Omit<Problem, 'rule'>[] = [];
  const calls = new Calls();
  look({
    release,
    definition,
    value,
    report: ({ severity = 'error', element, message, wrong }) =>
      problems.push({ severity, element, message, ...(wrong && { wrong }) }),
    hear: (name, given) => calls.note(name, given),
  });
  return { problems, calls };
}

const questions = new WeakMap<Check, Question<Findings>>();

/** What a check finds in the definition `kind/full key`, as something that can be asked of a release. A check that breaks is a finding. */
export function findingsBy(check: Check): Question<Findings> {
  const known = questions.get(check);
  if (known) return known;
  const question: Question<Findings> = {
    name: `check ${check.name}`,
    answer(release, id) {
      const at = id.indexOf('/');
      const definition = release.named(id.slice(0, at) as Kind, id.slice(at + 1));
      if (!definition) return NOTHING;
      try {
        return check.run(release.within(definition.app ?? ''), definition);
      } catch (error) {
        const message = `检查「${check.name}」未能完成：${(error as Error).message}`;
        return { problems: [{ severity: 'error', element: '（检查）', message }], calls: new Calls() };
      }
    },
  };
  questions.set(check, question);
  return question;
}

/** Asks about the expressions of one element; what is wrong is reported with the place in words. */
export interface Asking {
  /** the expression is of the wanted type and uses only what there is; answers with its type */
  expression(place: string, source: string | undefined, environment: Environment, wanted?: Type): Type;
  /** every `{= … }` of a text */
  text(place: string, source: string | undefined, environment: Environment): void;
  findings(place: string, source: string, findings: readonly Finding[]): void;
}

/** Rules of forms speak the language of forms, everything else that of the release. */
export function asking({ release, definition, report, hear }: Subject<unknown>, element: string): Asking {
  const language = definition.kind === 'form' ? release.formLanguage : release.language;
  const findings: Asking['findings'] = (place, source, found) => {
    for (const { message, severity, name, from, to } of found) {
      const wrong = name === undefined ? {} : { wrong: { name, in: { source, from, to } } };
      report({ severity, element, message: `${place}「${shortened(source)}」：${message}`, ...wrong });
    }
  };
  const expression: Asking['expression'] = (place, source, environment, wanted = ANY) => {
    if (source === undefined) return ANY;
    const inferred = parsed(() => inferExpression(source, language, { ...environment, heard: hear }, wanted));
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

/** What is told of a name that means nothing here. `before`: words in front of the sentence; `at`: where below the element, in JSON. */
export const lacking = (
  name: string,
  candidates: Iterable<string>,
  { what = '', before = '', at }: { what?: string; before?: string; at?: readonly string[] } = {},
): Pick<Problem, 'message'> & Required<Pick<Problem, 'wrong'>> => ({
  message: `${before}${missing(name, candidates, what)}`,
  wrong: { name, ...(at && { at }) },
});

/** The same finding from several uses of a definition is told once. */
export function once<T>(subject: Subject<T>): Subject<T> {
  const seen = new Set<string>();
  const report: Subject<T>['report'] = (finding) => {
    const mark = `${finding.element}\n${finding.message}`;
    if (!seen.has(mark)) subject.report(finding);
    seen.add(mark);
  };
  return { ...subject, report };
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

/** What is wrong with something, wherever it is. */
export type Told = Pick<Problem, 'message' | 'wrong'>;

/** The members of a context that is given to a form (or case) as first values: each exists there and is of its type. */
export function checkMembers(report: (told: Told) => void, given: Type, taken: Type, what: string): void {
  if (given.kind !== 'context' || taken.kind !== 'context') return;
  for (const [name, type] of given.members) {
    const wanted = taken.members.get(name);
    if (!wanted) {
      if (!taken.open) report(lacking(name, taken.members.keys(), { before: what }));
    } else if (misfit(type, wanted)?.kind === 'type') {
      report({ message: `${what}的「${name}」是${printType(wanted)}，给的是${printType(type)}` });
    }
  }
}
