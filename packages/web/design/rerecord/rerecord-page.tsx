/**
 * Owns the page on which the stories that a change breaks are recorded anew: each is gone through as the change would have it, what none of them does is
 * asked once, what differs is read and agreed to, story by story, and written into the change. Rules: [STORY10] [STORY11] [STORY12].
 */
import type { Answer, Body } from '@ganwei/core/contract';
import { idOf } from '@ganwei/release/paths';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem, useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link } from '../../kit/router.tsx';
import { Empty, Loading, PageHead, Refused, type Trouble } from '../../kit/states.tsx';
import { changeAddress } from '../change/names.ts';
import { Question } from './question.tsx';
import { type Recorded, Story } from './story.tsx';
import '../play/play.css';
import './rerecord.css';

type Key = Body<'rerecord'>['stories'][number];
export type Reply = NonNullable<Body<'rerecord'>['replies']>[number];

/** Stories of one request: it is told after each how far it has come. */
const AT_ONCE = 2;

const sameStory = (one: Key) => (other: Key) => one.app === other.app && one.key === other.key;

export default function RerecordPage({ params }: PageProps) {
  const { say } = useSpeech();
  const id = params.id ?? '';
  const change = useLoad('change', { params: { id } });
  return (
    <div className="page">
      <Loading of={change}>
        {({ title }) => (
          <>
            <PageHead
              title={say('rerecord.of', { title })}
              note={say('rerecord.note')}
              tools={<Link to={changeAddress(id, 'check')}>{say('play.back')}</Link>}
            />
            <Stories change={id} />
          </>
        )}
      </Loading>
    </div>
  );
}

function Stories({ change }: { change: string }) {
  const { say } = useSpeech();
  const [recorded, setRecorded] = useState<readonly Recorded[]>([]);
  const [replies, setReplies] = useState<readonly Reply[]>([]);
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const [progress, setProgress] = useState<{ done: number; of: number } | 'check' | null>('check');
  const [problem, setProblem] = useState<Trouble>();
  const params = { id: change };

  /** Goes through these with what has been replied, some at a time. */
  const goThrough = useCallback(
    async (stories: readonly Key[], given: readonly Reply[]) => {
      for (let at = 0; at < stories.length; at += AT_ONCE) {
        setProgress({ done: at, of: stories.length });
        const some = stories.slice(at, at + AT_ONCE).map(({ app, key }) => ({ app, key }));
        const found = await api.rerecord({ params: { id: change }, body: { stories: some, replies: [...given] } });
        setRecorded((before) => [...before.filter((one) => !found.stories.some(sameStory(one))), ...found.stories]);
      }
    },
    [change],
  );
  const work = useCallback(async (deed: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await deed();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setProgress(null);
    }
  }, []);
  useEffect(() => {
    void work(async () => {
      const { findings } = await api.checkChange({ params: { id: change } });
      await goThrough(brokenIn(findings), []);
    });
  }, [change, work, goThrough]);

  const reply = (one: Reply) =>
    work(async () => {
      const all = [...replies.filter(({ step }) => step !== one.step), one];
      setReplies(all);
      await goThrough(
        recorded.filter(({ asked }) => asked?.step === one.step),
        all,
      );
    });
  const chosen = recorded.filter(({ app, key, seen }) => seen !== '' && agreed.has(`${app}.${key}`));
  const keep = () =>
    work(async () => {
      for (let at = 0; at < chosen.length; at += AT_ONCE) {
        setProgress({ done: at, of: chosen.length });
        const stories = chosen.slice(at, at + AT_ONCE).map(({ app, key, seen }) => ({ app, key, seen }));
        const { kept, left } = await api.keepRerecorded({ params, body: { stories, replies: [...replies] } });
        setRecorded((before) => before.filter((one) => !kept.some(sameStory(one))));
        // What has moved since is read again before it counts.
        if (left.length > 0) await goThrough(left, replies);
      }
      tell(say('rerecord.kept', { n: chosen.length }));
    });
  const questions = [...new Map(recorded.flatMap(({ asked }) => (asked ? [[asked.step, asked]] : []))).values()];

  return (
    <>
      <Refused problem={problem} />
      {progress && (
        <p className="dim" role="status">
          {progress === 'check' ? say('check.running') : say('rerecord.progress', progress)}
        </p>
      )}
      {!progress && recorded.length === 0 && !problem && (
        <Empty title={say('rerecord.none')}>{say('rerecord.noneHint')}</Empty>
      )}
      {questions.map((asked) => (
        <Question
          key={asked.step}
          change={change}
          stories={recorded.filter((one) => one.asked?.step === asked.step)}
          replies={replies}
          busy={progress !== null}
          onReply={(one) => void reply(one)}
        />
      ))}
      {recorded.map((one) => (
        <Story
          key={`${one.app}.${one.key}`}
          change={change}
          story={one}
          agreed={agreed.has(`${one.app}.${one.key}`)}
          onAgree={(yes) => setAgreed((before) => withOrWithout(before, `${one.app}.${one.key}`, yes))}
        />
      ))}
      {recorded.length > 0 && (
        <div className="row-tools">
          <Button
            type="primary"
            disabled={chosen.length === 0 || progress !== null}
            loading={progress !== null && progress !== 'check'}
            onClick={() => void keep()}
          >
            {say('rerecord.keep', { n: chosen.length })}
          </Button>
          <span className="dim">{say('rerecord.keepHint')}</span>
        </div>
      )}
    </>
  );
}

/** Each story once. */
function brokenIn(findings: Answer<'checkChange'>['findings']): Key[] {
  const stories = findings.flatMap(({ severity, definition }) =>
    severity === 'error' && definition?.kind === 'story' ? [definition] : [],
  );
  return [...new Map(stories.map((one) => [idOf(one), { app: one.app, key: one.key }])).values()];
}

function withOrWithout(all: ReadonlySet<string>, one: string, yes: boolean): Set<string> {
  const next = new Set(all);
  if (yes) next.add(one);
  else next.delete(one);
  return next;
}
