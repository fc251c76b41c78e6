/** Owns the addresses of the design centre: a change, and a definition by kind, application and key. '-' stands for what no application owns. */
import type { Kind } from '@ganwei/release/definition';
import { idOf, type Named } from '@ganwei/release/paths';

const partOf = ({ kind, app, key }: Named): string => `${kind}/${app === '' ? '-' : app}/${encodeURIComponent(key)}`;

/** Where a definition in force is looked at. */
export const definitionAddress = (named: Named): string => `/design/definitions/${partOf(named)}`;

/** Where it is edited in a change. */
export const draftAddress = (change: string, named: Named): string => `/design/changes/${change}/${partOf(named)}`;

export const changeAddress = (change: string, part = ''): string =>
  `/design/changes/${change}${part && `?part=${part}`}`;

/** Where flows of another engine come into it. */
export const importAddress = (change: string): string => `/design/changes/${change}/import`;

/** The definition that an address names. */
export const namedIn = (params: Readonly<Record<string, string>>): Named => ({
  kind: params.kind as Kind,
  app: params.app === '-' ? '' : (params.app ?? ''),
  key: decodeURIComponent(params.key ?? ''),
});

/** Where the names of a definition of a change stand; `name`: the one that is looked for. */
export function namesAddress(change: string, { kind, app, key }: Named, name = ''): string {
  const query = new URLSearchParams({ part: 'names', kind, app, key, ...(name && { name }) });
  return `/design/changes/${change}?${query}`;
}

/** The key by which expressions and the server know it: `app.key`. */
export const fullKeyOf = (named: Named): string => idOf(named).slice(named.kind.length + 1);
