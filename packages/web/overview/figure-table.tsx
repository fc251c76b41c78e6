/** Owns the table behind a chart: every figure of it, each a link to the rows that were counted. */
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { addressOf, type Chart, linesOf } from './chart.ts';

export function FigureTable({ chart }: { chart: Chart }) {
  const { say } = useSpeech();
  const { lines, series } = linesOf(chart, say('overview.blank'));
  const head =
    chart.by === '' ? say('overview.part') : chart.isByMonth ? say('overview.month', { label: chart.by }) : chart.by;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
    <section className="chart-table" aria-label={chart.title} tabIndex={0}>
      <table aria-label={chart.title}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {series.map((name) => (
              <th key={name} scope="col" className="number">
                {name || say('overview.value', { unit: chart.unit })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, figures }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {figures.map((figure, index) => (
                <td key={series[index]} className="number">
                  {figure ? (
                    <Link
                      to={addressOf(figure)}
                      aria-label={say('overview.open', {
                        label: [label, series[index]].filter(Boolean).join('，'),
                        value: figure.value,
                      })}
                    >
                      {figure.value}
                    </Link>
                  ) : (
                    0
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
