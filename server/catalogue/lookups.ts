/** Owns the look-ups that only give names and codes: what a form, a summary or a letter may ask without touching the database. */
import type { Lookups } from '@ganwei/form/model';
import type { Host } from './host.ts';

export function plainLookups(
  host: Pick<Host, 'catalogue' | 'directory'>,
): Pick<Required<Lookups>, 'dictionary' | 'person' | 'unit'> {
  const named = (entry: { name: string; active: boolean } | undefined) =>
    entry?.active ? { name: entry.name } : undefined;
  return {
    dictionary: (key) => host.catalogue().dictionary(key)?.items,
    person: (id) => named(host.directory().people.get(id)),
    unit: (id) => named(host.directory().units.get(id)),
  };
}
