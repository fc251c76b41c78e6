/** Owns starting a case: the form, drafts that save themselves, the submission and what came of it. */
import type { Answer } from '@ganwei/core/contract';
import type { Values } from '@ganwei/form/model';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import type { FormHandle } from '../binding/form-view.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link, navigate } from '../kit/router.tsx';
import { Loading, PageHead, Refused } from '../kit/states.tsx';
import { useAutosave } from '../task/autosave.ts';
import { placeErrors } from '../task/errors.ts';
import { SaveMark } from '../task/save-mark.tsx';
import { StepForm } from '../task/step-form.tsx';
import { useSubmitKey } from '../task/submit-key.ts';
import { MovedCard } from '../trace/moved.tsx';
import '../task/task.css';

type StartView = Answer<'startView'>;

export default function StartPage({ params, query }: PageProps) {
  const { process = '', start = '' } = params;
  // the draft's id enters the address while one writes; that is no reason to load the page again
  const [draft] = useState(query.get('draft') ?? undefined);
  const from = { case: query.get('case') ?? undefined, action: query.get('action') ?? undefined };
  const view = useLoad('startView', { params: { process, start }, query: { draft, ...from } }, { fresh: true });
  return <Loading of={view}>{(loaded) => <Open view={loaded} />}</Loading>;
}

function Open({ view }: { view: StartView }) {
  const { say } = useSpeech();
  const from = view.from ? { case: view.from.case, action: view.from.action } : {};
  const handle = useRef<FormHandle>(null);
  const draft = useRef(view.draft?.id);
  const [moved, setMoved] = useState<Answer<'startCase'>>();
  const here = useHere();
  const { process, start } = view;
  const autosave = useAutosave(async (values: Values) => {
    const saved = await api.saveDraft({
      body: { id: draft.current, process, start, values: values as never, ...from },
    });
    if (!draft.current) {
      draft.current = saved.id;
      // a page that has been left keeps its address
      if (here.current) navigate(`${startPath(view)}?draft=${saved.id}`, { replace: true });
    }
    return saved;
  }, view.draft?.savedAt ?? null);
  const act = useAct(
    (values: Values, options) =>
      api.startCase({ body: { process, start, values: values as never, draft: draft.current, ...from } }, options),
    (problem) => placeErrors(problem, handle.current),
  );
  const submit = async () => {
    const found = (await handle.current?.validate()) ?? [];
    if (found.length > 0) {
      handle.current?.focusFirstError();
      tell(say('form.toCorrect', { n: found.length }), 'error');
      return;
    }
    const answer = await act.run(handle.current?.values() ?? {});
    if (!answer) return;
    autosave.stop();
    setMoved(answer);
  };
  const keep = async () => {
    if (await autosave.saveNow(handle.current?.values() ?? {})) tell(say('save.done'));
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
      {view.help && <p className="note note-info">{view.help}</p>}
      {view.form ? (
        <StepForm ref={handle} form={view.form} draft={null} scope={view.scope} onChange={autosave.touch} />
      ) : (
        <p className="card">{say('start.noForm')}</p>
      )}
      <Refused problem={act.problem} />
      <div className="action-bar">
        <SaveMark state={autosave.state} />
        <Button onClick={() => void keep()}>{say('act.saveDraft')}</Button>
        <Button type="primary" loading={act.busy} aria-keyshortcuts="Control+Enter" onClick={() => void submit()}>
          {say('act.submit')}
        </Button>
      </div>
    </div>
  );
}

/** Is the page still shown? */
function useHere() {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

const startPath = ({ process, start }: StartView): string =>
  `/start/${encodeURIComponent(process)}/${encodeURIComponent(start)}`;
