/**
 * Owns what is known of the arguments of an application's functions: the types that all their callers give, taken together. A body that
 * is wrong for this is wrong for every caller. It is known when everything that calls has been looked at; function-bodies asks last.
 */
import { join } from '@ganwei/feel/fit';
import type { Environment } from '@ganwei/feel/infer/infer';
import { listOf, type Type } from '@ganwei/feel/type';
import type { Release } from '../release.ts';

type Given = ReadonlyMap<string, Type>;
const logs = new WeakMap<Release, Map<string, Given>>();

function logOf(release: Release): Map<string, Given> {
  const log = logs.get(release) ?? new Map<string, Given>();
  logs.set(release, log);
  return log;
}

/** The environment in which calls of the application's functions are noted. */
export const noting = (release: Release, environment: Environment): Environment => ({
  ...environment,
  heard(name, given) {
    const before = logOf(release).get(name);
    const joined = [...given].map(([parameter, type]) => {
      const earlier = before?.get(parameter);
      return [parameter, earlier ? join(earlier, type) : type] as const;
    });
    logOf(release).set(name, new Map(joined));
  },
});

/** What the callers of a function give as this parameter, where that says more than what it declares. */
export function givenBy(release: Release, name: string, parameter: string, declared: Type): Type {
  const given = logOf(release).get(name)?.get(parameter);
  return given ? narrower(declared, given) : declared;
}

function narrower(declared: Type, given: Type): Type {
  if (given.kind === 'null') return declared;
  if (declared.kind === 'any') return given;
  if (declared.kind === 'list' && given.kind === 'list') return listOf(narrower(declared.item, given.item));
  if (declared.kind === 'context' && given.kind === 'context') return declared.open ? given : declared;
  const plain = declared.kind === 'string' && !declared.id && !declared.enumeration;
  return plain && given.kind === 'string' ? given : declared;
}
