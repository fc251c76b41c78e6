/** Owns what the directory's pages are shown: its words, a unit, a person with all posts. Rule: [DIR13]. */
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { loadDirectory } from '../store/directory.ts';
import { columnsOf } from './columns.ts';
import { type Organisation, organisationOf } from './organisation.ts';

/** While no content is in force. */
const NO_WORDS = {
  roles: [],
  unitKinds: [],
  levels: [],
  lanes: [],
  relations: [],
  unitAttributes: [],
  personAttributes: [],
  postAttributes: [],
};

/** The organisation as it stands now, posts that have ended or are yet to come included. */
export async function organisation(host: Host): Promise<Organisation> {
  return organisationOf(await loadDirectory(host.store.reader));
}

export function directoryWords(host: Host): Answer<'directoryWords'> {
  const words = host.catalogue().directoryWords;
  const { lanes: _, ...offered } = words ?? NO_WORDS;
  return { ...offered, columns: columnsOf(words).map(({ title }) => title) };
}

export async function directoryUnit(host: Host, id: string): Promise<Answer<'directoryUnit'>> {
  const unit = (await organisation(host)).units.get(id);
  if (!unit) throw new Refusal('not.found');
  return unit as Answer<'directoryUnit'>;
}

export async function directoryPerson(host: Host, id: string): Promise<Answer<'directoryPerson'>> {
  const person = (await organisation(host)).people.get(id);
  if (!person) throw new Refusal('not.found');
  return person as Answer<'directoryPerson'>;
}
