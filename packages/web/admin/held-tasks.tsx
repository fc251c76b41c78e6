/** Owns the page of steps that wait with people: the business administrator gives one to somebody else, by the step's own rule. Nothing of a case is shown. */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useMore } from '../api/more.ts';
import { stepPeople } from '../api/sources.ts';
import { Dialog } from '../kit/dialog.tsx';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { DueMark, Mark } from '../kit/marks.tsx';
import { tell } from '../kit/notice.tsx';
import { Empty, Loading, More, PageHead, Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { PeopleChooser } from '../task/people-chooser.tsx';

type Held = Answer<'heldTasks'>['rows'][number];

export default function HeldTasks() {
  const { say } = useSpeech();
  const [people, setPeople] = useState<readonly string[]>([]);
  const [person] = people;
  const query = person ? { person } : {};
  const list = useLoad('heldTasks', { query });
  const more = useMore(list, (cursor) => api.heldTasks({ query: { ...query, cursor } }));
  const [giving, setGiving] = useState<Held | null>(null);
  return (
    <div className="page">
      <PageHead title={say('held.title')} note={say('held.note')} />
      <search className="list-tools">
        <PeopleChooser label={say('held.of')} value={people} onChange={setPeople} />
      </search>
      <Loading of={list}>
        {({ rows, next }) =>
          rows.length === 0 ? (
            <Empty title={say(person ? 'held.noneOf' : 'held.none')} />
          ) : (
            <section className="card flush" aria-label={say('held.title')}>
              <ul className="rows" aria-busy={list.busy}>
                {rows.map((row) => (
                  <Row key={`${row.id}${row.holder.id}`} row={row} give={() => setGiving(row)} />
                ))}
              </ul>
              {next && <More busy={more.busy} load={() => more.load(next)} />}
            </section>
          )
        }
      </Loading>
      {giving && (
        <Give
          row={giving}
          onClose={() => setGiving(null)}
          onGiven={() => {
            setGiving(null);
            list.reload();
          }}
        />
      )}
    </div>
  );
}

function Row({ row, give }: { row: Held; give(): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const { holder, number, process, step, left, openedAt, due } = row;
  return (
    <li className="row">
      <div className="row-main">
        <strong>{step}</strong>
        {left && <Mark tone="warning">{say('held.left')}</Mark>}
        <p className="row-note">
          <span>{number}</span>
          <span>{process}</span>
          <span>{say('held.with', { name: holder.name, unit: holder.unit })}</span>
        </p>
      </div>
      <div className="row-side">
        <DueMark due={due} />
        <span className="dim">{say('inbox.todoAt', { at: shortMoment(openedAt, now()) })}</span>
        <Button size="small" onClick={give}>
          {say('held.give')}
        </Button>
      </div>
    </li>
  );
}

function Give({ row, onClose, onGiven }: { row: Held; onClose(): void; onGiven(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const [people, setPeople] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const find = async (q: string) => stepPeople(await api.heldTaskPeople({ params: { id: row.id }, query: { q } }));
  const act = useAct((to: string, options) =>
    api.giveTask({ params: { id: row.id }, body: { holder: row.holder.id, to, comment: comment.trim() } }, options),
  );
  const send = async () => {
    const answer = await act.run(people[0] ?? '');
    if (!answer) return;
    tell(
      say(answer.result === 'given' ? 'held.given' : 'held.incident'),
      answer.result === 'given' ? 'success' : 'error',
    );
    onGiven();
  };
  return (
    <Dialog
      title={say('held.give')}
      confirm={say('held.give')}
      busy={act.busy}
      disabled={saysNothing(comment) || people.length === 0}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>
        {row.number} · {row.step} · {say('held.with', { name: row.holder.name, unit: row.holder.unit })}
      </p>
      <PeopleChooser label={say('held.to')} value={people} onChange={setPeople} find={find} />
      <div className="field">
        <label htmlFor={id}>{say('held.reason')}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
