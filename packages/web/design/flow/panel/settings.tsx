/** Owns the controls of one settings element: its attributes in their order, each with what was found about it, and its lists. Rules: [DES20] [DES22]. */
import { descriptorOf, type ElementDescriptor } from '@ganwei/process/lint/descriptors';
import { useId } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { useEditing, useWord } from '../editing.ts';
import { concerns } from '../findings.ts';
import { attributeChanges, type Place, written } from '../moddle.ts';
import { FindingLines } from '../problems.tsx';
import { AccessMatrix } from './access.tsx';
import { Control } from './controls.tsx';
import { ServiceInputs } from './inputs.tsx';
import { SettingsList } from './list.tsx';

export interface SettingsFieldsProps {
  place: Place;
  /** the settings element's own name, where the place is inside another */
  type?: string;
  holds: readonly string[];
  /** lists are shown as well */
  lists: boolean;
}

export function SettingsFields({ place, type = place.settings, holds, lists }: SettingsFieldsProps) {
  const { attributes, lists: known = {} }: ElementDescriptor = descriptorOf(`ganwei:${type}`) as ElementDescriptor;
  return holds.map((name) => {
    if (name in attributes) return <AttributeField key={name} place={place} type={type} name={name} />;
    const inner = known[name];
    if (!lists || inner === undefined) return null;
    if (inner === 'Access') return <AccessMatrix key={name} place={place} />;
    if (inner === 'Input') return <ServiceInputs key={name} place={place} fields={fieldsOf} />;
    return <SettingsList key={name} place={place} list={name} type={inner} fields={fieldsOf} />;
  });
}

/** All that one of a list holds. */
function fieldsOf(place: Place, type: string) {
  const { attributes, lists = {} }: ElementDescriptor = descriptorOf(`ganwei:${type}`) as ElementDescriptor;
  return <SettingsFields place={place} type={type} holds={[...Object.keys(attributes), ...Object.keys(lists)]} lists />;
}

/** One attribute; of several selected elements, the text they share. The table's help is Chinese only. */
function AttributeField({ place, type, name }: { place: Place; type: string; name: string }) {
  const { sheet, elements, findings } = useEditing();
  const { say, language } = useSpeech();
  const word = useWord();
  const id = useId();
  const attribute = (descriptorOf(`ganwei:${type}`) as ElementDescriptor).attributes[name];
  if (!attribute) return null;
  const texts = new Set(elements.map(({ businessObject }) => written(businessObject, place, name)));
  const value = texts.size === 1 ? ([...texts][0] ?? '') : '';
  const set = (text: string) =>
    sheet.write(
      elements.flatMap(({ businessObject }) => attributeChanges(businessObject, place, name, text, sheet.create)),
      elements,
    );
  const about = findings.filter((finding) => concerns(finding, attribute.label.zh, name, value));
  return (
    <div className={about.length > 0 ? 'flow-field flow-field-wrong' : 'flow-field'} data-attribute={`${type}.${name}`}>
      {attribute.kind !== 'flag' && (
        <label htmlFor={id}>
          {word(attribute.label)}
          {attribute.required && <span className="flow-needed">{say('flow.needed')}</span>}
        </label>
      )}
      <Control
        id={id}
        settings={type}
        name={name}
        attribute={attribute}
        value={value}
        set={set}
        placeholder={texts.size > 1 ? say('flow.different') : undefined}
      />
      {attribute.help && language === 'zh-CN' && <p className="dim">{attribute.help}</p>}
      <FindingLines findings={about} />
    </div>
  );
}
