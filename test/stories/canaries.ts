/**
 * Owns canaries for any walk: whatever is filled in, said or uploaded gets a word of its own, made of step and person, and every account asks
 * every route for all there is (asking.ts). Stories say who may receive whose words. Rules: [READ1] [A1].
 */
import { vi } from 'vitest';
import { demoOrganisation, Person, type World } from '../commands/world.ts';
import { everything } from './asking.ts';

export const word = (step: string, person: string): string => `〔${step}·${person}〕`;
const WORD = /〔([^〔〕]+·[^〔〕]+)〕/g;

/** Texts that are long enough to be somebody's own words, marked; codes, dates and names stay. */
function marked(value: unknown, mark: string): unknown {
  if (typeof value === 'string')
    return value.length >= 14 && /^\p{Script=Han}/u.test(value) ? `${value}${mark}` : value;
  if (Array.isArray(value)) return value.map((one) => marked(one, mark));
  if (value === null || typeof value !== 'object') return value;
  return 'sha256' in value
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one, mark)]));
}

type Values = Record<string, unknown>;

/** From now on whatever anybody starts or submits carries the word of step and person. */
export function markSubmissions(w: World): void {
  const { start, submitTo } = Person.prototype;
  vi.spyOn(Person.prototype, 'start').mockImplementation(function (this: Person, process, values, from, key) {
    return start.call(this, process, marked(values, word('申请', this.actor.id)) as Values, from, key);
  });
  vi.spyOn(Person.prototype, 'submitTo').mockImplementation(async function (
    this: Person,
    id,
    outcome,
    values = {},
    comment = '',
    more = {},
  ) {
    const row = await w.host.store.reader('tasks').where({ id }).first();
    const mark = word(String(row?.name), this.actor.id);
    return submitTo.call(this, id, outcome, marked(values, mark) as Values, comment && `${comment}${mark}`, more);
  });
}

/** All words this account is answered, whatever it asks for. */
export async function wordsFor(w: World, person: string): Promise<Set<string>> {
  return new Set([...(await everything(w, person)).matchAll(WORD)].map((found) => found[1]!));
}

/** Account -> whose words at which steps may reach it; `*`: it reads the case. Accounts that are not named may receive nothing. */
export type Receives = Readonly<Record<string, readonly string[] | '*'>>;

/** What accounts received beyond what the table allows them. */
export async function beyond(w: World, receives: Receives): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of demoOrganisation().people) {
    const may = receives[id] ?? [];
    if (may === '*') continue;
    for (const one of await wordsFor(w, id)) if (!may.includes(one)) found.push(`${id} receives ${one}`);
  }
  return found;
}
