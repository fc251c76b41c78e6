/** Owns keeping what was played as a story of the change. */
import { saysNothing } from '@ganwei/core/text';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { Refused } from '../../kit/states.tsx';
import type { PlayView } from './play-page.tsx';

const KEY = /^[A-Za-z][\w-]{0,60}$/;

export function Keep({ view, onClose }: { view: PlayView; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const [key, setKey] = useState(view.script?.key ?? '');
  const [title, setTitle] = useState(view.script?.title ?? '');
  const [note, setNote] = useState(view.script?.note ?? '');
  const act = useAct((body: { key: string; title: string; note: string }) => api.keepPlay({ body }));
  const left = view.script ? view.script.of - view.script.done : 0;
  const keep = async () => {
    if (!(await act.run({ key, title: title.trim(), note: note.trim() }))) return;
    tell(say('play.kept', { title: title.trim() }));
    onClose();
  };
  return (
    <Dialog
      title={say('play.keepTitle')}
      confirm={say('play.keep')}
      busy={act.busy}
      disabled={!KEY.test(key) || saysNothing(title) || view.unkept !== ''}
      onConfirm={() => void keep()}
      onClose={onClose}
    >
      <p>{say('play.keepText', { n: view.acts.length })}</p>
      {left > 0 && <p className="complaint">{say('play.keepPart', { n: left })}</p>}
      {view.unkept && <p className="complaint">{say('play.cannotKeep', { reason: view.unkept })}</p>}
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('play.name')}</label>
        <Input
          id={`${id}-title`}
          value={title}
          maxLength={100}
          placeholder={say('play.nameHint')}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-key`}>{say('play.key')}</label>
        <Input id={`${id}-key`} value={key} maxLength={61} onChange={(event) => setKey(event.target.value)} />
        <small className="dim">{say('play.keyHint')}</small>
      </div>
      <div className="field">
        <label htmlFor={`${id}-note`}>{say('play.remark')}</label>
        <Input.TextArea
          id={`${id}-note`}
          value={note}
          maxLength={1000}
          autoSize={{ minRows: 2 }}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
