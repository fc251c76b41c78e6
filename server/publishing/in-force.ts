/**
 * Owns what is in force: of every definition the newest version that has a text, by the three words that name it; also as it was after an
 * earlier release. Must never change anything. Rules: [V1] [V6].
 */
import type { Definition, Kind } from '@ganwei/release/definition';
import { shortKey } from '@ganwei/release/keys';
import { idOf, type Named, namedOf, pathOf } from '@ganwei/release/paths';
import { Entries } from '../catalogue/entries.ts';
import type { Entry } from '../catalogue/library.ts';
import { lastRelease, listDefinitions, listOwners, loadDefinition, RETIRED } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';

/** Hash of the text that is not there. */
const NONE = '';

export class InForce {
  /** the last release it knows */
  readonly release: number;
  readonly entries: Entries;
  /** `kind/full key` -> newest version, retired ones too */
  readonly #newest = new Map<string, { named: Named; entry: Entry }>();
  readonly #rows: readonly Entry[];

  constructor(release: number, rows: readonly Entry[], entries: Entries) {
    this.release = release;
    this.entries = entries;
    this.#rows = rows;
    for (const entry of rows) {
      const named = this.named(entry);
      this.#newest.set(idOf(named), { named, entry });
    }
  }

  /** What a stored version is a version of. */
  named({ kind, key }: Pick<Entry, 'kind' | 'key'>): Named {
    return namedOf({ kind: kind as Kind, app: this.entries.appOf(kind as Kind, key), key: shortKey(key) });
  }

  /** What this release brought, in order. */
  broughtBy(release: number): { named: Named; entry: Entry }[] {
    return this.#rows
      .filter((entry) => entry.release === release)
      .map((entry) => ({ named: this.named(entry), entry }));
  }

  /** All that have a text now. */
  all(): { named: Named; entry: Entry }[] {
    return [...this.#newest.values()].filter(({ entry }) => entry.hash !== RETIRED);
  }

  /** The version in force; undefined where there is none, or it is retired. */
  entry(named: Named): Entry | undefined {
    const newest = this.#newest.get(idOf(named))?.entry;
    return newest?.hash === RETIRED ? undefined : newest;
  }

  /** The newest version, retired or not. */
  newest(named: Named): Entry | undefined {
    return this.#newest.get(idOf(named))?.entry;
  }

  /** Hash of the text in force; '' where there is none. */
  hash(named: Named): string {
    return this.entry(named)?.hash ?? NONE;
  }

  /** All versions there ever were, oldest first. */
  versions(named: Named): readonly Entry[] {
    const newest = this.newest(named);
    return newest ? this.entries.versions(named.kind, newest.key) : [];
  }
}

/** What is in force; `until`: as it was after this release. */
export async function readInForce(tx: Tx, until = Number.POSITIVE_INFINITY): Promise<InForce> {
  const release = await lastRelease(tx);
  const rows = (await listDefinitions(tx)).filter((row) => row.release <= until);
  return new InForce(Math.min(release, until), rows, new Entries(rows, await listOwners(tx)));
}

/** The text of a version. */
export async function sourceOf(tx: Tx, { kind, key, version }: Entry): Promise<string> {
  return (await loadDefinition(tx, kind, key, version))!.source;
}

/** Everything in force with its text, as an export would write it. */
export async function contentOf(tx: Tx, inForce: InForce): Promise<Definition[]> {
  return Promise.all(inForce.all().map(async ({ named, entry }) => definitionOf(named, await sourceOf(tx, entry))));
}

/** A definition at the place where an export would write it. */
export const definitionOf = ({ kind, app, key }: Named, source: string): Definition => ({
  kind,
  ...(app !== '' && { app }),
  key,
  file: pathOf({ kind, app, key }),
  source,
});
