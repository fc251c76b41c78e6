/** Owns the page of a definition in force: its text or its picture, its versions, and beginning to edit it in a change. */
import type { Answer } from '@ganwei/core/contract';
import type { Named } from '@ganwei/release/paths';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useId, useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link, navigate } from '../../kit/router.tsx';
import { Bones, Loading, PageHead } from '../../kit/states.tsx';
import { BeginChange } from './begin.tsx';
import { definitionAddress, draftAddress, namedIn } from './names.ts';
import './change.css';

const Drawing = lazy(() => import('../drawing.tsx'));

export default function DefinitionPage({ params, query }: PageProps) {
  const named = namedIn(params);
  const version = query.get('version');
  const loaded = useLoad('definition', { query: { ...named, ...(version && { version: Number(version) }) } });
  return (
    <div className="page">
      <Loading of={loaded}>{(definition) => <Shown definition={definition} named={named} />}</Loading>
    </div>
  );
}

function Shown({ definition, named }: { definition: Answer<'definition'>; named: Named }) {
  const { say } = useSpeech();
  const [choosing, setChoosing] = useState(false);
  const { ref, version, versions, source } = definition;
  const design = useLoad('design', {});
  const application = design.data?.applications.find(({ app }) => app === named.app);
  return (
    <>
      <PageHead
        title={ref.title}
        note={say('definition.note', {
          kind: say(`definition.kind.${named.kind}`),
          app: application?.name || say('design.shared'),
          n: version,
        })}
        tools={
          application?.mayDraft && (
            <Button type="primary" onClick={() => setChoosing(true)}>
              {say('definition.edit')}
            </Button>
          )
        }
      />
      {named.kind === 'process' && source !== '' && (
        <section className="card card-body">
          <Suspense fallback={<Bones rows={6} />}>
            <Drawing source={source} label={ref.title} />
          </Suspense>
        </section>
      )}
      <section className="card card-body stack" aria-labelledby="versions">
        <h2 id="versions">{say('definition.versions')}</h2>
        <ul className="files">
          {[...versions].reverse().map(({ version: n, release, effectiveFrom, retired }) => (
            <li key={n}>
              <Link to={`${definitionAddress(named)}?version=${n}`} aria-current={n === version ? 'page' : undefined}>
                {effectiveFrom > '0001-01-01'
                  ? say('definition.version', { n, release, day: effectiveFrom })
                  : say('definition.firstVersion', { n, release })}
              </Link>
              {retired && <span className="dim">{say('definition.isRetired')}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section className="card card-body" aria-labelledby="source">
        <h2 id="source">{say('definition.source')}</h2>
        <Input.TextArea className="source" aria-label={say('definition.source')} rows={20} readOnly value={source} />
      </section>
      {choosing && <ChooseChange named={named} onClose={() => setChoosing(false)} />}
    </>
  );
}

const NEW = '';

/** In one of the changes that are being written, or in one that begins now. */
function ChooseChange({ named, onClose }: { named: Named; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const changes = useLoad('changes', { query: { open: 'true' } });
  const [chosen, setChosen] = useState(NEW);
  const [beginning, setBeginning] = useState(false);
  const open = (change: string) => navigate(draftAddress(change, named));
  if (beginning) return <BeginChange onBegun={open} onClose={onClose} />;
  return (
    <Dialog
      title={say('definition.edit')}
      confirm={say('change.open')}
      onConfirm={() => (chosen === NEW ? setBeginning(true) : open(chosen))}
      onClose={onClose}
    >
      <Loading of={changes} rows={2}>
        {({ rows }) => (
          <div className="field">
            <label htmlFor={id}>{say('definition.inWhich')}</label>
            <Select
              id={id}
              value={chosen}
              onChange={(value: string) => setChosen(value)}
              getPopupContainer={(element) => element.parentElement ?? document.body}
              options={[
                { value: NEW, label: say('definition.newChange') },
                ...rows
                  .filter(({ state }) => state !== 'published' && state !== 'withdrawn' && state !== 'scheduled')
                  .map(({ id: value, title }) => ({ value, label: title })),
              ]}
            />
          </div>
        )}
      </Loading>
    </Dialog>
  );
}
