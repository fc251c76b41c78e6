/** Owns the page of a task: loads it, and lays out its head, the form of this step, what came before, the record, the actions. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { type Loaded, useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { DueMark, Mark, StatusMark } from '../kit/marks.tsx';
import { tell } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Bones, Empty, Failed, PageHead } from '../kit/states.tsx';
import { Watermarked } from '../session/watermark.tsx';
import { Attachments } from '../trace/attachments.tsx';
import { Letters } from '../trace/letters.tsx';
import { MovedCard } from '../trace/moved.tsx';
import { ShownForms } from '../trace/shown-forms.tsx';
import { Trace } from '../trace/trace.tsx';
import { ActionBar } from './action-bar.tsx';
import { CommentBox } from './comment-box.tsx';
import { StepForm } from './step-form.tsx';
import { useSubmitKey } from './submit-key.ts';
import { TwoStates } from './two-states.tsx';
import { type Desk, useDesk } from './use-desk.ts';
import './task.css';

export type TaskView = Answer<'task'>;

export default function TaskPage({ params }: PageProps) {
  const id = params.id ?? '';
  const task = useLoad('task', { params: { id } }, { fresh: true });
  const [round, setRound] = useState(0);
  const again = () => {
    task.reload();
    setRound(round + 1);
  };
  if (task.data) return <OpenTask key={`${task.data.task.revision}:${round}:${task.busy}`} task={task} again={again} />;
  if (!task.problem) return <Bones rows={10} />;
  const { code } = task.problem;
  if (code === 'task.done' || code === 'task.not-yours') return <NotYours message={task.problem.message} />;
  return <Failed problem={task.problem} retry={task.reload} />;
}

/** Somebody was faster, or it has been given to somebody else: no fault of the person who comes here. */
function NotYours({ message }: { message: string }) {
  const { say } = useSpeech();
  return (
    <div className="page narrow">
      <PageHead title={say('task.goneTitle')} />
      <Empty title={message}>
        <Link className="button-link" to="/">
          {say('moved.home')}
        </Link>
        <Link className="button-link" to="/?tab=done">
          {say('inbox.done')}
        </Link>
      </Empty>
    </div>
  );
}

function OpenTask({ task, again }: { task: Loaded<TaskView>; again(): void }) {
  const { say } = useSpeech();
  const view = task.data as TaskView;
  const desk = useDesk(view);
  useSubmitKey(desk.submitFirst);
  const { draft, acts } = desk;
  if (acts.moved) return <MovedCard moved={acts.moved.answer} title={say(acts.moved.title)} />;
  return (
    <div className="page with-bar">
      <Watermarked of={view.case} />
      <Head view={view} />
      <div className="columns">
        <div className="column-main">
          <TwoStates draft={draft} form={view.form} scope={view.scope} again={again} />
          {view.task.pooled && <Claim id={view.task.id} again={again} />}
          {view.task.help && <p className="note note-info">{view.task.help}</p>}
          {view.form && (
            <StepForm
              ref={draft.form}
              form={view.form}
              task={view.task.id}
              draft={view.draft?.values ?? null}
              scope={view.scope}
              onDrawn={draft.onDrawn}
              onChange={draft.changed}
            />
          )}
          <CommentBox desk={desk} />
          <ShownForms forms={view.shown} />
          <Attachments files={view.attachments} caseId={view.case.id} onAdded={undefined} />
          <Letters letters={view.letters} />
        </div>
        <Trace
          timeline={view.timeline}
          milestones={view.milestones}
          drawing={view.drawing}
          next={view.next}
          caseId={view.case.id}
          tasks={[view.task]}
        />
      </div>
      <Problems desk={desk} caseId={view.case.id} again={again} />
      <ActionBar desk={desk} view={view} again={again} />
    </div>
  );
}

function Head({ view }: { view: TaskView }) {
  const { say } = useSpeech();
  const { task, case: own } = view;
  return (
    <>
      <PageHead
        title={own.title}
        note={
          <span className="facts-line">
            <Link to={`/cases/${own.id}`}>{own.number || say('case.open')}</Link>
            <span>{own.processName}</span>
            {own.starter.name && <span>{say('case.starter', { name: own.starter.name, unit: own.starter.unit })}</span>}
          </span>
        }
        tools={
          <>
            {task.priority && <Mark tone="danger">{say('inbox.priority')}</Mark>}
            <StatusMark status={own.status} />
            <DueMark due={task.due} />
          </>
        }
      />
      <p className="step-name">
        {say('task.step', { name: task.name })}
        {task.progress.all > 1 && (
          <span className="dim"> {say('task.progress', { done: task.progress.done, all: task.progress.all })}</span>
        )}
      </p>
    </>
  );
}

/** One of several candidates takes the task for himself. */
function Claim({ id, again }: { id: string; again(): void }) {
  const { say } = useSpeech();
  const act = useAct(
    (task: string, options) => api.claim({ params: { id: task } }, options),
    (problem) => tell(problem.message, 'error'),
  );
  const claim = async () => {
    if (!(await act.run(id))) return;
    tell(say('task.claimed'));
    again();
  };
  return (
    <div className="note note-info note-act">
      <span>{say('task.pooled')}</span>
      <Button size="small" loading={act.busy} onClick={() => void claim()}>
        {say('task.claim')}
      </Button>
    </div>
  );
}

/** States in which the page is behind what has happened meanwhile; what was filled in is kept as a draft before reloading. */
const BEHIND = new Set(['task.stale', 'task.done', 'task.not-yours', 'case.ended']);

function Problems({ desk, caseId, again }: { desk: Desk; caseId: string; again(): void }) {
  const { say } = useSpeech();
  const { problem } = desk.acts;
  if (!problem) return null;
  const places = problem.fields.filter(({ path }) => path !== 'comment');
  return (
    <div className="note note-error" role="alert">
      <p>{problem.message || say('error.network')}</p>
      {places.length > 0 && (
        <ul>
          {places.map(({ path, message }) => (
            <li key={path + message}>{message}</li>
          ))}
        </ul>
      )}
      {BEHIND.has(problem.code) && (
        <div className="row-tools">
          {problem.code === 'task.stale' && (
            <Button size="small" onClick={() => void desk.draft.keep().then(again)}>
              {say('task.reload')}
            </Button>
          )}
          <Link className="button-link" to={`/cases/${caseId}`}>
            {say('moved.case')}
          </Link>
        </div>
      )}
    </div>
  );
}
