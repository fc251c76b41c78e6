/** Owns the page of one change: what it is, its contents, checks, differences, impact and record, and what may be done with it now. */
import { Button } from 'antd';
import { useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { momentText } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link, navigate } from '../../kit/router.tsx';
import { Loading, PageHead } from '../../kit/states.tsx';
import { useSession } from '../../session/session.tsx';
import { ChangeActs } from './acts.tsx';
import { RenameChange } from './begin.tsx';
import { type Change, may } from './change.ts';
import { Comparisons } from './comparisons.tsx';
import { Contents } from './contents.tsx';
import { Findings } from './findings.tsx';
import { Impact } from './impact.tsx';
import { Names } from './names/names.tsx';
import { changeAddress } from './names.ts';
import { ChangeRecord } from './record.tsx';
import { useSavedLater } from './saving.ts';
import { StateMark } from './state-mark.tsx';
import './change.css';

const PARTS = ['contents', 'compare', 'check', 'names', 'impact', 'record'] as const;
type Part = (typeof PARTS)[number];

export default function ChangePage({ params, query }: PageProps) {
  const change = useLoad('change', { params: { id: params.id ?? '' } });
  const part = PARTS.find((one) => one === query.get('part')) ?? 'contents';
  return (
    <div className="page">
      <Loading of={change}>
        {(view) => <Shown change={view} part={part} query={query} reload={change.reload} />}
      </Loading>
    </div>
  );
}

interface ShownProps {
  change: Change;
  part: Part;
  query: URLSearchParams;
  reload(): void;
}

function Shown({ change, part, query, reload }: ShownProps) {
  const { say } = useSpeech();
  useSavedLater(change.id, reload);
  const [renaming, setRenaming] = useState(false);
  return (
    <>
      <PageHead
        title={change.title}
        note={<Facts change={change} />}
        tools={
          <>
            {may(change, 'draft') && (
              <Button type="text" onClick={() => setRenaming(true)}>
                {say('change.rename')}
              </Button>
            )}
            {may(change, 'draft') && (
              <Button onClick={() => navigate(`/design/changes/${change.id}/play`)}>{say('play.title')}</Button>
            )}
            <ChangeActs change={change} onDone={reload} />
          </>
        }
      />
      <p className="change-reason">{change.reason}</p>
      <section className="card flush">
        <nav className="tabs" aria-label={say('change.sections')}>
          {PARTS.map((key) => (
            <Link
              key={key}
              to={changeAddress(change.id, key === 'contents' ? '' : key)}
              aria-current={key === part ? 'page' : undefined}
            >
              {say(`change.${key}`)}
              {key === 'contents' && change.drafts.length > 0 && <span className="count">{change.drafts.length}</span>}
            </Link>
          ))}
        </nav>
        {part === 'contents' && <Contents change={change} reload={reload} />}
        {part === 'compare' && <Comparisons change={change} />}
        {part === 'check' && <Findings change={change} />}
        {part === 'names' && <Names change={change} query={query} reload={reload} />}
        {part === 'impact' && <Impact change={change} />}
        {part === 'record' && <ChangeRecord change={change} reload={reload} />}
      </section>
      {renaming && (
        <RenameChange
          id={change.id}
          title={change.title}
          reason={change.reason}
          onClose={() => setRenaming(false)}
          onRenamed={() => {
            setRenaming(false);
            reload();
          }}
        />
      )}
    </>
  );
}

function Facts({ change }: { change: Change }) {
  const { say, language } = useSpeech();
  const { now } = useSession();
  const { state, origin, authors, base, changedAt, effectiveOn, release } = change;
  return (
    <span className="facts-line">
      <StateMark state={state} />
      {origin !== 'browser' && <Mark tone="plain">{say(`change.origin.${origin}`)}</Mark>}
      {authors.length > 0 && <span>{say('change.by', { names: authors.map(({ name }) => name).join('、') })}</span>}
      <span>{say('change.base', { n: base })}</span>
      <span>{say('change.changedAt', { at: momentText(Math.min(changedAt, now()), language) })}</span>
      {effectiveOn && state !== 'published' && <span>{say('change.effectiveOn', { day: effectiveOn })}</span>}
      {release !== null && <span>{say('change.asRelease', { n: release })}</span>}
    </span>
  );
}
