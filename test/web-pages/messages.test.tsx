// @vitest-environment happy-dom
/** Rules [MSG2] [MSG3] [MSG5] [MSG6] [MSG9] [MSG11]: the bell, the message centre, and how somebody is mailed, as pages see them. */
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Answers } from '../../packages/web/api/answers.tsx';
import { type Loaded, useLoad } from '../../packages/web/api/load.ts';
import MessagesPage from '../../packages/web/inbox/messages-page.tsx';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { Addresses } from '../../packages/web/kit/router.tsx';
import Mailing from '../../packages/web/session/mailing.tsx';
import { SessionProvider, useSession } from '../../packages/web/session/session.tsx';
import Bell from '../../packages/web/shell/bell.tsx';

const PERSON = { id: 'a', name: '甲', unit: '', username: 'a', post: '', duties: [] };
const SESSION = { person: PERSON, csrf: 'c', passwordDue: false, factor: 'none', deviceKey: '', now: 100, title: '' };
const COUNTS = { todo: 0, dueToday: 0, overdue: 0, returned: 0, copied: 0, drafts: 0, incidents: 0 };

const PLACE = { params: {}, query: new URLSearchParams() };

/** What the server has, and what it was asked. */
let unread = 0;
let pressing = {};
let answers: Record<string, unknown> = {};
let asked: { what: string; body: unknown; unattended: boolean }[] = [];
const questions = () => asked.map(({ what }) => what);

/** A stream that the test speaks through. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Stream.all.push(this);
  }
  close() {
    this.readyState = 2;
  }
  says(type: string, readyState = 1) {
    this.readyState = readyState;
    this.dispatchEvent(new Event(type));
  }
  static get open() {
    return Stream.all.filter(({ readyState }) => readyState !== 2);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  unread = 0;
  pressing = {};
  answers = {};
  asked = [];
  Stream.all = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const what = `${init.method} ${address}`;
    const headers = init.headers as Record<string, string>;
    asked.push({ what, body: init.body && JSON.parse(String(init.body)), unattended: 'X-Unattended' in headers });
    if (what === 'GET /api/session') return Response.json(SESSION);
    if (what === 'GET /api/counts') return Response.json({ ...COUNTS, ...pressing, copied: unread });
    return Response.json(answers[what] ?? { ok: true });
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const Signed = ({ children }: { children: React.ReactNode }) => (useSession().session ? children : null);
const settle = (milliseconds = 10) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
async function shown(page: React.ReactNode) {
  const found = render(
    <LanguageProvider>
      <Addresses>
        <SessionProvider>
          <Answers>
            <Signed>{page}</Signed>
          </Answers>
        </SessionProvider>
      </Addresses>
    </LanguageProvider>,
  );
  await settle();
  return found;
}

test('[MSG11] the bell says how many are unread, in numbers and in words, at most 99+', async () => {
  unread = 3;
  const { getByRole } = await shown(<Bell />);
  expect(getByRole('link', { name: '消息，3 条未读' }).textContent).toBe('3');
  unread = 120;
  Stream.all[0]!.says('counts');
  await settle();
  expect(getByRole('link', { name: '消息，120 条未读' }).textContent).toBe('99+');
  unread = 0;
  Stream.all[0]!.says('counts');
  await settle();
  expect(getByRole('link', { name: '消息，没有未读' }).textContent).toBe('');
});

test('[MSG11] what is due is told by the bell and counted above the messages, without a message for each task', async () => {
  pressing = { dueToday: 2, overdue: 1 };
  answers['GET /api/messages'] = { rows: [], next: null };
  const { container, getByRole } = await shown(
    <>
      <Bell />
      <MessagesPage {...PLACE} />
    </>,
  );
  expect(getByRole('link', { name: '消息，没有未读；今日到期 2 件；逾期 1 件' }).textContent).toBe('');
  expect(container.querySelectorAll('.badge-dot')).toHaveLength(1);
  expect(getByRole('link', { name: '逾期 1 件' }).getAttribute('href')).toBe('/?only=overdue');
});

test('[MSG2] without a stream the page asks once a minute, and tries a stream again after a while', async () => {
  await shown(<Bell />);
  Stream.all[0]!.says('error', 0);
  expect(Stream.open).toHaveLength(1);
  Stream.all[0]!.says('error', 0);
  expect(Stream.open).toHaveLength(0);
  asked = [];
  await settle(3 * 60_000);
  expect(questions()).toEqual(['GET /api/counts', 'GET /api/counts', 'GET /api/counts']);
  await settle(7 * 60_000);
  expect(Stream.open).toHaveLength(1);
});

test('[MSG2] a refused stream is not asked for again and again', async () => {
  await shown(<Bell />);
  Stream.all[0]!.says('error', 2);
  await settle(5 * 60_000);
  expect(Stream.all).toHaveLength(1);
});

test('[MSG3] what a page asks by itself, when nobody has touched it for a minute, says so', async () => {
  await shown(<Bell />);
  Stream.all[0]!.says('counts');
  await settle();
  await settle(2 * 60_000);
  Stream.all[0]!.says('counts');
  await settle();
  fireEvent.keyDown(document.body, { key: 'a' });
  Stream.all[0]!.says('counts');
  await settle();
  const counts = asked.filter(({ what }) => what === 'GET /api/counts').slice(-3);
  expect(counts.map(({ unattended }) => unattended)).toEqual([false, true, false]);
});

test('[MSG1] a page that is not seen holds no stream; seen again, it listens and asks', async () => {
  await shown(<Bell />);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(Stream.open).toHaveLength(0);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(Stream.open).toHaveLength(1);
  asked = [];
  Stream.open[0]!.says('open');
  await settle();
  expect(questions()).toEqual(['GET /api/counts']);
  hidden.mockRestore();
});

test('[MSG11] a list that was read further down is renewed as long as it is; a short one as it was asked for', async () => {
  const TODO = { params: { tab: 'todo' as const }, query: { q: '字' } };
  let list: Loaded<unknown> | undefined;
  const List = () => {
    list = useLoad('inbox', TODO);
    return null;
  };
  const inbox = () => questions().filter((what) => what.includes('/api/inbox/'));
  answers['GET /api/inbox/todo?q=%E5%AD%97'] = { rows: [{ id: '1' }], next: null };
  await shown(
    <>
      <Bell />
      <List />
    </>,
  );
  asked = [];
  Stream.all[0]!.says('counts');
  await settle();
  expect(inbox()).toEqual(['GET /api/inbox/todo?q=%E5%AD%97']);
  act(() => list!.put({ rows: Array.from({ length: 35 }, (_, n) => ({ id: `${n}` })), next: 'n' }));
  asked = [];
  answers['GET /api/inbox/todo?q=%E5%AD%97&limit=35'] = { rows: [{ id: 'new' }], next: null };
  Stream.all[0]!.says('counts');
  await settle();
  expect(inbox()).toEqual(['GET /api/inbox/todo?q=%E5%AD%97&limit=35']);
  expect(list!.data).toEqual({ rows: [{ id: 'new' }], next: null });
  // Nothing has changed: the lists stay as they are.
  asked = [];
  Stream.all[0]!.says('open');
  await settle();
  expect(questions()).toEqual(['GET /api/counts']);
});

const message = (id: string, caseId: string | null, at: number, isUnread = true) => ({
  ...{ id, kind: 'notice', caseId, taskId: null, number: '', title: `第${id}条`, process: '', node: '', status: null },
  ...{ from: '', at, due: null, priority: false, unread: isUnread, outcome: null, pooled: false, start: null },
});
const LIST = {
  rows: [
    { id: '5', unread: 2, rows: [message('5', 'c', 5), message('3', 'c', 3), message('2', 'c', 2, false)] },
    { id: '4', unread: 0, rows: [message('4', null, 4, false)] },
  ],
  next: null,
};

test('[MSG5] messages about one case are one line that opens in place', async () => {
  unread = 2;
  answers['GET /api/messages'] = LIST;
  const { getAllByRole, getByRole, queryByText } = await shown(<MessagesPage {...PLACE} />);
  const titles = () => getAllByRole('link', { name: /第.条/ }).map((link) => link.textContent!.replace('未读', ''));
  expect(titles()).toEqual(['第5条', '第4条']);
  await act(async () => getByRole('button', { name: '本件还有 2 条，1 条未读' }).click());
  expect(titles()).toEqual(['第5条', '第3条', '第2条', '第4条']);
  await act(async () => getByRole('button', { name: '收起' }).click());
  expect(queryByText('第3条')).toBeNull();
});

test('[MSG6] to open the newest of a case reads those before it; all are read up to the newest that is listed', async () => {
  unread = 2;
  answers['GET /api/messages'] = LIST;
  const { getByRole } = await shown(<MessagesPage {...PLACE} />);
  await act(async () => getByRole('button', { name: '全部标为已读' }).click());
  fireEvent.click(getByRole('link', { name: /第5条/ }));
  await settle();
  const changes = asked.filter(({ what }) => what.startsWith('POST'));
  expect(changes.map(({ what, body }) => [what, body])).toEqual([
    ['POST /api/messages/read', { until: 5 }],
    ['POST /api/notices/5/read', undefined],
    ['POST /api/messages/read', { until: 5, case: 'c' }],
  ]);
});

test('[MSG5] without any the page says when there will be', async () => {
  answers['GET /api/messages'] = { rows: [], next: null };
  const { container, queryByRole } = await shown(<MessagesPage {...PLACE} />);
  expect(container.textContent).toContain('还没有消息');
  expect(container.textContent).toContain('有文书送达您');
  expect(queryByRole('button', { name: '全部标为已读' })).toBeNull();
});

test('[MSG9] what an organ does not allow is shown with the reason and cannot be chosen', async () => {
  answers['GET /api/mailing'] = {
    choice: 'never',
    choices: [
      { key: 'never', barred: '' },
      { key: 'soon', barred: '您所在单位只许每日汇总' },
      { key: 'daily', barred: '' },
    ],
    address: 'a@b.cn',
  };
  const { getByRole } = await shown(<Mailing />);
  const radio = (name: RegExp) => getByRole('radio', { name }) as HTMLInputElement;
  expect(radio(/有新待办时.*不能选：您所在单位只许每日汇总/).disabled).toBe(true);
  expect([radio(/^不发邮件/).checked, radio(/^每个工作日/).disabled]).toEqual([true, false]);
  fireEvent.click(radio(/^每个工作日/));
  await settle();
  expect(asked.find(({ what }) => what === 'PUT /api/mailing')?.body).toEqual({ choice: 'daily' });
});
