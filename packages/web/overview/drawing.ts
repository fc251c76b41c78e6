/** Owns how a chart is drawn: its figures as the library's settings, in the colours of the pages. Knows no library but by its words. */
import { type Chart, type Figure, linesOf } from './chart.ts';

/** Kinds that are drawn: with more of them nobody tells one from the other. */
export const MOST_DRAWN = 16;

/** All meet AA contrast on white, and are told apart by whoever sees few colours. */
const COLOURS = ['#0958d9', '#ad4e00', '#237804', '#722ed1', '#08979c', '#b42318', '#595959', '#ad8b00'];
const TEXT = '#1f1f1f';
const LINE = '#e0e3e8';

/** A part of a drawing that can be clicked. */
export interface Mark {
  name: string;
  value: number;
  figure: Figure | undefined;
}

export interface Drawing {
  /** as the library takes it */
  option: Record<string, unknown>;
  height: number;
}

export function drawingOf(chart: Chart, blank: string, font: string): Drawing {
  const { lines, series } = linesOf(chart, blank);
  const shown = chart.isByMonth ? lines : lines.slice(0, MOST_DRAWN);
  const marks = (at: number): Mark[] =>
    shown.map(({ label, figures }) => ({ name: label, value: figures[at]?.value ?? 0, figure: figures[at] }));
  const plain = {
    color: COLOURS,
    textStyle: { fontFamily: font, color: TEXT, fontSize: 13 },
    // a tooltip of elements would need styles that the policy of the pages forbids
    tooltip: { trigger: 'item', renderMode: 'richText', confine: true },
    aria: { enabled: false },
  };
  if (chart.kind === 'pie' || chart.kind === 'funnel')
    return { option: { ...plain, series: [roundOf(chart.kind, marks(0))] }, height: 280 };
  const isUpright = chart.kind === 'line' || chart.isByMonth;
  const names = {
    type: 'category',
    data: shown.map(({ label }) => label),
    axisTick: { show: false },
    axisLabel: { color: TEXT, ...(!isUpright && { width: 120, overflow: 'truncate' }) },
  };
  const numbers = {
    type: 'value',
    minInterval: chart.kind === 'line' ? undefined : 1,
    splitLine: { lineStyle: { color: LINE } },
    axisLabel: { color: TEXT },
  };
  const legend = series.length > 1;
  const drawn = series.map((name, at) => ({
    type: chart.kind === 'line' ? 'line' : 'bar',
    ...(name && { name }),
    ...(legend && chart.kind === 'bar' && { stack: 'all' }),
    barMaxWidth: 28,
    symbolSize: 9,
    label: { show: !legend, position: isUpright ? 'top' : 'right', color: TEXT },
    data: marks(at),
  }));
  return {
    option: {
      ...plain,
      ...(legend && { legend: { bottom: 0, type: 'scroll' } }),
      grid: { left: 4, right: 36, top: 24, bottom: legend ? 36 : 4, outerBoundsMode: 'same' },
      xAxis: isUpright ? names : numbers,
      yAxis: isUpright ? numbers : { ...names, inverse: true },
      series: drawn,
    },
    height: isUpright ? 280 : Math.max(160, shown.length * 32 + 60),
  };
}

/** Pie and funnel: every part says its name and its number. */
const roundOf = (type: 'pie' | 'funnel', data: readonly Mark[]) => ({
  type,
  data: data.filter(({ value }) => type === 'funnel' || value > 0),
  label: {
    color: type === 'funnel' ? '#fff' : TEXT,
    formatter: '{b} {c}',
    ...(type === 'funnel' && { position: 'inside' }),
  },
  ...(type === 'pie'
    ? { radius: ['36%', '62%'] }
    : { sort: 'none', gap: 4, left: 8, right: 8, top: 8, bottom: 8, minSize: '40%' }),
});
