/**
 * Owns where a definition lies in a content folder: a path says which definition it is, and each definition has one path at which an export
 * writes it. The two are inverse to each other; a definition whose path would be read as another one has no name to be saved under.
 * Knows no disk. Rules: [KEY1] [CHG20] [CHG30].
 */
import { type Definition, type Kind, OWNED } from './definition.ts';
import { fullKey } from './keys.ts';

/** Which definition: the same three words everywhere. `app` is '' where it is shared or no application owns the kind. */
export interface Named {
  readonly kind: Kind;
  readonly app: string;
  readonly key: string;
}

export const namedOf = ({ kind, app = '', key }: Pick<Definition, 'kind' | 'app' | 'key'>): Named => ({
  kind,
  app,
  key,
});

/** One text for one definition: `kind/full key`. */
export const idOf = (named: Pick<Definition, 'kind' | 'app' | 'key'>): string => `${named.kind}/${fullKey(named)}`;

/** File name ending -> kind. The organisation of the demo is no definition. */
const ENDINGS: readonly (readonly [ending: RegExp, kind: Kind])[] = [
  [/\.form\.json$/, 'form'],
  [/\.ledger\.json$/, 'ledger'],
  [/\.overview\.json$/, 'overview'],
  [/\.bpmn$/, 'process'],
  [/(^|\/)functions\.dmn$/, 'functions'],
  [/\.dmn$/, 'decision'],
  [/\.letter\.md$/, 'letter'],
  [/\.cases\.json$/, 'story'],
];
const FOLDERS: readonly (readonly [folder: RegExp, kind: Kind])[] = [
  [/(^|\/)dictionaries\/[^/]+\.json$/, 'dictionary'],
  [/(^|\/)calendars\/[^/]+\.json$/, 'calendar'],
  [/^forms\/directory\.json$/, 'directory'],
  [/^processes\/[^/]+\/app\.json$/, 'application'],
  [/^processes\/[^/]+\/en-US\.json$/, 'translation'],
];
const ENDING = /\.(form\.json|ledger\.json|overview\.json|cases\.json|letter\.md|bpmn|dmn|json)$/;

/** What a folder has one of is called like the folder. */
const OF_FOLDER: readonly Kind[] = ['application', 'functions', 'translation'];

/** The folder of what no application owns. */
export const SHARED = 'shared';

/**
 * [KEY1] Which definition a file is, by its path below the content folder, with `/`; undefined: it is none. The folder below forms/ or
 * processes/ is the application; what lies in none, or in `shared`, is shared. The key is the file's name without its ending; of an
 * application, its functions and its translation, the folder's.
 */
export function definitionAt(path: string): Named | undefined {
  const [, kind] = [...ENDINGS, ...FOLDERS].find(([pattern]) => pattern.test(path)) ?? [];
  if (!kind) return undefined;
  const [, folder, below] = path.split('/');
  const isOwned = OWNED.includes(kind) && folder && below !== undefined && folder !== SHARED;
  const named = OF_FOLDER.includes(kind) ? path.slice(0, path.lastIndexOf('/')) : path;
  return { kind, app: isOwned ? folder : '', key: named.slice(named.lastIndexOf('/') + 1).replace(ENDING, '') };
}

const PATHS: Readonly<Record<Kind, (app: string, key: string) => string>> = {
  directory: () => 'forms/directory.json',
  dictionary: (_, key) => `forms/dictionaries/${key}.json`,
  calendar: (_, key) => `processes/calendars/${key}.json`,
  functions: (_, key) => `processes/${key}/functions.dmn`,
  form: (app, key) => `forms/${app}/${key}.form.json`,
  decision: (app, key) => `processes/${app}/${key}.dmn`,
  letter: (app, key) => `processes/${app}/${key}.letter.md`,
  process: (app, key) => `processes/${app}/${key}.bpmn`,
  ledger: (_, key) => `forms/ledgers/${key}.ledger.json`,
  overview: (_, key) => `forms/overviews/${key}.overview.json`,
  application: (_, key) => `processes/${key}/app.json`,
  translation: (_, key) => `processes/${key}/en-US.json`,
  story: (app, key) => `processes/${app}/${key}.cases.json`,
};

/** [CHG30] Where an export writes a definition: a path below the content folder. */
export const pathOf = ({ kind, app = '', key }: Pick<Definition, 'kind' | 'app' | 'key'>): string =>
  PATHS[kind](app || SHARED, key);

/** Letters of any script, digits, `_` and `-`: no separator, no dot. */
const WORD = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;
const LONGEST_FULL_KEY = 64;

/** [CHG20] May a definition be saved under this name? It becomes the name of a file, which must be read as this very definition. */
export function isNameable(named: Named): boolean {
  const { app, key } = named;
  if (!WORD.test(key) || (app !== '' && !WORD.test(app)) || key !== key.normalize('NFC')) return false;
  if (fullKey(named).length > LONGEST_FULL_KEY) return false;
  const read = definitionAt(pathOf(named));
  return read !== undefined && read.kind === named.kind && read.app === app && read.key === key;
}
