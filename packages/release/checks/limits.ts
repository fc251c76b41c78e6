/** Owns limits: no definition is larger than what the house can work on at once. The limits stand in docs/reference.md. */
import { KIND_NAMES } from '../definition.ts';
import { fullKey } from '../keys.ts';
import { type Check, findingsOf } from './check.ts';

/** Characters of one definition. */
export const MOST_CHARACTERS = 2_000_000;
/** Definitions of one release. */
export const MOST_DEFINITIONS = 5_000;
/** Characters of a key with its application, as wide as the columns that keep it. */
export const LONGEST_KEY = 64;
/** Nodes of one process. */
export const MOST_NODES = 1_000;

export const limits: Check = {
  name: 'limits',
  kind: 'all',
  run: (release, definition) =>
    findingsOf(release, definition, release.compiled('process', definition.key), ({ value, report }) => {
      const { kind, key } = definition;
      const { source = '' } = release.definition(kind, key) ?? {};
      const { definitions } = release;
      if (definition === definitions[0] && definitions.length > MOST_DEFINITIONS)
        report({ element: '（全部）', message: `定义过多（${definitions.length}），上限为 ${MOST_DEFINITIONS}` });
      const size = `${KIND_NAMES[kind]}过长（${source.length} 字），上限为 ${MOST_CHARACTERS} 字`;
      if (source.length > MOST_CHARACTERS) report({ element: key, message: size });
      const full = fullKey(definition);
      if (full.length > LONGEST_KEY)
        report({ element: key, message: `标识「${full}」过长，连同应用上限为 ${LONGEST_KEY} 字` });
      const nodes = kind === 'process' ? (value?.model.nodes.size ?? 0) : 0;
      if (nodes > MOST_NODES) report({ element: key, message: `节点过多（${nodes}），上限为 ${MOST_NODES}` });
    }),
};
