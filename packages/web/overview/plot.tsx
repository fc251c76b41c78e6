/**
 * Owns the drawing of a chart by ECharts, of which only the needed parts are loaded, and only with a drawing. A click on a part leads to its rows; whoever
 * does not use a mouse has the table. On a canvas, because the policy of the pages forbids styles written into elements.
 */
import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { navigate } from '../kit/router.tsx';
import { addressOf, type Chart } from './chart.ts';
import { drawingOf, type Mark } from './drawing.ts';

use([BarChart, LineChart, PieChart, FunnelChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export default function Plot({ chart }: { chart: Chart }) {
  const { say } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const blank = say('overview.blank');
  const { option, height } = useMemo(
    () => drawingOf(chart, blank, getComputedStyle(document.body).fontFamily),
    [chart, blank],
  );
  useEffect(() => {
    if (!place.current) return;
    const drawn = init(place.current, undefined, { renderer: 'canvas' });
    drawn.setOption({ animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches, ...option });
    const stop = followed(drawn, place.current);
    return () => {
      stop();
      drawn.dispose();
    };
  }, [option]);
  return (
    <div
      ref={place}
      className="chart-drawing"
      role="img"
      aria-label={chart.statement || chart.title}
      style={{ height }}
    />
  );
}

/** Clicks, and the size of its place; gives back how to end it. */
function followed(drawn: EChartsType, place: HTMLElement): () => void {
  drawn.on('click', ({ data }) => {
    const { figure } = (data ?? {}) as Partial<Mark>;
    if (figure) navigate(addressOf(figure));
  });
  const watch = new ResizeObserver(() => drawn.resize());
  watch.observe(place);
  return () => watch.disconnect();
}
