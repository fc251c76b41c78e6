/** Stories as checks of a change, and playing it: over HTTP, with the real threads, on a flow of two steps that pushes what it has found. */
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Definition } from '@ganwei/release/definition';
import { readStory, type Story } from '@ganwei/release/story';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Thread } from '../../server/sandbox/thread.ts';
import type { SandboxOptions } from '../../server/sandbox/threads.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { demoOrganisation } from '../commands/world.ts';
import { type Browser, type Json, type Site, site } from './site.ts';

const TIMEOUT = 120_000;

const FLOW: Definition = {
  ...bpmn(
    'visit',
    [
      start(),
      user('check', '审查', `assignees='["fuzheng"]' due='date("2026-09-03")'`, AGREE),
      user(
        'sign',
        '签发',
        `assignees='if person("gaoyuan").attributes.cadreClass = null then ["luchuan"] else ["gaoyuan"]'`,
        AGREE,
      ),
      '<sendTask id="push" name="推送"><extensionElements><ganwei:service type="webhook"><ganwei:input name="target" value=\'"out"\'/><ganwei:input name="event" value=\'"seen"\'/><ganwei:input name="payload" value="{}"/></ganwei:service></extensionElements></sendTask>',
      end(),
      line('start', 'check', 'sign', 'push', 'end'),
    ].join('\n'),
  ),
  app: 'visits',
  file: 'processes/visits/visit.bpmn',
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
const STORY: Story = {
  story: 'agreed',
  title: '走访获得同意',
  note: '',
  begin: '2026-09-01T09:00',
  cast: {
    units: [{ id: 'a', name: '甲局', kind: 'gov', level: 'city', attributes: {}, relations: {} }],
    people: ['songqiao', 'fuzheng', 'gaoyuan', 'luchuan'].map((id) => ({
      id,
      name: id,
      attributes: { cadreClass: '市管' },
      posts: [{ unit: 'a', title: '科员', roles: [], attributes: {} }],
    })),
  },
  acts: [
    {
      by: 'songqiao',
      start: 'visit/start',
      values: { subject: '走访企业' },
      expect: {
        waiting: [{ step: 'visit/check', who: ['fuzheng'], until: '2026-09-03' }],
        issued: [],
        ended: [],
        stuck: [],
      },
    },
    {
      by: 'fuzheng',
      submit: 'visit/check',
      outcome: 'agree',
      values: {},
      comment: '',
      expect: { waiting: [{ step: 'visit/sign', who: ['gaoyuan'] }], issued: [], ended: [], stuck: [] },
    },
  ],
};
const STORY_FILE: Definition = {
  kind: 'story',
  app: 'visits',
  key: 'agreed',
  file: 'processes/visits/agreed.cases.json',
  source: JSON.stringify(STORY),
};
const NAMED = { kind: 'process', app: 'visits', key: 'visit' };
const STORY_NAMED = { kind: 'story', app: 'visits', key: 'agreed' };
const elsewhere = (person: string) => FLOW.source.replace('["fuzheng"]', `["${person}"]`);

let s: Site;
let author: Browser;
const pushed: string[] = [];
const open = (sandboxes: Partial<SandboxOptions> = {}) =>
  site({
    content: [...FORMS, FLOW, MANIFEST, STORY_FILE],
    channels: {
      async webhook({ id }) {
        pushed.push(id);
        return null;
      },
    },
    sandboxes,
  });

/** A change of this person in which the step goes to somebody else. */
async function change(by: Browser, source: string | null = null): Promise<string> {
  const { body } = await by.post('/api/changes', { title: '改办理人', reason: '分工调整' });
  if (source) await by.put(`/api/changes/${body.id}/draft`, { ...NAMED, source, revision: 0 });
  return body.id;
}
const play = (by: Browser, id: string, more: object = {}) =>
  by.post(`/api/changes/${id}/play`, { app: 'visits', ...more });
/** The pages of the sandbox, as whoever is played. */
async function inside(by: Browser, { base }: { base: string }) {
  const { body } = await by.get(`/${base}api/session`);
  const headers = { 'x-csrf-token': body.csrf };
  return {
    who: body.person.id,
    get: (at: string) => by.get(`/${base}${at}`),
    post: (at: string, sent: object) => by.post(`/${base}${at}`, sent, headers),
    async submit() {
      const { body: list } = await by.get(`/${base}api/inbox/todo`);
      const { body: view } = await by.get(`/${base}api/tasks/${list.rows[0].taskId}`);
      const { id: task, revision } = view.task;
      return by.post(`/${base}api/tasks/${task}/submit`, { outcome: 'agree', values: {}, revision }, headers);
    },
  };
}
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ganwei-sandbox-'));

beforeAll(async () => {
  s = await open();
  author = await s.signedIn('peiwen');
}, TIMEOUT);
afterAll(() => s.stop());

describe('stories of a change', () => {
  test(
    '[STORY5] [PLAY7] a story that a change breaks is an error at its step, and keeps the change from being published; it is recorded anew in the same change',
    async () => {
      const id = await change(author, elsewhere('luchuan'));
      const { body } = await author.post(`/api/changes/${id}/check`);
      expect(body.findings).toMatchObject([
        { severity: 'error', rule: 'story', element: 'acts.0', definition: STORY_NAMED },
      ]);
      expect(body.findings[0].message).toContain('第 1 步');
      expect(body.findings[0].message).toContain('应由fuzheng办理，实际是luchuan');
      const { body: english } = await author.post(`/api/changes/${id}/check`, {}, { 'accept-language': 'en-US' });
      expect(english.findings[0].message).toContain('Step 1');
      await author.post(`/api/changes/${id}/submit`);
      const reviewer = await s.signedIn('kongwei');
      const { body: seen } = await reviewer.get(`/api/changes/${id}`);
      await reviewer.post(`/api/changes/${id}/review`, { agree: true, comment: '同意', drafts: seen.drafts });
      expect((await author.post(`/api/changes/${id}/publish`)).body).toMatchObject({
        release: null,
        findings: [{ rule: 'story' }],
      });

      // [STORY8] step by step, with the people of the story
      const story = { app: 'visits', key: 'agreed' };
      const begun = await play(author, id, { story, script: true });
      expect(begun.body).toMatchObject({ people: 'story', script: { key: 'agreed', of: 2, done: 0, differences: [] } });
      const { base } = begun.body;
      // [PLAY7] pressed twice at once it is one step; pressed on a page of before, or of another sandbox, it is none
      const [first] = await Promise.all([0, 1].map(() => author.post('/api/play/next', { base, done: 0 })));
      expect(first!.body.script).toMatchObject({ done: 1, failed: false });
      expect(first!.body.script.differences).toEqual(['「审查」应由fuzheng办理，实际是luchuan']);
      for (const page of [
        { base, done: 0 },
        { base: 'sandbox/another/', done: 1 },
      ]) {
        const outdated = await author.post('/api/play/next', { how: 'leave', ...page });
        expect(outdated.body).toMatchObject({ script: { done: 1, of: 2 }, acts: [expect.anything()] });
      }
      const second = await author.post('/api/play/next', { how: 'on', base, done: 1 });
      expect(second.body.script).toMatchObject({ done: 1, failed: true, differences: ['fuzheng没有「审查」可以办理'] });
      const third = await author.post('/api/play/next', { how: 'leave', base, done: 1 });
      expect(third.body.script).toMatchObject({ done: 2, next: '' });
      const kept = await author.post('/api/play/keep', { key: 'agreed', title: STORY.title });
      expect(kept.body).toEqual({ app: 'visits', key: 'agreed' });
      const { body: draft } = await author.get(`/api/changes/${id}/draft?kind=story&app=visits&key=agreed`);
      const anew = readStory(draft.source);
      expect(anew).toMatchObject({ cast: STORY.cast, acts: [{ expect: { waiting: [{ step: 'visit/check' }] } }] });
      expect(anew.acts).toHaveLength(1);
      expect((await author.post(`/api/changes/${id}/check`)).body.findings).not.toMatchObject([{ severity: 'error' }]);
    },
    TIMEOUT,
  );

  test(
    '[STORY5] what does not touch its application runs no story',
    async () => {
      const { body } = await author.post('/api/changes', { title: '颜色', reason: '补充' });
      const source = JSON.stringify({ dictionary: 'colours', title: '颜色', items: [{ code: 'r', label: '红' }] });
      const named = { kind: 'dictionary', app: '', key: 'colours' };
      await author.put(`/api/changes/${body.id}/draft`, { ...named, source, revision: 0 });
      const started = performance.now();
      expect((await author.post(`/api/changes/${body.id}/check`)).body).toEqual({ findings: [] });
      expect(performance.now() - started).toBeLessThan(2_000);
    },
    TIMEOUT,
  );

  test(
    '[STORY5] stories that take too long are told as not finished, and the server goes on',
    async () => {
      const hasty = await open({ storiesMs: 1 });
      const other = await hasty.signedIn('peiwen');
      const id = await change(other, elsewhere('luchuan'));
      const { body } = await other.post(`/api/changes/${id}/check`);
      expect(body.findings[0].message).toContain('用例未能跑完');
      expect((await other.get('/api/changes')).status).toBe(200);
      await hasty.stop();
    },
    TIMEOUT,
  );
});

describe('playing a change', () => {
  let id: string;
  let view: Json;
  beforeAll(async () => {
    id = await change(author, elsewhere('luchuan'));
    view = (await play(author, id)).body;
  }, TIMEOUT);

  test('[PLAY3] the pages are the platform’s own: one starts as one person and goes on as the next, and what waits is told with its reason', async () => {
    const before = await s.rows();
    const other = await author.post('/api/play/person', { person: 'songqiao' });
    expect(other.body.person.id).toBe('songqiao');
    const first = await inside(author, view);
    expect(first.who).toBe('songqiao');
    expect(
      (await first.post('api/cases', { process: 'visit', start: 'start', values: { subject: '走访' } })).status,
    ).toBe(200);
    const { body } = await author.get('/api/play');
    expect(body.play.waiting).toMatchObject([{ step: '审查', who: [{ id: 'luchuan' }], rule: '["luchuan"]' }]);
    expect(body.play.acts).toEqual(['宋桥发起「visit」']);
    await author.post('/api/play/person', { person: 'luchuan' });
    expect((await (await inside(author, view)).submit()).status).toBe(200);
    expect(await s.rows()).toEqual(before);
  });

  test('[PLAY4] no attribute of a person comes along; people of a story have theirs', async () => {
    expect(demoOrganisation().people.find((one) => one.id === 'gaoyuan')?.attributes).toHaveProperty('cadreClass');
    const { body } = await author.get('/api/play');
    // The flow asks for an attribute that is there in the house: in the sandbox it is not.
    expect(body.play.waiting).toMatchObject([{ step: '签发', who: [{ id: 'luchuan' }] }]);
    expect(body.play.people).toBe('directory');
  });

  test('[PLAY5] the clock stands, and goes forward alone', async () => {
    const { body: back } = await author.post('/api/play/clock', { to: '2026-08-01T09:00' });
    expect(back.detail).toContain('时间只能往后');
    const { body } = await author.post('/api/play/clock', { to: '2026-09-10T09:00' });
    expect(body.acts.at(-1)).toBe('时间到 2026-09-10 09:00');
  });

  test('[PLAY2] nothing leaves: what is pushed there is pushed nowhere', async () => {
    expect((await (await inside(author, view)).submit()).status).toBe(200);
    const { body } = await author.get('/api/play');
    expect(body.play).toMatchObject({ waiting: [], stuck: [], cases: [{ status: '已办结' }] });
    expect(pushed).toEqual([]);
  });

  test(
    '[STORY6] [STORY7] the run is kept as a draft of the change, with those alone who took part',
    async () => {
      expect((await author.post('/api/play/keep', { key: '1', title: 'x' })).status).toBe(400);
      expect((await author.post('/api/play/keep', { key: 'walk', title: '走访办结' })).status).toBe(200);
      const { body: draft } = await author.get(`/api/changes/${id}/draft?kind=story&app=visits&key=walk`);
      const story = readStory(draft.source);
      expect((story.cast as { people: { id: string }[] }).people.map((one) => one.id).sort()).toEqual([
        'luchuan',
        'songqiao',
      ]);
      expect(story.acts.map((act) => Object.keys(act)[1] ?? 'clock')).toEqual(['start', 'submit', 'expect', 'submit']);
      expect(story.acts.at(-1)).toMatchObject({ expect: { waiting: [], ended: [{ case: 'visit' }] } });
    },
    TIMEOUT,
  );

  test('[PLAY1] it is its owner’s alone: for another author, for staff and for the officers there is nothing', async () => {
    for (const person of ['kongwei', 'luchuan', 'admin', 'secadmin', 'auditadmin']) {
      const other = await s.signedIn(person);
      expect([person, (await other.get(`/${view.base}api/session`)).status]).toEqual([person, 404]);
      if (person === 'kongwei') expect((await other.get('/api/play')).body).toEqual({ play: null });
      else {
        expect([person, (await other.get('/api/play')).status]).toEqual([person, 404]);
        expect([person, (await play(other, id)).status]).toEqual([person, 404]);
      }
    }
    expect((await s.browser().get(`/${view.base}api/session`)).status).toBe(401);
  });

  test('[PLAY1] a token of the house opens no door of the sandbox: a page elsewhere cannot act in it', async () => {
    const { status } = await author.post(`/${view.base}api/cases`, { process: 'visit', start: 'start', values: {} });
    expect(status).toBe(403);
  });

  test('[PLAY1] within it there is no design centre, no sandbox and no signing in', async () => {
    const { get, post } = await inside(author, view);
    for (const at of ['api/changes', 'api/design', 'api/play']) expect([at, (await get(at)).status]).toEqual([at, 404]);
    expect((await post('api/session', { username: 'peiwen', password: 'x' })).status).toBe(404);
  });

  test(
    '[PLAY1] a change with errors is not played, and so many are open at once',
    async () => {
      const broken = await change(author, FLOW.source.replace('form="request"', 'form="requests"'));
      const refused = await play(author, broken);
      expect(refused.body.detail).toContain('改正以后才能试运行');
      const few = await open({ most: 0 });
      const other = await few.signedIn('peiwen');
      expect((await play(other, await change(other))).body.detail).toContain('已有 0 个');
      await few.stop();
    },
    TIMEOUT,
  );

  test('[PLAY6] left, it is gone with all its files', async () => {
    expect((await author.post('/api/play/end')).status).toBe(200);
    expect((await author.get('/api/play')).body).toEqual({ play: null });
    expect((await author.get(`/${view.base}api/session`)).status).toBe(404);
    expect((await author.post('/api/play/clock', { to: '2026-09-11T09:00' })).body.detail).toContain('已经结束');
  });
});

test(
  '[PLAY6] nobody comes for a while: it ends by itself, and the server stops with none left',
  async () => {
    const before = folders();
    const short = await open({ idleMs: 300 });
    const other = await short.signedIn('peiwen');
    const view = (await play(other, await change(other))).body;
    expect(view.base).toMatch(/^sandbox\//);
    await expect
      .poll(async () => (await other.get('/api/play')).body.play, { timeout: 20_000, interval: 700 })
      .toBeNull();
    await short.stop();
    expect(folders().filter((name) => !before.includes(name) && existsSync(`${tmpdir()}/${name}`))).toEqual([]);
  },
  TIMEOUT,
);

test(
  '[MSG3] a page of it that nobody touches, and its stream, which there is none of, do not keep it',
  async () => {
    const short = await open({ idleMs: 1000 });
    const other = await short.signedIn('peiwen');
    const view = (await play(other, await change(other))).body;
    const ask = (at: string, headers = {}) => other.get(`/${view.base}api/${at}`, headers);
    expect((await ask('live')).body).toMatchObject({ status: 503, code: 'live.full' });
    await expect
      .poll(async () => [(await ask('live')).status, (await ask('counts', { 'x-unattended': '1' })).status], {
        timeout: 20_000,
        interval: 200,
      })
      .toEqual([404, 404]);
    await short.stop();
  },
  TIMEOUT,
);

test('[PLAY6] a thread that goes beyond its bounds leaves nothing on the disk either', async () => {
  const before = folders();
  const thread = new Thread({ megabytes: 300 });
  expect(folders().length).toBe(before.length + 1);
  await expect(thread.ask('stories', { stories: [] }, 1)).rejects.toThrow('1 s');
  await expect.poll(() => folders().filter((name) => !before.includes(name)), { timeout: 20_000 }).toEqual([]);
});
