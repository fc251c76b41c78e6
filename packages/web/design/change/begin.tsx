/** Owns the dialog with which a change begins, or gets another title and reason. */
import { saysNothing } from '@ganwei/core/text';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { Refused } from '../../kit/states.tsx';

interface Words {
  title: string;
  reason: string;
}

export function BeginChange({ onBegun, onClose }: { onBegun(id: string): void; onClose(): void }) {
  const { say } = useSpeech();
  const act = useAct((body: Words, options) => api.beginChange({ body }, options));
  const send = async (words: Words) => {
    const answer = await act.run(words);
    if (!answer) return;
    tell(say('change.begun', { title: words.title }));
    onBegun(answer.id);
  };
  return (
    <WordsDialog title={say('design.begin')} confirm={say('change.beginAct')} act={act} send={send} onClose={onClose} />
  );
}

interface RenameProps extends Words {
  id: string;
  onRenamed(): void;
  onClose(): void;
}

export function RenameChange({ id, title, reason, onRenamed, onClose }: RenameProps) {
  const { say } = useSpeech();
  const act = useAct((body: Words) => api.renameChange({ params: { id }, body }));
  const send = async (words: Words) => {
    if (!(await act.run(words))) return;
    tell(say('change.renamed'));
    onRenamed();
  };
  return (
    <WordsDialog
      title={say('change.rename')}
      confirm={say('change.rename')}
      first={{ title, reason }}
      act={act}
      send={send}
      onClose={onClose}
    />
  );
}

interface DialogProps {
  title: string;
  confirm: string;
  first?: Words;
  act: Pick<ReturnType<typeof useAct>, 'busy' | 'problem'>;
  send(words: Words): Promise<void>;
  onClose(): void;
}

function WordsDialog({ title, confirm, first = { title: '', reason: '' }, act, send, onClose }: DialogProps) {
  const { say } = useSpeech();
  const id = useId();
  const [words, setWords] = useState(first);
  return (
    <Dialog
      title={title}
      confirm={confirm}
      busy={act.busy}
      disabled={saysNothing(words.title) || saysNothing(words.reason)}
      onConfirm={() => void send({ title: words.title.trim(), reason: words.reason.trim() })}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('change.titleLabel')}</label>
        <Input
          id={`${id}-title`}
          maxLength={100}
          placeholder={say('change.titleHint')}
          value={words.title}
          onChange={({ target }) => setWords({ ...words, title: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-reason`}>{say('change.reason')}</label>
        <Input.TextArea
          id={`${id}-reason`}
          rows={3}
          maxLength={1000}
          placeholder={say('change.reasonHint')}
          value={words.reason}
          onChange={({ target }) => setWords({ ...words, reason: target.value })}
        />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
