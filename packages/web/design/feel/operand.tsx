/** Owns what a value is compared with: a control by the kind of the value - a list where it can have only some, a number, a day, 是 or 否 - or the name of another value. */
import { Select } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import type { Choice } from '../check/told.ts';
import { Chooser } from './basic.tsx';
import { Finder } from './finder.tsx';
import { usePhrasing } from './phrasing.ts';
import type { Operand } from './reading.ts';
import { useDraft } from './use-draft.ts';

export interface OperandFieldProps {
  /** as names.ts tells it */
  kind: string;
  choices: readonly Choice[];
  values: readonly Operand[];
  several: boolean;
  set(values: readonly Operand[]): void;
}

export function OperandField({ kind, choices, values, several, set }: OperandFieldProps) {
  const { readOnly, directory } = usePhrasing();
  const { say } = useSpeech();
  const item = kind.replace(/^list<(.*)>$/, '$1');
  const [first] = values;
  const made = (value: string): Operand => operandOf(value, item);
  if (directory && (item === 'person' || item === 'unit'))
    return (
      <Finder
        label={say('flow.values')}
        beside={choices}
        values={values.map(({ value }) => value)}
        several={several}
        find={item === 'person' ? directory.people : directory.units}
        set={(chosen) => set(chosen.map((value) => ofCaseOr(choices, value)))}
      />
    );
  if (several)
    return (
      <Select<string[]>
        size="small"
        className="flow-select"
        mode={choices.length > 0 ? 'multiple' : 'tags'}
        aria-label={say('flow.values')}
        value={values.map(({ value }) => value)}
        options={[...choices]}
        disabled={readOnly}
        onChange={(chosen) => set(chosen.map(made))}
      />
    );
  if (first?.kind === 'name' && !choices.some(({ value }) => value === first.value))
    return <Typed value={first.value} type="text" set={(text) => set(text === '' ? [] : [nameOr(text, item)])} />;
  if (item === 'boolean')
    return (
      <Chooser
        label={say('flow.values')}
        choices={[
          { value: 'true', label: say('flow.yes') },
          { value: 'false', label: say('flow.no') },
        ]}
        value={first?.value ?? ''}
        set={(value) => set(value === 'true' || value === 'false' ? [{ kind: 'truth', value }] : [])}
      />
    );
  if (choices.length > 0)
    return (
      <Chooser
        label={say('flow.values')}
        choices={choices}
        value={first?.value ?? ''}
        set={(value) => set(value === '' ? [] : [made(value)])}
      />
    );
  return (
    <Typed
      value={first?.value ?? ''}
      type={item === 'date' ? 'date' : item === 'number' ? 'number' : 'text'}
      set={(text) => set(text === '' ? [] : [operandOf(text, item)])}
    />
  );
}

/** A value of the case by its name, or somebody of the directory by his id. */
const ofCaseOr = (choices: readonly Choice[], value: string): Operand => ({
  kind: choices.some((one) => one.value === value) ? 'name' : 'text',
  value,
});

/** Where nobody can be looked up, people and units are known by the names of values: a text would be an id that nobody knows. */
const nameOr = (text: string, item: string): Operand =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) ? { kind: 'name', value: text } : operandOf(text, item);

function operandOf(text: string, item: string): Operand {
  if (item === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return { kind: 'number', value: text };
  if (item === 'date' && /^\d{4}-\d\d-\d\d$/.test(text)) return { kind: 'date', value: text };
  if (item === 'person' || item === 'unit') return nameOr(text, 'string');
  return { kind: 'text', value: text };
}

function Typed({ value, type, set }: { value: string; type: string; set(text: string): void }) {
  const { readOnly } = usePhrasing();
  const { say } = useSpeech();
  const { draft, type: write, commit, onKeyDown } = useDraft(value, set);
  return (
    <input
      className="flow-plain"
      type={type}
      step="any"
      aria-label={say('flow.values')}
      value={draft}
      disabled={readOnly}
      onChange={(event) => write(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
