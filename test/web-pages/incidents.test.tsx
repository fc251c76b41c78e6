// @vitest-environment happy-dom
/** Rules [PAGE60]: what an administrator is told before and after he acts on a case that stands still. */
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Incidents from '../../packages/web/admin/incidents.tsx';
import '../../packages/web/admin/learned.ts';
import { Answers } from '../../packages/web/api/answers.tsx';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { Notices } from '../../packages/web/kit/notice.tsx';
import { SessionProvider } from '../../packages/web/session/session.tsx';

const incident = {
  id: 'i1',
  caseId: 'c1',
  number: 'T-2026-0001',
  title: '采购审批',
  node: '承办',
  kind: 'standstill',
  detail: '没有一个分支的条件成立',
  openedAt: 0,
  ways: ['retry', 'move'],
};
const preview = {
  from: 1,
  to: 2,
  release: 7,
  places: [{ name: '承办', kind: 'user' }],
  opens: [] as string[],
  begins: [] as string[],
  reasons: [] as string[],
};
const solved = { result: 'standing', reason: '还是没有' };

const PATIENCE = { timeout: 8000 };

/** `METHOD path` -> answer. */
let answers: Record<string, unknown>;
let sent: { to: string; body: unknown }[];
beforeEach(() => {
  sent = [];
  answers = {
    'GET /api/session': { person: {}, csrf: 't', now: 0 },
    'GET /api/incidents': [incident],
    'GET /api/incidents/i1/move': preview,
    'POST /api/incidents/i1/solve': solved,
    'POST /api/incidents/i1/move': { result: 'solved', reason: '' },
  };
  vi.stubGlobal('fetch', async (address: string, { method = 'GET', body }: RequestInit = {}) => {
    const to = `${method} ${new URL(address, 'http://localhost').pathname}`;
    if (method !== 'GET') sent.push({ to, body: JSON.parse(String(body)) });
    return new Response(JSON.stringify(answers[to] ?? {}));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open() {
  const page = render(
    <LanguageProvider>
      <SessionProvider>
        <Answers>
          <Incidents />
          <Notices />
        </Answers>
      </SessionProvider>
    </LanguageProvider>,
  );
  // antd writes a button of two characters with a space between them
  const buttons = (name: string) =>
    page.queryAllByRole('button').filter((button) => button.textContent?.replace(/\s/g, '') === name);
  const press = async (name: string, index = 0) => {
    await vi.waitFor(() => expect(buttons(name).length).toBeGreaterThan(index), PATIENCE);
    await act(async () => void fireEvent.click(buttons(name)[index]!));
  };
  const write = async (label: string, value: string) =>
    act(async () => void fireEvent.change(page.getByLabelText(label), { target: { value } }));
  const says = (text: string) => vi.waitFor(() => expect(page.container.textContent).toContain(text), PATIENCE);
  return { page, press, write, says };
}

test('[PAGE60] another try that fails again says so, with the new reason', async () => {
  const { press, write, says } = await open();
  await press('重试');
  await write('处理说明', '已处理');
  await press('重试', 1);
  await says('仍未办通：还是没有');
  expect(sent).toEqual([{ to: 'POST /api/incidents/i1/solve', body: { way: 'retry', people: [], comment: '已处理' } }]);
});

test('[PAGE60] what would move is shown before it moves, and the move names the release that was shown', async () => {
  const { press, write, says } = await open();
  await press('迁移到现行版本');
  await says('流程第 1 版 → 第 2 版');
  await write('迁移原因（记入流转记录和审计日志）', '第一版写错了');
  await press('迁移到现行版本', 1);
  await says('已处理，流程继续。');
  expect(sent).toEqual([{ to: 'POST /api/incidents/i1/move', body: { release: 7, reason: '第一版写错了' } }]);
});

test('[PAGE60] a case that cannot move is told why, and nothing is offered', async () => {
  answers['GET /api/incidents/i1/move'] = { ...preview, to: null, reasons: ['新版本里没有步骤「承办」'] };
  const { page, press, says } = await open();
  await press('迁移到现行版本');
  await says('新版本里没有步骤「承办」');
  expect(page.queryByLabelText('迁移原因（记入流转记录和审计日志）')).toBeNull();
  await press('迁移到现行版本', 1);
  expect(sent).toEqual([]);
});
