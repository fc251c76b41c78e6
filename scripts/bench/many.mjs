/**
 * Content many times as large as the shipped one: copies of it that are applications of their own, with ledgers of their own. What an
 * installation has once - the directory's words, dictionaries, calendars, functions, manifests - stays once.
 */
const ONCE = new Set(['directory', 'dictionary', 'calendar', 'functions', 'application', 'translation']);

/** `times` in all, the original among them. Names of ledgers and full keys are replaced where they stand in quotes. */
export function multiplied(files, times) {
  const own = files.filter(({ kind }) => !ONCE.has(kind));
  const names = own.map(({ app, key }) => (app === undefined ? key : `${app}.${key}`));
  const named = new RegExp(`(["']|&quot;)(${names.join('|').replaceAll('.', '\\.')})(?=["']|&quot;)`, 'g');
  const renamed = (name, n) => (name.includes('.') ? name.replace('.', `-x${n}.`) : `${name}-x${n}`);
  const copies = Array.from({ length: times - 1 }, (_, n) =>
    own.map(({ kind, app, key, file, source }) => ({
      kind,
      ...(app !== undefined && { app: `${app}-x${n}` }),
      key: app === undefined ? renamed(key, n) : key,
      file: `copy-${n}/${file}`,
      source: source.replace(named, (_all, quote, name) => quote + renamed(name, n)),
    })),
  );
  return [...files, ...copies.flat()];
}
