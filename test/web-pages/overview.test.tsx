// @vitest-environment happy-dom
/** Rules [OVW4] [OVW5]: what a chart of an overview is drawn from, its table, and the way to the rows it counts. */
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Answers } from '../../packages/web/api/answers.tsx';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { Addresses } from '../../packages/web/kit/router.tsx';
import { askedIn } from '../../packages/web/ledger/asked.ts';
import { entriesOf, filtersOf } from '../../packages/web/ledger/filters.tsx';
import { addressOf, type Chart, type Figure } from '../../packages/web/overview/chart.ts';
import { ChartCard } from '../../packages/web/overview/chart-card.tsx';
import { drawingOf, MOST_DRAWN } from '../../packages/web/overview/drawing.ts';
import { FigureTable } from '../../packages/web/overview/figure-table.tsx';
import '../../packages/web/overview/learned.ts';

afterEach(cleanup);

const figure = (key: string | null, value: number, split: string | null = null): Figure => ({
  key,
  label: key === null ? '' : `名称${key}`,
  split,
  splitLabel: split ?? '',
  value,
  ledger: 'REG-02',
  filters: [{ column: 'state', op: 'in', value: [key ?? ''] }],
});

const chart = (more: Partial<Chart>): Chart => ({
  key: 'states',
  title: '进度',
  statement: '共 3 件',
  unit: '件',
  kind: 'bar',
  by: '状态',
  split: '',
  isByMonth: false,
  isFilling: false,
  figures: [figure('甲', 2), figure(null, 1)],
  rest: null,
  participants: false,
  ...more,
});

const shown = (page: React.ReactNode) =>
  render(
    <LanguageProvider>
      <Answers>
        <Addresses>{page}</Addresses>
      </Answers>
    </LanguageProvider>,
  );

test('[OVW4] the address of a figure asks the ledger for its conditions and for counted rows only', () => {
  const address = new URL(addressOf(figure('甲', 2)), 'http://x');
  expect(address.pathname).toBe('/ledgers/REG-02');
  expect(askedIn(address.searchParams)).toEqual({ counted: true, filters: figure('甲', 2).filters });
});

test('[OVW4] an address that is not understood asks nothing of the ledger', () => {
  const asked = (filters: string) => askedIn(new URLSearchParams({ filters })).filters;
  for (const text of [
    '{',
    '3',
    '[{}]',
    '[{"column":"a","op":"drop","value":"x"}]',
    '[{"column":"a","op":"in","value":[{}]}]',
    '[null]',
  ])
    expect(asked(text)).toEqual([]);
  expect(askedIn(new URLSearchParams())).toEqual({ filters: [], counted: false });
});

test('[OVW4] the conditions of a figure stay what they are while others are entered', () => {
  const column = (key: string, type: string, filter: string) =>
    ({ key, label: key, type, filter, sortable: true, shown: true, width: 100, choices: [], total: false }) as never;
  const columns = [
    column('unit', 'text', 'contains'),
    column('result', 'choice', 'choice'),
    column('score', 'number', 'range'),
  ];
  const filters = [
    { column: 'unit', op: 'equals', value: '市住建局' },
    { column: 'result', op: 'empty', value: '' },
    { column: 'score', op: 'from', value: 3 },
    { column: 'score', op: 'to', value: 3 },
  ] as const;
  const entries = entriesOf(columns, filters as never);
  expect(columns.flatMap((one) => filtersOf(one, entries[(one as { key: string }).key]))).toEqual(filters);
});

test('[OVW5] the table behind a chart has every figure as a link to its cases, said in full', () => {
  const { getByRole, getAllByRole } = shown(<FigureTable chart={chart({})} />);
  expect(getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['状态', '数字（件）']);
  expect(getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(['名称甲', '未填写']);
  expect(getByRole('link', { name: '名称甲：2，查看所算的件' }).getAttribute('href')).toContain(
    '/ledgers/REG-02?counted=1',
  );
});

test('[OVW5] a chart of two columns has a column of figures for each kind of the second', () => {
  const figures = [figure('甲', 2, '一'), figure('甲', 1, '二'), figure('乙', 4, '二')];
  const { getAllByRole } = shown(<FigureTable chart={chart({ split: '类', figures })} />);
  expect(getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['状态', '一', '二']);
  expect(
    getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent),
  ).toEqual(['名称甲21', '名称乙04']);
});

test('[OVW5] a card says its statement, its unit and the moment; without figures it says so, and while rows are written it waits', () => {
  const at = Date.parse('2026-09-01T10:32:00+08:00');
  const { container, rerender, queryByRole } = shown(
    <ChartCard chart={chart({ figures: [], statement: '' })} at={at} />,
  );
  expect(container.textContent).toMatch(/^进度单位：件 · 数据截至 10:32没有数据/);
  expect(queryByRole('button', { name: '表' })).toBeNull();
  rerender(
    <LanguageProvider>
      <Answers>
        <Addresses>
          <ChartCard chart={chart({ figures: [], statement: '', isFilling: true })} at={at} />
        </Addresses>
      </Answers>
    </LanguageProvider>,
  );
  expect(container.textContent).toContain('正在汇总');
  expect(container.textContent).not.toContain('没有数据');
});

test('[OVW5] figures beside each other need no drawing: each is a link', () => {
  const { getAllByRole } = shown(<ChartCard chart={chart({ kind: 'numbers', participants: true })} at={0} />);
  expect(getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['2名称甲', '1']);
});

test('[OVW5] a drawing shows a few kinds, knows the figure under each mark, and asks the library for no style of elements', () => {
  const many = Array.from({ length: 30 }, (_, i) => figure(`k${i}`, i));
  const { option } = drawingOf(chart({ figures: many }), '未填写', 'sans') as unknown as {
    option: { series: { data: { figure: Figure }[] }[]; tooltip: object };
  };
  expect(option.series[0]!.data).toHaveLength(MOST_DRAWN);
  expect(option.series[0]!.data[3]!.figure).toBe(many[3]);
  expect(option.tooltip).toMatchObject({ renderMode: 'richText' });
  const months = drawingOf(chart({ figures: many, isByMonth: true, kind: 'line' }), '', 'sans')
    .option as unknown as typeof option;
  expect(months.series[0]!.data).toHaveLength(30);
});
