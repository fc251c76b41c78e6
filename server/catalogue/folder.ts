/**
 * Owns the content folders: forms/ and processes/ become definitions with a kind, a key and a source. The only reader of those files.
 * A file that is none of ours is left alone. Knows nothing of databases.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Definition, type Kind, OWNED } from '@ganwei/release/definition';

/** A file of the content folder. */
export type SourceFile = Definition;

/** File name ending -> kind. Stories (*.cases.json) and the organisation are not definitions. */
const ENDINGS: readonly (readonly [ending: RegExp, kind: Kind])[] = [
  [/\.form\.json$/, 'form'],
  [/\.ledger\.json$/, 'ledger'],
  [/\.bpmn$/, 'process'],
  [/(^|\/)functions\.dmn$/, 'functions'],
  [/\.dmn$/, 'decision'],
  [/\.letter\.md$/, 'letter'],
];
const FOLDERS: readonly (readonly [folder: RegExp, kind: Kind])[] = [
  [/(^|\/)dictionaries\/[^/]+\.json$/, 'dictionary'],
  [/(^|\/)calendars\/[^/]+\.json$/, 'calendar'],
  [/^forms\/directory\.json$/, 'directory'],
  [/^processes\/[^/]+\/app\.json$/, 'application'],
  [/^processes\/[^/]+\/en-US\.json$/, 'translation'],
];

/** What a folder has one of is called like the folder. */
const OF_FOLDER: readonly Kind[] = ['application', 'functions', 'translation'];

/** [KEY1] The folder below forms/ or processes/ is the application; what lies in none, or in `shared`, is shared. */
function applicationOf(kind: Kind, file: string): Pick<Definition, 'app'> {
  const [, folder, below] = file.split('/');
  return OWNED.includes(kind) && folder && below !== undefined && folder !== 'shared' ? { app: folder } : {};
}

/** All definitions below `root`/forms and `root`/processes, in a stable order. The key is the file's name without its ending; of an application and its functions, the folder's. */
export function readFolder(root: string): SourceFile[] {
  const found: SourceFile[] = [];
  for (const top of ['forms', 'processes']) {
    for (const file of filesBelow(path.join(root, top))) {
      const relative = path.relative(root, file).split(path.sep).join('/');
      const [ending, kind] = [...ENDINGS, ...FOLDERS].find(([pattern]) => pattern.test(relative)) ?? [];
      if (!ending || !kind) continue;
      const named = OF_FOLDER.includes(kind) ? path.dirname(relative) : relative;
      const key = path.basename(named).replace(/\.(form\.json|ledger\.json|letter\.md|bpmn|dmn|json)$/, '');
      const source = readFileSync(file, 'utf8');
      found.push({ kind, ...applicationOf(kind, relative), key, file: relative, source });
    }
  }
  return found;
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
