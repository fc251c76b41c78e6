/** Owns what can be put into a form: the table of components by its groups, with search; Enter puts one behind what is selected, the pointer drags it. Rule: [FDS13]. */
import { COMPONENTS, type ComponentGroup, type ComponentName } from '@ganwei/form/components';
import { fresh, insert } from '@ganwei/form/edit';
import { Input } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import type { Dragging } from './dragging.ts';
import { spotAfter } from './spot.ts';

const GROUPS: readonly ComponentGroup[] = [
  'text',
  'number',
  'date',
  'choice',
  'organisation',
  'file',
  'structure',
  'layout',
];

export function Palette({ dragging }: { dragging: Dragging }) {
  const { form, selected, act, language, dictionaries } = useDesigning();
  const { say } = useSpeech();
  const [wanted, setWanted] = useState('');
  const names = (Object.keys(COMPONENTS) as ComponentName[]).filter((name) =>
    [name, ...Object.values(COMPONENTS[name].label)].some((word) =>
      word.toLowerCase().includes(wanted.trim().toLowerCase()),
    ),
  );
  const put = (component: ComponentName) =>
    act(
      say('formDesign.did.insert'),
      insert(form, [fresh(component, dictionaries[0]?.value)], spotAfter(form, selected.at(-1), component)),
    );
  return (
    <section className="fd-palette" aria-label={say('formDesign.palette')}>
      <Input
        size="small"
        allowClear
        aria-label={say('formDesign.search')}
        placeholder={say('formDesign.search')}
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      {GROUPS.map((group) => {
        const offered = names.filter((name) => COMPONENTS[name].group === group);
        if (offered.length === 0) return null;
        return (
          <fieldset key={group}>
            <legend>{say(`formDesign.group.${group}`)}</legend>
            {offered.map((name) => (
              <button
                key={name}
                type="button"
                className="fd-offer"
                onPointerDown={(event) => event.button === 0 && dragging.begin({ component: name }, event)}
                onClick={() => put(name)}
              >
                {COMPONENTS[name].label[language]}
              </button>
            ))}
          </fieldset>
        );
      })}
      {names.length === 0 && <p className="dim">{say('formDesign.nothingFound')}</p>}
    </section>
  );
}
