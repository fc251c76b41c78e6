/**
 * Owns canaries for any walk: whatever is filled in or said at a step gets a word of its own, made of step and person, and every account is
 * asked for all there is - lists, search, cases, tasks, drawings, letters, files with their contents, ledgers, exports. Stories say who may
 * receive whose words.
 */
import { unzipSync } from 'fflate';
import { vi } from 'vitest';
import { diagram } from '../../server/queries/case-view.ts';
import { counts, inbox } from '../../server/queries/inbox.ts';
import { exportLedger, ledgerList, ledgerPage } from '../../server/queries/ledger.ts';
import { caseRefs, letter, readableFile } from '../../server/queries/lists.ts';
import { taskView } from '../../server/queries/task-view.ts';
import { demoOrganisation, Person, type World } from '../commands/world.ts';

export const word = (step: string, person: string): string => `〔${step}·${person}〕`;
export const WORD = /〔([^〔〕]+·[^〔〕]+)〕/g;

/** Texts that are long enough to be somebody's own words, marked; codes, dates and names stay. */
export function marked(value: unknown, mark: string): unknown {
  if (typeof value === 'string')
    return value.length >= 14 && /^\p{Script=Han}/u.test(value) ? `${value}${mark}` : value;
  if (Array.isArray(value)) return value.map((one) => marked(one, mark));
  if (value === null || typeof value !== 'object') return value;
  return 'sha256' in value
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one, mark)]));
}

/** From now on whatever anybody submits carries the word of step and person. */
export function markSubmissions(w: World): void {
  const submit = Person.prototype.submitTo;
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
    const own = marked(values, mark) as Record<string, unknown>;
    return submit.call(this, id, outcome, own, comment && `${comment}${mark}`, more);
  });
}

/** All words this account is answered, whatever it asks for. */
export async function wordsFor(w: World, person: string): Promise<Set<string>> {
  return new Set([...(await everything(w, person)).matchAll(WORD)].map((found) => found[1]!));
}

const QUERY = { filters: [], sort: null, cursor: null, limit: 50 };

async function everything(w: World, person: string): Promise<string> {
  const actor = w.actor(person);
  const { host } = w;
  const { reader } = host.store;
  const ids = async (table: string) => (await reader(table).select('id')).map(({ id }) => String(id));
  const ledgers = ledgerList(host, actor).map(({ key }) => key);
  const search = { process: '', ids: undefined };
  const asked: Promise<unknown>[] = [
    counts(host, actor),
    ...['', '容', '整'].map((q) => caseRefs(host, actor, { q, ...search })),
    ...(['todo', 'done', 'started', 'copied', 'drafts'] as const).map((tab) =>
      inbox(host, actor, tab, { q: '', limit: 100 }),
    ),
    ...(await ids('cases')).flatMap((id) => [w.as(person).case(id), diagram(host, actor, id)]),
    ...[...(await ids('tasks')), ...(await ids('tasks_done'))].map((id) => taskView(host, actor, id)),
    ...(await ids('letters')).map((id) => letter(host, actor, id)),
    ...(await ids('files')).map(async (id) => {
      const file = await readableFile(host, actor, id);
      return [file.name, new TextDecoder().decode(await host.files.load(file))];
    }),
    ...ledgers.flatMap((key) => [ledgerPage(host, actor, key, QUERY), exported(w, person, key)]),
  ];
  const settled = await Promise.allSettled(asked);
  return settled.map((one) => (one.status === 'fulfilled' ? JSON.stringify(one.value) : String(one.reason))).join('\n');
}

/** The texts of an exported sheet. */
async function exported(w: World, person: string, key: string): Promise<string> {
  const actor = w.actor(person);
  const columns = (await ledgerPage(w.host, actor, key, QUERY)).rows.flatMap(({ cells }) => Object.keys(cells));
  const query = { ...QUERY, columns: [...new Set(columns)], reason: '核对泄露' };
  const { bytes } = await exportLedger(w.host, actor, key, query);
  const parts = Object.values(unzipSync(new Uint8Array(bytes)));
  return parts.map((part) => new TextDecoder().decode(part)).join('\n');
}

/** Account -> what it received beyond what the table allows it; accounts that the table does not name may receive nothing. */
export async function beyond(w: World, allowed: (person: string, word: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of demoOrganisation().people)
    for (const one of await wordsFor(w, id)) if (!allowed(id, one)) found.push(`${id} receives ${one}`);
  return found;
}
