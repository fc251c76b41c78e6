/**
 * Owns the page on which flows of another engine come into a change: a file is chosen, what it becomes and what is left is shown, and only then are its flows
 * saved as drafts under keys and titles that may be changed. Rules: [FOR41] [FOR60] [FOR61] [FOR62].
 */
import '../flow/words.ts';
import './words.ts';
import { saysNothing } from '@ganwei/core/text';
import { idOf, type Named } from '@ganwei/release/paths';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link, navigate } from '../../kit/router.tsx';
import { Bones, Empty, Loading, PageHead, Refused } from '../../kit/states.tsx';
import { type Change, may } from '../change/change.ts';
import { changeAddress, draftAddress } from '../change/names.ts';
import { type Convert, type Imported, type Outcome, useImport } from './importing.ts';
import { groupsIn, type Roles, RolesOfGroups } from './roles.tsx';
import { BecameWhat, LeftOver } from './told.tsx';
import './foreign.css';

export default function ImportPage({ params }: PageProps) {
  const change = useLoad('change', { params: { id: params.id ?? '' } });
  return <div className="page">{<Loading of={change}>{(view) => <Importing change={view} />}</Loading>}</div>;
}

interface Chosen {
  readonly file: File;
  /** undefined: being converted */
  readonly outcome?: Outcome;
  /** names of the file for which roles are to be found */
  readonly groups?: readonly string[];
}

function Importing({ change }: { change: Change }) {
  const { say } = useSpeech();
  const id = useId();
  const convert = useImport();
  const [chosen, setChosen] = useState<Chosen>();
  const [roles, setRoles] = useState<Roles>(new Map());
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setChosen({ file });
    setRoles(new Map());
    const outcome = await convert(file);
    setChosen({ file, outcome, groups: 'imported' in outcome ? groupsIn(outcome.imported) : [] });
  };
  const { file, outcome, groups = [] } = chosen ?? {};
  const map = async (next: Roles) => {
    if (!file) return;
    setRoles(next);
    setChosen({ file, groups, outcome: await convert(file, { roles: next }) });
  };
  return (
    <>
      <PageHead
        title={say('foreign.title')}
        note={
          <span className="facts-line">
            <Link to={changeAddress(change.id)}>{say('editor.back')}</Link>
            <span>{change.title}</span>
          </span>
        }
      />
      {!may(change, 'draft') ? (
        <Empty title={say('editor.locked')} />
      ) : (
        <section className="card card-body stack">
          <p>{say('foreign.note')}</p>
          <div className="field">
            <label htmlFor={id}>{say('foreign.file')}</label>
            <input
              id={id}
              type="file"
              accept=".bpmn,.bpmn20,.xml"
              aria-describedby={`${id}-hint`}
              onChange={({ target }) => void choose(target.files?.[0])}
            />
            <p id={`${id}-hint`} className="hint">
              {say('foreign.fileHint')}
            </p>
          </div>
        </section>
      )}
      <div aria-live="polite">
        {file && !outcome && (
          <section className="card card-body">
            <p>{say('foreign.reading')}</p>
            <Bones rows={3} />
          </section>
        )}
        {groups.length > 0 && (
          <RolesOfGroups change={change.id} groups={groups} roles={roles} map={(next) => void map(next)} />
        )}
        {file && outcome && (
          <Result key={file.name} change={change} file={file} outcome={outcome} roles={roles} convert={convert} />
        )}
      </div>
    </>
  );
}

interface ResultProps {
  change: Change;
  file: File;
  outcome: Outcome;
  roles: Roles;
  convert: Convert;
}

function Result({ change, file, outcome, roles, convert }: ResultProps) {
  const { say } = useSpeech();
  if ('failed' in outcome)
    return (
      <p className="note note-error" role="alert">
        {say('foreign.failed', { reason: outcome.failed })}
      </p>
    );
  if ('trouble' in outcome) {
    const { trouble, line, flaw, detail: said } = outcome.trouble;
    const detail = trouble === 'broken' ? say(`flow.flaw.${flaw}`, { said }) : said;
    return (
      <p className="note note-error" role="alert">
        {`${say('foreign.fileName', { name: file.name })}\n${say(`foreign.trouble.${trouble}`, { line, detail })}`}
      </p>
    );
  }
  const { imported } = outcome;
  return (
    <>
      {imported.flows.length === 0 ? (
        <p className="note note-warning" role="alert">
          {say('foreign.noFlows')}
        </p>
      ) : (
        <Flows change={change} file={file} imported={imported} roles={roles} convert={convert} />
      )}
      <LeftOver left={imported.left} />
      <BecameWhat became={imported.became} />
    </>
  );
}

interface Name {
  readonly first: string;
  readonly key: string;
  readonly title: string;
}

const KEY = /^[A-Za-z][\w-]{0,60}$/;

function Flows({ change, file, imported, roles, convert }: Omit<ResultProps, 'outcome'> & { imported: Imported }) {
  const { say } = useSpeech();
  const id = useId();
  const design = useLoad('design', {});
  const applications = (design.data?.applications ?? []).filter(({ mayDraft }) => mayDraft);
  const [app, setApp] = useState('');
  const [names, setNames] = useState<readonly Name[]>(imported.flows);
  const known = [...applications.flatMap(({ definitions }) => definitions), ...change.drafts].map(idOf);
  const named = ({ key }: Name): Named => ({ kind: 'process', app, key });
  const [saved, setSaved] = useState<readonly string[]>([]);
  const wrong = (name: Name): string => {
    if (saved.includes(name.first)) return '';
    if (names.some((other) => other !== name && other.key === name.key)) return say('foreign.keyTwice');
    return known.includes(idOf(named(name))) ? say('foreign.keyTaken') : '';
  };
  const act = useAct((body: Named & { source: string }) =>
    api.saveDefinition({ params: { id: change.id }, body: { ...body, revision: 0 } }),
  );
  const save = async () => {
    const called = new Map(names.map(({ first, key, title }) => [first, { key, title: title.trim() }]));
    const outcome = await convert(file, { names: called, roles });
    if (!('imported' in outcome)) return;
    for (const flow of outcome.imported.flows) {
      if (saved.includes(flow.first)) continue;
      if (!(await act.run({ ...named(flow), source: flow.xml }))) return;
      setSaved((before) => [...before, flow.first]);
    }
    tell(say('foreign.imported', { n: names.length }));
    const [first] = names;
    if (first) navigate(draftAddress(change.id, named(first)));
  };
  const isReady = names.every((name) => KEY.test(name.key) && !saysNothing(name.title) && wrong(name) === '');
  const put = (at: number, part: Partial<Name>) =>
    setNames(names.map((name, index) => (index === at ? { ...name, ...part } : name)));
  return (
    <section className="card card-body stack" aria-labelledby={`${id}-flows`}>
      <h2 id={`${id}-flows`}>{say('foreign.flows')}</h2>
      <div className="field short">
        <label htmlFor={`${id}-app`}>{say('foreign.app')}</label>
        <Select
          id={`${id}-app`}
          value={app}
          disabled={saved.length > 0}
          onChange={(value: string) => setApp(value)}
          options={applications.map((one) => ({ value: one.app, label: one.name || say('design.shared') }))}
        />
      </div>
      <ul className="foreign-flows">
        {names.map((name, index) => (
          <FlowName
            key={name.first}
            name={name}
            wrong={wrong(name)}
            locked={saved.includes(name.first)}
            put={(part) => put(index, part)}
          />
        ))}
      </ul>
      {imported.flows.some(({ laidOut }) => laidOut) && <p className="note note-info">{say('foreign.laidOut')}</p>}
      <Refused problem={act.problem} />
      <p className="hint">{say('foreign.importHint')}</p>
      <div>
        <Button type="primary" loading={act.busy} disabled={!isReady || !design.data} onClick={() => void save()}>
          {say('foreign.import', { n: names.length })}
        </Button>
      </div>
    </section>
  );
}

interface FlowNameProps {
  name: Name;
  wrong: string;
  locked: boolean;
  put(part: Partial<Name>): void;
}

function FlowName({ name: { key, title }, wrong, locked, put }: FlowNameProps) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <li>
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('foreign.flowTitle')}</label>
        <Input
          id={`${id}-title`}
          maxLength={60}
          value={title}
          disabled={locked}
          onChange={({ target }) => put({ title: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-key`}>{say('foreign.flowKey')}</label>
        <Input
          id={`${id}-key`}
          maxLength={61}
          value={key}
          disabled={locked}
          aria-describedby={`${id}-hint`}
          status={wrong === '' && KEY.test(key) ? '' : 'error'}
          onChange={({ target }) => put({ key: target.value.trim() })}
        />
        <p id={`${id}-hint`} className={wrong === '' ? 'hint' : 'hint complaint'}>
          {wrong || say('foreign.keyHint')}
        </p>
      </div>
    </li>
  );
}
