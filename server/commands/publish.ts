/**
 * Verb: definitions take effect together, as a release, or not at all. Unchanged ones keep their version; one whose file is gone is
 * retired: nothing new begins with it, running cases go on. Rules: [V1] [V2] [V4] [V6].
 */
import { createHash } from 'node:crypto';
import { localDate } from '@ganwei/calendar/zone';
import { errorsOf } from '@ganwei/core/definition';
import type { Definition } from '@ganwei/release/definition';
import { fullKey } from '@ganwei/release/keys';
import type { Found } from '@ganwei/release/release';
import { Entries, storedKeys } from '../catalogue/entries.ts';
import {
  addDefinitions,
  addOwners,
  addRelease,
  lastRelease,
  listDefinitions,
  listOwners,
  type OwnerRow,
  putSetting,
  RETIRED,
  setting,
} from '../store/definitions.ts';
import type { Store } from '../store/open.ts';
import type { DefinitionRow } from '../store/rows.ts';
import { type Examine, examine, type Known } from './examine.ts';

export interface Published {
  /** the release made now, or null when nothing was new or something was wrong */
  release: number | null;
  changed: number;
  problems: Found[];
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Takes over the content folder when it has changed since it was last taken over. Nothing is written when there is an error. It is
 * examined by `known.examine` (a thread of its own, examiner.ts), or here.
 */
export async function publishFolder(
  store: Store,
  files: readonly Definition[],
  at: number,
  note: string,
  known: Known & { readonly examine?: Examine },
): Promise<Published> {
  const folder = hashOf(JSON.stringify(files.map(({ kind, app, key, source }) => [kind, app, key, source])));
  if ((await setting(store.reader, 'content')) === folder) return { release: null, changed: 0, problems: [] };
  const { problems, titles } = await (known.examine ?? examine)(files, known);
  if (errorsOf(problems).length > 0) return { release: null, changed: 0, problems };
  return store.transaction(async (tx) => {
    // First, because it holds back another server that is about to take over the same folder.
    await putSetting(tx, 'content', folder);
    const [rows, owners] = [await listDefinitions(tx), await listOwners(tx)];
    const keys = storedKeys(files, new Entries(rows, owners));
    const known = new Set(owners.map(({ kind, key }) => `${kind}/${key}`));
    const owned = ownersOf(keys).filter(({ kind, key }) => !known.has(`${kind}/${key}`));
    const newest = new Map(rows.map((row) => [`${row.kind}/${row.key}`, row]));
    const release = (await lastRelease(tx)) + 1;
    const next = { release, day: localDate(at) };
    const versions = [...changedRows(keys, newest, titles, next), ...retiredRows(keys, newest, next)];
    if (versions.length === 0 && owned.length === 0) return { release: null, changed: 0, problems };
    await addRelease(tx, { id: release, at, by: '', note });
    if (versions.length > 0) await addDefinitions(tx, versions);
    if (owned.length > 0) await addOwners(tx, owned);
    return { release, changed: versions.length, problems };
  });
}

/** Each definition with the key under which it is stored. */
type Stored = ReadonlyMap<Definition, string>;

/** [KEY2] Whose definitions are. */
const ownersOf = (keys: Stored): OwnerRow[] =>
  [...keys].flatMap(([{ kind, app }, key]) => (app === undefined ? [] : { kind, key, app }));

type Newest = ReadonlyMap<string, Omit<DefinitionRow, 'source'>>;
interface Next {
  release: number;
  /** YYYY-MM-DD, local: from this day the new versions count */
  day: string;
}

/** New versions of what has changed. The first version counts for all time before it, later ones from the day they are published. */
function changedRows(keys: Stored, newest: Newest, titles: ReadonlyMap<string, string>, next: Next): DefinitionRow[] {
  return [...keys].flatMap(([definition, key]) => {
    const { kind, source } = definition;
    const before = newest.get(`${kind}/${key}`);
    const hash = hashOf(source);
    if (before?.hash === hash) return [];
    const title = titles.get(`${kind}/${fullKey(definition)}`) ?? key;
    return [versionAfter(before, { kind, key, title, hash, source }, next)];
  });
}

/** [V6] A version without text for what is no longer there. */
function retiredRows(keys: Stored, newest: Newest, next: Next): DefinitionRow[] {
  const kept = new Set([...keys].map(([{ kind }, key]) => `${kind}/${key}`));
  return [...newest].flatMap(([id, before]) => {
    if (kept.has(id) || before.hash === RETIRED) return [];
    const { kind, key, title } = before;
    return [versionAfter(before, { kind, key, title, hash: RETIRED, source: '' }, next)];
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
