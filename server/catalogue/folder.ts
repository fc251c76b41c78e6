/**
 * Owns the content folders: forms/ and processes/ become definitions with a kind, a key and a source (packages/release/paths.ts says which).
 * The only reader of those files. A file that is none of ours is left alone. Knows nothing of databases.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Definition } from '@ganwei/release/definition';
import { definitionAt } from '@ganwei/release/paths';

/** A file of the content folder. */
export type SourceFile = Definition;

/** All definitions below `root`/forms and `root`/processes, in a stable order. */
export function readFolder(root: string): SourceFile[] {
  return ['forms', 'processes']
    .flatMap((top) => filesBelow(path.join(root, top)))
    .flatMap((at) => {
      const file = path.relative(root, at).split(path.sep).join('/');
      const named = definitionAt(file);
      if (!named) return [];
      const { kind, app, key } = named;
      return { kind, ...(app !== '' && { app }), key, file, source: readFileSync(at, 'utf8') };
    });
}

function filesBelow(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const at = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(at) : [at];
    });
}
