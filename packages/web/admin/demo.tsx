/** Owns the demo's own page: moving the clock of the whole server, and putting the demo data back. */
import { instantOf, localDateTime } from '@ganwei/calendar/zone';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { PageHead, Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';

const DAY = 86_400_000;

export default function Demo() {
  const { say } = useSpeech();
  return (
    <div className="page narrow">
      <PageHead title={say('demo.title')} note={say('demo.note')} />
      <Clock />
      <Reset />
    </div>
  );
}

function Clock() {
  const { say, language } = useSpeech();
  const { now, reload } = useSession();
  const id = useId();
  const [moment, setMoment] = useState(() => localDateTime(now()).slice(0, 16));
  const act = useAct((to: number) => api.demoClock({ body: { now: to } }));
  const move = async (to: number) => {
    if (Number.isNaN(to)) return;
    const answer = await act.run(to);
    if (!answer) return;
    await reload();
    setMoment(localDateTime(answer.now).slice(0, 16));
    tell(say('demo.moved', { now: momentText(answer.now, language), n: answer.fired }));
  };
  return (
    <section className="card stack">
      <h2>{say('demo.clock')}</h2>
      <p>{say('demo.now', { now: momentText(now(), language) })}</p>
      <div className="row-tools">
        {[1, 3, 7, 30].map((days) => (
          <Button key={days} disabled={act.busy} onClick={() => void move(now() + days * DAY)}>
            {say('demo.forward', { n: days })}
          </Button>
        ))}
      </div>
      <div className="field">
        <label htmlFor={id}>{say('demo.moment')}</label>
        <div className="row-tools">
          <DatePicker
            id={id}
            className="short"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowClear={false}
            value={dayjs(moment)}
            onChange={(_, text) => typeof text === 'string' && setMoment(text.replace(' ', 'T'))}
          />
          <Button type="primary" loading={act.busy} onClick={() => void move(instantOf(moment))}>
            {say('demo.set')}
          </Button>
        </div>
      </div>
      <Refused problem={act.problem} />
    </section>
  );
}

function Reset() {
  const { say } = useSpeech();
  const { reload } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct(() => api.demoReset());
  const reset = async () => {
    if (!(await act.run(null))) return;
    setAsking(false);
    tell(say('demo.resetDone'));
    await reload();
  };
  return (
    <section className="card stack">
      <h2>{say('demo.reset')}</h2>
      <p>{say('demo.resetHint')}</p>
      <div>
        <Button danger onClick={() => setAsking(true)}>
          {say('demo.reset')}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={say('demo.reset')}
          confirm={say('demo.reset')}
          danger
          busy={act.busy}
          onConfirm={() => void reset()}
          onClose={() => setAsking(false)}
        >
          <p>{say('demo.resetAsk')}</p>
          <Refused problem={act.problem} />
        </Dialog>
      )}
    </section>
  );
}
