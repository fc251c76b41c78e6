/**
 * Content many times as large as the shipped one: copies of it whose definitions have keys of their own and name one another by them. What an
 * installation has once - the directory's words, calendars, functions, manifests - stays once.
 */
const ONCE = new Set(['directory', 'calendar', 'functions', 'application']);

/** `times` in all, the original among them. Keys are replaced where they stand in quotes, as references and names do. */
export function multiplied(files, times) {
  const own = files.filter(({ kind }) => !ONCE.has(kind));
  const keys = [...new Set(own.map(({ key }) => key))].sort((a, b) => b.length - a.length);
  const quoted = new RegExp(`(["']|&quot;|^letter: )(${keys.join('|')})(?=["']|&quot;|$)`, 'gm');
  const copies = Array.from({ length: times - 1 }, (_, n) =>
    own.map((file) => ({
      ...file,
      key: `${file.key}-x${n}`,
      file: file.file.replace(file.key, `${file.key}-x${n}`),
      source: file.source.replace(quoted, (_all, before, key) => `${before}${key}-x${n}`),
    })),
  );
  return [...files, ...copies.flat()];
}
