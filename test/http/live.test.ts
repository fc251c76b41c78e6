/** The streams that pages hold open: what they are told, when, how many there may be, and when they end. */
import { afterEach, expect, test } from 'vitest';
import { type Browser, type Site, type SiteOptions, site } from './site.ts';

let s: Site;
afterEach(() => s?.stop());

const open = async (options: SiteOptions = {}): Promise<void> => {
  s = await site(options);
};

/** A stream, and what has been heard of it so far. */
async function listen(browser: Browser) {
  const answer = await browser.fetch('GET', '/api/live', undefined, { 'accept-encoding': 'gzip' });
  const heard = { status: answer.status, headers: answer.headers, text: '', over: false };
  const reader = answer.body!.getReader();
  const done = (async () => {
    for (;;) {
      const { value, done: ended } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (ended) break;
      heard.text += new TextDecoder().decode(value);
    }
    heard.over = true;
  })();
  return Object.assign(heard, { done, leave: () => reader.cancel() });
}

const events = (text: string): string[] => [...text.matchAll(/^event: (\w+)$/gm)].map((match) => match[1]!);
const until = (what: () => unknown, patience = 4000) =>
  expect.poll(() => Boolean(what()), { timeout: patience, interval: 20 }).toBe(true);

test('[MSG1] an open page hears at once that work has come, and that it is gone, without being told what', async () => {
  await open();
  const [songqiao, fuzheng] = await Promise.all([s.signedIn('songqiao'), s.signedIn('fuzheng')]);
  const mine = await listen(fuzheng);
  const other = await listen(songqiao);
  expect(mine.headers.get('content-type')).toBe('text/event-stream');
  expect(mine.headers.get('content-encoding')).toBeNull();
  await songqiao.start({ subject: '秘密的事由' });
  await until(() => events(mine.text).length === 1);
  const { id, revision } = await fuzheng.task();
  await fuzheng.post(`/api/tasks/${id}/submit`, { outcome: 'agree', revision, values: {}, comment: '' });
  await until(() => events(mine.text).length === 2);
  expect(events(mine.text)).toEqual(['counts', 'counts']);
  expect(mine.text.replace(/^(retry: 5000|: open|: beat|event: counts|data: 1|)$/gm, '').trim()).toBe('');
  // Nobody is told of what is not his.
  expect(events(other.text)).toEqual([]);
});

test('[MSG1] what a person reads in one page is read in his others', async () => {
  await open();
  const fuzheng = await s.signedIn('fuzheng');
  const page = await listen(fuzheng);
  await fuzheng.post('/api/messages/read', { until: s.clock.now });
  await until(() => events(page.text).length === 1);
});

test('[MSG2] of one person so many, of all together so many; the others look by themselves', async () => {
  await open({ live: { perPerson: 2, most: 3 } });
  const [songqiao, fuzheng] = await Promise.all([s.signedIn('songqiao'), s.signedIn('fuzheng')]);
  const first = await listen(fuzheng);
  await listen(fuzheng);
  expect((await fuzheng.get('/api/live')).body).toMatchObject({ status: 429, code: 'live.many' });
  await listen(songqiao);
  expect((await songqiao.get('/api/live')).body).toMatchObject({ status: 503, code: 'live.full' });
  // Whoever leaves makes room.
  await first.leave();
  await expect.poll(async () => (await songqiao.get('/api/live')).status).toBe(200);
});

test('[MSG3] a stream ends with its session, wherever that was ended', async () => {
  await open({ live: { beat: 50 } });
  const fuzheng = await s.signedIn('fuzheng');
  const page = await listen(fuzheng);
  await until(() => page.text.includes(': beat'));
  expect(page.over).toBe(false);
  await s.host.store.transaction((tx) => tx('sessions').delete());
  await page.done;
  expect(events(page.text)).toEqual(['end']);
  expect((await fuzheng.get('/api/live')).status).toBe(401);
});

test('[MSG3] neither a stream nor a page that nobody touches keeps a session alive', async () => {
  await open({ live: { beat: 50 } });
  const fuzheng = await s.signedIn('fuzheng');
  const page = await listen(fuzheng);
  for (let minutes = 0; minutes < 35; minutes += 5) {
    s.clock.now += 5 * 60_000;
    await fuzheng.get('/api/counts', { 'x-unattended': '1' });
  }
  await page.done;
  expect(events(page.text)).toContain('end');
  expect((await fuzheng.get('/api/counts')).status).toBe(401);
});

test('[MSG4] what another server has changed is found by looking', async () => {
  await open({ live: { look: 60 } });
  const fuzheng = await s.signedIn('fuzheng');
  const page = await listen(fuzheng);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(events(page.text)).toEqual([]);
  const notice = { person_id: 'fuzheng', kind: 'notice', case_id: null, title: 't', text: '', from_name: '', at: 1 };
  await s.host.store.transaction((tx) => tx('notices').insert({ id: 'n1', ...notice, read_at: null }));
  await until(() => events(page.text).length === 1);
});

test('[MSG10] a server that is told to stop does not wait for pages that listen, and takes no new ones', async () => {
  await open();
  const fuzheng = await s.signedIn('fuzheng');
  const page = await listen(fuzheng);
  const before = performance.now();
  await s.stop();
  await page.done;
  expect(performance.now() - before).toBeLessThan(5000);
});
