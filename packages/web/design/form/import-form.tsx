/** Owns the import of a Formily schema of others: what converts, what does not and why is listed before anything is taken. Rules: [FDS40] [FDS41]. */
import { type Conversion, fromFormily } from '@ganwei/form/foreign';
import type { Raw } from '@ganwei/form/node';
import { Input } from 'antd';
import { useState } from 'react';
import { ChooseFile } from '../../kit/choose-file.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';

interface ImportFormProps {
  formKey: string;
  take(form: Raw): void;
  close(): void;
}

/** Larger texts are not looked at. */
const LONGEST = 2_000_000;

export default function ImportForm({ formKey, take, close }: ImportFormProps) {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const [read, setRead] = useState<{ conversion?: Conversion; flaw?: string }>({});
  const look = (source: string) => {
    setText(source);
    setRead(source.trim() === '' ? {} : readFrom(source, formKey));
  };
  const { conversion, flaw } = read;
  const left = conversion?.told.filter(({ why, into }) => why !== undefined && into === undefined) ?? [];
  const became = conversion?.told.filter(({ into }) => into !== undefined) ?? [];
  return (
    <Dialog
      wide
      title={say('formDesign.import')}
      confirm={say('formDesign.take')}
      disabled={!conversion || conversion.taken === 0}
      onConfirm={() => {
        if (conversion) take(conversion.form);
        close();
      }}
      onClose={close}
    >
      <p>{say('formDesign.importHint')}</p>
      <ChooseFile
        label={say('formDesign.importFile')}
        accept=".json,application/json"
        onChoose={(file) => void file.text().then(look)}
      />
      <Input.TextArea
        aria-label={say('formDesign.importText')}
        placeholder={say('formDesign.importText')}
        rows={6}
        spellCheck={false}
        value={text}
        onChange={({ target }) => look(target.value)}
      />
      {flaw !== undefined && (
        <p className="note note-error" role="alert">
          {flaw === '' ? say('formDesign.noSchema') : say('formDesign.unreadable', { reason: flaw })}
        </p>
      )}
      {conversion && (
        <div className="fd-told">
          <p role="status">{say('formDesign.importSum', { taken: conversion.taken, left: left.length })}</p>
          {left.length > 0 && <strong>{say('formDesign.left')}</strong>}
          <ul>
            {left.map(({ at, what, why }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be left twice
              <li key={index}>
                {at}：{what} — {why && say(`formDesign.why.${why}`)}
              </li>
            ))}
          </ul>
          <details>
            <summary>{say('formDesign.became', { n: became.length })}</summary>
            <ul>
              {became.map(({ at, what, into }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same may become the same twice
                <li key={index}>
                  {at}：{what} → {into}
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </Dialog>
  );
}

function readFrom(source: string, key: string): { conversion?: Conversion; flaw?: string } {
  if (source.length > LONGEST) return { flaw: '' };
  try {
    const conversion = fromFormily(JSON.parse(source), key);
    return conversion ? { conversion } : { flaw: '' };
  } catch (error) {
    return { flaw: (error as Error).message };
  }
}
