/** Owns the page on which a person starts a case: the form, the submission and what came of it. Its draft is start-draft.ts. */
import './words.ts';
import type { Answer } from '@ganwei/core/contract';
import type { Values } from '@ganwei/form/model';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Loading, PageHead, Refused } from '../kit/states.tsx';
import { placeErrors } from '../task/errors.ts';
import { SaveMark } from '../task/save-mark.tsx';
import { StepForm } from '../task/step-form.tsx';
import { useSubmitKey } from '../task/submit-key.ts';
import { TwoStates } from '../task/two-states.tsx';
import { MovedCard } from '../trace/moved.tsx';
import { useStartDraft } from './start-draft.ts';
import '../task/task.css';

type StartView = Answer<'startView'>;

export default function StartPage({ params, query }: PageProps) {
  const { process = '', start = '' } = params;
  // the draft's id enters the address while one writes; that is no reason to load the page again
  const [draft, setDraft] = useState(query.get('draft') ?? undefined);
  const [round, setRound] = useState(0);
  const from = { case: query.get('case') ?? undefined, action: query.get('action') ?? undefined };
  const view = useLoad('startView', { params: { process, start }, query: { draft, ...from } }, { fresh: true });
  const again = (id: string | undefined) => {
    setDraft(id);
    setRound(round + 1);
    if (id === draft) view.reload();
  };
  return <Loading of={view}>{(loaded) => <Open key={`${round}:${view.busy}`} view={loaded} again={again} />}</Loading>;
}

function Open({ view, again }: { view: StartView; again(draft: string | undefined): void }) {
  const { say } = useSpeech();
  const from = view.from ? { case: view.from.case, action: view.from.action } : {};
  const [moved, setMoved] = useState<Answer<'startCase'>>();
  const { draft, id, anew } = useStartDraft(view);
  const { process, start } = view;
  const act = useAct(
    (values: Values, options) => {
      const known = id();
      const body = { process, start, values: values as never, ...from };
      return api.startCase({ body: known ? { ...body, draft: { id: known, ...draft.mark() } } : body }, options);
    },
    (problem) => {
      if (problem.code === 'draft.moved') draft.overtaken();
      placeErrors(problem, draft.form.current);
    },
  );
  const submit = async () => {
    if (!draft.drawn) return;
    const found = (await draft.form.current?.validate()) ?? [];
    if (found.length > 0) {
      draft.form.current?.focusFirstError();
      tell(say('form.toCorrect', { n: found.length }), 'error');
      // what has been filled in is safe, whatever is still wrong with it
      void draft.keep();
      return;
    }
    const answer = await act.run(draft.now());
    if (!answer) return;
    draft.stop();
    setMoved(answer);
  };
  const keep = async () => {
    if (await draft.keep()) tell(say('save.done'));
  };
  useSubmitKey(() => !moved && void submit());
  if (moved) return <MovedCard moved={moved} title={say('moved.started')} />;
  return (
    <div className="page with-bar">
      <PageHead title={view.label === view.processName ? view.label : `${view.processName} · ${view.label}`} />
      {view.from && (
        <p className="note">
          <Link to={`/cases/${view.from.case}`}>
            {say('start.from', { number: view.from.number, title: view.from.title })}
          </Link>
        </p>
      )}
      <TwoStates draft={draft} form={view.form} scope={view.scope} again={() => again(id())} anew={anew} />
      {view.help && <p className="note note-info">{view.help}</p>}
      {view.form ? (
        <StepForm
          ref={draft.form}
          form={view.form}
          draft={null}
          scope={view.scope}
          onDrawn={draft.onDrawn}
          onChange={draft.changed}
        />
      ) : (
        <p className="card">{say('start.noForm')}</p>
      )}
      <Refused problem={act.problem} />
      <div className="action-bar">
        <SaveMark state={draft.saved} />
        <Button onClick={() => void keep()}>{say('act.saveDraft')}</Button>
        <Button
          type="primary"
          disabled={!draft.drawn}
          loading={act.busy}
          aria-keyshortcuts="Control+Enter"
          onClick={() => void submit()}
        >
          {say('act.submit')}
        </Button>
      </div>
    </div>
  );
}
