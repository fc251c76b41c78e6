/**
 * Owns the index of all versions of all definitions, and what a key means in it. A definition is stored under its short key, or under its
 * full one where another has the short one already; whose it is stands beside it, so that what was stored before applications had keys of
 * their own goes on under the key it has. Rules: [KEY1] [KEY2] [KEY3].
 */
import { type Definition, type Kind, OWNED } from '@ganwei/release/definition';
import { appOf, fullKey, shortKey } from '@ganwei/release/keys';
import type { OwnerRow } from '../store/definitions.ts';
import type { Entry } from './library.ts';

const NONE: readonly Entry[] = [];

export class Entries {
  /** versions by `kind/stored key`, oldest first */
  readonly #versions = new Map<string, Entry[]>();
  /** `kind/stored key` -> application */
  readonly #apps: ReadonlyMap<string, string>;
  /** `kind/full key` -> stored key */
  readonly #stored = new Map<string, string>();

  constructor(rows: readonly Entry[], owners: readonly OwnerRow[]) {
    this.#apps = new Map(owners.map(({ kind, key, app }) => [`${kind}/${key}`, app]));
    for (const row of rows) {
      const id = `${row.kind}/${row.key}`;
      const versions = this.#versions.get(id);
      if (versions) versions.push(row);
      else this.#versions.set(id, [row]);
      const kind = row.kind as Kind;
      this.#stored.set(`${kind}/${fullKey({ kind, app: this.appOf(kind, row.key), key: shortKey(row.key) })}`, row.key);
    }
  }

  /** All definitions of a kind, each with its versions. */
  all(kind: Kind): (readonly Entry[])[] {
    return [...this.#versions.values()].filter((versions) => versions[0]?.kind === kind);
  }

  /** The versions of what is stored under this key. */
  versions(kind: Kind, stored: string): readonly Entry[] {
    return this.#versions.get(`${kind}/${stored}`) ?? NONE;
  }

  /** The application of what is stored under this key; '' where it is shared. */
  appOf(kind: Kind, stored: string): string {
    return this.#apps.get(`${kind}/${stored}`) ?? '';
  }

  /** Under which key a definition is stored; undefined: it is new. */
  storedKey(definition: Pick<Definition, 'kind' | 'app' | 'key'>): string | undefined {
    return this.#stored.get(`${definition.kind}/${fullKey(definition)}`);
  }

  /**
   * Stored keys of what a key may mean that is written in this application, the nearest first: its own, what is shared, and what was meant
   * before applications had keys of their own.
   */
  meant(kind: Kind, app: string, written: string): string[] {
    if (!OWNED.includes(kind)) return [written];
    const apps = written.includes('.') ? [appOf(written)] : [app, ''];
    const found = apps.flatMap((one) => this.storedKey({ kind, app: one, key: shortKey(written) }) ?? []);
    return [...found, written];
  }
}

/** [KEY2] The keys under which definitions are to be stored: the one each has, else the short one if it is free, else the full one. */
export function storedKeys(definitions: readonly Definition[], entries: Entries): Map<Definition, string> {
  const keys = new Map<Definition, string>();
  const taken = new Set<string>();
  // What is shared comes first: an application takes over only what nobody else brings any more.
  const ordered = [...definitions].sort((a, b) => Number(Boolean(a.app)) - Number(Boolean(b.app)));
  for (const definition of ordered) {
    const { kind, app = '', key } = definition;
    const owner = entries.appOf(kind, key);
    const free = !taken.has(`${kind}/${key}`) && (owner === '' || owner === app);
    const stored = entries.storedKey(definition) ?? (free ? key : fullKey(definition));
    taken.add(`${kind}/${stored}`);
    keys.set(definition, stored);
  }
  return keys;
}
