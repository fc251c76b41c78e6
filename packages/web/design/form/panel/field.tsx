/** Owns one control for each kind of property; each writes when it is left, so that a property is one step of undo. Rule: [FDS14]. */
import type { PropSpec } from '@ganwei/form/components';
import { PROPERTY_WORDS } from '@ganwei/form/property-words';
import { Checkbox, Input, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { type MessageKey, useSpeech } from '../../../kit/language.tsx';
import type { Choice } from '../../check/told.ts';
import { Chooser } from '../../feel/basic.tsx';
import { useDraft } from '../../feel/use-draft.ts';
import { useDesigning } from '../designing.ts';

export function Labelled({
  label,
  children,
  note,
}: {
  label: string;
  note?: string | undefined;
  children(id: string): ReactNode;
}) {
  const id = useId();
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {note && <p className="dim">{note}</p>}
    </div>
  );
}

export interface TextProps {
  label: string;
  value: string;
  set(text: string): void;
  long?: boolean;
  disabled?: boolean;
  note?: string | undefined;
}

export function Text({ label, value, set, long, disabled, note }: TextProps) {
  const { readOnly } = useDesigning();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  const shared = {
    size: 'small' as const,
    value: draft,
    disabled: readOnly || (disabled ?? false),
    onBlur: commit,
    onKeyDown,
  };
  return (
    <Labelled label={label} note={note}>
      {(id) =>
        long ? (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 1, maxRows: 6 }}
            {...shared}
            onChange={({ target }) => type(target.value)}
          />
        ) : (
          <Input id={id} {...shared} onPressEnter={commit} onChange={({ target }) => type(target.value)} />
        )
      }
    </Labelled>
  );
}

/** Nothing, or a number; what is no number stays as it was. */
export function Numeral({
  label,
  value,
  set,
}: {
  label: string;
  value: unknown;
  set(value: number | undefined): void;
}) {
  return (
    <Text
      label={label}
      value={value === undefined ? '' : String(value)}
      set={(text) => {
        const number = Number(text.trim());
        if (text.trim() === '') set(undefined);
        else if (Number.isFinite(number)) set(number);
      }}
    />
  );
}

export function Flag({ label, value, set }: { label: string; value: boolean; set(value: boolean): void }) {
  const { readOnly } = useDesigning();
  return (
    <div className="flow-field">
      <Checkbox checked={value} disabled={readOnly} onChange={({ target }) => set(target.checked)}>
        {label}
      </Checkbox>
    </div>
  );
}

interface PropProps {
  spec: PropSpec;
  value: unknown;
  /** columns of the table that is set */
  columns: readonly Choice[];
  set(value: unknown): void;
}

/** The control that a property's kind asks for. */
export function Prop({ spec, value, columns, set }: PropProps) {
  const { dictionaries, language, readOnly } = useDesigning();
  const { say } = useSpeech();
  const label = language === 'zh-CN' ? spec.label : (PROPERTY_WORDS[spec.label] ?? spec.label);
  const text = value === undefined ? '' : String(value);
  const given = spec.default === undefined ? undefined : wordOf(say, spec.default);
  const chosen = (choices: readonly Choice[], take: (text: string) => unknown) => (
    <Labelled label={label}>
      {(id) => (
        <Chooser
          id={id}
          choices={choices}
          value={text}
          placeholder={given}
          set={(next) => set(next === '' ? undefined : take(next))}
        />
      )}
    </Labelled>
  );
  switch (spec.type) {
    case 'number':
      return <Numeral label={label} value={value ?? spec.default} set={set} />;
    case 'boolean':
      return (
        <Flag
          label={label}
          value={value === undefined ? spec.default === true : value === true}
          set={(next) => set(next === spec.default ? undefined : next)}
        />
      );
    case 'choice': {
      const values = spec.values ?? [];
      const choices = values.map((one) => ({ value: String(one), label: wordOf(say, one) }));
      return chosen(choices, (next) => values.find((one) => String(one) === next));
    }
    case 'dictionary':
      return chosen(dictionaries, (next) => next);
    case 'column':
      return chosen(columns, (next) => next);
    case 'texts':
      return (
        <Labelled label={label}>
          {(id) => (
            <Select<string[]>
              id={id}
              size="small"
              className="flow-select"
              mode="multiple"
              disabled={readOnly}
              value={Array.isArray(value) ? value.map(String) : []}
              options={[...columns]}
              onChange={(next) => set(next.length === 0 ? undefined : next)}
            />
          )}
        </Labelled>
      );
    case 'text':
    case 'template':
      return (
        <Text
          label={label}
          value={text}
          long={spec.type === 'template'}
          set={(next) => set(next === '' ? undefined : next)}
        />
      );
  }
}

const VALUES = [
  'select',
  'radio',
  'checkbox',
  'table',
  'cards',
  'plain',
  'info',
  'warning',
  'success',
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'person',
  'unit',
  'dictionary',
  'true',
  'false',
] as const;

function wordOf(say: (key: MessageKey) => string, value: string | number | boolean): string {
  const known = VALUES.find((one) => one === String(value));
  return known ? say(`formDesign.value.${known}`) : String(value);
}
