/** Owns the page of a case: everything this person may read of it, and the few things one may do to a case as a whole. */
import type { Answer } from '@ganwei/core/contract';
import { useLoad } from '../api/load.ts';
import { momentText, shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { DueMark, StatusMark } from '../kit/marks.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Loading, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { Watermarked } from '../session/watermark.tsx';
import { Attachments } from './attachments.tsx';
import { CaseActs } from './case-acts.tsx';
import { Letters } from './letters.tsx';
import './case-words.ts';
import { ShownForms } from './shown-forms.tsx';
import { Trace } from './trace.tsx';

type CaseView = Answer<'case'>;

export default function CasePage({ params }: PageProps) {
  const id = params.id ?? '';
  const view = useLoad('case', { params: { id } });
  return (
    <Loading of={view} rows={10}>
      {(data) => <Whole view={data} reload={view.reload} />}
    </Loading>
  );
}

function Whole({ view, reload }: { view: CaseView; reload(): void }) {
  const { say } = useSpeech();
  const own = view.case;
  const mayAttach = view.operations.some(({ key, allowed }) => key === 'attach' && allowed);
  return (
    <div className="page">
      <Watermarked of={own} />
      <PageHead
        title={own.title}
        note={<Facts own={own} matter={view.matter} />}
        tools={<StatusMark status={own.status} />}
      />
      <CaseActs view={view} reload={reload} />
      <div className="columns">
        <div className="column-main">
          <Waiting tasks={view.tasks} />
          <ShownForms forms={view.forms} firstOpen />
          {view.forms.length === 0 && <p className="card dim">{say('case.noForms')}</p>}
          <Letters letters={view.letters} />
          <Attachments files={view.attachments} caseId={own.id} onAdded={mayAttach ? reload : undefined} />
          <Children cases={view.children} />
        </div>
        <Trace
          timeline={view.timeline}
          milestones={view.milestones}
          drawing={view.drawing}
          next={view.next}
          caseId={own.id}
          tasks={view.tasks}
        />
      </div>
    </div>
  );
}

function Facts({ own, matter }: { own: CaseView['case']; matter: boolean }) {
  const { say, language } = useSpeech();
  return (
    <span className="facts-line">
      {own.number && <span>{own.number}</span>}
      <span>{own.processName}</span>
      {own.starter.name && <span>{say('case.starter', { name: own.starter.name, unit: own.starter.unit })}</span>}
      <span>{say('case.startedAt', { at: momentText(own.startedAt, language) })}</span>
      {own.endedAt !== null && <span>{say('case.endedAt', { at: momentText(own.endedAt, language) })}</span>}
      {own.parent && <Link to={`/cases/${own.parent.id}`}>{say('case.parent', { title: own.parent.title })}</Link>}
      {matter && <Link to={`/cases/${own.id}/matter`}>{say('matter.link')}</Link>}
    </span>
  );
}

/** Where it stands: the open steps with the people who have them. */
function Waiting({ tasks }: { tasks: CaseView['tasks'] }) {
  const { say } = useSpeech();
  const { now } = useSession();
  if (tasks.length === 0) return null;
  return (
    <section className="card">
      <h2>{say('case.waiting')}</h2>
      <ul className="files">
        {tasks.map((task) => (
          <li key={task.id}>
            <span className="file-name">{task.name}</span>
            <span>
              {task.holders.map(({ name, unit }) => (unit ? `${name} ${unit}` : name)).join('、') ||
                say('trace.someone')}
            </span>
            {task.progress.all > 1 && <span className="dim">{say('task.progress', task.progress)}</span>}
            <span className="dim">{say('case.since', { at: shortMoment(task.openedAt, now()) })}</span>
            <DueMark due={task.due} />
            {task.mine && (
              <Link className="button-link primary" to={`/tasks/${task.id}`}>
                {say('case.handle')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Children({ cases }: { cases: CaseView['children'] }) {
  const { say } = useSpeech();
  if (cases.length === 0) return null;
  return (
    <section className="card">
      <h2>{say('case.children')}</h2>
      <ul className="files">
        {cases.map((child) => (
          <li key={child.id}>
            <Link className="file-name" to={`/cases/${child.id}`}>
              {child.title}
            </Link>
            <span className="dim">{child.number}</span>
            <StatusMark status={child.status} />
          </li>
        ))}
      </ul>
    </section>
  );
}
