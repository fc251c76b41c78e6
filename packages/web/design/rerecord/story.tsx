/** Owns how one story that was gone through again is shown: what differs, act by act, and that its author has read it. */
import type { Answer } from '@ganwei/core/contract';
import { Checkbox } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Link } from '../../kit/router.tsx';

export type Recorded = Answer<'rerecord'>['stories'][number];

interface StoryProps {
  change: string;
  story: Recorded;
  agreed: boolean;
  onAgree(yes: boolean): void;
}

export function Story({ change, story, agreed, onAgree }: StoryProps) {
  const { say } = useSpeech();
  const id = useId();
  const { app, key, title, lines, asked, stuck, seen } = story;
  return (
    <section className="card card-body rerecord-story" aria-labelledby={id}>
      <h2 id={id}>
        {title} <Mark tone={seen === '' ? 'warning' : 'done'}>{say(stateOf(story))}</Mark>
      </h2>
      {lines.length === 0 && seen !== '' && <p className="dim">{say('rerecord.same')}</p>}
      <ol className="rerecord-lines">
        {lines.map(({ n, act, told }) => (
          <li key={n} value={n}>
            {act}
            <ul>
              {told.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {asked && <p>{say('rerecord.waits', { step: asked.name })}</p>}
      {stuck && (
        <p className="complaint">
          {say('rerecord.stuckAt', { why: stuck })}{' '}
          <Link to={`/design/changes/${change}/play?story=${app}.${key}`}>{say('play.rerecord')}</Link>
        </p>
      )}
      {seen !== '' && (
        <Checkbox checked={agreed} onChange={({ target }) => onAgree(target.checked)}>
          {say('rerecord.agree')}
        </Checkbox>
      )}
    </section>
  );
}

const stateOf = ({ asked, stuck }: Recorded) =>
  asked ? 'rerecord.asked' : stuck ? 'rerecord.stuck' : 'rerecord.whole';
