/** Owns dragging by pointer: something is held once the pointer has gone a little way, a mark says where it would fall, Escape lets go of it. Rule: [FDS11]. */

import type { ComponentName } from '@ganwei/form/components';
import { fresh, insert, move } from '@ganwei/form/edit';
import { componentOf } from '@ganwei/form/node';
import { type Address, isWithin, mayStand, nodeAt } from '@ganwei/form/places';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import { type Drop, dropAt, type Point } from './picking.ts';

/** What is held: nodes of the form, or something new. */
export type Held = { readonly ats: readonly Address[] } | { readonly component: ComponentName };

/** Pixels before a press becomes a drag. */
const SLACK = 5;
/** Pixels from the edge of the canvas at which it scrolls, and by how much. */
const EDGE = 36;
const PACE = 14;

export interface Dragging {
  readonly drop: Drop | undefined;
  readonly holding: boolean;
  begin(held: Held, event: ReactPointerEvent): void;
}

export function useDragging(canvas: RefObject<HTMLElement | null>): Dragging {
  const designing = useDesigning();
  const { say } = useSpeech();
  const now = useRef({ designing, say });
  now.current = { designing, say };
  const [state, setState] = useState<{ drop: Drop | undefined; holding: boolean }>({ drop: undefined, holding: false });
  const begin = useCallback(
    (held: Held, event: ReactPointerEvent) => {
      const from: Point = { x: event.clientX, y: event.clientY };
      let holding = false;
      let drop: Drop | undefined;
      let frame = 0;
      const look = (point: Point) => {
        const { form } = now.current.designing;
        if (!canvas.current) return;
        scrollAtEdge(canvas.current, point);
        drop = dropAt(canvas.current, form, point, (into) => mayFall(form, held, into));
        setState({ drop, holding: true });
      };
      const moved = ({ clientX: x, clientY: y }: PointerEvent) => {
        holding ||= Math.hypot(x - from.x, y - from.y) > SLACK;
        if (!holding) return;
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => look({ x, y }));
      };
      const end = (fall: boolean) => {
        cancelAnimationFrame(frame);
        controller.abort();
        setState({ drop: undefined, holding: false });
        if (fall && holding && drop) put(held, drop);
      };
      const put = (what: Held, { spot }: Drop) => {
        const { designing: at, say: tell } = now.current;
        if ('ats' in what) at.act(tell('formDesign.did.move'), move(at.form, what.ats, spot));
        else
          at.act(
            tell('formDesign.did.insert'),
            insert(at.form, [fresh(what.component, at.dictionaries[0]?.value)], spot),
          );
      };
      const controller = new AbortController();
      const { signal } = controller;
      window.addEventListener('pointermove', moved, { signal });
      window.addEventListener(
        'pointerup',
        ({ clientX: x, clientY: y }) => {
          if (holding) look({ x, y });
          end(true);
        },
        { signal },
      );
      window.addEventListener('pointercancel', () => end(false), { signal });
      window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal });
    },
    [canvas],
  );
  return { ...state, begin };
}

function mayFall(form: Parameters<typeof mayStand>[0], held: Held, into: Address): boolean {
  if ('component' in held) return mayStand(form, held.component, into);
  return held.ats.every((at) => {
    const node = nodeAt(form, at);
    return node && into !== at && !isWithin(into, at) && mayStand(form, componentOf(node), into);
  });
}

function scrollAtEdge(canvas: HTMLElement, { y }: Point): void {
  const { top, bottom } = canvas.getBoundingClientRect();
  if (y < top + EDGE) canvas.scrollBy(0, -PACE);
  else if (y > bottom - EDGE) canvas.scrollBy(0, PACE);
}
