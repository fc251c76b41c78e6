/** Owns asking about a step that no story does: it is done once, by hand, on the page of whoever it waits for in one of the stories. Rule: [STORY11]. */
import { Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../kit/language.tsx';
import { addressOf } from '../../kit/router.tsx';
import { Refused } from '../../kit/states.tsx';
import type { PlayView } from '../play/play-page.tsx';
import type { Reply } from './rerecord-page.tsx';
import type { Recorded } from './story.tsx';

interface QuestionProps {
  change: string;
  /** that wait at this step */
  stories: readonly Recorded[];
  replies: readonly Reply[];
  busy: boolean;
  onReply(reply: Reply): void;
}

/** How often is looked whether it has been done in the frame, in milliseconds. */
const LOOK = 1_000;

export function Question({ change, stories, replies, busy, onReply }: QuestionProps) {
  const { say } = useSpeech();
  const id = useId();
  const [view, setView] = useState<PlayView>();
  const open = useAct((story: { app: string; key: string }) =>
    api.openPlay({ params: { id: change }, body: { app: story.app, story, replies: [...replies] } }),
  );
  const [first] = stories;
  const asked = first?.asked;
  if (!first || !asked) return null;
  const begin = async () => {
    const opened = await open.run({ app: first.app, key: first.key });
    if (opened) setView(opened);
  };
  const end = () => {
    setView(undefined);
    void api.endPlay().catch(() => undefined);
  };
  const names = asked.who.map(({ name }) => name).join('、');
  return (
    <section className="card card-body rerecord-question" aria-labelledby={id}>
      <h2 id={id}>{say('rerecord.question', { step: asked.name })}</h2>
      <p>{say('rerecord.questionText', { flow: asked.flow, n: stories.length, story: first.title, names })}</p>
      {asked.refused && <p className="complaint">{asked.refused}</p>}
      <Refused problem={open.problem} />
      {view ? (
        <>
          <Frame
            view={view}
            onReply={(reply) => {
              end();
              onReply(reply);
            }}
          />
          <div className="row-tools">
            <Button onClick={end}>{say('rerecord.stop')}</Button>
            <span className="dim">{say('rerecord.doIt', { name: view.person.name })}</span>
          </div>
        </>
      ) : (
        <div className="row-tools">
          <Button type="primary" loading={open.busy} disabled={busy} onClick={() => void begin()}>
            {say('rerecord.reply')}
          </Button>
          {open.busy && (
            <span className="dim" role="status">
              {say('play.beginning')}
            </span>
          )}
        </div>
      )}
    </section>
  );
}

/** The page of the step; what is done there is the reply. */
function Frame({ view, onReply }: { view: PlayView; onReply(reply: Reply): void }) {
  const { say } = useSpeech();
  useEffect(() => {
    let over = false;
    const look = async () => {
      const { reply } = await api.playReply();
      if (!reply || over) return;
      over = true;
      onReply(reply);
    };
    const timer = setInterval(() => void look().catch(() => undefined), LOOK);
    return () => {
      over = true;
      clearInterval(timer);
    };
  });
  return (
    <iframe className="play-frame" title={say('play.frame')} src={addressOf(`${view.base}${view.asked?.page ?? ''}`)} />
  );
}
