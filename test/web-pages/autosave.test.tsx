// @vitest-environment happy-dom
/** Rule [PAGE12]: what is being filled in is kept, in order, and never after it has been submitted. */
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../packages/web/api/client.ts';
import { type DraftMark, useAutosave } from '../../packages/web/task/autosave.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function saving(answer: (text: string, mark: DraftMark) => Promise<{ savedAt: number }>) {
  const saved: string[] = [];
  const revisions: number[] = [];
  const device: { text: string | undefined; room: boolean } = { text: undefined, room: true };
  const keeper = {
    put: (text: string) => {
      if (device.room) device.text = text;
      return device.room;
    },
    drop: () => {
      device.text = undefined;
    },
  };
  const hook = renderHook(() =>
    useAutosave(
      async (text: string, mark: DraftMark) => {
        saved.push(text);
        revisions.push(mark.revision);
        return { ...(await answer(text, mark)), revision: mark.revision + 1 };
      },
      null,
      keeper,
    ),
  );
  return { saved, revisions, device, hook, keeper: () => hook.result.current };
}
const pause = () => act(() => vi.advanceTimersByTimeAsync(5000));

test('[PAGE12] a pause saves the last state once, and tells when', async () => {
  const { saved, keeper } = saving(async () => ({ savedAt: 42 }));
  await pause();
  expect(saved).toEqual([]);
  act(() => {
    keeper().touch('a');
    keeper().touch('ab');
  });
  await pause();
  expect(saved).toEqual(['ab']);
  expect(keeper().state).toEqual({ kind: 'saved', at: 42 });
});

test('[PAGE12] one save at a time: what is typed meanwhile follows', async () => {
  let finish = () => {};
  const { saved, keeper } = saving((text) =>
    text === 'first' ? new Promise((done) => (finish = () => done({ savedAt: 1 }))) : Promise.resolve({ savedAt: 2 }),
  );
  act(() => keeper().touch('first'));
  await pause();
  act(() => keeper().touch('second'));
  await pause();
  expect(saved).toEqual(['first']);
  await act(async () => finish());
  expect(saved).toEqual(['first', 'second']);
});

test('[PAGE12] leaving the page saves what is left; after the submission nothing is saved', async () => {
  const left = saving(async () => ({ savedAt: 1 }));
  act(() => left.keeper().touch('left'));
  left.hook.unmount();
  await pause();
  expect(left.saved).toEqual(['left']);

  const submitted = saving(async () => ({ savedAt: 1 }));
  act(() => submitted.keeper().touch('submitted'));
  act(() => submitted.keeper().stop());
  submitted.hook.unmount();
  await pause();
  expect(submitted.saved).toEqual([]);
});

test('[PAGE12] a failure keeps what was typed and is told with the server’s reason', async () => {
  const { saved, keeper } = saving(async () => {
    throw new ApiProblem('server.busy', '系统繁忙', 503);
  });
  act(() => keeper().touch('kept'));
  await pause();
  expect(keeper().state).toEqual({ kind: 'failed', reason: '系统繁忙', onDevice: true });
  await act(async () => void (await keeper().saveNow('kept')));
  expect(saved).toEqual(['kept', 'kept']);
});

test('[PAGE16] who types without a pause is saved all the same', async () => {
  const { saved, keeper } = saving(async () => ({ savedAt: 1 }));
  for (let i = 0; i < 20; i++) {
    act(() => keeper().touch(`text ${i}`));
    await act(() => vi.advanceTimersByTimeAsync(1000));
  }
  expect(saved).toEqual(['text 14']);
});

test('[PAGE16] a save that did not come through is tried again until it does, and leaving asks meanwhile', async () => {
  const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  let answers: (Error | number)[] = [
    new ApiProblem('network', ''),
    new ApiProblem('session.required', '请先登录', 401),
    3,
  ];
  const { saved, keeper } = saving(async () => {
    const [next] = answers;
    answers = answers.slice(1);
    if (typeof next === 'number') return { savedAt: next };
    throw next;
  });
  expect(asks()).toBe(false);
  act(() => keeper().touch('words'));
  expect(asks()).toBe(true);
  await pause();
  expect(keeper().state).toMatchObject({ kind: 'failed' });
  expect(asks()).toBe(true);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(saved).toEqual(['words', 'words', 'words']);
  expect([keeper().state, asks()]).toEqual([{ kind: 'saved', at: 3 }, false]);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(saved).toHaveLength(3);
});

test('[PAGE40] what could not be sent is kept on this device until it has been delivered; without room the page says so', async () => {
  let reached = false;
  const { device, keeper } = saving(async () => {
    if (!reached) throw new ApiProblem('network', '');
    return { savedAt: 7 };
  });
  act(() => keeper().touch('far from the network'));
  await pause();
  expect(device.text).toBe('far from the network');
  expect(keeper().state).toMatchObject({ kind: 'failed', onDevice: true });
  reached = true;
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect([device.text, keeper().state]).toEqual([undefined, { kind: 'saved', at: 7 }]);

  const full = saving(async () => {
    throw new ApiProblem('network', '');
  });
  full.device.room = false;
  act(() => full.keeper().touch('no room'));
  await pause();
  expect(full.keeper().state).toMatchObject({ kind: 'failed', onDevice: false });
});

test('[PAGE40] a page that is closed or hidden in mid-typing leaves its text on this device', async () => {
  const { device, keeper } = saving(() => new Promise(() => {}));
  act(() => keeper().touch('half a sen'));
  window.dispatchEvent(new Event('pagehide'));
  expect(device.text).toBe('half a sen');
});

test('[PAGE41] what another page has saved is not overwritten: saving pauses until the person has chosen', async () => {
  let theirs = true;
  const { saved, revisions, device, keeper } = saving(async () => {
    if (theirs) throw new ApiProblem('draft.moved', '在别处改过', 409);
    return { savedAt: 9 };
  });
  act(() => keeper().touch('mine'));
  await pause();
  expect(keeper().state).toEqual({ kind: 'moved' });
  act(() => keeper().touch('mine, more'));
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(saved).toEqual(['mine']);
  expect(device.text).toBe('mine');
  theirs = false;
  await act(async () => void (await keeper().settle('ours', 4)));
  expect(saved).toEqual(['mine', 'ours']);
  expect(revisions).toEqual([0, 4]);
  expect([keeper().state, device.text]).toEqual([{ kind: 'saved', at: 9 }, undefined]);
});

test('[PAGE12] a change that a rule of the form makes after the submission is not kept', async () => {
  const { saved, device, keeper, hook } = saving(async () => ({ savedAt: 1 }));
  act(() => keeper().stop());
  act(() => keeper().touch('too late'));
  hook.unmount();
  await pause();
  expect([saved, device.text]).toEqual([[], undefined]);
});
