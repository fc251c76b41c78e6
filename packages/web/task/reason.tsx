/** Owns the reason that a return or a transfer needs; the same rule as the server's [T6]. */
import { commentComplaint } from '@ganwei/core/rules';
import { Input } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../kit/language.tsx';

/** Least number of characters. */
const LEAST = 10;

export const reasonComplaint = (text: string): string =>
  commentComplaint({ comment: 'required', commentMin: LEAST }, text)?.message ?? '';

export function Reason({ value, error, onChange }: { value: string; error: string; onChange(text: string): void }) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{say('task.reason')}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 3, maxRows: 8 }}
        value={value}
        aria-invalid={error !== ''}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={error ? 'complaint' : 'hint'} role={error ? 'alert' : undefined}>
        {error || say('task.reasonHint', { n: LEAST })}
      </p>
    </div>
  );
}
