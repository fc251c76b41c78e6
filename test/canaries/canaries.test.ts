/**
 * Every flow of the release is walked, with a word of its own in every text that is filled in, said or attached, at every step; then every account
 * asks every route for all there is. Who may have received which word stands in a table beside the flow, for what is shipped from dossier §2.5.
 * A flow that is added is found by itself: without a story that walks it and a table it fails here. Rules: [READ1] [READ14] [A1].
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { ledgerPage } from '../../server/queries/ledger.ts';
import { readableFile } from '../../server/queries/lists.ts';
import { overviewList, overviewView } from '../../server/queries/overview.ts';
import { demoOrganisation, type World, world } from '../commands/world.ts';
import { everythingOf } from '../stories/asking.ts';
import { COUNTY, Walk } from '../stories/tolerance-walk.ts';
import { mayRead, placeOfTable, type Table, tableOf } from './tables.ts';
import { type Ties, tiesOf } from './ties.ts';
import { Walking } from './walking.ts';
import { WAYS } from './ways.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
const FLOWS = CONTENT.filter(({ kind }) => kind === 'process').map(({ app = '', key }) => ({ app, key }));
const ACCOUNTS = demoOrganisation().people.map(({ id }) => id);

/** The stories among the content name numbers of letters, as they come when they are played alone. */
const TELL_CONTENT: ReadonlySet<string> = new Set(['exportRelease', 'definition']);

let w: World;
let walking: Walking;
const tables = new Map<string, Table>();
/** flow -> what somebody received that no line of its table gives him, and by which route */
const beyond = new Map<string, Set<string>>();
/** flow -> how many words arrived at somebody who had not written them */
const arrived = new Map<string, number>();

function judge(ties: Ties, person: string, route: string, text: string): void {
  for (const word of walking.words.in(text)) {
    const { flow, thing, by } = word;
    if (by !== person) arrived.set(flow, (arrived.get(flow) ?? 0) + 1);
    const isNumber = thing === 'case' || thing.startsWith('letter/');
    if ((isNumber && TELL_CONTENT.has(route)) || mayRead(tables, ties, person, word)) continue;
    beyond.set(flow, (beyond.get(flow) ?? new Set()).add(`${thing} -> ${person} (${route})`));
  }
}

/** How many acts pass until each of those who are tied to a case has looked at it; two strangers look each time. */
const IN_TURN = 3;
let turn = 0;

async function lookAt(caseId: string): Promise<void> {
  turn += 1;
  const ties = await tiesOf(w);
  const tied = [...ties.get(caseId)!.all].filter((_, i) => i % IN_TURN === turn % IN_TURN);
  const others = [turn, turn + 17].map((n) => ACCOUNTS[n % ACCOUNTS.length]!);
  for (const person of new Set([...tied, ...others])) {
    const text = await w
      .as(person)
      .case(caseId)
      .then(JSON.stringify, () => '');
    judge(ties, person, `case, after act ${turn}`, text);
  }
}

beforeAll(async () => {
  w = await world({ content: CONTENT, now: '2026-03-02T09:00' });
  for (const { app, key } of FLOWS) {
    const table = tableOf(app, key);
    if (table) tables.set(w.host.catalogue().resolve('process', app, key), table);
  }
  walking = new Walking(w, (flow, thing) => thing in (tables.get(flow)?.untouched ?? {}), lookAt);
  for (const way of WAYS) await way(w);
  await walking.stories(CONTENT);
  const ties = await tiesOf(w);
  const told = await everythingOf(w, ACCOUNTS, (person, id) => ties.get(id)!.all.has(person));
  for (const [i, routes] of told.entries()) for (const [route, text] of routes) judge(ties, ACCOUNTS[i]!, route, text);
}, 1_800_000);

afterAll(async () => {
  vi.restoreAllMocks();
  await w?.stop();
});

describe.each(FLOWS)('$app/$key', ({ app, key }) => {
  const stored = () => w.host.catalogue().resolve('process', app, key);

  test('[READ14] has a table of its readers, and every step of it is walked', async () => {
    const flow = stored();
    const table = tables.get(flow);
    expect(
      table,
      `没有 ${placeOfTable(app, key)}：写明谁可以读到什么（docs/extending.md“谁看得到一个流程的什么”）`,
    ).toBeDefined();
    const { model } = await w.host.catalogue().process(flow);
    const steps = [...model.nodes.values()].filter(({ start, task }) => task || start?.who).map(({ id }) => id);
    const left = steps.filter((id) => !walking.passed.has(`${flow} ${id}`) && !(id in table!.unwalked));
    expect(left, `没有用例走到这些步骤：在 processes/${app}/ 加走到它们的用例（*.cases.json）`).toEqual([]);
    expect(Object.keys(table!.unwalked).filter((id) => walking.passed.has(`${flow} ${id}`))).toEqual([]);
  });

  test('[READ1] nobody received a word that its table does not give him, and words did arrive', () => {
    expect([...(beyond.get(stored()) ?? [])].sort()).toEqual([]);
    expect(arrived.get(stored()) ?? 0).toBeGreaterThan(0);
  });
});

describe('on the way of a decided case', () => {
  const phases = ['启动与确认', '受理', '核查', '听取意见', '研判', '审议', '签发', '送达与纠错'];

  test('[READ1] names of who judged, voted and decided, the suggestion and the way taken reach none but those who read the case', async () => {
    const { id: caseId } = await w.host.store
      .reader('cases')
      .where({ process: 'tolerance', starter_id: 'songqiao', state: 'running' })
      .orderBy('id', 'desc')
      .whereIn('id', w.host.store.reader('letters').select('case_id').where({ template: 'service-receipt' }))
      .first();
    for (const id of ['songqiao', 'yinchuan', 'yanming', 'liuqing']) {
      const view = await w.as(id).case(caseId);
      const acts = view.timeline.filter(({ by, who }) => by === 'person' && who !== null && who.id !== id);
      expect([id, acts.filter(({ kind }) => !['started', 'commented', 'attached'].includes(kind))]).toEqual([id, []]);
      expect([id, view.timeline.filter(({ kind }) => kind === 'decided' || kind === 'messaged')]).toEqual([id, []]);
      expect([id, view.drawing, view.milestones.map(({ name }) => name)]).toEqual([id, false, phases]);
    }
  });

  test('[READ13] who signed for it last, and so had the proof of service issued, cannot download what the others remarked', async () => {
    const { issued_by, file_id } = await w.host.store.reader('letters').where({ template: 'service-receipt' }).first();
    expect(issued_by).toBe('yuanke');
    await expect(readableFile(w.host, w.actor(issued_by), file_id)).rejects.toMatchObject({ code: 'not.found' });
    expect((await readableFile(w.host, w.actor('gaoyuan'), file_id)).id).toBe(file_id);
  });

  test('[READ3] a subject who did not agree to be one finds the case of the others no more', async () => {
    const { id: caseId } = await w.host.store
      .reader('cases')
      .where({ process: 'tolerance', start: 'onBehalf' })
      .first();
    await expect(w.as('zhenghang').case(caseId)).rejects.toMatchObject({ code: 'not.found' });
    expect((await w.as('songqiao').case(caseId)).case.id).toBe(caseId);
  });
});

describe('overviews', () => {
  /** Figures that count rows; a sum or an average is none. */
  const counting = (key: string, chart: string, figure: string | null): boolean => {
    const { charts } = w.host
      .catalogue()
      .overviews()
      .find(({ overview }) => overview === key)!;
    const { measure, parts } = charts.find((one) => one.key === chart)!;
    return (parts.find((part) => part.key === figure)?.measure ?? measure) === 'count';
  };

  test('[OVW6] every figure that an account is told is the number of rows that his ledger lists for it', async () => {
    // The stories end at different times: most of what has happened is of this year, and nothing in a county.
    await w.at('2026-12-30T09:00');
    await new Walk(w, COUNTY).apply({ eventTitle: '县里的事项', accountabilityOrgan: 'zg-jw' });
    const told = new Map<string, number>();
    for (const id of ACCOUNTS) {
      const actor = w.actor(id);
      for (const { key } of overviewList(w.host, actor))
        for (const chart of (await overviewView(w.host, actor, key)).charts) {
          expect([key, chart.key, chart.isFilling]).toEqual([key, chart.key, false]);
          for (const { ledger, filters, value, ...figure } of chart.figures) {
            if (!counting(key, chart.key, figure.key)) continue;
            const query = { filters, sort: null, cursor: null, counted: true, limit: 1 };
            const { count } = await ledgerPage(w.host, actor, ledger, query);
            const place = [id, key, chart.key, figure.key, figure.split];
            expect([...place, count]).toEqual([...place, value]);
            told.set(key, (told.get(key) ?? 0) + value);
          }
        }
    }
    // Each overview is somebody's and has told him something.
    const all = w.host.catalogue().overviews();
    expect(all.map(({ overview }) => overview).filter((key) => !told.get(key))).toEqual([]);
  }, 300_000);
});
