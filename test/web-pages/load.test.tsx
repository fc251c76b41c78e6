// @vitest-environment happy-dom
/** Rules [PAGE14] [PAGE15]: how pages come by their data. */
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Answers } from '../../packages/web/api/answers.tsx';
import { configure } from '../../packages/web/api/client.ts';
import { type Loaded, useLoad } from '../../packages/web/api/load.ts';
import { LanguageProvider, useSpeech } from '../../packages/web/kit/language.tsx';

let asked: string[] = [];
let answer: () => Promise<Response>;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = async () => Response.json({ todo: asked.length });
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return answer();
  });
  configure({ unreachable: '没有连上', onBarred: () => undefined });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const seen: Loaded<unknown>[] = [];
function Counter({ fresh = false }: { fresh?: boolean }) {
  const counts = useLoad('counts', {}, { fresh });
  seen.unshift(counts);
  return <p>{counts.data ? counts.data.todo : (counts.problem?.message ?? 'loading')}</p>;
}

const site = (person: string, ...pages: React.ReactNode[]) => (
  <LanguageProvider>
    <Answers key={person}>{pages}</Answers>
  </LanguageProvider>
);
const settle = () => act(() => vi.advanceTimersByTimeAsync(10));
const texts = (container: Element) => [...container.querySelectorAll('p')].map((p) => p.textContent);

test('[PAGE14] two parts of a page that ask the same share one answer, and what one puts is seen by both', async () => {
  const { container } = render(site('甲', <Counter key="1" />, <Counter key="2" />));
  await settle();
  expect([texts(container), asked]).toEqual([['1', '1'], ['/api/counts']]);
  act(() => seen[0]!.put({ todo: 7 }));
  expect(texts(container)).toEqual(['7', '7']);
});

test('[PAGE14] who comes again sees what was known while it is asked anew; a page that is filled in begins anew', async () => {
  const { container, rerender } = render(site('甲', <Counter key="1" />));
  await settle();
  rerender(site('甲'));
  rerender(site('甲', <Counter key="2" />, <Counter key="3" fresh />));
  expect(texts(container)).toEqual(['1', 'loading']);
  await settle();
  expect(texts(container).sort()).toEqual(['2', '3']);
});

test('[PAGE14] the next person in this browser sees nothing of the one before', async () => {
  const { container, rerender } = render(site('甲', <Counter key="1" />));
  await settle();
  rerender(site('乙', <Counter key="1" />));
  expect(texts(container)).toEqual(['loading']);
});

test('[PAGE15] no answer and a busy server are asked again after a while, a refusal is not', async () => {
  answer = async () => Promise.reject(new Error('offline'));
  const { container } = render(site('甲', <Counter key="1" />));
  await settle();
  expect(texts(container)).toEqual(['没有连上']);
  answer = async () => Response.json({ todo: 5 });
  await act(() => vi.advanceTimersByTimeAsync(1_100));
  expect(texts(container)).toEqual(['5']);
  const before = asked.length;
  answer = async () => Response.json({ code: 'not.found', detail: '没有' }, { status: 404 });
  act(() => seen[0]!.reload());
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect([asked.length - before, seen[0]!.problem?.message, texts(container)]).toEqual([1, '没有', ['5']]);
});

function Switch() {
  const { choose } = useSpeech();
  return (
    <button type="button" onClick={() => choose('en-US')}>
      English
    </button>
  );
}

test('[LANG5] another language is another question; what is being filled in stays as it was opened', async () => {
  const { container, getByText } = render(
    site('甲', <Switch key="0" />, <Counter key="1" />, <Counter key="2" fresh />),
  );
  await settle();
  expect(asked).toHaveLength(2);
  await act(async () => getByText('English').click());
  await vi.waitFor(() => expect(document.documentElement.lang).toBe('en-US'));
  await settle();
  expect(asked).toHaveLength(3);
  expect(texts(container)[1]).toBe('2');
});
