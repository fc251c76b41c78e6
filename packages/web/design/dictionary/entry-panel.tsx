/** Owns what is said of one entry; a code that has been in force stays, and the panel says why. Rules: [REL26] [DCT2] [DCT6]. */
import { Button, Checkbox } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { DayLine, Line } from '../texts/field.tsx';
import type { Entry } from './entries.ts';

interface EntryPanelProps {
  entry: Entry;
  english: string;
  /** its code has been in force */
  fixed: boolean;
  /** codes of the other entries */
  others: readonly string[];
  readOnly: boolean;
  set(name: string, value: unknown): void;
  setEnglish(text: string): void;
  remove(): void;
}

export function EntryPanel({ entry, english, fixed, others, readOnly, set, setEnglish, remove }: EntryPanelProps) {
  const { say } = useSpeech();
  const setCode = (text: string) => {
    const code = text.trim();
    if (code === '' || code.length > 60 || others.includes(code)) tell(say('dictionary.badCode'), 'error');
    else set('code', code);
  };
  const setAttributes = (text: string) => {
    try {
      const value: unknown = text.trim() === '' ? undefined : JSON.parse(text);
      if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
        throw new Error();
      set('attributes', value);
    } catch {
      tell(say('dictionary.badAttributes'), 'error');
    }
  };
  const day = (name: 'from' | 'to') => (
    <DayLine
      label={say(`dictionary.${name}`)}
      value={entry[name]}
      disabled={readOnly}
      set={(text) => set(name, text === '' ? undefined : text)}
    />
  );
  return (
    <section>
      <h2>{entry.label}</h2>
      <Line
        label={say('dictionary.code')}
        value={entry.code}
        disabled={readOnly || fixed}
        set={setCode}
        {...(fixed && { note: say('dictionary.codeKept') })}
      />
      <Line
        label={say('dictionary.label')}
        value={entry.label}
        disabled={readOnly}
        set={(text) => (text.trim() === '' ? tell(say('dictionary.noLabel'), 'error') : set('label', text.trim()))}
      />
      <Line
        label={say('dictionary.english')}
        value={english}
        disabled={readOnly}
        set={(text) => setEnglish(text.trim())}
        note={say('dictionary.englishNote')}
      />
      <div className="flow-field">
        <Checkbox
          checked={entry.active}
          disabled={readOnly}
          onChange={({ target }) => set('active', target.checked ? undefined : false)}
        >
          {say('dictionary.active')}
        </Checkbox>
        {fixed && !entry.active && (
          <p className="note" role="status">
            {say('dictionary.kept')}
          </p>
        )}
      </div>
      {day('from')}
      {day('to')}
      <Line
        label={say('dictionary.note')}
        value={entry.note}
        disabled={readOnly}
        set={(text) => set('note', text === '' ? undefined : text)}
      />
      <Line label={say('dictionary.attributes')} value={entry.attributes} disabled={readOnly} set={setAttributes} />
      {!readOnly && (
        <Button size="small" danger disabled={fixed || others.length === 0} onClick={remove}>
          {say('dictionary.remove')}
        </Button>
      )}
      {fixed && <p className="dim">{say('dictionary.notRemoved')}</p>}
    </section>
  );
}
