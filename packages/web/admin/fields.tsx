/**
 * Owns the fields of the directory's dialogs: a label, a control by the type of what is asked, the complaint of the server at the field.
 * What there is to choose comes from the words of the directory and from its units.
 */
import type { Answer } from '@ganwei/core/contract';
import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { createContext, type ReactNode, useContext, useId } from 'react';
import { useSpeech } from '../kit/language.tsx';
import type { Trouble } from '../kit/states.tsx';
import { PeopleChooser } from '../task/people-chooser.tsx';

export type Words = Answer<'directoryWords'>;
export type Units = Answer<'unitTree'>;
type Attribute = Words['unitAttributes'][number];

interface Asked {
  words: Words;
  units: Units;
  /** what the server says of the fields, by path */
  problem: Trouble | undefined;
}

/** Around the fields of a dialog. */
export const AskedContext = createContext<Asked>({
  words: {
    roles: [],
    unitKinds: [],
    levels: [],
    relations: [],
    unitAttributes: [],
    personAttributes: [],
    postAttributes: [],
    columns: [],
  },
  units: [],
  problem: undefined,
});

export const useAsked = (): Asked => useContext(AskedContext);

/** A labelled control with the complaints about `path`. */
export function Field({
  label,
  path,
  hint,
  children,
}: {
  label: string;
  path: string;
  hint?: string;
  children: (control: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode;
}) {
  const id = useId();
  const { problem } = useAsked();
  const complaints = problem?.fields.filter((field) => field.path === path).map(({ message }) => message) ?? [];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': complaints.length > 0, 'aria-describedby': `${id}-hint` })}
      <p id={`${id}-hint`} className={complaints.length > 0 ? 'complaint' : 'hint'}>
        {complaints.join('；') || hint}
      </p>
    </div>
  );
}

export function TextField({
  label,
  path,
  value,
  onChange,
  hint,
  disabled = false,
}: {
  label: string;
  path: string;
  value: string;
  onChange(text: string): void;
  hint?: string;
  disabled?: boolean;
}) {
  return (
    <Field label={label} path={path} {...(hint && { hint })}>
      {(control) => (
        <Input
          {...control}
          maxLength={200}
          disabled={disabled}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A day, YYYY-MM-DD; '' for none. */
export function DayField({
  label,
  path,
  value,
  onChange,
  hint,
}: {
  label: string;
  path: string;
  value: string;
  onChange(day: string): void;
  hint?: string;
}) {
  return (
    <Field label={label} path={path} {...(hint && { hint })}>
      {(control) => (
        <DatePicker
          {...control}
          className="wide"
          value={value ? dayjs(value) : null}
          getPopupContainer={(node) => node.parentElement ?? document.body}
          onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : '')}
        />
      )}
    </Field>
  );
}

interface Option {
  value: string;
  label: string;
}

/** One or several of some options; what is no option any more is shown as it is. */
export function ChoiceField({
  label,
  path,
  options,
  value,
  onChange,
  several = false,
  hint,
}: {
  label: string;
  path: string;
  options: readonly Option[];
  value: readonly string[];
  onChange(values: string[]): void;
  several?: boolean;
  hint?: string;
}) {
  return (
    <Field label={label} path={path} {...(hint && { hint })}>
      {(control) => (
        <Select<string | string[]>
          {...control}
          className="wide"
          {...(several && { mode: 'multiple' as const })}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          getPopupContainer={(node) => node.parentElement ?? document.body}
          {...((several || value.length > 0) && { value: several ? [...value] : (value[0] as string) })}
          onChange={(next) => onChange(next === undefined ? [] : Array.isArray(next) ? next : [next])}
          options={[...options]}
        />
      )}
    </Field>
  );
}

export const wordOptions = (words: readonly { key: string; title: string }[]): Option[] =>
  words.map(({ key, title }) => ({ value: key, label: title }));

/** Units in use, each told apart by what it belongs to. */
export function unitOptions(units: Units): Option[] {
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return units
    .filter(({ active }) => active)
    .map(({ id, name, parent }) => ({
      value: id,
      label: parent && names.has(parent) ? `${name}（${names.get(parent)}）` : name,
    }));
}

/** The attributes that the content knows, each by its type. A value that is emptied is taken away. */
export function Attributes({
  attributes,
  path,
  values,
  onChange,
}: {
  attributes: readonly Attribute[];
  path: string;
  values: Readonly<Record<string, unknown>>;
  onChange(values: Record<string, unknown>): void;
}) {
  const put = (key: string, value: unknown) => {
    const { [key]: _before, ...others } = values;
    const empty = value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
    onChange(empty ? others : { ...others, [key]: value });
  };
  return attributes.map((attribute) => (
    <AttributeField
      key={attribute.key}
      attribute={attribute}
      path={`${path}.${attribute.key}`}
      value={values[attribute.key]}
      onChange={(value) => put(attribute.key, value)}
    />
  ));
}

function AttributeField({
  attribute,
  path,
  value,
  onChange,
}: {
  attribute: Attribute;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
}) {
  const { say } = useSpeech();
  const { units } = useAsked();
  const { title: label, type, values } = attribute;
  const single = type.replace(/^list<(.*)>$/, '$1');
  const several = single !== type;
  const chosen = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
  const choose = (next: string[]) => onChange(several ? next : next[0]);
  const choice = (options: readonly Option[]) => (
    <ChoiceField {...{ label, path, options, several }} value={chosen} onChange={choose} />
  );
  if (values) return choice(values.map((one) => ({ value: one, label: one })));
  if (single === 'unit') return choice(unitOptions(units));
  if (single === 'person')
    return <PeopleChooser label={label} several={several} value={chosen} onChange={(ids) => choose([...ids])} />;
  if (single === 'boolean') {
    const options = (['true', 'false'] as const).map((one) => ({ value: one, label: say(`directory.${one}`) }));
    return (
      <ChoiceField
        {...{ label, path, options }}
        value={chosen}
        onChange={([next]) => onChange(next === undefined ? undefined : next === 'true')}
      />
    );
  }
  if (several)
    return (
      <TextField
        {...{ label, path }}
        hint={say('directory.several')}
        value={chosen.join('；')}
        onChange={(text) => onChange(text.split(/[;；、]/).filter(Boolean))}
      />
    );
  if (single === 'date') return <DayField {...{ label, path, onChange }} value={chosen[0] ?? ''} />;
  const numeric = (text: string) => (single === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
  return <TextField {...{ label, path }} value={chosen[0] ?? ''} onChange={(text) => onChange(numeric(text))} />;
}
