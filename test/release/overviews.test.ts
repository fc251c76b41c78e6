/** What a ledger says it is summed by, and what an overview may consist of. Rules: [OVW1] [OVW3] [SUM1]. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DefinitionError } from '@ganwei/core/definition';
import { readOverview } from '@ganwei/release/overviews';
import { summariesOf, summaryFor } from '@ganwei/release/sums';
import { readLedger } from '@ganwei/release/tables';
import { expect, test } from 'vitest';
import { language } from './mutants.ts';

type Json = ReturnType<typeof JSON.parse>;

const text = (file: string): string => readFileSync(path.join(import.meta.dirname, 'base/forms', file), 'utf8');
const edited = (file: string, edit: (json: Json) => void): string => {
  const json = JSON.parse(text(file));
  edit(json);
  return JSON.stringify(json);
};
const problemsOf = (read: () => unknown): string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map(({ message }) => message);
  }
};
const overview = (edit: (json: Json) => void) =>
  problemsOf(() => readOverview(edited('overviews/loans.overview.json', edit), language));
const ledger = (edit: (json: Json) => void) =>
  problemsOf(() => readLedger(edited('ledgers/loans.ledger.json', edit), language));

test('[OVW1] an overview has one to six charts, each of its own name', () => {
  expect(overview(() => undefined)).toEqual([]);
  expect(overview((json) => (json.charts = []))).toHaveLength(1);
  const more = (n: number) =>
    overview((json) => (json.charts = Array.from({ length: n }, (_, i) => ({ ...json.charts[0], key: `k${i}` }))));
  expect(more(6)).toEqual([]);
  expect(more(7)).toHaveLength(1);
  expect(overview((json) => (json.charts[1].key = 'urgency'))).toEqual(['图的标识「urgency」重复']);
});

test.each<[string, (json: Json) => void]>([
  ['写明台账 ledger 和所按的列 by，或者写 parts', (json) => delete json.charts[0].by],
  ['漏斗和数字用 parts 写各项', (json) => (json.charts[0].kind = 'funnel')],
  ['饼图不能再分', (json) => (json.charts[0].split = 'lentOn')],
  ['平均值不能画成饼图', (json) => (json.charts[0].measure = { average: 'deposit' })],
  ['写了 parts 的图不再写 ledger、by、split', (json) => (json.charts[2].ledger = 'loans')],
  ['写了 parts 的图用 bar、funnel 或 numbers', (json) => (json.charts[2].kind = 'pie')],
  ['条件写 in，或者写 from、to，二者取一', (json) => (json.charts[0].where[0].in = '[]')],
  ['parts 里的标识重复', (json) => json.charts[2].parts.push(json.charts[2].parts[0])],
])('[OVW1] %s', (message, edit) => {
  expect(overview(edit)).toEqual([message]);
});

test('[OVW1] expressions of an overview that cannot be read are told with their chart', () => {
  expect(overview((json) => (json.who = 'some r in'))).toHaveLength(1);
  expect(overview((json) => (json.charts[0].statement = '共 {= total + } 件'))).toHaveLength(1);
  expect(overview((json) => (json.charts[0].where[0].from = 'date('))).toHaveLength(1);
});

test('[SUM1] a ledger is summed by columns that have a slot, of numbers that have one; records have no rows', () => {
  expect(ledger(() => undefined)).toEqual([]);
  expect(ledger((json) => (json.sums[0].by = ['nothing']))).toEqual(['汇总所按的列「nothing」不存在或没有索引位']);
  expect(ledger((json) => (json.sums[0].of = ['urgency']))).toEqual(['合计的列「urgency」没有数字索引位']);
  expect(ledger((json) => (json.source = { kind: 'record', form: 'loan.inspection-note' }))).toEqual([
    '登记的记录没有行，不能汇总',
  ]);
});

test('[OVW3] every summary counts by the columns that the rules about rows compare, though nobody wrote them down', () => {
  const loans = readLedger(text('ledgers/loans.ledger.json'), language);
  expect(summariesOf(loans).map(({ by }) => by.map(({ key }) => key))).toEqual([['urgency', 'lentOn', 'organ']]);
  expect(summaryFor(loans, ['urgency'], ['deposit'])?.index).toBe(0);
  expect(summaryFor(loans, ['number'], [])).toBeUndefined();
});
