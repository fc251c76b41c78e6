/**
 * Whoever reads English, along a case of each process: at every step the answers of the pages are put into English, and what is left Chinese is
 * what people wrote, names, units, posts and letters. A text of the content that is not marked in the contract is found as well. Rule: [LANG1].
 */
import { type Answer, ROUTES, type RouteName } from '@ganwei/core/contract';
import { withTexts } from '@ganwei/form/wordings';
import { drawnIn } from '@ganwei/process/drawing';
import { afterEach, expect, test, vi } from 'vitest';
import type { English } from '../../server/catalogue/english.ts';
import { inEnglish } from '../../server/http/in-english.ts';
import { diagram } from '../../server/queries/case-view.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { ledgerList, ledgerPage, ledgerView } from '../../server/queries/ledger.ts';
import { dictionary } from '../../server/queries/lists.ts';
import { overviewList, overviewView } from '../../server/queries/overview.ts';
import { startables, startView, taskView } from '../../server/queries/task-view.ts';
import { Person, type World } from '../commands/world.ts';
import { CONTENT, Stage } from './rectification-stage.ts';
import { stage, Walk } from './tolerance-walk.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await close?.();
});

const HAN = /\p{Script=Han}/u;

/** Reads answers in English and keeps what was left Chinese. */
class Reader {
  readonly left = new Set<string>();
  readonly #w: World;

  constructor(w: World) {
    this.#w = w;
  }

  tell<N extends RouteName>(name: N, answer: Answer<N>): void {
    const { english } = this.#w.host.catalogue();
    // Names, numbers of letters and what a table decided stand in the details of the record among other things.
    const details = JSON.stringify((answer as Partial<Answer<'case'>>).timeline?.map(({ detail }) => detail) ?? '');
    const listening = {
      text: (text: string) => {
        const said = english.text(text);
        if (said === text && HAN.test(text) && !details.includes(JSON.stringify(text)))
          this.left.add(`${name} ${text}`);
        return said;
      },
      form: (form: never) => withTexts(form, listening.text),
      drawing: (xml: string) => drawnIn(xml, listening.text),
    };
    const told = inEnglish(ROUTES[name].answer)?.(answer, listening as unknown as English);
    this.#unmarked(name, told, english);
  }

  /** A text of the content that still stands somewhere was not marked. What people filled in may say the same. */
  #unmarked(name: string, value: unknown, english: English, at = ''): void {
    if (/\.(values|scope|list|comment|definition|cells|code|value|xml|letters\.title)$/.test(at)) return;
    if (typeof value === 'string' && HAN.test(value) && english.text(value) !== value)
      this.left.add(`${name}${at} ${value}`);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, one] of Object.entries(value))
      this.#unmarked(name, one, english, Array.isArray(value) ? at : `${at}.${key}`);
  }

  /** The pages of a person: lists, what may be started, his cases with their drawings, ledgers. */
  async pages(id: string): Promise<void> {
    const { host } = this.#w;
    const actor = this.#w.actor(id);
    for (const tab of ['todo', 'done', 'started', 'copied', 'drafts'] as const)
      this.tell('inbox', await inbox(host, actor, tab, { q: '', limit: 100 }));
    for (const { id: one } of await host.store.reader('cases').select('id')) {
      await this.#readable('case', () => this.#w.as(id).case(one));
      await this.#readable('diagram', () => diagram(host, actor, one));
    }
    const ledgers = ledgerList(host, actor);
    this.tell('ledgers', ledgers);
    for (const { key } of ledgers) {
      this.tell('ledger', ledgerView(host, actor, key));
      await ledgerPage(host, actor, key, { filters: [], sort: null, cursor: null, counted: false, limit: 50 });
    }
    for (const { key } of overviewList(host, actor)) this.tell('overview', await overviewView(host, actor, key));
  }

  async #readable<N extends RouteName>(name: N, ask: () => Promise<Answer<N>>): Promise<void> {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) this.tell(name, answer);
  }
}

/** From now on every step is read in English before it is submitted. */
function readAlong(w: World): Reader {
  const reader = new Reader(w);
  const submit = Person.prototype.submitTo;
  vi.spyOn(Person.prototype, 'submitTo').mockImplementation(async function (this: Person, id, ...given) {
    const task = await taskView(w.host, this.actor, id);
    reader.tell('task', task);
    const moved = await submit.call(this, id, ...given);
    reader.tell('submit', moved as Answer<'submit'>);
    reader.tell('case', await this.case(task.case.id).catch(() => Promise.reject(new Error(task.task.name))));
    return moved;
  });
  return reader;
}

/** Without letters, which are official texts, and what the test itself wrote. */
const own = (left: ReadonlySet<string>): string[] => [...left].filter((text) => !OWN.test(text));
const OWN = /(告知|决定|通知)书|关于对|宜(容受|纪)|措施具体|下达|方圆/;

test('[LANG1] a tolerance case is English from the start page to the signed receipts', async () => {
  const w = await stage('2026-03-02T09:00');
  close = () => w.stop();
  const reader = readAlong(w);
  const songqiao = w.actor('songqiao');
  reader.tell('startables', await startables(w.host, songqiao));
  reader.tell('startView', await startView(w.host, songqiao, { process: 'tolerance', start: 'byPerson' }));
  const walk = new Walk(w);
  await walk.apply();
  await walk.untilDraft();
  await walk.untilIssue();
  await walk.issue();
  await walk.receipts();
  for (const person of ['songqiao', 'fuzheng', 'dingyiming', 'gaoyuan', 'zhouqihang', 'yuanke'])
    await reader.pages(person);
  expect(own(reader.left)).toEqual([]);
}, 600_000);

test('[LANG1] a rectification is English from the notice to the look-back', async () => {
  const s = await Stage.open('2026-09-01T09:00', CONTENT);
  close = () => s.close();
  const reader = readAlong(s.w);
  await s.begin();
  await s.planned();
  await s.applied([1, 2, 3].map((no) => ({ no })));
  await s.check('close', { 1: '到位', 2: '到位', 3: '到位' });
  for (const person of ['yinchuan', 'liangdong', 'dingyiming', 'fuzheng']) await reader.pages(person);
  expect(own(reader.left)).toEqual([]);
}, 600_000);

test('[LANG1] every dictionary has its English, entry by entry', async () => {
  const w = await stage('2026-03-02T09:00');
  close = () => w.stop();
  const reader = new Reader(w);
  for (const { key } of w.host.catalogue().list('dictionary')) reader.tell('dictionary', dictionary(w.host, key));
  expect([...reader.left]).toEqual([]);
}, 600_000);
