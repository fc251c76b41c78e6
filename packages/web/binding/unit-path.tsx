/**
 * Owns going down the tree of units above a list of people: where one is, and what lies below. Choosing a unit narrows the list to its own
 * people; what is typed goes on being looked for within it. Loaded when such a list is opened. Rule: [PAGE53].
 */
import { useEffect, useState } from 'react';
import type { Page } from './page.ts';
import type { UnitBelow } from './sources.ts';
import { sayOf } from './texts.ts';
import './unit-path.css';

const WORDS = {
  byUnit: { zh: '按单位查找', en: 'By unit' },
  allUnits: { zh: '全部单位', en: 'All units' },
} as const;

interface UnitPathProps {
  page: Page;
  /** '': people of all units */
  onChoose(unit: string): void;
}

export default function UnitPath({ page, onChoose }: UnitPathProps) {
  const [way, setWay] = useState<readonly UnitBelow[]>([]);
  const [below, setBelow] = useState<readonly UnitBelow[]>([]);
  const last = way.at(-1);
  const at = last?.id ?? '';
  useEffect(() => {
    let isOver = false;
    // of a unit with nothing below it nothing is asked
    const asked = last && !last.below ? Promise.resolve([]) : page.sources.unitsBelow(at);
    asked.then(
      (units) => !isOver && setBelow(units),
      () => !isOver && setBelow([]),
    );
    return () => {
      isOver = true;
    };
  }, [page, at, last]);
  const go = (next: readonly UnitBelow[]) => {
    setWay(next);
    onChoose(next.at(-1)?.id ?? '');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list below keeps the focus
    <div className="gw-unit-path" onMouseDown={(event) => event.preventDefault()}>
      <nav aria-label={sayOf(WORDS, page.language, 'byUnit')}>
        <button type="button" onClick={() => go([])}>
          {sayOf(WORDS, page.language, 'allUnits')}
        </button>
        {way.map((unit, index) => (
          <button
            key={unit.id}
            type="button"
            aria-current={index === way.length - 1}
            onClick={() => go(way.slice(0, index + 1))}
          >
            › {unit.name}
          </button>
        ))}
      </nav>
      <div>
        {below.map((unit) => (
          <button key={unit.id} type="button" onClick={() => go([...way, unit])}>
            {unit.name}
          </button>
        ))}
      </div>
    </div>
  );
}
