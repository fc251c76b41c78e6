/** Owns linking one's account with whom one is elsewhere, and ending it: both with the password of this house. Rules: [IDP5] [IDP9]. */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { dayText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';
import { DoorNote, useDoorNews } from './door-news.tsx';

type DoorLink = Answer<'doorLinks'>[number];

/** Nothing where there is no door. */
export default function Links() {
  const { say, language } = useSpeech();
  const { news } = useDoorNews();
  const links = useLoad('doorLinks', {});
  const [chosen, setChosen] = useState<DoorLink | null>(null);
  const [isOld, setIsOld] = useState(false);
  if (!links.data?.length) return null;
  const close = () => {
    setChosen(null);
    setIsOld(true);
    links.reload();
  };
  return (
    <section className="card" aria-labelledby="links">
      <h2 id="links">{say('door.links')}</h2>
      <p className="dim">{say('door.linksNote')}</p>
      {news && !isOld && <DoorNote news={news} />}
      <dl className="facts">
        {links.data.map((link) => (
          <div key={link.key} className="link-line">
            <dt>{link.label}</dt>
            <dd>
              {link.linkedAt === null
                ? say('door.notLinked')
                : say('door.isLinked', { called: link.called ?? '', date: dayText(link.linkedAt, language) })}{' '}
              <Button size="small" onClick={() => setChosen(link)}>
                {say(link.linkedAt === null ? 'door.link' : 'door.unlink')}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
      {chosen && <Prove link={chosen} onClose={close} />}
    </section>
  );
}

/** The password, and then the way there, or the end of the link. */
function Prove({ link: { key, label, linkedAt }, onClose }: { link: DoorLink; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const [password, setPassword] = useState('');
  const isLinked = linkedAt !== null;
  const request = { params: { door: key }, body: { password } };
  const act = useAct(async () => (isLinked ? { ...(await api.unlinkDoor(request)), to: '' } : api.linkDoor(request)));
  const go = async () => {
    const answer = await act.run(password);
    if (!answer) return;
    if (answer.to) window.location.assign(answer.to);
    else {
      tell(say('door.unlinked.done'));
      onClose();
    }
  };
  return (
    <Dialog
      title={say(isLinked ? 'door.unlinkTitle' : 'door.linkTitle', { label })}
      confirm={say(isLinked ? 'door.unlink' : 'door.linkSubmit')}
      danger={isLinked}
      busy={act.busy}
      disabled={password === ''}
      onConfirm={() => void go()}
      onClose={onClose}
    >
      <p>{say(isLinked ? 'door.unlinkNote' : 'door.linkNote')}</p>
      <div className="field">
        <label htmlFor={id}>{say('door.password')}</label>
        <Input
          id={id}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
