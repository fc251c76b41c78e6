/** Words that come with the pages that need them have come before a page says them. Rule: [PAGE8]. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const WEB = path.resolve(import.meta.dirname, '../../packages/web');
const ENTRY = 'main.tsx';

interface Page {
  source: string;
  /** what is loaded with it */
  with: string[];
  /** what it loads when it is wanted */
  later: string[];
}

const PAGES = new Map<string, Page>(
  readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => {
      const source = readFileSync(path.join(WEB, file), 'utf8');
      const there = (pattern: RegExp) =>
        [...source.matchAll(pattern)].map(([, to]) => path.posix.join(path.posix.dirname(file), to!));
      return [
        file,
        {
          source,
          with: there(/^(?:import|export) (?!type )(?:[^;]*? from )?'(\.[^']+)'/gms),
          later: there(/\bimport\('(\.[^']+)'\)/g),
        },
      ];
    }),
);

/** A file with everything that is loaded along with it. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !PAGES.has(file)) return seen;
  seen.add(file);
  for (const next of PAGES.get(file)!.with) loadedWith(next, seen);
  return seen;
}

/** What is loaded later, and what has certainly been loaded by then: with it, and with whatever may load it. */
function loadedBefore(): Map<string, Set<string>> {
  const known = new Map([[ENTRY, loadedWith(ENTRY)]]);
  const waiting = [ENTRY];
  while (waiting.length > 0) {
    const root = waiting.shift()!;
    const there = known.get(root)!;
    for (const file of loadedWith(root))
      for (const next of PAGES.get(file)!.later.filter((to) => PAGES.has(to))) {
        const before = known.get(next);
        const always = [...there].filter((one) => before?.has(one) ?? true);
        const now = new Set([...loadedWith(next), ...always]);
        if (before?.size === now.size) continue;
        known.set(next, now);
        waiting.push(next);
      }
  }
  return known;
}

const tables = [...PAGES.keys()].filter((file) => /^messages\/([\w-]+\.)?zh-CN\.ts$/.test(file));
const tableOf = new Map(
  tables.flatMap((table) =>
    [...PAGES.get(table)!.source.matchAll(/^ {2}'?([\w.-]+)'?:/gm)].map(([, key]) => [key!, table] as const),
  ),
);

test('[PAGE8] whatever a page says, the table of the words has been loaded with it or before it', () => {
  const missing: string[] = [];
  const roots = loadedBefore();
  expect(roots.size).toBeGreaterThan(20);
  for (const [root, there] of roots)
    for (const file of loadedWith(root))
      for (const [, key] of PAGES.get(file)!.source.matchAll(/\bsay\(\s*'([\w.-]+)'/g)) {
        const table = tableOf.get(key!);
        if (!table || !there.has(table)) missing.push(`${file} (${root}): ${key}`);
      }
  expect(missing).toEqual([]);
});
