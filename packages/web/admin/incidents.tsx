/** Owns the list of cases that stand still, and the ways to get them going: other people, another try, the version in force. */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { Button, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { stepPeople } from '../api/sources.ts';
import { Dialog } from '../kit/dialog.tsx';
import { shortMoment } from '../kit/format.ts';
import { type Say, useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Empty, Loading, PageHead, Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { PeopleChooser } from '../task/people-chooser.tsx';

type Incident = Answer<'incidents'>[number];
type Way = Incident['ways'][number];
type Solved = Answer<'solveIncident'>;

/** What an act came to, in words: it may stand still again, or wait for others. */
const outcome = (say: Say, { result, reason }: Solved): string => say(`incidents.${result}`, { reason });

export default function Incidents() {
  const { say } = useSpeech();
  const list = useLoad('incidents', {});
  const [solving, setSolving] = useState<{ incident: Incident; way: Way } | null>(null);
  const close = () => setSolving(null);
  const done = (solved: Solved) => {
    close();
    tell(outcome(say, solved), solved.result === 'standing' ? 'error' : 'success');
    list.reload();
  };
  return (
    <div className="page">
      <PageHead title={say('incidents.title')} note={say('incidents.note')} />
      <Loading of={list}>
        {(incidents) =>
          incidents.length === 0 ? (
            <Empty title={say('incidents.empty')}>{say('incidents.emptyHint')}</Empty>
          ) : (
            <ul className="stack plain-list">
              {incidents.map((incident) => (
                <Item key={incident.id} incident={incident} solve={(way) => setSolving({ incident, way })} />
              ))}
            </ul>
          )
        }
      </Loading>
      {solving &&
        (solving.way === 'move' ? (
          <Move incident={solving.incident} onClose={close} onDone={done} />
        ) : (
          <Solve incident={solving.incident} way={solving.way} onClose={close} onDone={done} />
        ))}
    </div>
  );
}

function Item({ incident, solve }: { incident: Incident; solve(way: Way): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  return (
    <li className="card">
      <div className="line-head">
        <h2>{say(`incident.${incident.kind}`)}</h2>
        <span className="dim">{shortMoment(incident.openedAt, now())}</span>
      </div>
      <p>
        {incident.title} {incident.number} · {say('incidents.at', { node: incident.node })}
      </p>
      <p>{incident.detail}</p>
      <div className="row-tools">
        {incident.ways.map((way, index) => (
          <Button key={way} type={index === 0 ? 'primary' : 'default'} onClick={() => solve(way)}>
            {say(`incidents.${way}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}

interface Acting {
  incident: Incident;
  onClose(): void;
  onDone(solved: Solved): void;
}

function Solve({ incident, way, onClose, onDone }: Acting & { way: 'reassign' | 'retry' }) {
  const { say } = useSpeech();
  const [people, setPeople] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [exception, setException] = useState(false);
  const find = async (q: string) => {
    const found = await api.incidentPeople({ params: { id: incident.id }, query: { q } });
    setException(found.exception);
    return stepPeople(found);
  };
  const act = useAct((body: { way: 'reassign' | 'retry'; people: string[]; comment: string }, options) =>
    api.solveIncident({ params: { id: incident.id }, body }, options),
  );
  const send = async () => {
    const solved = await act.run({ way, people: [...people], comment: comment.trim() });
    if (solved) onDone(solved);
  };
  return (
    <Dialog
      title={say(`incidents.${way}`)}
      confirm={say(`incidents.${way}`)}
      busy={act.busy}
      disabled={saysNothing(comment) || (way === 'reassign' && people.length === 0)}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{incident.detail}</p>
      {way === 'reassign' && (
        <>
          <PeopleChooser several label={say('incidents.people')} value={people} onChange={setPeople} find={find} />
          {exception && <p className="note note-warning">{say('incidents.exception')}</p>}
        </>
      )}
      {way === 'retry' && <p className="dim">{say('incidents.retryHint')}</p>}
      <Words label={say('incidents.comment')} value={comment} onChange={setComment} />
      <Refused problem={act.problem} />
    </Dialog>
  );
}

/** What would move is shown before it moves; what cannot move is not offered. */
function Move({ incident, onClose, onDone }: Acting) {
  const { say } = useSpeech();
  const params = { id: incident.id };
  const preview = useLoad('movePreview', { params }, { fresh: true });
  const [reason, setReason] = useState('');
  const act = useAct((body: { release: number; reason: string }, options) => api.moveCase({ params, body }, options));
  const release = preview.data?.reasons.length === 0 ? preview.data.release : undefined;
  const send = async () => {
    const solved = release !== undefined && (await act.run({ release, reason: reason.trim() }));
    if (solved) onDone(solved);
  };
  return (
    <Dialog
      title={say('incidents.move')}
      confirm={say('incidents.move')}
      busy={act.busy}
      disabled={release === undefined || saysNothing(reason)}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <Loading of={preview}>{(shown) => <Preview preview={shown} />}</Loading>
      {release !== undefined && (
        <>
          <p className="dim">{say('incidents.moveHint')}</p>
          <Words label={say('incidents.moveReason')} value={reason} onChange={setReason} />
        </>
      )}
      <Refused problem={act.problem} />
    </Dialog>
  );
}

function Preview({ preview: { from, to, places, opens, begins, reasons } }: { preview: Answer<'movePreview'> }) {
  const { say } = useSpeech();
  return (
    <>
      {to !== null && <p>{say(to === from ? 'incidents.moveForms' : 'incidents.moveVersions', { from, to })}</p>}
      <List title={say(places.length > 0 ? 'incidents.places' : 'incidents.noPlaces')}>
        {places.map(({ name, kind }) => (
          <li key={`${name} ${kind}`}>
            {name} <span className="dim">{say(`place.${kind}`)}</span>
          </li>
        ))}
      </List>
      {opens.length > 0 && <p>{say('incidents.opens', { names: opens.join('、') })}</p>}
      {begins.length > 0 && <p>{say('incidents.begins', { names: begins.join('、') })}</p>}
      {reasons.length > 0 && (
        <List title={say('incidents.cannotMove')}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </List>
      )}
    </>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="places">
      <p>{title}</p>
      <ul>{children}</ul>
    </div>
  );
}

function Words({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
