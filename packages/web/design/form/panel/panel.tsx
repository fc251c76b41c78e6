/** Owns the panel beside the canvas: what may be set on what is selected, all of it out of the table of components. Rules: [FDS14] [FDS15]. */
import { DECORATOR_PROPS, describe, type Limit, type PropSpec } from '@ganwei/form/components';
import { get, rename } from '@ganwei/form/edit';
import { FORMATS } from '@ganwei/form/formats';
import { labelText } from '@ganwei/form/messages';
import type { Label } from '@ganwei/form/model';
import { isLabel, type Raw } from '@ganwei/form/node';
import { LIMITS } from '@ganwei/form/outline';
import { type Address, childrenOf, type Place } from '@ganwei/form/places';
import type { ReactNode } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { Chooser } from '../../feel/basic.tsx';
import { PhrasingContext } from '../../feel/phrasing.ts';
import { FindingLines } from '../../flow/problems.tsx';
import { useDesigning } from '../designing.ts';
import { titleOf } from '../names.ts';
import { Flag, Labelled, Numeral, Prop, Text } from './field.tsx';
import { labelOf, Options } from './options.tsx';
import { Rules } from './rules.tsx';

export function Panel({ children }: { children: ReactNode }) {
  const { places, selected, readOnly, findings } = useDesigning();
  const { say } = useSpeech();
  const [at] = selected;
  const place = places.find((one) => one.at === at);
  // choosers of properties ask for no names
  const phrasing = { readOnly, functions: undefined, names: async () => [] };
  return (
    <PhrasingContext value={phrasing}>
      <section className="flow-panel" aria-label={say('formDesign.panel')} key={selected.join(' ')}>
        {selected.length > 1 ? (
          <p className="dim">{say('formDesign.several', { n: selected.length })}</p>
        ) : place ? (
          <>
            <FindingLines findings={findings.filter(({ element }) => element === place.path)} />
            <OfField place={place} />
          </>
        ) : (
          <OfForm />
        )}
        {children}
      </section>
    </PhrasingContext>
  );
}

function OfForm() {
  const { form, put } = useDesigning();
  const { say } = useSpeech();
  const text = (name: 'summary' | 'help') => (
    <Text
      label={say(`formDesign.${name}`)}
      value={String(form[name] ?? '')}
      long
      set={(next) => put('', [name], next || undefined)}
    />
  );
  return (
    <>
      <h2>{say('formDesign.whole')}</h2>
      <Both at="" node={form} name="title" />
      {text('summary')}
      {text('help')}
    </>
  );
}

function OfField({ place }: { place: Place }) {
  const { language, put, readOnly } = useDesigning();
  const { say } = useSpeech();
  const { at, node, component } = place;
  if (!component)
    return (
      <>
        <h2>{say('formDesign.foreign')}</h2>
        <p>{say('formDesign.foreignHint', { name: String(node['x-component'] ?? node.type ?? '') })}</p>
      </>
    );
  const { label, limits, props, kind } = describe(component);
  const columns = childrenOf(node).map(([key, child]) => ({ value: key, label: titleOf(child, key, language) }));
  const properties = (member: string, specs: Readonly<Record<string, PropSpec>>) =>
    Object.entries(specs).map(([name, spec]) => (
      <Prop
        key={name}
        spec={spec}
        columns={columns}
        value={get(node, [member, name])}
        set={(next) => several(name, next, member)}
      />
    ));
  // what chooses several keeps a list: both say so, or neither
  const several = (name: string, next: unknown, member: string) =>
    name === 'multiple' ? put(at, [], withSeveral(node, next === true)) : put(at, [member, name], next);
  return (
    <>
      <h2>{label[language]}</h2>
      <Group title={say('formDesign.basic')} open>
        <Both at={at} node={node} name="title" />
        <Key place={place} />
        {node.type !== 'void' && (
          <Flag
            label={LIMITS.required?.[language === 'zh-CN' ? 'zh' : 'en'] ?? ''}
            value={node.required === true}
            set={(next) => put(at, ['required'], next || undefined)}
          />
        )}
        <Both at={at} node={node} name="description" />
      </Group>
      {limits.length > 0 && (
        <Group title={say('formDesign.limits')} open>
          {limits.includes('enum') && (
            <Options value={node.enum} type={node.type} set={(next) => put(at, ['enum'], next)} />
          )}
          {limits.map((limit) => (
            <LimitField key={limit} at={at} node={node} limit={limit} numeric={kind === 'number'} />
          ))}
        </Group>
      )}
      <Group title={say('formDesign.rules')} open={get(node, ['x-rules']) !== undefined}>
        <Rules place={place} />
      </Group>
      <Group title={say('formDesign.display')} open={!readOnly}>
        {properties('x-component-props', props)}
        {properties('x-decorator-props', DECORATOR_PROPS)}
      </Group>
    </>
  );
}

const Group = ({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) => (
  <details className="flow-group" open={open}>
    <summary>{title}</summary>
    {children}
  </details>
);

function withSeveral(node: Raw, yes: boolean): Raw {
  const props = { ...(node['x-component-props'] as Raw | undefined), multiple: yes };
  return { ...node, type: yes ? 'array' : 'string', 'x-component-props': props };
}

/** A text that people read, in both languages. */
function Both({ at, node, name }: { at: Address; node: Raw; name: 'title' | 'description' }) {
  const { put } = useDesigning();
  const { say } = useSpeech();
  const label = isLabel(node[name]) ? (node[name] as Label) : undefined;
  const beside = name === 'title' && typeof node['x-label-en'] === 'string' ? node['x-label-en'] : undefined;
  const english = beside ?? (typeof label === 'object' ? (label['en-US'] ?? '') : '');
  const chinese = labelText(label);
  const write = (zh: string, en: string) => put(at, [name], zh === '' ? undefined : labelOf(zh, en));
  return (
    <>
      <Text
        label={say(`formDesign.${name}.zh`)}
        value={chinese}
        set={(text) => (beside === undefined ? write(text, english) : put(at, [name], text))}
      />
      <Text
        label={say(`formDesign.${name}.en`)}
        value={english}
        set={(text) => (beside === undefined ? write(chinese, text) : put(at, ['x-label-en'], text || undefined))}
      />
    </>
  );
}

/** The name that rules, flows, letters and kept cases know a field by. */
function Key({ place: { at, key, path } }: { place: Place }) {
  const { form, act, isNew } = useDesigning();
  const { say } = useSpeech();
  const free = isNew(path);
  return (
    <Text
      label={say('formDesign.key')}
      value={key}
      disabled={!free}
      note={free ? undefined : say('formDesign.keyFixed')}
      set={(next) => act(say('formDesign.did.rename'), rename(form, at, next.trim()))}
    />
  );
}

function LimitField({ at, node, limit, numeric }: { at: Address; node: Raw; limit: Limit; numeric: boolean }) {
  const { put, language } = useDesigning();
  if (limit === 'enum') return null;
  const label = LIMITS[limit]?.[language === 'zh-CN' ? 'zh' : 'en'] ?? limit;
  const value = node[limit];
  const set = (next: unknown) => put(at, [limit], next === '' ? undefined : next);
  if (limit === 'format') {
    const choices = Object.entries(FORMATS).map(([key, { label: called }]) => ({
      value: key,
      label: language === 'zh-CN' ? called : key,
    }));
    return (
      <Labelled label={label}>
        {(id) => <Chooser id={id} choices={choices} value={String(value ?? '')} set={set} />}
      </Labelled>
    );
  }
  if (limit !== 'default') return <Numeral label={label} value={value} set={set} />;
  if (typeof value === 'object') return null;
  if (node.type === 'boolean')
    return <Flag label={label} value={value === true} set={(next) => set(next || undefined)} />;
  if (numeric || node.type === 'number') return <Numeral label={label} value={value} set={set} />;
  return node.type === 'string' ? <Text label={label} value={String(value ?? '')} set={set} /> : null;
}
