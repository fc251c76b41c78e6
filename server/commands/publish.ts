/**
 * Verb: definitions take effect together, as a release, or not at all. Unchanged ones keep their version. Rules: [V1] [V2] [V4].
 */
import { createHash } from 'node:crypto';
import { localDate } from '@ganwei/calendar/zone';
import { errorsOf } from '@ganwei/core/definition';
import { checkRelease } from '@ganwei/release/check';
import type { Definition } from '@ganwei/release/definition';
import { type Found, openRelease, openWorkshop } from '@ganwei/release/release';
import type { Services } from '@ganwei/release/service';
import { type Functions, PlatformLanguage } from '../catalogue/language.ts';
import { addDefinitions, addRelease, lastRelease, listDefinitions, putSetting, setting } from '../store/definitions.ts';
import type { Store } from '../store/open.ts';
import type { DefinitionRow } from '../store/rows.ts';

export interface Published {
  /** the release made now, or null when nothing was new or something was wrong */
  release: number | null;
  changed: number;
  problems: Found[];
}

/** What definitions may use of the house: service types with their inputs, and functions. */
export interface Known {
  readonly services: Services;
  readonly functions: Functions;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Takes over the content folder when it has changed since it was last taken over. Nothing is written when there is an error. */
export async function publishFolder(
  store: Store,
  files: readonly Definition[],
  at: number,
  note: string,
  known: Known,
): Promise<Published> {
  const folder = hashOf(JSON.stringify(files.map(({ kind, key, source }) => [kind, key, source])));
  if ((await setting(store.reader, 'content')) === folder) return { release: null, changed: 0, problems: [] };
  const checked = await openRelease(files, openWorkshop(new PlatformLanguage(known.functions).dialect, known.services));
  const problems = await checkRelease(checked);
  if (errorsOf(problems).length > 0) return { release: null, changed: 0, problems };
  return store.transaction(async (tx) => {
    // First, because it holds back another server that is about to take over the same folder.
    await putSetting(tx, 'content', folder);
    const newest = new Map((await listDefinitions(tx)).map((row) => [`${row.kind}/${row.key}`, row]));
    const release = (await lastRelease(tx)) + 1;
    const rows: DefinitionRow[] = [];
    for (const { kind, key, source } of files) {
      const before = newest.get(`${kind}/${key}`);
      const hash = hashOf(source);
      if (before?.hash === hash) continue;
      const title = checked.title(kind, key);
      // The first version counts for all time before it, later ones from the day they are published.
      const effectiveFrom = before ? localDate(at) : '0001-01-01';
      rows.push({
        kind,
        key,
        version: (before?.version ?? 0) + 1,
        title,
        hash,
        source,
        release,
        effective_from: effectiveFrom,
      });
    }
    if (rows.length === 0) return { release: null, changed: 0, problems };
    await addRelease(tx, { id: release, at, by: '', note });
    await addDefinitions(tx, rows);
    return { release, changed: rows.length, problems };
  });
}
