/**
 * Owns the figures of an overview: the summaries of ledgers, cut by the rules about rows before anything is added up, and with every figure the
 * conditions under which its ledger lists exactly those rows. No case is looked at. Rules: [OVW2] [OVW4] [SUM2] [SUM4].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { isFaultOfContent } from '@ganwei/core/definition';
import type { Asked } from '@ganwei/release/overviews';
import { byMonth } from '@ganwei/release/sums';
import type { LedgerColumn } from '@ganwei/release/tables';
import { type Admitted, type AdmittedChart, admittedOverview, overviewsFor } from '../catalogue/admitted-overview.ts';
import type { Host } from '../catalogue/host.ts';
import { isFilled, versionOf } from '../catalogue/ledger-version.ts';
import { Sight } from '../catalogue/sight.ts';
import { loadFilling } from '../store/filling.ts';
import type { SlotValue } from '../store/rows.ts';
import { type Figure, figuresOf, together } from '../store/sums.ts';
import { type Chosen, chosenBy, type Filters, filtersFor } from './overview-filters.ts';
import { arranged, choicesOf, grouped, labelIn } from './overview-order.ts';

type ChartView = Answer<'overview'>['charts'][number];
type FigureView = ChartView['figures'][number];

export const overviewList = (host: Host, actor: Actor): Answer<'overviews'> =>
  overviewsFor(host, actor).map(({ overview: { overview, title, description } }) => ({
    key: overview,
    title,
    description,
  }));

export async function overviewView(host: Host, actor: Actor, key: string): Promise<Answer<'overview'>> {
  const { overview, sight, charts } = admittedOverview(host, actor, key);
  const read = reading(host);
  return {
    key,
    title: overview.title,
    description: overview.description,
    at: host.now(),
    charts: await Promise.all(charts.map((admitted) => chartView(host, sight, admitted, read))),
  };
}

/** The figures of a summary; null while the rows of its ledger are being written anew. */
type Read = (ask: Admitted) => Promise<readonly Figure[] | null>;

/** Charts of one page look at the same summaries: each is read once. */
function reading(host: Host): Read {
  const tx = host.store.reader;
  const known = new Map<string, Promise<readonly Figure[] | null>>();
  const figures: Read = async ({ ledger, summary: { index, by, of } }) => {
    if (!isFilled(ledger, await loadFilling(tx, ledger.ledger))) return null;
    const keys = (columns: readonly LedgerColumn[]) => columns.map(({ key }) => key);
    const state = { ledger: ledger.ledger, version: versionOf(ledger) };
    return figuresOf(tx, state, { index, by: keys(by), of: keys(of) });
  };
  return (ask) => {
    const name = `${ask.ledger.ledger}/${ask.summary.index}`;
    const found = known.get(name) ?? figures(ask);
    known.set(name, found);
    return found;
  };
}

async function chartView(host: Host, sight: Sight, { chart, asks }: AdmittedChart, read: Read): Promise<ChartView> {
  const told = await Promise.all(asks.map(async (ask) => ({ ask, figures: await read(ask) })));
  const [{ ask: first }] = told as [(typeof told)[number]];
  const isFilling = told.some(({ figures }) => figures === null);
  const divided: Divided[] = isFilling
    ? []
    : told.map(({ ask, figures }) => divide(host, sight, ask, figures!, ask.part));
  const figures = divided.flatMap((one) => one.figures);
  const parts = chart.parts.length > 0;
  const label = (key: string | undefined): string => (key === undefined || parts ? '' : first.column(key).label);
  return {
    key: chart.key,
    title: chart.title,
    statement: figures.length === 0 ? '' : statement(host, sight, chart.statement, figures, divided),
    unit: chart.unit,
    kind: chart.kind,
    by: label(chart.by),
    split: label(chart.split),
    isByMonth: !parts && byMonth(first.column(chart.by!)),
    isFilling,
    figures,
    rest: parts ? null : (divided[0]?.rest ?? null),
    participants: asks.some(({ ledger }) => ledger.participants),
  };
}

interface Divided {
  figures: FigureView[];
  rest: ChartView['rest'];
  /** of all rows together */
  whole: number;
}

/** What the rows in question are divided into; a part of a chart is one figure of all of them. */
function divide(
  host: Host,
  sight: Sight,
  ask: Admitted,
  all: readonly Figure[],
  part: AdmittedChart['asks'][number]['part'],
): Divided {
  const { asked, ledger, summary } = ask;
  const place = (key: string): number => summary.by.findIndex((column) => column.key === key);
  const conditions = asked.where.map((condition) => chosenBy(condition, ask.column(condition.column), sight));
  const counted = all.filter((figure) => isVisible(ask, figure) && isChosen(conditions, figure, place));
  const number = numberOf(asked, summary.of);
  const whole = counted.reduce<Figure | undefined>((sum, one) => (sum ? together(sum, one) : one), undefined);
  const filters = conditions.flatMap((condition) => condition.filters);
  const head = { ledger: ledger.ledger };
  if (part) {
    const value = whole ? number(whole) : 0;
    const figure = { key: part.key, label: part.label, split: null, splitLabel: '', value, ...head, filters };
    return { figures: [figure], rest: null, whole: value };
  }
  const columns = asked.by.map((key) => ask.column(key));
  const groups = grouped(counted, asked.by.map(place));
  const choices = columns.map((column) => choicesOf(host, column));
  const isAverage = asked.measure !== 'count' && 'average' in asked.measure;
  const { kept, rest } = arranged(groups, { isByMonth: byMonth(columns[0]!), choices, number, isAverage });
  const figures = kept.map((group): FigureView => {
    const [key = null, split = null] = group.values.map((value) => (value === null ? null : String(value)));
    const own = columns.flatMap((column, at) => filtersFor(column, group.values[at] ?? null));
    const label = labelIn(choices[0]!, key);
    const splitLabel = choices[1] ? labelIn(choices[1], split) : '';
    return { key, label, split, splitLabel, value: number(group), ...head, filters: merged(filters, own) };
  });
  return { figures, rest, whole: whole ? number(whole) : 0 };
}

/** A condition on the same column is narrower where the figure itself says it. */
const merged = (conditions: Filters, own: Filters): Filters => {
  const said = new Set(own.map(({ column }) => column));
  return [...conditions.filter(({ column }) => !said.has(column)), ...own];
};

/** [OVW2] As the ledger's pages decide it, over the columns that are summed for it. */
function isVisible({ visible, ledger, summary }: Admitted, figure: Figure): boolean {
  if (visible.all) return true;
  const valueIn = (slot: string): SlotValue => {
    const column = ledger.columns.find((one) => one.slot === slot);
    const at = summary.by.findIndex(({ key }) => key === column?.key);
    return figure.values[at] ?? null;
  };
  return visible.alternatives.some((conditions) =>
    conditions.every(({ slot, value }) => {
      const found = valueIn(slot);
      return found !== null && (value as readonly SlotValue[]).includes(found);
    }),
  );
}

const isChosen = (conditions: readonly Chosen[], figure: Figure, place: (key: string) => number): boolean =>
  conditions.every(({ column, holds }) => holds(figure.values[place(column)] ?? null));

/** What a figure tells of its rows. */
function numberOf({ measure }: Asked, of: readonly LedgerColumn[]): (figure: Figure) => number {
  if (measure === 'count') return ({ n }) => n;
  const key = 'sum' in measure ? measure.sum : measure.average;
  const at = of.findIndex((column) => column.key === key);
  const exact = (number: number): number => Math.round(number * 1e6) / 1e6;
  if ('sum' in measure) return ({ sums }) => exact(sums[at]!);
  return ({ sums, filled }) => (filled[at] ? Math.round((sums[at]! / filled[at]!) * 10) / 10 : 0);
}

/** What the chart says; an expression that fails over these figures leaves it without a statement. */
function statement(
  host: Host,
  sight: Sight,
  text: string,
  figures: readonly FigureView[],
  divided: readonly Divided[],
): string {
  const told = figures.map(({ key, label, splitLabel, value }) => ({
    key: key ?? '',
    label,
    split: splitLabel,
    value,
  }));
  const total = divided.reduce((sum, { whole }) => sum + whole, 0);
  try {
    return new Sight(sight.language, { ...sight.scope, figures: told, total }, sight.world).render(text);
  } catch (error) {
    if (!isFaultOfContent(error)) throw error;
    host.log.warn({ err: error, statement: text }, 'a chart could not say its statement');
    return '';
  }
}
