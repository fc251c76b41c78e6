/** Owns making one environment from another. */
import type { Environment } from '@ganwei/feel/infer/infer';
import type { Type } from '@ganwei/feel/type';

/** The same environment with further names, or others of the same name. */
export const withNames = (environment: Environment, names: Iterable<readonly [string, Type]>): Environment => ({
  ...environment,
  names: new Map([...environment.names, ...names]),
});
