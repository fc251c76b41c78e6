/**
 * Owns function-bodies: a function of an application uses what there is, and gives what it declares, for arguments of its declared types;
 * where these say little, for what all its callers give, who are found by the other checks and in the bodies of other functions.
 */
import type { ContentFunction } from '@ganwei/decision/functions';
import { compileExpression } from '@ganwei/feel/compile';
import { parseType, resolve } from '@ganwei/feel/type';
import { fullKey } from '../keys.ts';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';
import { Calls, type Given, narrower, sameGiven } from '../scope/calls.ts';
import { lookingScope } from '../scope/ledgers.ts';
import { asking, type Check, checkOf, type Findings, findingsBy, findingsOf, parsed } from './check.ts';

/** `others`: the checks that look at everything else that calls. */
export function functionBodies(others: readonly Check[]): Check {
  const all: Question<Calls> = { name: 'calls', answer: (release) => callsIn(release, others) };
  const called: Question<Given | undefined> = {
    name: 'called with',
    answer: (release, name) => release.ask(all, '').get(name),
    same: sameGiven,
  };
  const body: Question<Findings> = {
    name: 'body',
    answer(release, name) {
      const given = new Calls();
      const outside = release.ask(called, name);
      if (outside) given.note(name, outside);
      for (const caller of release.ask(CALLERS, name)) given.noteAll(release.ask(body, caller).calls);
      return checkBody(release, name, given.get(name));
    },
  };
  return checkOf('function-bodies', 'functions', ({ release, value, report }) => {
    for (const { name } of value) for (const problem of release.ask(body, name).problems) report(problem);
  });
}

function callsIn(release: Release, checks: readonly Check[]): Calls {
  const calls = new Calls();
  for (const check of checks)
    for (const one of release.definitions)
      if (one.kind === check.kind) calls.noteAll(release.ask(findingsBy(check), `${one.kind}/${fullKey(one)}`).calls);
  return calls;
}

interface Placed {
  readonly file: string;
  readonly value: ContentFunction;
}

const ALL: Question<ReadonlyMap<string, Placed>> = {
  name: 'functions',
  answer(release) {
    const files = release.keys('functions');
    return new Map(
      files.flatMap((file) => (release.functions(file) ?? []).map((value) => [value.name, { file, value }] as const)),
    );
  },
};

/** The functions whose bodies call this one. There are no circles: they are refused when the functions are read. */
const CALLERS: Question<readonly string[]> = {
  name: 'callers',
  answer: (release, name) =>
    [...release.ask(ALL, '').values()].flatMap(({ value }) =>
      release.ask(CALLS, value.name).includes(name) ? value.name : [],
    ),
  same: (one, other) => one.join('\n') === other.join('\n'),
};

const CALLS: Question<readonly string[]> = {
  name: 'calls of',
  answer(release, name) {
    const body = release.ask(ALL, '').get(name)?.value.spec.body;
    return (body === undefined ? undefined : parsed(() => compileExpression(body, release.language)))?.functions ?? [];
  },
};

function checkBody(release: Release, name: string, given: Given | undefined): Findings {
  const placed = release.ask(ALL, '').get(name);
  const definition = placed && release.definition('functions', placed.file);
  if (!definition) return { problems: [], calls: new Calls() };
  return findingsOf(release, definition, placed.value, (subject) => {
    const { parameters, result, spec } = subject.value;
    const looking = lookingScope(release);
    const types = parameters.map((one) => {
      const declared = resolve(parseType(one.type), looking.named);
      return [one.name, narrower(declared, given?.get(one.name))] as const;
    });
    const wanted = resolve(parseType(result), looking.named);
    asking(subject, name).expression(`函数「${name}」`, spec.body, { ...looking, names: new Map(types) }, wanted);
  });
}
