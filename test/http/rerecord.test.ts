/** Stories that a change breaks are recorded anew in one go: what no story answers is asked once, and what differs is told before it counts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Definition } from '@ganwei/release/definition';
import { readStory, type Story } from '@ganwei/release/story';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AGREE, bpmn, end, FORMS, line, outcome, REFUSE, start, user } from '../commands/content.ts';
import { type Browser, type Json, type Site, site } from './site.ts';

const TIMEOUT = 120_000;

const SIGN = user('sign', '签发', `assignees='["gaoyuan"]' due='date("2026-09-10")'`, AGREE + REFUSE);
const STEPS: Readonly<Record<string, string>> = {
  check: user('check', '审查', `assignees='["fuzheng"]'`, AGREE),
  // the one who acts differs from story to story
  score: user('score', '评分', `assignees='[case.starter]' form="opinion" as="opinion"`, outcome('done', '已评分')),
  sign: SIGN,
};
const visit = (steps: readonly string[], change = (text: string): string => text): string =>
  change(
    bpmn('visit', [start(), ...steps.map((id) => STEPS[id]), end(), line('start', ...steps, 'end')].join('\n')).source,
  );
const FLOW: Definition = {
  kind: 'process',
  key: 'visit',
  app: 'visits',
  file: 'processes/visits/visit.bpmn',
  source: visit(['check', 'sign']),
};
const MANIFEST: Definition = {
  kind: 'application',
  key: 'visits',
  file: 'processes/visits/app.json',
  source: JSON.stringify({
    app: 'visits',
    name: { 'zh-CN': '走访', 'en-US': 'Visits' },
    owner: '办公室',
    roles: [],
    description: '走访',
    design: {},
  }),
};
const PEOPLE = ['songqiao', 'helan', 'fuzheng', 'gaoyuan', 'luchuan'];
const cast: Story['cast'] = {
  units: [{ id: 'a', name: '甲局', kind: 'gov', level: 'city', attributes: {}, relations: {} }],
  people: PEOPLE.map((id) => ({
    id,
    name: id,
    attributes: {},
    posts: [{ unit: 'a', title: '科员', roles: [], attributes: {} }],
  })),
};
const stands = (step: string, who: string, until?: string) => ({
  waiting: [{ step: `visit/${step}`, who: [who], ...(until && { until }) }],
  issued: [],
  ended: [],
  stuck: [],
});
const story = (key: string, starter: string, ended: boolean): Definition => ({
  kind: 'story',
  app: 'visits',
  key,
  file: `processes/visits/${key}.cases.json`,
  source: JSON.stringify({
    story: key,
    title: `走访 ${key}`,
    note: '',
    begin: '2026-09-01T09:00',
    cast,
    acts: [
      { by: starter, start: 'visit/start', values: { subject: '走访' }, expect: stands('check', 'fuzheng') },
      {
        by: 'fuzheng',
        submit: 'visit/check',
        outcome: 'agree',
        values: {},
        expect: stands('sign', 'gaoyuan', '2026-09-10'),
      },
      ...(ended
        ? [
            {
              by: 'gaoyuan',
              submit: 'visit/sign',
              outcome: 'agree',
              values: {},
              expect: { ended: [{ case: 'visit', as: 'done' }] },
            },
          ]
        : []),
    ],
  } satisfies unknown),
});
const KEYS = ['one', 'two'].map((key) => ({ app: 'visits', key }));

let s: Site;
let author: Browser;
// Its own folder for temporary files: another test counts those of sandboxes.
const spool = mkdtempSync(path.join(tmpdir(), 'rerecord-'));
beforeAll(async () => {
  vi.stubEnv('TMPDIR', spool);
  s = await site({ content: [...FORMS, FLOW, MANIFEST, story('one', 'songqiao', true), story('two', 'helan', false)] });
  author = await s.signedIn('peiwen');
}, TIMEOUT);
afterAll(async () => {
  await s.stop();
  vi.unstubAllEnvs();
  rmSync(spool, { recursive: true, force: true });
});

async function change(source: string): Promise<string> {
  const { body } = await author.post('/api/changes', { title: '加评分', reason: '试' });
  await author.put(`/api/changes/${body.id}/draft`, {
    kind: 'process',
    app: 'visits',
    key: 'visit',
    source,
    revision: 0,
  });
  return body.id;
}
const gone = async (id: string, replies: Json[] = [], stories: Json[] = KEYS) =>
  (await author.post(`/api/changes/${id}/rerecord`, { stories, replies })).body.stories as Json[];
const brokenOf = async (id: string) =>
  ((await author.post(`/api/changes/${id}/check`, {})).body.findings as Json[]).filter(({ rule }) => rule === 'story');

describe('a step that no story answers', () => {
  const source = visit(['check', 'score', 'sign']);

  test(
    '[STORY10] [STORY11] [STORY12] is asked about once, done by hand in one story, and given in all by whoever it waits for there',
    async () => {
      const id = await change(source);
      expect(await brokenOf(id)).toHaveLength(2);
      const asked = await gone(id);
      expect(asked.map((one) => [one.asked.name, one.asked.who[0].id, one.seen, one.stuck])).toEqual([
        ['评分', 'songqiao', '', ''],
        ['评分', 'helan', '', ''],
      ]);

      // by hand, on the page of the step
      const story = KEYS[0];
      const { body: play } = await author.post(`/api/changes/${id}/play`, { app: 'visits', story, replies: [] });
      expect([play.person.id, play.asked.name, play.asked.page]).toEqual([
        'songqiao',
        '评分',
        expect.stringMatching(/^tasks\//),
      ]);
      expect((await author.get('/api/play/reply')).body).toEqual({ reply: null });
      const { body: session } = await author.get(`/${play.base}api/session`);
      const { body: view } = await author.get(`/${play.base}api/${play.asked.page}`);
      const sent = { outcome: 'done', values: { score: 7 }, revision: view.task.revision };
      const headers = { 'x-csrf-token': session.csrf };
      expect((await author.post(`/${play.base}api/${play.asked.page}/submit`, sent, headers)).status).toBe(200);
      const { reply } = (await author.get('/api/play/reply')).body;
      expect(reply).toEqual({ step: 'visits.visit/score', outcome: 'done', values: { score: 7 }, comment: '' });
      // what was done there by hand alone is no story
      expect((await author.post('/api/play/keep', { key: 'half', title: '半个' })).status).toBe(409);
      await author.post('/api/play/end', {});

      const recorded = await gone(id, [reply]);
      expect(recorded.map(({ asked: next, stuck, lines }) => [next, stuck, lines])).toEqual([
        [
          null,
          '',
          [{ n: 2, act: 'fuzheng办理「审查」，选「同意」', told: ['新增：songqiao办理「评分」，选「已评分」'] }],
        ],
        [null, '', [{ n: 2, act: 'fuzheng办理「审查」，选「同意」', told: ['新增：helan办理「评分」，选「已评分」'] }]],
      ]);
      const seen = recorded.map(({ app, key, seen: digest }) => ({ app, key, seen: digest }));
      const stories = [seen[0], { ...seen[1], seen: 'another' }];
      const kept = await author.post(`/api/changes/${id}/rerecord/keep`, { stories, replies: [reply] });
      expect(kept.body).toEqual({ kept: [KEYS[0]], left: [KEYS[1]] });
      expect(await brokenOf(id)).toHaveLength(1);
      await author.post(`/api/changes/${id}/rerecord/keep`, { stories: [seen[1]], replies: [reply] });
      expect(await brokenOf(id)).toEqual([]);
      const { body: draft } = await author.get(`/api/changes/${id}/draft?kind=story&app=visits&key=two`);
      const { acts } = readStory(draft.source);
      expect(acts[2]).toMatchObject({ by: 'helan', submit: 'visit/score', outcome: 'done', values: { score: 7 } });
    },
    TIMEOUT,
  );

  test('[STORY10] is asked about again where what was replied is refused, with the reason', async () => {
    const id = await change(source);
    const reply = { step: 'visits.visit/score', outcome: 'done', values: { score: 99 }, comment: '' };
    const [one] = await gone(id, [reply]);
    expect(one!.asked).toMatchObject({ name: '评分', refused: expect.stringContaining('score') });
  });
});

test('[STORY10] what needs no act is told with before and after, and a step that is gone is left out', async () => {
  const later = visit(['check', 'sign'], (text) =>
    text.replace('2026-09-10', '2026-09-11').replace('["fuzheng"]', '["luchuan"]'),
  );
  const [told] = await gone(await change(later), [], [KEYS[1]!]);
  expect(told!.lines.map(({ n, told: one }: Json) => [n, one[0]])).toEqual([
    [1, expect.stringContaining('luchuan')],
    [2, '这一步改由luchuan办理，原为fuzheng'],
  ]);
  expect(told!.seen).not.toBe('');
  const [postponed] = await gone(
    await change(visit(['check', 'sign'], (text) => text.replace('2026-09-10', '2026-09-11'))),
    [],
    [KEYS[1]!],
  );
  expect([postponed!.lines[0].told, postponed!.stuck]).toEqual([[expect.stringMatching(/2026-09-10.*2026-09-11/)], '']);
  const [without] = await gone(await change(visit(['sign'])), [], [KEYS[0]!]);
  expect(without!.lines.at(-1).told[0]).toContain('流程里没有步骤');
  expect(without!.seen).not.toBe('');
});

test('[STORY10] whoever may not draft there is answered as if there were nothing, and what is no story is not found', async () => {
  const id = await change(visit(['check', 'score', 'sign']));
  const staff = await s.signedIn('songqiao');
  expect((await staff.post(`/api/changes/${id}/rerecord`, { stories: KEYS, replies: [] })).status).toBe(404);
  expect(
    (await author.post(`/api/changes/${id}/rerecord`, { stories: [{ app: 'visits', key: 'none' }], replies: [] }))
      .status,
  ).toBe(404);
  const six = Array.from({ length: 6 }, () => KEYS[0]);
  expect((await author.post(`/api/changes/${id}/rerecord`, { stories: six, replies: [] })).status).toBe(400);
});
