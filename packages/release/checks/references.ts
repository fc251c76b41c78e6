/** Owns references: forms, processes, dictionaries and ledgers that a definition names by key exist. Keys given to services are typed. */
import { missing } from '@ganwei/feel/nearest';
import type { FormField } from '@ganwei/form/model';
import type { Definition, Kind } from '../definition.ts';
import { KIND_NAMES } from '../definition.ts';
import type { Release } from '../release.ts';
import { type Check, each, type Report } from './check.ts';

export const references: Check = {
  name: 'references',
  run(release, report) {
    const need = needing(release, report);
    for (const { definition, value } of each(release, 'process', release.process)) {
      for (const { id, start, task, call } of value.model.nodes.values()) {
        need(definition, id, 'form', start?.form ?? task?.form);
        need(definition, id, 'process', call?.process);
      }
      for (const { key, process } of value.model.case.actions) need(definition, key, 'process', process);
    }
    for (const { definition, value } of each(release, 'form', release.form)) {
      for (const [path, field] of value.byPath) checkField(definition, path, field, need, release, report);
    }
    for (const { definition, value } of each(release, 'ledger', release.ledger)) {
      const { source, columns } = value;
      if (source.kind === 'case') need(definition, 'source', 'process', source.process);
      if (source.kind === 'record') need(definition, 'source', 'form', source.form);
      for (const { key, dictionary } of columns) need(definition, key, 'dictionary', dictionary);
    }
  },
};

type Need = (definition: Definition, element: string, kind: Kind, key: string | undefined) => void;

const needing =
  (release: Release, report: Report): Need =>
  (definition, element, kind, key) => {
    if (key === undefined || release.keys(kind).includes(key)) return;
    report(definition, { element, message: missing(key, release.keys(kind), KIND_NAMES[kind]) });
  };

function checkField(
  definition: Definition,
  path: string,
  { schema, component }: FormField,
  need: Need,
  release: Release,
  report: Report,
): void {
  const props = schema['x-component-props'] ?? {};
  if (typeof props.dictionary === 'string') need(definition, path, 'dictionary', props.dictionary);
  if (component !== 'CaseRef' || typeof props.process !== 'string') return;
  const known = [...release.keys('process'), ...release.keys('ledger')];
  if (!known.includes(props.process)) {
    report(definition, { element: path, message: missing(props.process, known, '流程或台账') });
  }
}
