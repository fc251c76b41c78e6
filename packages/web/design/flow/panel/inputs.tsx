/**
 * Owns what is given to a service: a control for each input that its signature names, a key of a definition by a list to choose from, all else an expression; inputs of
 * other names where the service takes any. Rules: [DES20] [DES26].
 */
import { PlusOutlined } from '@ant-design/icons';
import { textOf } from '@ganwei/process/lint/tree';
import type { ServiceInput } from '@ganwei/release/service';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import type { Kind } from '../../check/told.ts';
import { Chooser, Formula } from '../../feel/basic.tsx';
import { useEditing, useElement } from '../editing.ts';
import { concerns } from '../findings.ts';
import { itemsAt, listChanges, type Place, written } from '../moddle.ts';
import { FindingLines } from '../problems.tsx';
import { SettingsList, type SettingsListProps } from './list.tsx';

export function ServiceInputs({ place, fields }: Pick<SettingsListProps, 'place' | 'fields'>) {
  const { services } = useEditing();
  const { businessObject: node } = useElement();
  const { say } = useSpeech();
  const signature = services.get(written(node, place, 'type'));
  if (!signature) return <SettingsList place={place} list="inputs" type="Input" fields={fields} />;
  const named = Object.entries(signature.inputs).filter(([name]) => name !== '*');
  const takesMore = '*' in signature.inputs;
  const given = itemsAt(node, place, 'inputs').map((item) => textOf(item, 'name') ?? '');
  const strange = given.filter((name) => !(name in signature.inputs));
  return (
    <fieldset className="flow-list">
      <legend>{say('flow.inputs')}</legend>
      {named.map(([name, input]) => (
        <InputField key={name} place={place} name={name} input={input} />
      ))}
      {strange.map((name) => (
        <InputField key={name} place={place} name={name} input={{ type: 'Any', label: name }} />
      ))}
      {takesMore && <MoreInputs place={place} />}
    </fieldset>
  );
}

/** Writes an input by its name: it is added with its first value and goes with its last. */
function useInput(place: Place, name: string): [value: string, set: (text: string) => void] {
  const { sheet, elements } = useEditing();
  const { businessObject: node } = useElement();
  const items = itemsAt(node, place, 'inputs');
  const at = items.findIndex((item) => textOf(item, 'name') === name);
  const set = (value: string) => {
    const next = value === '' ? [] : [sheet.create('ganwei:Input', { name, value })];
    const changed = at < 0 ? [...items, ...next] : items.toSpliced(at, 1, ...next);
    sheet.write(listChanges(node, place, 'inputs', changed, sheet.create), elements);
  };
  return [String(items[at]?.get('value') ?? ''), set];
}

function InputField({ place, name, input }: { place: Place; name: string; input: ServiceInput }) {
  const { findings, offered } = useEditing();
  const { say } = useSpeech();
  const id = useId();
  const [value, set] = useInput(place, name);
  const kind = /^(\w+) key$/.exec(input.type)?.[1] as Kind | undefined;
  const choices = kind && offered?.definitions[kind];
  const literal = /^"([^"\\]*)"$/.exec(value.trim())?.[1];
  const [written, setWritten] = useState(false);
  const chooses = choices !== undefined && !written && (value === '' || literal !== undefined);
  const about = findings.filter(
    (finding) => finding.message.includes(`输入「${name}」`) || concerns(finding, input.label, name, value),
  );
  return (
    <div className="flow-field" data-attribute={`Input.${name}`}>
      <label htmlFor={id}>
        {input.label}
        {input.required && <span className="flow-needed">{say('flow.needed')}</span>}
      </label>
      {chooses ? (
        <Chooser
          id={id}
          choices={choices}
          value={literal ?? ''}
          set={(key) => set(key === '' ? '' : JSON.stringify(key))}
        />
      ) : (
        <Formula id={id} value={value} set={set} placeholder={undefined} />
      )}
      {choices && (value === '' || literal !== undefined) && (
        <Button size="small" type="link" onClick={() => setWritten(!written)}>
          {say(written ? 'flow.byChoice' : 'flow.byExpression')}
        </Button>
      )}
      <FindingLines findings={about} />
    </div>
  );
}

/** A service that takes inputs of any name: data for a text, columns of a book. */
function MoreInputs({ place }: { place: Place }) {
  const { sheet, elements } = useEditing();
  const { businessObject: node } = useElement();
  const { say } = useSpeech();
  const [name, setName] = useState('');
  const items = itemsAt(node, place, 'inputs');
  const add = () => {
    const item = sheet.create('ganwei:Input', { name, value: 'null' });
    sheet.write(listChanges(node, place, 'inputs', [...items, item], sheet.create), elements);
    setName('');
  };
  if (sheet.readOnly) return null;
  return (
    <div className="flow-row">
      <input
        className="flow-plain"
        aria-label={say('flow.inputName')}
        placeholder={say('flow.inputName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)}
        onClick={add}
      >
        {say('flow.addInput')}
      </Button>
    </div>
  );
}
