/** Owns a line of text with its label, written when it is left: one act, one step back. Rule: [DTB4]. */
import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useDraft } from '../feel/use-draft.ts';

export interface LineProps {
  label: string;
  value: string;
  set(text: string): void;
  disabled?: boolean;
  note?: string;
  placeholder?: string;
}

export function Line({ label, value, set, disabled, note, placeholder }: LineProps) {
  const id = useId();
  const draft = useDraft(value, set);
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
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

interface DayProps {
  id?: string;
  /** YYYY-MM-DD, or '' */
  value: string;
  set(day: string): void;
  label?: string;
  disabled?: boolean;
}

/** A day, chosen or typed. */
export function DayInput({ id, value, set, label, disabled }: DayProps) {
  const day = dayjs(value);
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      size="small"
      className="flow-select"
      disabled={disabled ?? false}
      value={value !== '' && day.isValid() ? day : null}
      onChange={(next) => set(next ? next.format('YYYY-MM-DD') : '')}
    />
  );
}

/** The same with its label above. */
export function DayLine({ label, ...day }: DayProps & { label: string }) {
  const id = useId();
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      <DayInput id={id} {...day} />
    </div>
  );
}
