/** Owns the canvas: the form as staff see it, with what is selected, what is wrong and where something would fall marked on it. Rules: [FDS10] [FDS11]. */
import { childrenOf, keysOf } from '@ganwei/form/places';
import { type PointerEvent, type RefObject, useEffect, useMemo } from 'react';
import type { FormSources } from '../../binding/sources.ts';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import type { Dragging } from './dragging.ts';
import type { Fillers } from './drawable.ts';
import type { Marks } from './marks.ts';
import { titleOf } from './names.ts';
import { nodeAtPoint, resolved } from './picking.ts';
import { Piece } from './piece.tsx';
import '../../binding/binding.css';

export interface CanvasProps {
  box: RefObject<HTMLDivElement | null>;
  marks: Marks;
  sources: FormSources;
  dragging: Dragging;
  onKeyDown(event: React.KeyboardEvent): void;
}

export function Canvas({ box, marks, sources, dragging, onKeyDown }: CanvasProps) {
  const { form, selected, select, readOnly, language, places } = useDesigning();
  const { say } = useSpeech();
  const fillers = useMemo<Fillers>(
    () => ({
      empty: say('formDesign.emptyContainer'),
      undrawn: (key, reason) => say(reason ? 'formDesign.undrawn' : 'formDesign.undrawnPlain', { key, reason }),
    }),
    [say],
  );
  const last = selected.at(-1) ?? '';
  useEffect(() => {
    const slot = last && box.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(last)}"]`);
    if (slot) slot.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }, [last, box]);
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !box.current) return;
    const found = nodeAtPoint(box.current, { x: event.clientX, y: event.clientY });
    const at = found === undefined ? undefined : resolved(form, found);
    if (at === undefined) return select([]);
    const several = event.ctrlKey || event.metaKey || event.shiftKey;
    if (several) return select(selected.includes(at) ? selected.filter((one) => one !== at) : [...selected, at]);
    const ats = selected.includes(at) ? selected : [at];
    select(ats);
    if (!readOnly) dragging.begin({ ats }, event);
  };
  const children = childrenOf(form);
  const spoken = places.find(({ at }) => at === last);
  return (
    <div
      ref={box}
      className={dragging.holding ? 'fd-canvas fd-holding' : 'fd-canvas'}
      role="application"
      aria-label={say('formDesign.canvas')}
      aria-description={say('formDesign.canvasKeys')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved about in by keys
      tabIndex={0}
      onPointerDown={press}
      onKeyDown={onKeyDown}
    >
      <div className="gw-form" inert>
        <div className="gw-grid gw-columns-2">
          {children.map(([key, node]) => (
            <Piece
              key={key}
              name={key}
              node={node}
              language={language}
              sources={sources}
              fillers={fillers}
              marks={marks}
              revealed={keysOf(last)[0] === key ? last : ''}
            />
          ))}
        </div>
      </div>
      {children.length === 0 && <p className="dim fd-empty">{say('formDesign.emptyForm')}</p>}
      {dragging.drop && <div className="fd-drop" style={{ ...dragging.drop.mark }} />}
      <span className="flow-hidden" role="status">
        {spoken ? say('formDesign.selected', { name: titleOf(spoken.node, spoken.key, language) }) : ''}
      </span>
    </div>
  );
}
