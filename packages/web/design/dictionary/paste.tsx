/** Owns many entries pasted from a sheet: what is read, and which lines are not, stands there before anything is taken. Rule: [DCT4]. */
import { Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';
import { type Pasted, pastedIn } from './entries.ts';

interface PasteProps {
  there: readonly string[];
  take(entries: Pasted['entries']): void;
  close(): void;
}

export function Paste({ there, take, close }: PasteProps) {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const { entries, told } = pastedIn(text, there);
  return (
    <Dialog
      wide
      title={say('dictionary.paste')}
      confirm={say('dictionary.take')}
      disabled={entries.length === 0}
      onConfirm={() => {
        take(entries);
        close();
      }}
      onClose={close}
    >
      <p>{say('dictionary.pasteHint')}</p>
      <Input.TextArea
        rows={8}
        aria-label={say('dictionary.pasteText')}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p role="status">{say('dictionary.pasteSum', { n: entries.length })}</p>
      {told.length > 0 && (
        <ul role="alert">
          {told.map(({ line, why }) => (
            <li key={line}>{say(`dictionary.flaw.${why}`, { line })}</li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
