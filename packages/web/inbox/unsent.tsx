/** Owns the note on the workbench about what this device has kept because it could not be sent. Loaded when the browser holds something. */
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { openDevice } from '../session/device.ts';
import { useSession } from '../session/session.tsx';
import '../session/kept-words.ts';

export default function Unsent() {
  const { say, language } = useSpeech();
  const { session } = useSession();
  const device = useMemo(() => openDevice(session?.deviceKey ?? ''), [session?.deviceKey]);
  const [kept, setKept] = useState(() => device.list());
  if (kept.length === 0) return null;
  const drop = (address: string) => {
    device.drop(address);
    setKept(device.list());
  };
  return (
    <section className="note" aria-label={say('kept.unsent')}>
      <p>{say('kept.unsent')}</p>
      <ul className="unsent">
        {kept.map(({ address, title, at }) => (
          <li key={address} className="row-tools">
            <span>
              {title} <span className="dim">{momentText(at, language)}</span>
            </span>
            <Link className="button-link" to={address}>
              {say('kept.open')}
            </Link>
            <Button size="small" onClick={() => drop(address)}>
              {say('kept.drop')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
