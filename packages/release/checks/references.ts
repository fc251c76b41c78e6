/** Owns references: forms, processes, dictionaries and ledgers that a definition names by key exist. Keys given to services are typed. */
import type { FormField } from '@ganwei/form/model';
import { KIND_NAMES, type Kind } from '../definition.ts';
import type { Release } from '../release.ts';
import { type Check, findingsOf, lacking } from './check.ts';

export const references: Check = {
  name: 'references',
  kind: 'all',
  run: (release, definition) =>
    findingsOf(release, definition, undefined, ({ report }) => {
      for (const { element, kind, key } of referencesIn(release, definition.kind, definition.key)) {
        if (key === undefined || kind.some((one) => release.has(one, key))) continue;
        const there = kind.flatMap((one) => release.keys(one));
        report({ element, ...lacking(key, there, { what: kind.map((one) => KIND_NAMES[one]).join('或') }) });
      }
      for (const { element, status, among } of statusesOfCalled(release, definition.kind, definition.key))
        if (!among.includes(status)) report({ element, ...lacking(status, among, { what: '状态' }) });
    }),
};

/** A key that must be there: of one of these kinds. */
interface Reference {
  readonly element: string;
  readonly kind: readonly Kind[];
  readonly key: string | undefined;
}

function referencesIn(release: Release, of: Kind, key: string): Reference[] {
  if (of === 'process') return inProcess(release, key);
  if (of === 'ledger') return inLedger(release, key);
  return of === 'form' ? [...(release.form(key)?.byPath ?? [])].flatMap(([path, field]) => inField(path, field)) : [];
}

function inProcess(release: Release, process: string): Reference[] {
  const model = release.process(process)?.model;
  const nodes = [...(model?.nodes.values() ?? [])].flatMap(({ id, start, task, call }): Reference[] => [
    { element: id, kind: ['form'], key: start?.form ?? task?.form },
    { element: id, kind: ['process'], key: call?.process },
  ]);
  const actions = model?.case.actions.map(
    (one): Reference => ({ element: one.key, kind: ['process'], key: one.process }),
  );
  return [...nodes, ...(actions ?? [])];
}

/** Statuses that a flow gives to the cases it calls; nothing to say while the called flow is not there. */
function statusesOfCalled(release: Release, kind: Kind, key: string) {
  const seen = release.asSeenBy(kind, key);
  const nodes = kind === 'process' ? [...(release.process(key)?.model.nodes.values() ?? [])] : [];
  return nodes.flatMap(({ id: element, call }) => {
    const called = call?.cut === undefined ? undefined : seen.process(call.process);
    const among = called?.model.case.statuses.map(({ key: status }) => status);
    return among ? [{ element, status: call!.cut!, among }] : [];
  });
}

function inLedger(release: Release, key: string): Reference[] {
  const { source, columns = [] } = release.ledger(key) ?? {};
  return [
    { element: 'source', kind: ['process'], key: source?.kind === 'case' ? source.process : undefined },
    { element: 'source', kind: ['form'], key: source?.kind === 'record' ? source.form : undefined },
    ...columns.map((column): Reference => ({ element: column.key, kind: ['dictionary'], key: column.dictionary })),
  ];
}

function inField(path: string, { schema, component }: FormField): Reference[] {
  const props = schema['x-component-props'] ?? {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return [
    { element: path, kind: ['dictionary'], key: text(props.dictionary) },
    { element: path, kind: ['process', 'ledger'], key: component === 'CaseRef' ? text(props.process) : undefined },
  ];
}
