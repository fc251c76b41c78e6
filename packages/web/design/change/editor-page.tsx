/**
 * Owns the page on which one definition of a change is edited: its text or, where there is one, an editor of its kind; saving by itself; and
 * what to do when somebody else has saved, or the text below has moved on.
 */

import { idOf, type Named } from '@ganwei/release/paths';
import { Button, Input } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { clockText, shortMoment } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link } from '../../kit/router.tsx';
import { Bones, Loading, PageHead, Refused } from '../../kit/states.tsx';
import { useSession } from '../../session/session.tsx';
import type { Told } from '../check/told.ts';
import { type Directory, optionOf } from '../flow/editing.ts';
import { type Change, may } from './change.ts';
import { Texts } from './comparisons.tsx';
import { changeAddress, namedIn, namesAddress } from './names.ts';
import { type Draft, type SaveState, type Saving, useSaving } from './saving.ts';
import './change.css';

const FlowEditor = lazy(() => import('../flow/flow-editor.tsx'));
const FormEditor = lazy(() => import('../form/form-editor.tsx'));
const DecisionEditor = lazy(() => import('../decision/decision-editor.tsx'));
const CalendarEditor = lazy(() => import('../calendar/calendar-editor.tsx'));
const DictionaryEditor = lazy(() => import('../dictionary/dictionary-editor.tsx'));
const LetterEditor = lazy(() => import('../letter/letter-editor.tsx'));

/** Kinds that have an editor of their own beside their text. */
const DRAWN = ['process', 'form', 'decision', 'letter', 'calendar', 'dictionary'];

export default function EditorPage({ params }: PageProps) {
  const named = namedIn(params);
  const { kind, app, key } = named;
  const id = params.id ?? '';
  const change = useLoad('change', { params: { id } });
  const draft = useLoad('draft', { params: { id }, query: { kind, app, key } }, { fresh: true });
  return (
    <div className="page page-wide">
      <Loading of={change}>
        {(view) => (
          <Loading of={draft}>
            {(loaded) => (
              <Editing
                key={`${loaded.draft?.revision ?? 0}`}
                change={view}
                named={named}
                draft={loaded}
                reload={draft.reload}
              />
            )}
          </Loading>
        )}
      </Loading>
    </div>
  );
}

interface EditingProps {
  change: Change;
  named: Named;
  draft: Draft;
  reload(): void;
}

function Editing({ change, named, draft, reload }: EditingProps) {
  const { say } = useSpeech();
  const { now } = useSession();
  const [source, setSource] = useState(draft.draft ? (draft.source ?? '') : (draft.current ?? ''));
  const [view, setView] = useState<'drawing' | 'source'>(DRAWN.includes(named.kind) ? 'drawing' : 'source');
  const saving = useSaving(change.id, named, draft, now);
  const locked = !may(change, 'draft') || (draft.draft !== null && draft.source === null);
  const { title } = draft;
  const edit = useCallback(
    (text: string) => {
      setSource(text);
      saving.change(text);
    },
    [saving.change],
  );
  return (
    <>
      <PageHead
        title={title}
        note={
          <span className="facts-line">
            <Link to={changeAddress(change.id)}>{say('editor.back')}</Link>
            <Link to={namesAddress(change.id, named)}>{say('names.ofIt')}</Link>
            <span>{say(`definition.kind.${named.kind}`)}</span>
            <span>{change.title}</span>
            {locked ? <span>{say('editor.locked')}</span> : <SaveMark state={saving.state} />}
          </span>
        }
        tools={
          DRAWN.includes(named.kind) && (
            <fieldset className="switch" aria-label={say('editor.view')}>
              {(['drawing', 'source'] as const).map((one) => (
                <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
                  {say(one === 'drawing' && named.kind !== 'process' ? 'editor.design' : `editor.${one}`)}
                </button>
              ))}
            </fieldset>
          )
        }
      />
      <TwoStates named={named} source={source} saving={saving} take={setSource} />
      {draft.draft && draft.base !== draft.current && !locked && (
        <Behind change={change} named={named} draft={draft} source={source} reload={reload} />
      )}
      {view === 'drawing' ? (
        <Suspense fallback={<Bones rows={8} />}>
          <Drawn
            change={change.id}
            named={named}
            source={source}
            current={draft.current}
            readOnly={locked}
            onEdit={saving.coming}
            onChange={edit}
          />
        </Suspense>
      ) : (
        <Input.TextArea
          className="source"
          aria-label={say('editor.sourceLabel', { title })}
          rows={30}
          spellCheck={false}
          readOnly={locked}
          value={source}
          onChange={({ target }) => edit(target.value)}
        />
      )}
    </>
  );
}

interface DrawnProps {
  change: string;
  named: Named;
  source: string;
  current: string | null;
  readOnly: boolean;
  onEdit(): void;
  onChange(source: string): void;
}

/** The editor of a flow, form or letter with all that its check needs: everything that would be in force, and what expressions may use. */
function Drawn({ change, named, source, current, readOnly, onEdit, onChange }: DrawnProps) {
  const content = useLoad('changeContent', { params: { id: change } }, { fresh: true });
  const language = useLoad('designLanguage', {});
  const { app, key } = named;
  const usesOf = useCallback((name: string) => namesAddress(change, named, name), [change, named]);
  const directory = useMemo(() => directoryFor(change, app, key), [change, app, key]);
  return (
    <Loading of={content} rows={8}>
      {({ definitions }) => (
        <Loading of={language} rows={8}>
          {(language) => {
            const told = language as unknown as Told;
            const own = {
              ...(definitions.find((one) => idOf(one) === idOf(named)) ?? { ...named, file: named.key }),
              source,
            };
            if (named.kind === 'calendar')
              return <CalendarEditor {...{ change, source, current, readOnly, onChange }} />;
            if (named.kind === 'dictionary')
              return <DictionaryEditor {...{ change, named, source, current, definitions, readOnly, onChange }} />;
            if (named.kind === 'decision')
              return <DecisionEditor own={own} {...{ definitions, told, readOnly, onChange }} />;
            if (named.kind === 'letter')
              return <LetterEditor own={own} {...{ change, definitions, told, readOnly, onChange }} />;
            return named.kind === 'form' ? (
              <FormEditor own={own} {...{ current, definitions, told, readOnly, onChange }} />
            ) : (
              <FlowEditor
                flow={own}
                directory={readOnly ? undefined : directory}
                {...{ definitions, told, readOnly, usesOf, onEdit, onChange }}
              />
            );
          }}
        </Loading>
      )}
    </Loading>
  );
}

/** The directory is the server's; it also tells who would get a step of this flow. */
const directoryFor = (change: string, app: string, flow: string): Directory => ({
  people: async (q, ids) => (await api.people({ query: { q, ...(ids && { ids: ids.join(',') }) } })).map(optionOf),
  units: async (q, ids) =>
    (await api.units({ query: { q, ...(ids && { ids: ids.join(',') }) } })).map(({ id, path, name }) => ({
      value: id,
      label: path || name,
    })),
  assigned: (question) => api.assignedToday({ params: { id: change }, body: { app, flow, ...question } }),
});

function SaveMark({ state }: { state: SaveState }) {
  const { say } = useSpeech();
  const words: Readonly<Record<SaveState['kind'], () => string>> = {
    none: () => say('editor.unsaved'),
    pending: () => say('editor.pending'),
    saving: () => say('editor.saving'),
    saved: () => (state.kind === 'saved' ? say('editor.saved', { at: clockText(state.at) }) : ''),
    failed: () =>
      state.kind === 'failed' && state.reason ? say('editor.failed', { reason: state.reason }) : say('editor.offline'),
    moved: () => '',
  };
  return (
    <span role="status" className={state.kind === 'failed' ? 'complaint' : 'dim'}>
      {words[state.kind]()}
    </span>
  );
}

interface TwoStatesProps {
  named: Named;
  source: string;
  saving: Saving;
  take(source: string): void;
}

/** [DES70] Both texts are there; nothing is overwritten before the person has chosen. */
function TwoStates({ named, source, saving, take }: TwoStatesProps) {
  const { say } = useSpeech();
  const { now } = useSession();
  const { state } = saving;
  if (state.kind !== 'moved') return null;
  const { source: theirs, draft } = state.theirs;
  const settle = (text: string) => {
    take(text);
    saving.settle(text, draft?.revision ?? 0);
  };
  return (
    <section className="note note-warning" role="alert">
      <p>{say('editor.moved', { name: draft?.by.name ?? '', at: draft ? shortMoment(draft.at, now()) : '' })}</p>
      <div className="row-tools">
        <Button onClick={() => settle(source)}>{say('editor.keepMine')}</Button>
        <Button onClick={() => settle(theirs ?? '')}>{say('editor.takeTheirs')}</Button>
      </div>
      <details>
        <summary>{say('editor.compareBoth')}</summary>
        <Texts kind={named.kind} before={theirs ?? ''} after={source} />
      </details>
    </section>
  );
}

interface BehindProps {
  change: Change;
  named: Named;
  draft: Draft;
  source: string;
  reload(): void;
}

/** The release below has moved on: which text is to count is the author's decision. */
function Behind({ change, named, draft, source, reload }: BehindProps) {
  const { say } = useSpeech();
  const { kind, app, key } = named;
  const act = useAct((text: string | null) =>
    api.rebaseDefinition({
      params: { id: change.id },
      body: { kind, app, key, source: text, revision: draft.draft?.revision ?? 1 },
    }),
  );
  const settle = async (text: string | null) => {
    if (await act.run(text)) reload();
  };
  return (
    <section className="note note-warning">
      <p>{say('editor.behind')}</p>
      <div className="row-tools">
        <Button loading={act.busy} onClick={() => void settle(source)}>
          {say('editor.keepDraft')}
        </Button>
        <Button loading={act.busy} onClick={() => void settle(draft.current)}>
          {say('editor.takeCurrent')}
        </Button>
      </div>
      <details>
        <summary>{say('editor.compareCurrent')}</summary>
        <Texts kind={kind} before={draft.current ?? ''} after={source} />
      </details>
      <Refused problem={act.problem} />
    </section>
  );
}
