/** Owns key-of-file: a definition bears the name of its file, so that whoever looks for one finds the other. */
import { ownKeyOf } from '../title.ts';
import type { Check } from './check.ts';
import { findingsOf } from './check.ts';

export const keyOfFile: Check = {
  name: 'key-of-file',
  kind: 'all',
  run: (release, definition) =>
    findingsOf(release, definition, release.compiled(definition.kind, definition.key), ({ value, report }) => {
      const own = value && ownKeyOf(definition.kind, value as never);
      if (own !== undefined && own !== definition.key)
        report({ element: own, message: `文件名应与标识「${own}」一致` });
    }),
};
