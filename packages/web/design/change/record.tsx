/** Owns what happened to a change and what was said about it, and adding to what is said. */
import { saysNothing } from '@ganwei/core/text';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { momentText } from '../../kit/format.ts';
import { type Say, useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { Refused } from '../../kit/states.tsx';
import { Words } from './acts.tsx';
import { type Change, may } from './change.ts';

export function ChangeRecord({ change, reload }: { change: Change; reload(): void }) {
  const { say, language } = useSpeech();
  return (
    <div className="card-body">
      <ol className="change-record">
        {change.record.map(({ id, at, by, what, words }) => (
          <li key={id}>
            <div className="row-note">
              <strong>{say(`record.${what}`)}</strong>
              <span>{by.name || say('record.nobody')}</span>
              <span>{momentText(at, language)}</span>
            </div>
            {words && <p className="said">{said(what, words, say)}</p>}
          </li>
        ))}
      </ol>
      {may(change, 'comment') && <AddComment change={change} onAdded={reload} />}
    </div>
  );
}

type Entry = Change['record'][number];

/** What was said; of a publication its number, of one that was put down for a day that day, of what was renamed its names. */
function said(what: Entry['what'], words: string, say: Say): string {
  if (what === 'published') return say('release.row', { n: words });
  if (what === 'renamed' || what === 'unrenamed') {
    const [from = '', to = '', n = ''] = words.split('\n');
    return say('names.renamed', { from, to, n });
  }
  return what === 'scheduled' ? say('change.effectiveOn', { day: words }) : words;
}

function AddComment({ change, onAdded }: { change: Change; onAdded(): void }) {
  const { say } = useSpeech();
  const [comment, setComment] = useState('');
  const act = useAct((words: string, options) =>
    api.commentChange({ params: { id: change.id }, body: { comment: words } }, options),
  );
  const send = async () => {
    if (!(await act.run(comment.trim()))) return;
    tell(say('comment.done'));
    setComment('');
    onAdded();
  };
  return (
    <div className="stack">
      <Words label={say('comment.label')} value={comment} onChange={setComment} />
      <Refused problem={act.problem} />
      <div>
        <Button disabled={saysNothing(comment)} loading={act.busy} onClick={() => void send()}>
          {say('act.comment')}
        </Button>
      </div>
    </div>
  );
}
