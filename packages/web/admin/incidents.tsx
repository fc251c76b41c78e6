/** Owns the list of cases that stand still, and the ways to get them going: other people, or another try. */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Empty, Loading, PageHead, Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { PeopleChooser } from '../task/people-chooser.tsx';

type Incident = Answer<'incidents'>[number];

export default function Incidents() {
  const { say } = useSpeech();
  const list = useLoad('incidents', {});
  const [solving, setSolving] = useState<Incident | null>(null);
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
                <Item key={incident.id} incident={incident} solve={() => setSolving(incident)} />
              ))}
            </ul>
          )
        }
      </Loading>
      {solving && (
        <Solve
          incident={solving}
          onClose={() => setSolving(null)}
          onDone={() => {
            setSolving(null);
            tell(say('incidents.solved'));
            list.reload();
          }}
        />
      )}
    </div>
  );
}

function Item({ incident, solve }: { incident: Incident; solve(): void }) {
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
        <Button type="primary" onClick={solve}>
          {say(incident.ways.includes('reassign') ? 'incidents.reassign' : 'incidents.retry')}
        </Button>
      </div>
    </li>
  );
}

function Solve({ incident, onClose, onDone }: { incident: Incident; onClose(): void; onDone(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const way = incident.ways.includes('reassign') ? 'reassign' : 'retry';
  const [people, setPeople] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const act = useAct((body: { way: 'reassign' | 'retry'; people: string[]; comment: string }, options) =>
    api.solveIncident({ params: { id: incident.id }, body }, options),
  );
  const send = async () => {
    if (await act.run({ way, people: [...people], comment: comment.trim() })) onDone();
  };
  const incomplete = comment.trim() === '' || (way === 'reassign' && people.length === 0);
  return (
    <Dialog
      title={say(`incidents.${way}`)}
      confirm={say(`incidents.${way}`)}
      busy={act.busy}
      disabled={incomplete}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{incident.detail}</p>
      {way === 'reassign' && (
        <PeopleChooser several label={say('incidents.people')} value={people} onChange={setPeople} />
      )}
      {way === 'retry' && <p className="dim">{say('incidents.retryHint')}</p>}
      <div className="field">
        <label htmlFor={id}>{say('incidents.comment')}</label>
        <Input.TextArea
          id={id}
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
