/** Owns what surrounds the pages of a sandbox: the bar with the person and the clock, and beside the frame what stands there now. */
import { localDateTime } from '@ganwei/calendar/zone';
import type { Answer } from '@ganwei/core/contract';
import { Button, DatePicker, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { momentText } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { tell } from '../../kit/notice.tsx';
import { addressOf } from '../../kit/router.tsx';
import { Refused } from '../../kit/states.tsx';
import { Keep } from './keep.tsx';
import type { PlayView } from './play-page.tsx';
import { Script } from './script.tsx';
import { Standing } from './standing.tsx';

interface StageProps {
  view: PlayView;
  onView(view: PlayView): void;
  onEnd(): void;
}

/** How often is looked what was done in the frame, in milliseconds. */
const LOOK = 2_000;

export function Stage({ view, onView, onEnd }: StageProps) {
  const { say } = useSpeech();
  const frame = useRef<HTMLIFrameElement>(null);
  const [at, setAt] = useState('');
  const [visit, setVisit] = useState(0);
  const [keeping, setKeeping] = useState(false);
  const look = useCallback(async () => {
    const { play } = await api.play();
    if (play) onView(play);
    else onEnd();
  }, [onView, onEnd]);
  useEffect(() => {
    const timer = setInterval(() => void look().catch(() => undefined), LOOK);
    return () => clearInterval(timer);
  }, [look]);
  /** The frame begins anew: another person, another time, another page. */
  const renew = (next: PlayView, page = '') => {
    onView(next);
    setAt(page);
    setVisit((count) => count + 1);
  };
  const person = useAct((body: { person: string; page: string }) => api.playPerson({ body: { person: body.person } }));
  const playAs = async (id: string, page = '') => {
    const next = await person.run({ person: id, page });
    if (next) renew(next, page);
  };
  const end = async () => {
    await api.endPlay();
    tell(say('play.ended'));
    onEnd();
  };
  return (
    <>
      <section className="card play-bar">
        <Mark tone="warning">{say('play.title')}</Mark>
        <People view={view} onChoose={(id) => void playAs(id)} />
        <Clock view={view} onMoved={(next) => renew(next, at)} />
        <span className="play-acts">
          <Button disabled={view.acts.length === 0} onClick={() => setKeeping(true)}>
            {say('play.keep')}
          </Button>
          <Button onClick={() => void end()}>{say('play.end')}</Button>
        </span>
        <Refused problem={person.problem} />
      </section>
      <div className="play-stage">
        <iframe
          key={`${view.person.id} ${visit}`}
          ref={frame}
          className="play-frame"
          title={say('play.frame')}
          src={addressOf(`${view.base}${at}`)}
        />
        <aside className="play-side">
          {view.script && <Script script={view.script} base={view.base} onView={(next) => renew(next)} />}
          <Standing view={view} onPlayAs={(id, page) => void playAs(id, page)} />
        </aside>
      </div>
      {keeping && <Keep view={view} onClose={() => setKeeping(false)} />}
    </>
  );
}

type Person = Answer<'playPeople'>['people'][number];

function People({ view, onChoose }: { view: PlayView; onChoose(id: string): void }) {
  const { say } = useSpeech();
  const id = useId();
  const [people, setPeople] = useState<readonly Person[]>([view.person]);
  const find = (q: string) => void api.playPeople({ query: { q } }).then((found) => setPeople(found.people));
  const known = people.some((one) => one.id === view.person.id) ? people : [view.person, ...people];
  return (
    <span className="play-person">
      <label htmlFor={id}>{say('play.as')}</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: find }}
        placeholder={say('play.find')}
        value={view.person.id}
        options={known.map((one) => ({ value: one.id, label: one.unit ? `${one.name}（${one.unit}）` : one.name }))}
        onOpenChange={(open) => open && find('')}
        onChange={onChoose}
        popupMatchSelectWidth={false}
      />
    </span>
  );
}

const DAY = 86_400_000;

function Clock({ view, onMoved }: { view: PlayView; onMoved(view: PlayView): void }) {
  const { say, language } = useSpeech();
  const act = useAct((to: string) => api.playClock({ body: { to } }));
  const local = (instant: number): string => localDateTime(instant).slice(0, 16);
  const move = async (to: string) => {
    const next = await act.run(to);
    if (next) onMoved(next);
  };
  return (
    <span className="play-clock">
      <span>{say('play.now', { at: momentText(view.now, language) })}</span>
      {[1, 7].map((days) => (
        <Button key={days} size="small" disabled={act.busy} onClick={() => void move(local(view.now + days * DAY))}>
          {say('play.forward', { n: days })}
        </Button>
      ))}
      <DatePicker
        size="small"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear
        placeholder={say('play.moveTo')}
        aria-label={say('play.moveTo')}
        minDate={dayjs(local(view.now))}
        value={null as Dayjs | null}
        onOk={(value: Dayjs | null) => value && void move(value.format('YYYY-MM-DDTHH:mm'))}
      />
      <Refused problem={act.problem} />
    </span>
  );
}
