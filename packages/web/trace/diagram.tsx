/** Owns the picture of the flow: what is finished, where it stands, which ways were taken. The bpmn.io logo stays where it is. */
import { FullscreenOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type Canvas from 'diagram-js/lib/core/Canvas';
import { useEffect, useRef, useState } from 'react';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';
import type { Answer } from '@ganwei/core/contract';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Loading } from '../kit/states.tsx';
import './diagram-words.ts';

export default function Diagram({ caseId }: { caseId: string }) {
  const diagram = useLoad('diagram', { params: { id: caseId } });
  return <Loading of={diagram}>{(data) => <Drawn diagram={data} />}</Loading>;
}

const LEGEND = ['finished', 'current', 'taken', 'ahead'] as const;

function Drawn({ diagram }: { diagram: Answer<'diagram'> }) {
  const { say } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const figure = useRef<HTMLElement>(null);
  const viewer = useRef<NavigatedViewer>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const drawn = new NavigatedViewer({ container: box.current });
    viewer.current = drawn;
    drawn.importXML(diagram.xml).then(
      () => {
        if (viewer.current !== drawn) return;
        mark(drawn, diagram);
        showCurrent(drawn, diagram);
      },
      () => setFailed(viewer.current === drawn),
    );
    return () => {
      viewer.current = null;
      drawn.destroy();
    };
  }, [diagram]);
  const zoom = (by: number | 'fit-viewport') => {
    const canvas = viewer.current?.get<Canvas>('canvas');
    canvas?.zoom(by === 'fit-viewport' ? by : canvas.zoom() * by);
  };
  const here = () => viewer.current && showCurrent(viewer.current, diagram);
  if (failed) return <p className="note note-error">{say('diagram.failed')}</p>;
  return (
    <figure ref={figure} className="diagram">
      <div className="diagram-tools">
        <Button size="small" icon={<PlusOutlined />} aria-label={say('diagram.in')} onClick={() => zoom(1.25)} />
        <Button size="small" icon={<MinusOutlined />} aria-label={say('diagram.out')} onClick={() => zoom(0.8)} />
        <Button size="small" onClick={() => zoom('fit-viewport')}>
          {say('diagram.fit')}
        </Button>
        <Button size="small" onClick={here}>
          {say('diagram.here')}
        </Button>
        {document.fullscreenEnabled && (
          <Button
            size="small"
            icon={<FullscreenOutlined />}
            aria-label={say('diagram.full')}
            onClick={() => void figure.current?.requestFullscreen()}
          />
        )}
      </div>
      <section ref={box} className="diagram-canvas" aria-label={say('diagram.label')} />
      <figcaption className="legend">
        {LEGEND.map((key) => (
          <span key={key}>
            <i className={`legend-${key}`} />
            {say(`diagram.${key}`)}
          </span>
        ))}
        <span className="dim">{say('diagram.hint')}</span>
      </figcaption>
    </figure>
  );
}

function mark(viewer: NavigatedViewer, { finished, current, taken }: Answer<'diagram'>): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<{ get(id: string): unknown }>('elementRegistry');
  const add = (ids: readonly string[], name: string) => {
    for (const id of ids) if (registry.get(id)) canvas.addMarker(id, name);
  };
  add(finished, 'at-finished');
  add(taken, 'at-taken');
  add(current, 'at-current');
  for (const id of current) if (registry.get(id)) add(phasesAround(canvas, id), 'at-current');
}

/** The sub-processes around a step, each drawn collapsed on the plane of the next: where it stands can be seen from outside as well. */
function phasesAround(canvas: Canvas, id: string): string[] {
  const drawnOn = canvas.findRoot(id) as { businessObject?: { $type: string; id: string } } | null;
  const phase = drawnOn?.businessObject;
  return phase?.$type === 'bpmn:SubProcess' ? [phase.id, ...phasesAround(canvas, phase.id)] : [];
}

/** Scale at which names can be read. */
const READABLE = 0.75;

/** Goes into the phase of the step in progress. Drawn whole a long flow is a line of dots: the step stands in the middle instead, at a readable size. */
function showCurrent(viewer: NavigatedViewer, { current, finished }: Answer<'diagram'>): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<{ get(id: string): { x: number; y: number; width: number; height: number } | undefined }>(
    'elementRegistry',
  );
  const id = [...current, ...finished.toReversed()].find((one) => registry.get(one) !== undefined);
  const shape = id === undefined ? undefined : registry.get(id);
  const plane = id === undefined ? null : canvas.findRoot(id);
  if (plane) canvas.setRootElement(plane);
  canvas.zoom('fit-viewport');
  if (!shape || canvas.zoom() >= READABLE) return;
  canvas.zoom(READABLE);
  const { width, height } = canvas.viewbox();
  const middle = { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}
