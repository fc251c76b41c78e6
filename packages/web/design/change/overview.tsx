/** Owns the first page of the design centre: changes that are under way, and what is in force, by application and kind. */
import type { Answer } from '@ganwei/core/contract';
import { idOf } from '@ganwei/release/paths';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useMore } from '../../api/more.ts';
import { shortMoment } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link, navigate } from '../../kit/router.tsx';
import { Empty, Loading, More, PageHead } from '../../kit/states.tsx';
import { useSession } from '../../session/session.tsx';
import { BeginChange } from './begin.tsx';
import { changeAddress, definitionAddress } from './names.ts';
import { StateMark } from './state-mark.tsx';
import './change.css';

type Application = Answer<'design'>['applications'][number];

export default function Overview({ query }: PageProps) {
  const { say } = useSpeech();
  const design = useLoad('design', {});
  const [beginning, setBeginning] = useState(false);
  const ended = query.get('changes') === 'ended';
  const mayDraft = design.data?.applications.some((application) => application.mayDraft) ?? false;
  return (
    <div className="page">
      <PageHead
        title={say('design.title')}
        note={say('design.note')}
        tools={
          <>
            <Link className="button-link" to="/design/releases">
              {say('release.title')}
            </Link>
            {mayDraft && (
              <Button type="primary" onClick={() => setBeginning(true)}>
                {say('design.begin')}
              </Button>
            )}
          </>
        }
      />
      <Changes ended={ended} />
      <Loading of={design}>{({ applications }) => <InForce applications={applications} />}</Loading>
      {beginning && (
        <BeginChange onClose={() => setBeginning(false)} onBegun={(id) => navigate(changeAddress(id, 'contents'))} />
      )}
    </div>
  );
}

function Changes({ ended }: { ended: boolean }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const query = { open: ended ? 'false' : 'true' } as const;
  const list = useLoad('changes', { query });
  const more = useMore(list, (cursor) => api.changes({ query: { ...query, cursor } }));
  return (
    <section className="card flush">
      <nav className="tabs" aria-label={say('design.openChanges')}>
        <Link to="/design" aria-current={ended ? undefined : 'page'}>
          {say('design.openChanges')}
        </Link>
        <Link to="/design?changes=ended" aria-current={ended ? 'page' : undefined}>
          {say('design.endedChanges')}
        </Link>
      </nav>
      <Loading of={list} rows={2}>
        {({ rows, next }) =>
          rows.length === 0 ? (
            <Empty title={say(ended ? 'design.noEnded' : 'design.noChanges')}>
              {!ended && say('design.noChangesHint')}
            </Empty>
          ) : (
            <>
              <ul className="rows">
                {rows.map((change) => (
                  <li key={change.id} className="row">
                    <div className="row-main">
                      <Link className="row-title" to={changeAddress(change.id)}>
                        {change.title}
                      </Link>
                      <StateMark state={change.state} />
                      {change.origin !== 'browser' && <Mark tone="plain">{say(`change.origin.${change.origin}`)}</Mark>}
                      <p className="row-note">
                        <span>{say('change.by', { names: change.authors.map(({ name }) => name).join('、') })}</span>
                        <span>{say('change.count', { n: change.count })}</span>
                        {change.effectiveOn && change.state === 'scheduled' && (
                          <span>{say('change.effectiveOn', { day: change.effectiveOn })}</span>
                        )}
                      </p>
                    </div>
                    <div className="row-side">
                      <span className="dim">
                        {say('change.changedAt', { at: shortMoment(change.changedAt, now()) })}
                      </span>
                    </div>
                  </li>
                ))}
              </ul>
              {next && <More busy={more.busy} load={() => more.load(next)} />}
            </>
          )
        }
      </Loading>
    </section>
  );
}

function InForce({ applications }: { applications: readonly Application[] }) {
  const { say } = useSpeech();
  const [q, setQ] = useState('');
  const wanted = q.trim().toLowerCase();
  // what is shared belongs to nobody's work in particular: it comes last
  const found = [...applications]
    .sort((a, b) => Number(a.app === '') - Number(b.app === ''))
    .map((application) => ({
      ...application,
      definitions: application.definitions.filter(({ title, key }) => `${title} ${key}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ definitions }) => definitions.length > 0);
  return (
    <section className="stack" aria-labelledby="in-force">
      <div className="line-head">
        <h2 id="in-force">{say('design.inForce')}</h2>
        <search>
          <Input
            allowClear
            aria-label={say('design.find')}
            placeholder={say('design.find')}
            value={q}
            onChange={({ target }) => setQ(target.value)}
          />
        </search>
      </div>
      {found.length === 0 && <Empty title={say('design.nothingFound', { q })} />}
      {found.map((application) => (
        <section key={application.app} className="card stack" aria-labelledby={`app-${application.app}`}>
          <div className="line-head">
            <h3 id={`app-${application.app}`}>{application.name || say('design.shared')}</h3>
            {!application.mayDraft && <span className="dim">{say('design.readOnly')}</span>}
          </div>
          <Definitions definitions={application.definitions} />
        </section>
      ))}
    </section>
  );
}

/** By kind, in the order in which the server names them. */
function Definitions({ definitions }: { definitions: Application['definitions'] }) {
  const { say } = useSpeech();
  const kinds = [...new Set(definitions.map(({ kind }) => kind))];
  return (
    <dl className="definitions">
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>{say(`definition.kind.${kind}`)}</dt>
          <dd>
            <ul>
              {definitions
                .filter((definition) => definition.kind === kind)
                .map((definition) => (
                  <li key={idOf(definition)}>
                    <Link to={definitionAddress(definition)}>
                      {kind === 'functions' || kind === 'translation'
                        ? say(`definition.kind.${kind}`)
                        : definition.title}
                    </Link>
                    <span className="dim">{say('design.version', { n: definition.version })}</span>
                    {definition.changes.map(({ id, title }) => (
                      <Link key={id} className="in-change" to={changeAddress(id)}>
                        {say('design.inChange', { title })}
                      </Link>
                    ))}
                  </li>
                ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
