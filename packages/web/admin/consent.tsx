/** Owns one line of what a second administrator consents to or not: what is asked, by whom and when, and the two buttons. */
import { Button } from 'antd';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Refused, type Trouble } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import './learned.ts';

interface ConsentProps {
  text: string;
  askedBy: string;
  askedAt: number;
  busy: boolean;
  problem: Trouble | undefined;
  decide(agree: boolean): void;
}

export function Consent({ text, askedBy, askedAt, busy, problem, decide }: ConsentProps) {
  const { say } = useSpeech();
  const { now } = useSession();
  return (
    <li>
      <p>{text}</p>
      <p className="dim">{say('grants.asked', { by: askedBy, at: shortMoment(askedAt, now()) })}</p>
      <Refused problem={problem} />
      <div className="row-tools">
        <Button type="primary" loading={busy} onClick={() => decide(true)}>
          {say('grants.agree')}
        </Button>
        <Button danger loading={busy} onClick={() => decide(false)}>
          {say('grants.refuse')}
        </Button>
      </div>
    </li>
  );
}
