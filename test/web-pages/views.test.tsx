// @vitest-environment happy-dom
/** Rule [PAGE52]: a saved view is shown as it was saved, and its conditions can be changed further. */
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Answers } from '../../packages/web/api/answers.tsx';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { entriesOf, filtersOf } from '../../packages/web/ledger/filters.tsx';
import { type SavedView, Views } from '../../packages/web/ledger/views.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const column = (key: string, type: string, filter: string) =>
  ({ key, label: key, type, filter, sortable: true, shown: true, width: 100, choices: [], total: false }) as never;
const COLUMNS = [
  column('title', 'text', 'contains'),
  column('number', 'text', 'equals'),
  column('state', 'choice', 'choice'),
  column('on', 'date', 'range'),
  column('loss', 'money', 'range'),
];

test('[PAGE52] conditions that were saved come back into the controls, and from them the same conditions', () => {
  const entries = {
    title: { text: '管网' },
    number: { text: 'RC-1' },
    state: { values: ['a', 'b'] },
    on: { from: '2026-09-01', to: '2026-09-30' },
    loss: { from: 3 },
  };
  const filters = COLUMNS.flatMap((one) => filtersOf(one, entries[(one as { key: keyof typeof entries }).key]));
  expect(filters).toHaveLength(6);
  expect(entriesOf(COLUMNS, filters)).toEqual(entries);
  expect(entriesOf(COLUMNS, [{ column: 'gone', op: 'in', value: ['x'] }])).toEqual({});
});

test('[PAGE52] what is shown is saved under a name, listed, and chosen again', async () => {
  const sent: unknown[] = [];
  let views: SavedView[] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    if (init.method !== 'PUT') return Response.json(views);
    const body = JSON.parse(String(init.body));
    sent.push(body);
    views = [{ ...body, id: 'v1' }];
    return Response.json({ id: 'v1' });
  });
  const shown = { columns: ['title'], filters: [], sort: { column: 'number', descending: true } };
  const chosen: SavedView[] = [];
  const { getByText, findByLabelText, findByRole } = render(
    <LanguageProvider>
      <Answers>
        <Views ledger="REG" shown={shown} onChoose={(view) => chosen.push(view)} />
      </Answers>
    </LanguageProvider>,
  );
  await act(async () => getByText('保存视图').click());
  fireEvent.change(await findByLabelText('名称'), { target: { value: ' 在办 ' } });
  const dialog = await findByRole('dialog');
  await act(async () => [...dialog.querySelectorAll('button')].find((one) => one.textContent === '保存视图')!.click());
  expect(sent).toEqual([{ ...shown, name: '在办' }]);
  await findByLabelText('我的视图');
  expect(getByText('在办')).toBeDefined();
});
