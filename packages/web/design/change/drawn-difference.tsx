/** Owns the picture of what a change does to a flow: the state before and after, each with marks; green is new, orange altered, red gone. */
import type { Difference } from '@ganwei/release/diff';
import { useCallback, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import Drawing, { type Drawn } from '../drawing.tsx';

type Side = 'before' | 'after';

interface Props {
  before: string;
  after: string;
  differences: readonly Difference[];
}

export default function DrawnDifference({ before, after, differences }: Props) {
  const { say } = useSpeech();
  const [side, setSide] = useState<Side>(after === '' ? 'before' : 'after');
  const mark = useCallback((drawn: Drawn) => markDifferences(drawn, differences, side), [differences, side]);
  const sides = (['before', 'after'] as const).filter((one) => (one === 'before' ? before : after) !== '');
  const label = say(side === 'before' ? 'diff.current' : 'diff.changedState');
  return (
    <figure className="drawn-difference">
      <div className="row-tools">
        <fieldset className="switch" aria-label={say('diff.side')}>
          {sides.map((one) => (
            <button key={one} type="button" aria-pressed={side === one} onClick={() => setSide(one)}>
              {say(one === 'before' ? 'diff.current' : 'diff.changedState')}
            </button>
          ))}
        </fieldset>
        <span className="dim">{say('diff.legend')}</span>
      </div>
      <Drawing source={side === 'before' ? before : after} label={label} mark={mark} />
    </figure>
  );
}

/**
 * What differs is marked where it is drawn, and so are the phases around it; an entry of a list at the element that it is set on. Where all of
 * it is in one phase, that is what is shown.
 */
function markDifferences(drawn: Drawn, differences: readonly Difference[], side: Side): void {
  const other = side === 'before' ? 'added' : 'removed';
  const planes = new Map<string, string>();
  for (const { id, what } of differences) {
    if (what === other) continue;
    const element = drawn.has(id) ? id : (id.split('/', 1)[0] ?? '');
    if (!drawn.has(element)) continue;
    drawn.canvas.addMarker(element, element === id ? `diff-${what}` : 'diff-changed');
    const around = drawn.around(element);
    for (const phase of around) drawn.canvas.addMarker(phase, 'diff-changed');
    planes.set(around[0] ?? '', element);
  }
  const [only] = planes.values();
  if (planes.size === 1 && only !== undefined) drawn.show(only);
}
