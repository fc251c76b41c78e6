/** Owns the form as a tree of names: the same selection and the same keys as on the canvas, for whoever does not use a pointer. Rule: [FDS11]. */
import { describe } from '@ganwei/form/components';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import { titleOf } from './names.ts';

export function Outline({ onKeyDown }: { onKeyDown(event: KeyboardEvent): void }) {
  const { places, selected, select, language, findings } = useDesigning();
  const { say } = useSpeech();
  const id = useId();
  const tree = useRef<HTMLDivElement>(null);
  const last = selected.at(-1);
  const at = places.findIndex((place) => place.at === last);
  useEffect(() => {
    if (at >= 0) tree.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const wrong = new Set(findings.filter(({ severity }) => severity === 'error').map(({ element }) => element));
  return (
    <div
      ref={tree}
      className="fd-outline"
      role="tree"
      aria-label={say('formDesign.outline')}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      {places.map((place, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's
        <div
          key={place.at}
          id={`${id}-${index}`}
          role="treeitem"
          tabIndex={-1}
          aria-level={place.depth + 1}
          aria-selected={selected.includes(place.at)}
          className={wrong.has(place.path) ? 'fd-line fd-wrong' : 'fd-line'}
          style={{ paddingInlineStart: 8 + place.depth * 14 }}
          onClick={(event) =>
            select(
              event.ctrlKey || event.metaKey || event.shiftKey ? [...new Set([...selected, place.at])] : [place.at],
            )
          }
        >
          <span>{titleOf(place.node, place.key, language)}</span>
          <small>{place.component ? describe(place.component).label[language] : say('formDesign.foreign')}</small>
        </div>
      ))}
    </div>
  );
}
