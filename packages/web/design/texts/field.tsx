/** Owns a line of text with its label, written when it is left: one act, one step back. Rule: [DTB4]. */
import { Input } from 'antd';
import { useId } from 'react';
import { useDraft } from '../feel/use-draft.ts';

export interface LineProps {
  label: string;
  value: string;
  set(text: string): void;
  disabled?: boolean;
  note?: string;
  type?: 'text' | 'date';
  placeholder?: string;
}

export function Line({ label, value, set, disabled, note, type = 'text', placeholder }: LineProps) {
  const id = useId();
  const draft = useDraft(value, set);
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type={type}
        size="small"
        spellCheck={false}
        value={draft.draft}
        disabled={disabled ?? false}
        placeholder={placeholder}
        onChange={({ target }) => draft.type(target.value)}
        onBlur={draft.commit}
        onPressEnter={draft.commit}
      />
      {note && <p className="dim">{note}</p>}
    </div>
  );
}
