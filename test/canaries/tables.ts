/**
 * Owns the tables that say who may read what of a flow: `processes/<app>/<flow>.readers.json`, one beside each flow. What no line names, nobody may
 * read but who wrote it. Rule: [READ1].
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { belongs, GROUP, type Ties } from './ties.ts';
import type { Word } from './words.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const Group = z.string().regex(GROUP);

const Table = z.strictObject({
  /** groups who read the whole case; not what has a line with `closed:` */
  whole: z.array(Group),
  /** thing -> groups who may read it, too */
  readers: z.record(z.string(), z.array(Group)),
  /** steps that no way passes, each with its reason */
  unwalked: z.record(z.string(), z.string().min(4)).default({}),
  /** texts that stay as they are, because others refer to them, each with its reason */
  untouched: z.record(z.string(), z.string().min(4)).default({}),
});
export type Table = z.output<typeof Table>;

export const placeOfTable = (app: string, key: string): string => `processes/${app}/${key}.readers.json`;

/** Undefined where nobody wrote one. */
export function tableOf(app: string, key: string): Table | undefined {
  const file = path.join(ROOT, placeOfTable(app, key));
  return existsSync(file) ? Table.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** The lines that speak of a thing, the nearest first: `plan.items[].problem`, `plan.items`, `plan`; `verify/comment`, `comment`. */
function* linesFor(thing: string): Iterable<string> {
  yield thing;
  if (thing.includes('/')) yield thing.endsWith('/comment') ? 'comment' : thing.slice(0, thing.indexOf('/'));
  for (let at = thing; at.includes('.'); ) {
    at = at.slice(0, at.lastIndexOf('.'));
    yield at.replace(/\[\]$/, '');
  }
}

/** May this account have received the word? */
export function mayRead(tables: ReadonlyMap<string, Table>, ties: Ties, person: string, word: Word): boolean {
  if (word.by === person) return true;
  const table = tables.get(word.flow);
  const line = [...linesFor(word.thing)].find((one) => table?.readers[one]);
  const own = line === undefined ? [] : table!.readers[line]!;
  const whole = own.some((group) => group.startsWith('closed:')) ? [] : (table?.whole ?? []);
  return [...own, ...whole].some((group) => belongs(ties, group, person, word));
}
