// @vitest-environment happy-dom
/** Rule [DES70]: a definition of a change is saved while it is edited, and never over what somebody else has saved meanwhile. */
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../packages/web/api/client.ts';
import { type Draft, useSaving } from '../../packages/web/design/change/saving.ts';

const NAMED = { kind: 'form', app: 'loans', key: 'request' } as const;
const person = { id: 'p', name: '裴文', unit: '' };
const begun: Draft = { title: '申请', source: null, draft: null, base: null, current: '旧', version: 3 };
const theirs: Draft = { ...begun, source: '别人的', draft: { revision: 7, by: person, at: 0 } };

let saved: { source: string | null; revision: number; version?: number | undefined }[];
let answer: () => Promise<{ revision: number }>;

beforeEach(() => {
  vi.useFakeTimers();
  saved = [];
  answer = async () => ({ revision: saved.length });
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    if (init.method === 'GET') return answered(theirs);
    saved.push(JSON.parse(String(init.body)));
    return answer().then(answered, ({ code, message, status }: ApiProblem) => {
      if (code === 'network') throw new TypeError('no network');
      return answered({ code, detail: message, fields: [] }, status);
    });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A response without the timers of a real one. */
const answered = (body: unknown, status = 200) => ({
  ok: status < 300,
  status,
  json: async () => body,
  text: async () => JSON.stringify(body),
});

const saving = () => renderHook(() => useSaving('c1', NAMED, begun, () => 0)).result;
/** Whether the browser would ask before it lets go of the page. */
function leavingAsks(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented;
}
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('[DES70] a moment after the last change the newest text is saved, on the version and revision it was begun from', async () => {
  const { current } = saving();
  current.change('一');
  await wait(1000);
  current.change('一二');
  expect(saved).toEqual([]);
  await wait(1600);
  expect(saved).toMatchObject([{ source: '一二', revision: 0, version: 3 }]);
  current.change('一二三');
  await wait(1600);
  expect(saved[1]).toMatchObject({ source: '一二三', revision: 1 });
});

test('[DES70] who goes on without a pause is saved all the same, and is told that something is not saved yet', async () => {
  const result = saving();
  for (let second = 1; second <= 6; second++) {
    act(() => result.current.change(`第${second}秒`));
    if (second === 1) expect(result.current.state).toEqual({ kind: 'pending' });
    await wait(1000);
  }
  expect(saved.map(({ source }) => source)).toEqual(['第5秒']);
});

test('[DES70] what is changed while a save is on its way is not called saved, and is saved in its turn', async () => {
  let arrive = () => {};
  answer = () =>
    new Promise((resolve) => {
      arrive = () => resolve({ revision: saved.length });
    });
  const result = saving();
  act(() => result.current.change('一'));
  await wait(1600);
  act(() => result.current.change('一二'));
  arrive();
  await wait(10);
  expect(result.current.state).toEqual({ kind: 'pending' });
  expect(leavingAsks()).toBe(true);
  await wait(1600);
  arrive();
  await wait(10);
  expect(result.current.state).toMatchObject({ kind: 'saved' });
  expect(saved.map(({ source }) => source)).toEqual(['一', '一二']);
  expect(leavingAsks()).toBe(false);
});

test('[DES70] from the moment of a change until its text has come, nothing is called saved, and leaving asks', async () => {
  const result = saving();
  act(() => result.current.change('一'));
  await wait(1600);
  expect(result.current.state).toMatchObject({ kind: 'saved' });
  act(() => result.current.coming());
  expect(result.current.state).toEqual({ kind: 'pending' });
  expect(leavingAsks()).toBe(true);
  act(() => result.current.change('一二'));
  await wait(1600);
  expect(result.current.state).toMatchObject({ kind: 'saved' });
  expect(leavingAsks()).toBe(false);
});

test('[DES70] what was not reached is sent again until it comes through', async () => {
  answer = async () => {
    throw new ApiProblem('network', '');
  };
  const result = saving();
  result.current.change('一');
  await wait(1600);
  expect(result.current.state).toEqual({ kind: 'failed', reason: '' });
  answer = async () => ({ revision: 1 });
  await wait(8100);
  expect(result.current.state).toMatchObject({ kind: 'saved' });
  expect(saved.map(({ source }) => source)).toEqual(['一', '一']);
});

test('[DES70] what somebody else has saved is not overwritten: both are there, and the person chooses', async () => {
  answer = async () => {
    throw new ApiProblem('change.draft-moved', '已被保存', 409);
  };
  const result = saving();
  result.current.change('我的');
  await wait(1600);
  expect(result.current.state).toEqual({ kind: 'moved', theirs });
  result.current.change('我的又改');
  await wait(20_000);
  expect(saved).toHaveLength(1);
  answer = async () => ({ revision: 8 });
  act(() => result.current.settle('我的又改', 7));
  await wait(10);
  expect(saved[1]).toMatchObject({ source: '我的又改', revision: 7 });
  expect(result.current.state).toMatchObject({ kind: 'saved' });
});
