/**
 * Owns the definition of an overview (概览): a page of a few charts, each with a statement, over the summaries of ledgers (sums.ts). A chart divides
 * the rows of one ledger by a column, or puts figures of several beside each other. Who sees which rows is the ledgers' to say, never an overview's.
 * Every FEEL text is compiled when it is read. Rules: [OVW1] [OVW2].
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { compileExpression, compileTemplate, FeelError, type Language } from '@ganwei/feel/compile';
import { z } from 'zod';
import { readSource } from './tables.ts';

const Key = z.string().regex(/^[A-Za-z][\w-]{0,60}$/);

/** Rows whose column has one of these values; of dates, from the month of one day to that of another. */
const Condition = z.strictObject({
  column: Key,
  in: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type Condition = z.output<typeof Condition>;

const Measure = z.union([z.literal('count'), z.strictObject({ sum: Key }), z.strictObject({ average: Key })]);
export type Measure = z.output<typeof Measure>;

const Part = z.strictObject({
  key: Key,
  label: z.string().min(1),
  ledger: Key,
  where: z.array(Condition).max(5).default([]),
  measure: Measure.default('count'),
});
export type Part = z.output<typeof Part>;

const Chart = z.strictObject({
  key: Key,
  /** what is shown, without a figure */
  title: z.string().min(1),
  /** what it says: a text with `{= … }` over `figures`, `total` and `today` */
  statement: z.string().min(1),
  unit: z.string().min(1),
  kind: z.enum(['bar', 'line', 'pie', 'funnel', 'numbers']),
  ledger: Key.optional(),
  by: Key.optional(),
  split: Key.optional(),
  where: z.array(Condition).max(5).default([]),
  measure: Measure.default('count'),
  /** figures beside each other, instead of `ledger` and `by` */
  parts: z.array(Part).max(8).default([]),
});
export type Chart = z.output<typeof Chart>;

/** Charts of a page: more are not looked at. */
const MOST_CHARTS = 6;

const OverviewSource = z.strictObject({
  overview: Key,
  title: z.string().min(1),
  description: z.string().default(''),
  order: z.number().int().default(100),
  /** who is offered it: FEEL boolean over `actor` */
  who: z.string(),
  charts: z.array(Chart).min(1).max(MOST_CHARTS),
});
export type Overview = z.output<typeof OverviewSource>;

/** Throws DefinitionError naming the chart. */
export function readOverview(source: string, language: Language): Overview {
  const overview = readSource(OverviewSource, source);
  const problems: Problem[] = [];
  const report = (element: string, message: string, rule = 'overview'): void => {
    problems.push({ severity: 'error', rule, element, message });
  };
  const check = (element: string, compile: () => unknown): void => {
    try {
      compile();
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      report(element, error.message, 'feel');
    }
  };
  check('who', () => compileExpression(overview.who, language));
  const seen = new Set<string>();
  for (const chart of overview.charts) {
    if (seen.has(chart.key)) report(chart.key, `图的标识「${chart.key}」重复`);
    seen.add(chart.key);
    check(chart.key, () => compileTemplate(chart.statement, language));
    for (const { in: among, from, to } of [chart, ...chart.parts].flatMap(({ where }) => where)) {
      if ((among === undefined) === (from === undefined && to === undefined))
        report(chart.key, '条件写 in，或者写 from、to，二者取一');
      for (const text of [among, from, to])
        if (text !== undefined) check(chart.key, () => compileExpression(text, language));
    }
    const wrong = misshapen(chart);
    if (wrong) report(chart.key, wrong);
  }
  if (problems.length > 0) throw new DefinitionError(problems);
  return overview;
}

/** What is wrong with the parts of a chart, in words. */
function misshapen({ kind, ledger, by, split, where, measure, parts }: Chart): string | undefined {
  if (parts.length > 0) {
    if (ledger ?? by ?? split) return '写了 parts 的图不再写 ledger、by、split';
    if (where.length > 0 || measure !== 'count') return '条件和所计写在 parts 的各项里';
    if (kind === 'line' || kind === 'pie') return '写了 parts 的图用 bar、funnel 或 numbers';
    const keys = parts.map(({ key }) => key);
    return new Set(keys).size < keys.length ? 'parts 里的标识重复' : undefined;
  }
  if (!ledger || !by) return '写明台账 ledger 和所按的列 by，或者写 parts';
  if (kind === 'funnel' || kind === 'numbers') return '漏斗和数字用 parts 写各项';
  if (kind === 'pie' && split) return '饼图不能再分';
  if (kind === 'pie' && measure !== 'count' && 'average' in measure) return '平均值不能画成饼图';
  return undefined;
}

/** The column whose numbers are added up. */
export const measured = (measure: Measure): string[] =>
  measure === 'count' ? [] : ['sum' in measure ? measure.sum : measure.average];

/** Each figure or division of a chart, as it asks a ledger. */
export interface Asked {
  ledger: string;
  /** the columns it divides by */
  by: readonly string[];
  where: readonly Condition[];
  measure: Measure;
}

export function askedBy({ ledger, by, split, where, measure, parts }: Chart): Asked[] {
  if (parts.length > 0) return parts.map((part) => ({ ...part, by: [] }));
  return [{ ledger: ledger!, by: [by!, ...(split ? [split] : [])], where, measure }];
}
