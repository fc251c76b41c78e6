/**
 * Owns making a release of what is to be in force: whole or not at all. Unchanged definitions keep their version; one that is no longer there is
 * retired: nothing new begins with it, running cases go on. The content folder and changes take effect by this alone. Rules: [V1] [V2] [V6] [V9].
 */
import { createHash } from 'node:crypto';
import { localDate } from '@ganwei/calendar/zone';
import { Conflict } from '@ganwei/core/refusal';
import type { Definition } from '@ganwei/release/definition';
import { idOf } from '@ganwei/release/paths';
import { storedKeys } from '../catalogue/entries.ts';
import { addDefinitions, addOwners, addRelease, type OwnerRow, RETIRED } from '../store/definitions.ts';
import { isDuplicate, type Tx } from '../store/open.ts';
import type { DefinitionRow } from '../store/rows.ts';
import type { InForce } from './in-force.ts';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A release to be made: everything that is in force from then on, what each calls itself (by `kind/full key`), and how it goes on record. */
export interface Making {
  content: readonly Definition[];
  titles: ReadonlyMap<string, string>;
  at: number;
  /** '' the content folder */
  by: string;
  note: string;
}

export interface Made {
  /** null where nothing is different */
  release: number | null;
  /** number of definitions with a new version */
  changed: number;
}

/**
 * Makes the release that follows `inForce`. Throws Conflict where another one was made since that was read: the number of a release is given
 * once, which is what keeps servers apart.
 */
export async function makeRelease(tx: Tx, inForce: InForce, { content, titles, at, by, note }: Making): Promise<Made> {
  const keys = storedKeys(content, inForce.entries);
  const release = inForce.release + 1;
  const next = { release, day: localDate(at) };
  const versions = [...changedRows(keys, inForce, titles, next), ...retiredRows(keys, inForce, next)];
  const owned = ownersOf(keys).filter(({ kind, key, app }) => inForce.entries.appOf(kind, key) !== app);
  if (versions.length === 0 && owned.length === 0) return { release: null, changed: 0 };
  try {
    await addRelease(tx, { id: release, at, by, note });
    if (versions.length > 0) await addDefinitions(tx, versions);
    if (owned.length > 0) await addOwners(tx, owned);
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`release ${release}`, { cause: error });
    throw error;
  }
  return { release, changed: versions.length };
}

/** Each definition with the key under which it is stored. */
type Stored = ReadonlyMap<Definition, string>;

/** [KEY2] Whose definitions are. */
const ownersOf = (keys: Stored): (OwnerRow & Pick<Definition, 'kind'>)[] =>
  [...keys].flatMap(([{ kind, app }, key]) => (app === undefined ? [] : { kind, key, app }));

interface Next {
  release: number;
  /** YYYY-MM-DD, local: from this day the new versions count */
  day: string;
}

/** New versions of what has changed. The first version counts for all time before it, later ones from the day they are published. */
function changedRows(
  keys: Stored,
  { entries }: InForce,
  titles: ReadonlyMap<string, string>,
  next: Next,
): DefinitionRow[] {
  return [...keys].flatMap(([definition, key]) => {
    const { kind, source } = definition;
    const before = entries.versions(kind, key).at(-1);
    const hash = hashOf(source);
    if (before?.hash === hash) return [];
    return [versionAfter(before, { kind, key, title: titles.get(idOf(definition)) ?? key, hash, source }, next)];
  });
}

/** [V6] A version without text for what is no longer there. */
function retiredRows(keys: Stored, inForce: InForce, next: Next): DefinitionRow[] {
  const kept = new Set([...keys].map(([{ kind }, key]) => `${kind}/${key}`));
  return inForce.all().flatMap(({ entry }) => {
    const { kind, key, title } = entry;
    if (kept.has(`${kind}/${key}`)) return [];
    return [versionAfter(entry, { kind, key, title, hash: RETIRED, source: '' }, next)];
  });
}

const versionAfter = (
  before: Omit<DefinitionRow, 'source'> | undefined,
  definition: Pick<DefinitionRow, 'kind' | 'key' | 'title' | 'hash' | 'source'>,
  { release, day }: Next,
): DefinitionRow => ({
  ...definition,
  version: (before?.version ?? 0) + 1,
  release,
  effective_from: before ? day : '0001-01-01',
});
