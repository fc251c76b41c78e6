/** The message centre over HTTP: whose messages, in which order, put together how, and what reading them means. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, type Site, site } from './site.ts';

let s: Site;
let fuzheng: Browser;
beforeAll(async () => {
  s = await site();
  fuzheng = await s.signedIn('fuzheng');
  const notice = (n: number, case_id: string | null, person_id = 'fuzheng') => ({
    id: `n${String(n).padStart(3, '0')}`,
    person_id,
    kind: 'notice',
    case_id,
    title: `第${n}条`,
    text: '',
    from_name: '系统',
    at: n,
    read_at: null,
  });
  const rows = [notice(1, 'a'), notice(2, 'b'), notice(3, 'a'), notice(4, null), notice(5, 'a'), notice(6, null)];
  await s.host.store.transaction((tx) => tx('notices').insert([...rows, notice(7, 'a', 'songqiao')]));
});
afterAll(() => s?.stop());

const groups = async (query = '') => {
  const { body } = await fuzheng.get(`/api/messages${query}`);
  return {
    next: body.next,
    rows: body.rows.map(({ rows, unread }: { rows: { title: string }[]; unread: number }) => [
      ...rows.map(({ title }) => title),
      unread,
    ]),
  };
};

test('[MSG5] a person’s own messages, newest first, those about one case as one line', async () => {
  expect((await groups()).rows).toEqual([
    ['第6条', 1],
    ['第5条', '第3条', '第1条', 3],
    ['第4条', 1],
    ['第2条', 1],
  ]);
});

test('[MSG5] page by page, however many come meanwhile', async () => {
  const first = await groups('?limit=4');
  expect(first.rows).toEqual([
    ['第6条', 1],
    ['第5条', '第3条', 2],
    ['第4条', 1],
  ]);
  const second = await groups(`?limit=4&cursor=${first.next}`);
  expect(second).toEqual({
    next: null,
    rows: [
      ['第2条', 1],
      ['第1条', 1],
    ],
  });
});

test('[MSG6] read are those he has been shown, of one case or all; what has come since, and what is another’s, is not', async () => {
  await fuzheng.post('/api/messages/read', { until: 3, case: 'a' });
  expect((await groups('?only=unread')).rows).toEqual([
    ['第6条', 1],
    ['第5条', 1],
    ['第4条', 1],
    ['第2条', 1],
  ]);
  await fuzheng.post('/api/messages/read', { until: 5 });
  expect((await groups('?only=unread')).rows).toEqual([['第6条', 1]]);
  expect((await groups()).rows[1]).toEqual(['第5条', '第3条', '第1条', 0]);
  expect((await fuzheng.get('/api/counts')).body.copied).toBe(1);
  expect((await (await s.signedIn('songqiao')).get('/api/counts')).body.copied).toBe(1);
});
