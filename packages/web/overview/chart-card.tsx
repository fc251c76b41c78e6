/** Owns the card of a chart: what it says, its unit, the moment of its figures, and these as a drawing or as a table. */
import { lazy, Suspense, useId, useState } from 'react';
import { clockText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { Bones, Empty } from '../kit/states.tsx';
import { addressOf, type Chart, isEmpty, linesOf } from './chart.ts';
import { MOST_DRAWN } from './drawing.ts';
import { FigureTable } from './figure-table.tsx';

/** The library that draws comes by itself, and only for whoever looks at a drawing. */
const Plot = lazy(() => import('./plot.tsx'));

export function ChartCard({ chart, at }: { chart: Chart; at: number }) {
  const { say } = useSpeech();
  const id = useId();
  const { title, statement, unit, kind } = chart;
  const [asTable, setAsTable] = useState(false);
  const isDrawn = kind !== 'numbers' && !chart.isFilling && !isEmpty(chart);
  return (
    <section className="card chart" aria-labelledby={id}>
      <div className="chart-head">
        <h2 id={id}>{statement || title}</h2>
        {isDrawn && (
          <fieldset className="switch" aria-label={say('overview.how', { title })}>
            {([false, true] as const).map((table) => (
              <button
                key={String(table)}
                type="button"
                aria-pressed={asTable === table}
                onClick={() => setAsTable(table)}
              >
                {say(table ? 'overview.asTable' : 'overview.asChart')}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      <p className="dim">
        {statement && `${title} · `}
        {say('overview.unit', { unit })} · {say('overview.at', { at: clockText(at) })}
      </p>
      <Body chart={chart} asTable={asTable} />
      {chart.rest && <p className="dim">{say('overview.rest', { ...chart.rest })}</p>}
      {chart.participants && !chart.isFilling && <p className="dim">{say('overview.participants')}</p>}
    </section>
  );
}

function Body({ chart, asTable }: { chart: Chart; asTable: boolean }) {
  const { say } = useSpeech();
  if (chart.isFilling) return <p role="status">{say('overview.filling')}</p>;
  if (chart.kind === 'numbers') return <Numbers chart={chart} />;
  if (isEmpty(chart)) return <Empty title={say('overview.empty')}>{say('overview.emptyHint')}</Empty>;
  if (asTable) return <FigureTable chart={chart} />;
  const kinds = linesOf(chart, '').lines.length;
  return (
    <>
      <Suspense fallback={<Bones rows={5} />}>
        <Plot chart={chart} />
      </Suspense>
      {kinds > MOST_DRAWN && !chart.isByMonth && <p className="dim">{say('overview.more', { n: MOST_DRAWN })}</p>}
    </>
  );
}

/** A few figures that need no drawing. */
function Numbers({ chart }: { chart: Chart }) {
  return (
    <ul className="chart-numbers">
      {chart.figures.map((figure) => (
        <li key={figure.key}>
          <Link to={addressOf(figure)}>
            <strong>{figure.value}</strong>
            <span>{figure.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
