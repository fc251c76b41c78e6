/** Owns the two controls that others are made of: an expression in the place of what is selected, and one out of a list. Rules: [DES20] [DES23]. */
import { Select } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import type { Choice } from '../check/told.ts';
import { Expression } from './expression.tsx';
import { usePhrasing } from './phrasing.ts';

export interface FormulaProps {
  id: string;
  value: string;
  set(text: string): void;
  placeholder: string | undefined;
}

/** An expression in the place of what is selected. */
export function Formula({ id, value, set, placeholder }: FormulaProps) {
  const { readOnly, functions, names } = usePhrasing();
  return (
    <Expression
      id={id}
      value={value}
      set={set}
      names={names}
      functions={functions ?? []}
      disabled={readOnly}
      {...(placeholder !== undefined && { placeholder })}
    />
  );
}

export interface ChooserProps {
  id?: string;
  choices: readonly Choice[];
  value: string;
  set(text: string): void;
  placeholder?: string | undefined;
  label?: string;
}

/** One of a list, or nothing; a value that is not in it stays to be seen. */
export function Chooser({ id, choices, value, set, placeholder, label }: ChooserProps) {
  const { readOnly } = usePhrasing();
  const { say } = useSpeech();
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      aria-label={label}
      size="small"
      className="flow-select"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      placeholder={placeholder ?? say('flow.byDefault')}
      value={value === '' ? null : value}
      options={[...choices]}
      disabled={readOnly}
      onChange={(chosen?: string) => set(chosen ?? '')}
    />
  );
}
