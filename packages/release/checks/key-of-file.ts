/** Owns key-of-file: a definition bears the name of its file, so that whoever looks for one finds the other. */
import { ownKey } from '../release.ts';
import type { Check } from './check.ts';

export const keyOfFile: Check = {
  name: 'key-of-file',
  run(release, report) {
    for (const definition of release.definitions) {
      const own = ownKey(release, definition);
      if (own !== undefined && own !== definition.key) {
        report(definition, { element: own, message: `文件名应与标识「${own}」一致` });
      }
    }
  },
};
