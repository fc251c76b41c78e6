/** Owns limits: no definition is larger than what the house can work on at once. The limits stand in docs/reference.md. */
import { KIND_NAMES } from '../definition.ts';
import type { Check } from './check.ts';

/** Characters of one definition. */
export const MOST_CHARACTERS = 2_000_000;
/** Definitions of one release. */
export const MOST_DEFINITIONS = 5_000;
/** Nodes of one process. */
export const MOST_NODES = 1_000;

export const limits: Check = {
  name: 'limits',
  run(release, report) {
    const [first] = release.definitions;
    if (first && release.definitions.length > MOST_DEFINITIONS) {
      const message = `定义过多（${release.definitions.length}），上限为 ${MOST_DEFINITIONS}`;
      report(first, { element: '（全部）', message });
    }
    for (const definition of release.definitions) {
      const { kind, key, source } = definition;
      if (source.length > MOST_CHARACTERS) {
        const message = `${KIND_NAMES[kind]}过长（${source.length} 字），上限为 ${MOST_CHARACTERS} 字`;
        report(definition, { element: key, message });
      }
      const nodes = kind === 'process' ? (release.process(key)?.model.nodes.size ?? 0) : 0;
      if (nodes > MOST_NODES)
        report(definition, { element: key, message: `节点过多（${nodes}），上限为 ${MOST_NODES}` });
    }
  },
};
