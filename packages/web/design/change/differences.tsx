/** Owns the list of differences in words: what was added, removed, changed or moved, each setting with what it was and what it is. */
import type { Words } from '@ganwei/core/outline';
import type { Difference } from '@ganwei/release/diff';
import { Button } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';

const TONES = { added: 'done', removed: 'danger', changed: 'warning' } as const;

/** So many at first; what a whole new definition consists of is shown on demand. */
const FIRST = 30;

export function DifferenceRows({ differences }: { differences: readonly Difference[] }) {
  const { say } = useSpeech();
  const [shown, setShown] = useState(FIRST);
  if (differences.length === 0) return null;
  return (
    <>
      <ul className="differences">
        {differences.slice(0, shown).map((difference) => (
          <DifferenceRow key={`${difference.what} ${difference.id}`} difference={difference} />
        ))}
      </ul>
      {differences.length > shown && (
        <Button size="small" onClick={() => setShown(differences.length)}>
          {say('diff.more', { n: differences.length - shown })}
        </Button>
      )}
    </>
  );
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { say, language } = useSpeech();
  const { what, moved, type, name, within, settings } = difference;
  const inWords = ({ zh, en }: Words) => (language === 'zh-CN' ? zh : en);
  return (
    <li>
      <div className="row-marks">
        <Mark tone={TONES[what]}>{say(moved && settings.length === 0 ? 'diff.moved' : `diff.${what}`)}</Mark>
        <strong>{say('diff.of', { type: inWords(type), name })}</strong>
        {moved && settings.length > 0 && <Mark tone="plain">{say('diff.moved')}</Mark>}
        {within.length > 0 && <span className="dim">{say('diff.within', { name: within.join(' › ') })}</span>}
      </div>
      {what !== 'removed' && settings.length > 0 && (
        <dl className="setting-changes">
          {settings.map(({ label, before, after }) => (
            <div key={inWords(label)}>
              <dt>{inWords(label)}</dt>
              <dd>
                {what === 'changed' && <del>{before || say('diff.nothing')}</del>}
                <ins>{after || say('diff.nothing')}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
