/** Owns the contents of a change: what it adds, changes and retires, and how something comes into it or leaves it again. */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { type BlankKind, blankSource } from '@ganwei/release/blank';
import { OWNED } from '@ganwei/release/definition';
import { idOf, type Named } from '@ganwei/release/paths';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { shortMoment } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Menu } from '../../kit/menu.tsx';
import { tell } from '../../kit/notice.tsx';
import { Link, navigate } from '../../kit/router.tsx';
import { Empty, Loading, Refused } from '../../kit/states.tsx';
import { useSession } from '../../session/session.tsx';
import { type Change, may } from './change.ts';
import { Removing } from './names/removing.tsx';
import { draftAddress, fullKeyOf, importAddress } from './names.ts';

type Draft = Change['drafts'][number];

export function Contents({ change, reload }: { change: Change; reload(): void }) {
  const { say } = useSpeech();
  const [adding, setAdding] = useState<'existing' | 'new' | null>(null);
  const drafting = may(change, 'draft');
  return (
    <>
      {change.drafts.length === 0 ? (
        <Empty title={say('change.empty')}>{drafting && say('change.emptyHint')}</Empty>
      ) : (
        <ul className="rows">
          {change.drafts.map((draft) => (
            <Row key={idOf(draft)} change={change} draft={draft} drafting={drafting} reload={reload} />
          ))}
        </ul>
      )}
      {drafting && (
        <div className="card-body row-tools">
          <Button onClick={() => setAdding('existing')}>{say('change.add')}</Button>
          <Button onClick={() => setAdding('new')}>{say('change.new')}</Button>
          <Button onClick={() => navigate(importAddress(change.id))}>{say('change.import')}</Button>
        </div>
      )}
      {adding === 'existing' && <ChooseExisting change={change} onClose={() => setAdding(null)} />}
      {adding === 'new' && <MakeNew change={change} onClose={() => setAdding(null)} />}
    </>
  );
}

const TONES = { added: 'done', changed: 'running', retired: 'stopped' } as const;

function Row({ change, draft, drafting, reload }: { change: Change; draft: Draft; drafting: boolean; reload(): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const [asking, setAsking] = useState<'drop' | 'retire' | null>(null);
  const done = () => {
    setAsking(null);
    reload();
  };
  return (
    <li className="row">
      <div className="row-main">
        <Link className="row-title" to={draftAddress(change.id, draft)}>
          {draft.title}
        </Link>
        <Mark tone={TONES[draft.what]}>{say(`change.what.${draft.what}`)}</Mark>
        {draft.behind && <Mark tone="warning">{say('change.behind')}</Mark>}
        <p className="row-note">
          <span>{say(`definition.kind.${draft.kind}`)}</span>
          <span>{say('change.savedBy', { name: draft.by.name, at: shortMoment(draft.at, now()) })}</span>
          {draft.behind && <span>{say('change.behindHint')}</span>}
        </p>
      </div>
      {drafting && (
        <div className="row-side row-acts">
          <Menu
            label={say('act.more')}
            items={[
              ...(draft.what === 'changed'
                ? [{ key: 'retire', label: say('change.retire'), act: () => setAsking('retire') }]
                : []),
              { key: 'drop', label: say('change.drop'), danger: true, act: () => setAsking('drop') },
            ]}
          />
        </div>
      )}
      {asking === 'drop' && <Drop change={change} draft={draft} onDone={done} onClose={() => setAsking(null)} />}
      {asking === 'retire' && (
        <Removing
          change={change.id}
          thing={{ kind: 'definition', of: draft.kind, in: fullKeyOf(draft), key: draft.key }}
          label={draft.title}
          onDone={done}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  );
}

interface AskProps {
  change: Change;
  draft: Draft;
  onDone(): void;
  onClose(): void;
}

function Drop({ change, draft, onDone, onClose }: AskProps) {
  const { say } = useSpeech();
  const { kind, app, key, revision, title } = draft;
  const act = useAct((id: string) => api.dropDefinition({ params: { id }, body: { kind, app, key, revision } }));
  const send = async () => {
    if (!(await act.run(change.id))) return;
    tell(say('change.dropped', { title }));
    onDone();
  };
  return (
    <Dialog
      title={say('change.dropTitle', { title })}
      confirm={say('change.drop')}
      danger
      busy={act.busy}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say('change.dropText')}</p>
      <Refused problem={act.problem} />
    </Dialog>
  );
}

type Application = Answer<'design'>['applications'][number];

/** What may be drafted of what is in force; opening it begins its draft with the first word that is changed. */
function ChooseExisting({ change, onClose }: { change: Change; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const design = useLoad('design', {});
  const [chosen, setChosen] = useState<string>();
  const choose = (applications: readonly Application[]) =>
    applications.flatMap(({ definitions }) => definitions).find((definition) => idOf(definition) === chosen);
  const open = () => {
    const definition = design.data && choose(design.data.applications);
    if (definition) navigate(draftAddress(change.id, definition));
  };
  return (
    <Dialog
      title={say('change.addTitle')}
      confirm={say('change.open')}
      disabled={!chosen}
      onConfirm={open}
      onClose={onClose}
    >
      <Loading of={design} rows={2}>
        {({ applications }) => (
          <div className="field">
            <label htmlFor={id}>{say('design.inForce')}</label>
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen ?? null}
              onChange={(value: string) => setChosen(value)}
              getPopupContainer={(element) => element.parentElement ?? document.body}
              options={applications
                .filter(({ mayDraft }) => mayDraft)
                .map(({ app, name, definitions }) => ({
                  label: name || say('design.shared'),
                  title: app,
                  options: definitions.map((definition) => ({
                    value: idOf(definition),
                    label: `${say(`definition.kind.${definition.kind}`)} · ${definition.title}`,
                  })),
                }))}
            />
          </div>
        )}
      </Loading>
    </Dialog>
  );
}

const KEY = /^[A-Za-z][\w-]{0,60}$/;
const KINDS: readonly BlankKind[] = ['process', 'form', 'decision', 'letter', 'ledger', 'dictionary', 'calendar'];

interface New {
  kind: BlankKind;
  app: string;
  key: string;
  title: string;
}

/** A definition that begins with the least that its kind can be. */
function MakeNew({ change, onClose }: { change: Change; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const design = useLoad('design', {});
  const [made, setMade] = useState<New>({ kind: 'process', app: '', key: '', title: '' });
  const { kind, key, title } = made;
  const named: Named = { kind, app: OWNED.includes(kind) ? made.app : '', key };
  const applications = (design.data?.applications ?? []).filter(({ mayDraft }) => mayDraft);
  const taken =
    applications.some(({ definitions }) => definitions.some((one) => idOf(one) === idOf(named))) ||
    change.drafts.some((draft) => idOf(draft) === idOf(named));
  const act = useAct((source: string) =>
    api.saveDefinition({ params: { id: change.id }, body: { ...named, source, revision: 0 } }),
  );
  const send = async () => {
    if (await act.run(blankSource({ kind, key }, title.trim()))) navigate(draftAddress(change.id, named));
  };
  return (
    <Dialog
      title={say('change.newTitle')}
      confirm={say('change.new')}
      busy={act.busy}
      disabled={!KEY.test(key) || taken || saysNothing(title)}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={`${id}-kind`}>{say('change.newKind')}</label>
        <Select
          id={`${id}-kind`}
          value={kind}
          onChange={(value: BlankKind) => setMade({ ...made, kind: value })}
          getPopupContainer={(element) => element.parentElement ?? document.body}
          options={KINDS.map((value) => ({ value, label: say(`definition.kind.${value}`) }))}
        />
      </div>
      {OWNED.includes(kind) && (
        <div className="field">
          <label htmlFor={`${id}-app`}>{say('change.newApp')}</label>
          <Select
            id={`${id}-app`}
            value={made.app}
            onChange={(app: string) => setMade({ ...made, app })}
            getPopupContainer={(element) => element.parentElement ?? document.body}
            options={applications.map(({ app, name }) => ({ value: app, label: name || say('design.shared') }))}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('change.newName')}</label>
        <Input
          id={`${id}-title`}
          maxLength={60}
          value={title}
          onChange={({ target }) => setMade({ ...made, title: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-key`}>{say('change.newKey')}</label>
        <Input
          id={`${id}-key`}
          aria-describedby={`${id}-hint`}
          maxLength={61}
          value={key}
          onChange={({ target }) => setMade({ ...made, key: target.value.trim() })}
        />
        <p id={`${id}-hint`} className={taken ? 'hint complaint' : 'hint'}>
          {taken ? say('change.newKeyTaken', { kind: say(`definition.kind.${kind}`) }) : say('change.newKeyHint')}
        </p>
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
