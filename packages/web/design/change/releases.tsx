/** Owns the list of releases: what each brought, its export, and beginning to take it back. */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { idOf } from '@ganwei/release/paths';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useMore } from '../../api/more.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { saveFile } from '../../kit/files.ts';
import { momentText } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { tell } from '../../kit/notice.tsx';
import { Link, navigate } from '../../kit/router.tsx';
import { Empty, Loading, More, PageHead, Refused } from '../../kit/states.tsx';
import { Words } from './acts.tsx';
import { changeAddress, definitionAddress } from './names.ts';
import './change.css';

type Release = Answer<'releases'>['rows'][number];

export default function Releases() {
  const { say } = useSpeech();
  const list = useLoad('releases', { query: {} });
  const more = useMore(list, (cursor) => api.releases({ query: { cursor } }));
  const [takingBack, setTakingBack] = useState<Release | null>(null);
  return (
    <div className="page">
      <PageHead title={say('release.title')} note={say('release.note')} />
      <Loading of={list}>
        {({ rows, next }) =>
          rows.length === 0 ? (
            <Empty title={say('release.none')} />
          ) : (
            <section className="card flush" aria-label={say('release.title')}>
              <ul className="rows">
                {rows.map((release) => (
                  <Row key={release.id} release={release} takeBack={() => setTakingBack(release)} />
                ))}
              </ul>
              {next && <More busy={more.busy} load={() => more.load(next)} />}
            </section>
          )
        }
      </Loading>
      {takingBack && <TakeBack release={takingBack} onClose={() => setTakingBack(null)} />}
    </div>
  );
}

/** So many of what a release brought are named at once. */
const NAMED = 12;

function Row({ release, takeBack }: { release: Release; takeBack(): void }) {
  const { say, language } = useSpeech();
  const { id, at, by, note, change, definitions } = release;
  const fetchZip = useAct((of: number) => api.exportRelease({ params: { id: of } }) as Promise<Blob>);
  const download = async () => {
    const file = await fetchZip.run(id);
    if (file) saveFile(file, `ganwei-release-${id}.zip`);
  };
  return (
    <li className="row">
      <div className="row-main">
        <strong>{say('release.row', { n: id })}</strong>
        <span>{change ? <Link to={changeAddress(change.id)}>{change.title}</Link> : note}</span>
        <p className="row-note">
          <span>{momentText(at, language)}</span>
          <span>{by?.name ?? say('release.folder')}</span>
          <span>{say('release.count', { n: definitions.length })}</span>
        </p>
        <details className="release-contents">
          <summary>{say('change.contents')}</summary>
          <ul>
            {definitions.slice(0, NAMED * 20).map((definition) => (
              <li key={idOf(definition)}>
                <Link to={definitionAddress(definition)}>
                  {say('diff.of', { type: say(`definition.kind.${definition.kind}`), name: definition.title })}
                </Link>
                {definition.retired ? (
                  <Mark tone="stopped">{say('definition.isRetired')}</Mark>
                ) : (
                  <span className="dim">{say('design.version', { n: definition.version })}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
        <Refused problem={fetchZip.problem} />
      </div>
      <div className="row-side row-acts">
        <Button size="small" loading={fetchZip.busy} onClick={() => void download()}>
          {say('release.export')}
        </Button>
        {id > 1 && (
          <Button size="small" onClick={takeBack}>
            {say('release.takeBack')}
          </Button>
        )}
      </div>
    </li>
  );
}

function TakeBack({ release, onClose }: { release: Release; onClose(): void }) {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const act = useAct((body: { reason: string }, options) =>
    api.takeBack({ params: { id: release.id }, body }, options),
  );
  const send = async () => {
    const answer = await act.run({ reason: reason.trim() });
    if (!answer) return;
    tell(say('release.takenBack'));
    navigate(changeAddress(answer.id, 'compare'));
  };
  return (
    <Dialog
      title={say('release.takeBackTitle', { n: release.id })}
      confirm={say('release.takeBack')}
      busy={act.busy}
      disabled={saysNothing(reason)}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say('release.takeBackText', { n: release.definitions.length })}</p>
      <Words label={say('change.reason')} value={reason} onChange={setReason} />
      <Refused problem={act.problem} />
    </Dialog>
  );
}
