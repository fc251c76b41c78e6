// @vitest-environment happy-dom
/** Rules [PAGE4]-[PAGE7]: how the pages talk to the server. */
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useAct } from '../../packages/web/api/act.ts';
import { ApiProblem, api, configure } from '../../packages/web/api/client.ts';

interface Sent {
  address: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

let sent: Sent[] = [];
let answers: (Response | Error)[] = [];

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });
const refusal = (code: string, status: number): Response =>
  json({ code, detail: '不行', fields: [{ path: 'a', code: 'x', message: '请更正' }] }, status);

beforeEach(() => {
  sent = [];
  answers = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const { method = 'GET', headers, body } = init;
    sent.push({ address, method, headers: headers as Record<string, string>, body: body && JSON.parse(String(body)) });
    const answer = answers.shift() ?? json({});
    if (answer instanceof Error) throw answer;
    return answer;
  });
  configure({ csrf: 'token', language: 'zh-CN', unreachable: '没有连上', onBarred: () => undefined });
});
afterEach(() => vi.unstubAllGlobals());

const comment = (text: string, options: { key: string }) =>
  api.comment({ params: { id: 'c1' }, body: { text } }, options);

describe('a request', () => {
  test('[PAGE4] goes to the address of the contract with the token and the language of the page', async () => {
    await api.inbox({ params: { tab: 'todo' }, query: { q: '道路 1', cursor: undefined } });
    expect(sent[0]?.address).toBe('/api/inbox/todo?q=%E9%81%93%E8%B7%AF+1');
    expect(sent[0]?.headers).toMatchObject({ 'X-CSRF-Token': 'token', 'Accept-Language': 'zh-CN' });
    await api.task({ params: { id: 'a/b' } });
    expect(sent[1]?.address).toBe('/api/tasks/a%2Fb');
  });

  test('[PAGE5] that is refused becomes an ApiProblem with the sentence and the fields of the server', async () => {
    answers = [refusal('input.invalid', 422)];
    const problem = await api.counts().catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ code: 'input.invalid', status: 422, message: '不行' });
    expect((problem as ApiProblem).fields).toEqual([{ path: 'a', code: 'x', message: '请更正' }]);
  });

  test('[PAGE5] that gets no answer, or a proxy’s error page, says that the server was not reached', async () => {
    answers = [new Error('offline'), new Response('<html>', { status: 502 })];
    for (let round = 0; round < 2; round++) {
      await expect(api.counts()).rejects.toMatchObject({ code: 'network', message: '没有连上' });
    }
  });

  test('[PAGE6] without a session tells so, once for each refusal', async () => {
    const barred: string[] = [];
    configure({ onBarred: (code) => void barred.push(code) });
    answers = [refusal('session.required', 401), refusal('not.allowed', 403)];
    await api.counts().catch(() => undefined);
    await api.counts().catch(() => undefined);
    expect(barred).toEqual(['session.required']);
  });
});

describe('an act', () => {
  test('[PAGE7] clicked twice is sent once', async () => {
    const { result } = renderHook(() => useAct(comment));
    await act(async () => {
      await Promise.all([result.current.run('同意'), result.current.run('同意')]);
    });
    expect(sent).toHaveLength(1);
  });

  test('[PAGE7] repeated after a failure carries the same key, another one a new key', async () => {
    answers = [new Error('offline')];
    const { result } = renderHook(() => useAct(comment));
    await act(async () => void (await result.current.run('同意')));
    expect(result.current.problem?.code).toBe('network');
    await act(async () => void (await result.current.run('同意')));
    await act(async () => void (await result.current.run('同意')));
    const [failed, repeated, anew] = sent.map(({ headers }) => headers['Idempotency-Key']);
    expect(failed).toMatch(/^[0-9a-f]{32}$/);
    expect(repeated).toBe(failed);
    expect(anew).not.toBe(failed);
    expect(result.current.problem).toBeUndefined();
  });
});
