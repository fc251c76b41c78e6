/**
 * Owns where definitions, messages and books are used: at which nodes of which processes. What is asked for one by one is looked through
 * once, or content twenty times as large would take four hundred times as long.
 */
import type { ServiceSettings } from '@ganwei/process/model';
import { OWNED } from '../definition.ts';
import type { Question } from '../memory.ts';
import { type Release, split } from '../release.ts';
import { literalInput } from './inputs.ts';

/** A node of a process, which is named by its full key. */
export interface Place {
  readonly process: string;
  readonly node: string;
}

/** By `type/name`: `form key/loan`, `message name/loan.seen` … */
type Uses = ReadonlyMap<string, readonly Place[]>;

const IN_PROCESS: Question<Uses> = { name: 'uses in', about: 'process', answer: usesIn, same: sameUses };
const ALL: Question<Uses> = { name: 'uses', answer: allUses, same: sameUses };
const OF: Question<readonly Place[]> = {
  name: 'uses of',
  answer: (release, id) => release.ask(ALL, '').get(id) ?? [],
  same: samePlaces,
};

/** The nodes of all processes, in their order, that name this where something of the type is taken: a form that is filled in, a service's input. */
export const usesOf = (release: Release, type: string, name: string): readonly Place[] =>
  release.ask(OF, `${type}/${meant(release, type, name)}`);

/** The full key, where the type is that of the keys of definitions. */
function meant(release: Release, type: string, name: string): string {
  const kind = OWNED.find((one) => type === `${one} key`);
  return kind ? release.full(kind, name) : name;
}

/** All names that are used where something of this type is taken. */
export function namesUsed(release: Release, type: string): string[] {
  const ids = [...release.ask(ALL, '').keys()].filter((id) => id.startsWith(`${type}/`));
  return ids.map((id) => id.slice(type.length + 1));
}

/** The settings of a service task, as long as they are the same. */
export const serviceAt = (release: Release, { process, node }: Place): ServiceSettings | undefined =>
  release.ask(SERVICE, `${node} ${process}`);

const SERVICE: Question<ServiceSettings | undefined> = {
  name: 'service at',
  about: 'process',
  answer(release, id) {
    const [node = '', process] = split(id);
    return release.process(process)?.model.nodes.get(node)?.service;
  },
  same: (one, other) => JSON.stringify(one) === JSON.stringify(other),
};

function usesIn(release: Release, key: string): Uses {
  const uses = new Map<string, Place[]>();
  const add = (type: string, name: string | undefined, node: string): void => {
    if (name === undefined) return;
    const id = `${type}/${meant(release, type, name)}`;
    uses.set(id, [...(uses.get(id) ?? []), { process: key, node }]);
  };
  for (const { id, start, task, service, message } of release.process(key)?.model.nodes.values() ?? []) {
    add('form key', (start ?? task)?.form, id);
    add('message received', (message ?? start?.message)?.name, id);
    if (!service) continue;
    for (const [name, { type }] of Object.entries(release.services.get(service.type)?.inputs ?? {}))
      if (NAMING.test(type)) add(type, literalInput(service, name), id);
  }
  return uses;
}

/** Types of inputs that name a thing. */
const NAMING = / (?:key|name)$/;

function allUses(release: Release): Uses {
  const all = new Map<string, Place[]>();
  for (const key of release.all('process')) {
    for (const [id, places] of release.ask(IN_PROCESS, key)) {
      const before = all.get(id);
      if (before) before.push(...places);
      else all.set(id, [...places]);
    }
  }
  return all;
}

function samePlaces(one: readonly Place[], other: readonly Place[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ process, node }, i) => process === other[i]?.process && node === other[i]?.node)
  );
}

function sameUses(one: Uses, other: Uses): boolean {
  return one.size === other.size && [...one].every(([id, places]) => samePlaces(places, other.get(id) ?? []));
}
