/**
 * Owns function-bodies: a function of an application uses what there is, and gives what it declares, for arguments of its declared types;
 * where these say little, for what its callers give. It runs last, when all callers are known, and looks at callers before the called.
 */
import { compileExpression } from '@ganwei/feel/compile';
import { parseType, resolve } from '@ganwei/feel/type';
import type { Definition } from '../definition.ts';
import type { Release } from '../release.ts';
import { givenBy } from '../scope/calls.ts';
import { lookingScope } from '../scope/ledgers.ts';
import { asking, type Check, each, parsed } from './check.ts';

export const functionBodies: Check = {
  name: 'function-bodies',
  run(release, report) {
    const { named, refine } = lookingScope(release);
    for (const { definition, value } of callersFirst(release)) {
      const { name, parameters, result, spec } = value;
      const types = parameters.map((one) => {
        const declared = resolve(parseType(one.type), named);
        return [one.name, givenBy(release, name, one.name, declared)] as const;
      });
      const environment = { names: new Map(types), named, refine };
      const wanted = resolve(parseType(result), named);
      asking(release, report, definition, name).expression(`函数「${name}」`, spec.body, environment, wanted);
    }
  },
};

type ContentFunction = NonNullable<ReturnType<Release['functions']>>[number];

interface Placed {
  definition: Definition;
  value: ContentFunction;
}

/** Every function after all functions that call it. There are no circles: they are refused when the functions are read. */
function callersFirst(release: Release): Placed[] {
  const all = [...each(release, 'functions', release.functions)].flatMap(({ definition, value }) =>
    value.map((one): Placed => ({ definition, value: one })),
  );
  const calls = new Map(all.map(({ value }) => [value.name, calledBy(release, value)] as const));
  const depths = new Map<string, number>();
  const depth = (name: string): number => {
    const callers = [...calls].filter(([, called]) => called.includes(name));
    const known = depths.get(name) ?? 1 + Math.max(0, ...callers.map(([caller]) => depth(caller)));
    depths.set(name, known);
    return known;
  };
  return all.sort((a, b) => depth(a.value.name) - depth(b.value.name));
}

const calledBy = ({ language }: Release, { spec: { body } }: ContentFunction): readonly string[] =>
  (body === undefined ? undefined : parsed(() => compileExpression(body, language)))?.functions ?? [];
