/**
 * Owns overview-charts: what the charts of an overview count stands in a ledger, is summed there together, can be filtered for, so that every figure
 * leads to its rows, and is of the type that it is compared with; the statements use what there is.
 */
import { misfit } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { BOOLEAN, contextOf, DATE, listOf, NUMBER, printType, STRING, type Type } from '@ganwei/feel/type';
import { type Asked, askedBy, type Condition, measured, type Overview } from '../overviews.ts';
import { withNames } from '../scope/environment.ts';
import { known } from '../scope/known.ts';
import { columnScope, lookingScope } from '../scope/ledgers.ts';
import { byMonth, summaryFor } from '../sums.ts';
import type { Ledger, LedgerColumn } from '../tables.ts';
import { asking, checkOf, lacking, parsed, type Subject } from './check.ts';

export const overviewCharts = checkOf('overview-charts', 'overview', (subject) => {
  const { release, value: overview } = subject;
  const looking = lookingScope(release);
  asking(subject, 'who').expression('谁可以看', overview.who, looking, BOOLEAN);
  for (const chart of overview.charts) {
    asking(subject, chart.key).text('所说的话', chart.statement, saying(looking));
    for (const asked of askedBy(chart)) checkAsked(subject, chart.key, asked, looking);
    if (chart.kind === 'line') checkLine(subject, chart);
  }
});

/** What a statement speaks of. */
const FIGURE = contextOf([
  ['key', STRING],
  ['label', STRING],
  ['split', STRING],
  ['value', NUMBER],
]);

const saying = (looking: Environment): Environment => ({
  ...withNames(looking, [
    ['figures', listOf(FIGURE)],
    ['total', NUMBER],
  ]),
});

function checkAsked(subject: Subject<Overview>, element: string, asked: Asked, looking: Environment): void {
  const { release, report } = subject;
  const say = (message: string): void => report({ element, message });
  const ledger = release.ledger(asked.ledger);
  if (!ledger) {
    report({ element, ...lacking(asked.ledger, release.keys('ledger'), { what: '台账' }) });
    return;
  }
  const by = [...asked.by, ...asked.where.map(({ column }) => column)];
  const of = measured(asked.measure);
  const unknown = [...by, ...of].filter((key) => !ledger.columns.some((column) => column.key === key));
  const keys = ledger.columns.map(({ key }) => key);
  for (const key of unknown) report({ element, ...lacking(key, keys, { what: `台账「${ledger.title}」的列` }) });
  if (unknown.length > 0) return;
  if (!summaryFor(ledger, by, of))
    say(`台账「${ledger.title}」没有把列「${[...new Set([...by, ...of])].join('、')}」汇总在一起（sums）`);
  for (const key of new Set(by)) {
    const column = ledger.columns.find((one) => one.key === key)!;
    if (column.filter === 'none' || column.who) say(`列「${column.label}」不能筛选，数字点不开台账`);
  }
  for (const condition of asked.where) checkCondition(subject, element, { ledger, condition }, looking);
}

function checkCondition(
  subject: Subject<Overview>,
  element: string,
  { ledger, condition }: { ledger: Ledger; condition: Condition },
  looking: Environment,
): void {
  const ask = asking(subject, element);
  const column = ledger.columns.find(({ key }) => key === condition.column)!;
  const say = (message: string): void => subject.report({ element, message: `条件：列「${column.label}」${message}` });
  if (byMonth(column) !== (condition.in === undefined)) {
    say(byMonth(column) ? '用 from、to' : '用 in');
    return;
  }
  if (column.slot?.startsWith('n')) say('是数字，条件只用文字和日期的列');
  ask.expression('从', condition.from, looking, DATE);
  ask.expression('到', condition.to, looking, DATE);
  if (condition.in === undefined) return;
  const given = ask.expression('条件', condition.in, looking);
  const item = given.kind === 'list' ? given.item : given;
  const type = typeOf(subject, ledger, column);
  const wrong = misfit(item, type);
  if (wrong?.kind === 'type' && misfit(type, item)) say(`是${printType(type)}，给的是${printType(item)}，永远不会相等`);
  if (wrong?.kind === 'value') say(`永远不会是「${wrong.value}」`);
}

function typeOf({ release }: Subject<Overview>, ledger: Ledger, column: LedgerColumn): Type {
  const scope = columnScope(release, ledger, known(release));
  return parsed(() => inferExpression(column.value, release.language, scope).type) ?? STRING;
}

function checkLine({ release, report }: Subject<Overview>, { key, ledger, by }: Overview['charts'][number]): void {
  const column = release.ledger(ledger ?? '')?.columns.find((one) => one.key === by);
  if (column && !byMonth(column)) report({ element: key, message: `折线图按月份画，列「${column.label}」不是日期` });
}
