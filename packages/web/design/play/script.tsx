/** Owns going through a story step by step: where it comes about otherwise is shown, and is accepted by going on. */
import type { Body } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Refused } from '../../kit/states.tsx';
import type { PlayView } from './play-page.tsx';

type Going = NonNullable<PlayView['script']>;
type How = NonNullable<Body<'playNext'>['how']>;

export interface ScriptProps {
  script: Going;
  /** of the sandbox in which it is gone through */
  base: string;
  onView(view: PlayView): void;
}

export function Script({ script, base, onView }: ScriptProps) {
  const { say } = useSpeech();
  const { title, of, done, next, differences, failed } = script;
  const act = useAct((how: How) => api.playNext({ body: { how, base, done } }));
  const go = async (how: How) => {
    const view = await act.run(how);
    if (view) onView(view);
  };
  return (
    <section className="card play-script">
      <h2>{say('play.scriptTitle', { title })}</h2>
      <p className="dim">{say('play.progress', { done, of })}</p>
      {differences.length > 0 ? (
        <>
          <p className="complaint">{say('play.differences')}</p>
          <ul className="play-differences">
            {differences.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          {failed && <p>{say('play.refused')}</p>}
        </>
      ) : (
        done > 0 && <p className="dim">{say('play.same')}</p>
      )}
      {next ? <p>{say('play.nextIs', { act: next })}</p> : <p>{say('play.scriptEnd')}</p>}
      <Refused problem={act.problem} />
      {next && (
        <div className="row-tools">
          <Button type="primary" loading={act.busy} onClick={() => void go('one')}>
            {say(failed ? 'play.again' : differences.length > 0 ? 'play.accept' : 'play.next')}
          </Button>
          {!failed && (
            <Button disabled={act.busy} onClick={() => void go('on')}>
              {say('play.on')}
            </Button>
          )}
          <Button disabled={act.busy} onClick={() => void go('leave')}>
            {say('play.leave')}
          </Button>
        </div>
      )}
    </section>
  );
}
