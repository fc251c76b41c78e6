/** Owns a flow drawn to be looked at, with whatever marks are put on it: loaded when a page shows one. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type Canvas from 'diagram-js/lib/core/Canvas';
import { useEffect, useRef, useState } from 'react';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';

export interface Drawn {
  canvas: Canvas;
  has(id: string): boolean;
  /** a small text at the upper right corner of an element, or in the middle of a flow */
  badge(id: string, text: string): void;
  /** the sub-processes around an element, each drawn on the plane of the next */
  around(id: string): string[];
  /** goes to where an element is drawn */
  show(id: string): void;
}

interface Props {
  source: string;
  label: string;
  /** the same function as long as the marks are the same */
  mark?: ((drawn: Drawn) => void) | undefined;
}

/** What cannot be drawn is left out: whoever shows it says the same in words. */
export default function Drawing({ source, label, mark }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    let there = true;
    const viewer = new NavigatedViewer({ container: box.current });
    viewer.importXML(source).then(
      () => {
        if (!there) return;
        const drawn = drawnIn(viewer);
        mark?.(drawn);
        drawn.canvas.zoom('fit-viewport', 'auto' as never);
      },
      () => setFailed(there),
    );
    return () => {
      there = false;
      viewer.destroy();
    };
  }, [source, mark]);
  if (failed) return null;
  return <section ref={box} className="diagram-canvas" aria-label={label} />;
}

interface Shape {
  waypoints?: readonly { x: number; y: number }[];
}

/** Places on a flow are reckoned from the upper left corner of the box around it. */
function placeOf(shape: Shape | undefined): { top: number; right: number } | { top: number; left: number } {
  const points = shape?.waypoints;
  const [one, other] = points ? [points[0], points[1]] : [];
  if (!points || !one || !other) return { top: -10, right: 14 };
  const left = (one.x + other.x) / 2 - Math.min(...points.map(({ x }) => x));
  const top = (one.y + other.y) / 2 - Math.min(...points.map(({ y }) => y));
  return { top: top - 9, left: left - 14 };
}

function drawnIn(viewer: NavigatedViewer): Drawn {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<{ get(id: string): Shape | undefined }>('elementRegistry');
  const overlays = viewer.get<{ add(id: string, overlay: object): void }>('overlays');
  const around = (id: string): string[] => {
    const drawnOn = canvas.findRoot(id) as { businessObject?: { $type: string; id: string } } | null;
    const phase = drawnOn?.businessObject;
    return phase?.$type === 'bpmn:SubProcess' ? [phase.id, ...around(phase.id)] : [];
  };
  return {
    canvas,
    has: (id) => registry.get(id) !== undefined,
    badge(id, text) {
      const html = document.createElement('span');
      html.className = 'drawn-badge';
      html.textContent = text;
      overlays.add(id, { position: placeOf(registry.get(id)), html });
    },
    around,
    show(id) {
      const plane = canvas.findRoot(id);
      if (plane) canvas.setRootElement(plane);
    },
  };
}
