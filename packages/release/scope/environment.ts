/** Owns making one environment from another. */
import type { Environment } from '@ganwei/feel/infer/infer';
import type { Type } from '@ganwei/feel/type';

/** The same environment with further names, or others of the same name. */
export function withNames(environment: Environment, names: Iterable<readonly [string, Type]>): Environment {
  const added = new Map(names);
  const unsure = new Set([...(environment.unsure ?? [])].filter((name) => !added.has(name)));
  return { ...environment, unsure, names: new Map([...environment.names, ...added]) };
}

/** Where null is as good as a value: forms and columns over half-filled data, texts, tables that ask about it themselves. */
export const atEase = (environment: Environment): Environment => ({ ...environment, unsure: new Set() });
