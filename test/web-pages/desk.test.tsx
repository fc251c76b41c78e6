// @vitest-environment happy-dom
/** Rule [PAGE13]: what is missing is said and shown before anything is sent. */
import type { Answer } from '@ganwei/core/contract';
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { SessionProvider } from '../../packages/web/session/session.tsx';
import { CommentBox } from '../../packages/web/task/comment-box.tsx';
import { type Desk, useDesk } from '../../packages/web/task/use-desk.ts';

const outcome = (key: string, comment: 'required' | 'none') => ({
  key,
  label: key,
  style: 'default' as const,
  comment,
  commentMin: 4,
  validates: true,
  when: null,
  confirm: null,
});

let sent: string[] = [];
beforeEach(() => {
  sent = [];
  localStorage.clear();
  vi.stubGlobal('fetch', (address: string) => {
    if (!address.endsWith('/api/session')) sent.push(address);
    return new Promise(() => {});
  });
});
afterEach(cleanup);

/** A task without a form, or with one that is still being drawn, with its comment box on the page. */
function open(form: object | null = null) {
  const view = {
    task: { id: 't1', revision: 1, name: '审查' },
    case: { title: '一件事' },
    form,
    draft: null,
    scope: {},
    outcomes: [outcome('同意', 'none'), outcome('不同意', 'required')],
  } as unknown as Answer<'task'>;
  let desk: Desk | undefined;
  function Page() {
    desk = useDesk(view);
    return <CommentBox desk={desk} />;
  }
  const page = render(
    <LanguageProvider>
      <SessionProvider>
        <Page />
      </SessionProvider>
    </LanguageProvider>,
  );
  return {
    page,
    desk: () => desk!,
    choose: (index: number) => act(async () => void desk!.submit(desk!.outcomes[index]!.outcome)),
  };
}

test('[PAGE13] an outcome that needs a reason is not sent without one: the cursor goes to the box, which says why', async () => {
  const { page, choose } = open();
  const box = page.getByLabelText('办理意见');
  await choose(1);
  expect(document.activeElement).toBe(box);
  expect(page.container.textContent).toContain('不少于 4 个字');
  expect(sent).toEqual([]);
  await act(async () => void fireEvent.change(box, { target: { value: '材料不齐，请补正' } }));
  expect(page.container.textContent).not.toContain('不少于 4 个字');
  await choose(1);
  expect(sent.filter((address) => address.includes('submit'))).toHaveLength(1);
});

test('[PAGE13] a form that is still being drawn is not sent, and its draft is not emptied', async () => {
  const { desk, choose } = open({
    definition: {
      form: 'f',
      title: '表',
      schema: { type: 'object', properties: { facts: { type: 'string', title: '事实', 'x-component': 'Text' } } },
    },
    values: { facts: '先前写的' },
  });
  await choose(0);
  expect(sent).toEqual([]);
  expect(desk().draft.now()).toEqual({ facts: '先前写的' });
});
