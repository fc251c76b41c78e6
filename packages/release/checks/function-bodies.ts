/** Owns function-bodies: a function of an application uses what there is, and gives what it declares, for arguments of its declared types. */
import { parseType, resolve } from '@ganwei/feel/type';
import { lookingScope } from '../scope/ledgers.ts';
import { asking, type Check, each } from './check.ts';

export const functionBodies: Check = {
  name: 'function-bodies',
  run(release, report) {
    for (const { definition, value } of each(release, 'functions', release.functions)) {
      const { named, refine } = lookingScope(release);
      for (const { name, parameters, result, spec } of value) {
        const names = new Map(parameters.map((one) => [one.name, resolve(parseType(one.type), named)] as const));
        const wanted = resolve(parseType(result), named);
        asking(release, report, definition, name).expression(
          `函数「${name}」`,
          spec.body,
          { names, named, refine },
          wanted,
        );
      }
    }
  },
};
