/** Owns one control for each kind of attribute of the table of settings; a kind without one does not compile. Rules: [DES20] [DES23]. */
import type { AttributeDescriptor } from '@ganwei/process/lint/descriptors';
import { wordOf } from '@ganwei/process/lint/panel';
import { namesIn } from '@ganwei/process/lint/tree';
import { Checkbox, Input, Select } from 'antd';
import type { ComponentType } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { Chooser, type ChooserProps, Formula } from '../../feel/basic.tsx';
import { Expression } from '../../feel/expression.tsx';
import { useDraft } from '../../feel/use-draft.ts';
import { type ControlProps, useEditing, useWord } from '../editing.ts';
import { useChoices } from './choices.ts';
import { PeopleField } from './people-field.tsx';

export function Control(props: ControlProps) {
  const { say } = useSpeech();
  const Kind = KINDS[props.attribute.kind];
  const wanted = props.attribute.required ? say('flow.needed') : undefined;
  return <Kind {...props} placeholder={props.placeholder ?? wanted} />;
}

const KINDS: Readonly<Record<AttributeDescriptor['kind'], ComponentType<ControlProps>>> = {
  feel: Feel,
  template: Template,
  text: Text,
  key: Key,
  names: Names,
  number: Numeral,
  flag: Flag,
  choice: OneOf,
  choices: SomeOf,
};

const PEOPLE = 'list<list<person>>';

function Feel(props: ControlProps) {
  return props.attribute.wants === PEOPLE ? <PeopleField {...props} /> : <Formula {...props} />;
}

function Template({ id, value, set }: ControlProps) {
  const { sheet, offered, names } = useEditing();
  return (
    <Expression
      id={id}
      value={value}
      set={set}
      names={names}
      functions={offered?.functions ?? []}
      disabled={sheet.readOnly}
      template
    />
  );
}

function Text({ id, value, set, placeholder }: ControlProps) {
  const { sheet } = useEditing();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  return (
    <Input.TextArea
      id={id}
      size="small"
      autoSize={{ minRows: 1, maxRows: 8 }}
      value={draft}
      disabled={sheet.readOnly}
      placeholder={placeholder}
      onChange={(event) => type(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

/** Whole numbers; what is not one stays, and the check says so. */
function Numeral({ id, value, set, placeholder }: ControlProps) {
  const { sheet } = useEditing();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  return (
    <Input
      id={id}
      size="small"
      inputMode="numeric"
      value={draft}
      disabled={sheet.readOnly}
      placeholder={placeholder}
      onChange={(event) => type(event.target.value.trim())}
      onBlur={commit}
      onKeyDown={onKeyDown}
      onPressEnter={commit}
    />
  );
}

/** Yes, no, or as the house has it when nothing is written. */
function Flag({ id, attribute, value, set }: ControlProps) {
  const { sheet } = useEditing();
  const word = useWord();
  return (
    <Checkbox
      id={id}
      checked={value === 'true'}
      indeterminate={value === ''}
      disabled={sheet.readOnly}
      onChange={() => set(value === '' ? 'true' : value === 'true' ? 'false' : '')}
    >
      {word(attribute.label)}
      <Unset value={value} />
    </Checkbox>
  );
}

function Unset({ value }: { value: string }) {
  const { say } = useSpeech();
  return value === '' ? <span className="dim">{say('flow.unset')}</span> : null;
}

function Key({ id, attribute, value, set, placeholder }: ControlProps) {
  const choices = useChoices(attribute.of);
  return <Chooser id={id} choices={choices} value={value} set={set} placeholder={placeholder} />;
}

function OneOf({ id, settings, name, attribute, value, set, placeholder }: ControlProps) {
  const word = useWord();
  const choices = (attribute.values ?? []).map((one) => ({ value: one, label: word(wordOf(settings, name, one)) }));
  return <Chooser id={id} choices={choices} value={value} set={set} placeholder={placeholder} />;
}

function Names({ id, attribute, value, set, placeholder }: ControlProps) {
  const choices = useChoices(attribute.of);
  return <Several id={id} choices={choices} value={value} set={set} placeholder={placeholder} />;
}

function SomeOf({ id, settings, name, attribute, value, set, placeholder }: ControlProps) {
  const word = useWord();
  const choices = (attribute.values ?? []).map((one) => ({ value: one, label: word(wordOf(settings, name, one)) }));
  return <Several id={id} choices={choices} value={value} set={set} placeholder={placeholder} />;
}

/** Names, separated by commas in the file. */
function Several({ id, choices, value, set, placeholder }: Omit<ChooserProps, 'id'> & { id: string }) {
  const { sheet } = useEditing();
  const { say } = useSpeech();
  return (
    <Select<string[]>
      id={id}
      size="small"
      className="flow-select"
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder ?? say('flow.byDefault')}
      value={namesIn(value)}
      options={[...choices]}
      disabled={sheet.readOnly}
      onChange={(chosen) => set(chosen.join(','))}
    />
  );
}
