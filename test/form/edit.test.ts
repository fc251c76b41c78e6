/** Rules [FDS1] [FDS2]: the acts of whoever designs a form, as laws over any sequence of them. */
import { COMPONENTS, type ComponentName } from '@ganwei/form/components';
import { checkForm } from '@ganwei/form/dialect';
import { duplicate, fresh, get, indent, insert, move, out, remove, rename, set, step, wrap } from '@ganwei/form/edit';
import type { Raw } from '@ganwei/form/node';
import { childrenOf, isContainer, keyOf, mayStand, nodeAt, parentOf, placesOf } from '@ganwei/form/places';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formIn, textOf } from '../../packages/web/design/form/source.ts';
import { formJson } from './world.ts';

const NAMES = Object.keys(COMPONENTS) as ComponentName[];
const purchase = formJson('purchase') as Raw;

/** What a form must keep whatever is done to it; what is not complete yet, the author is told and may leave for later. */
const STRUCTURE = [
  'schema',
  'unknown-key',
  'unknown-component',
  'component-type',
  'children',
  'field-name',
  'duplicate-name',
  'unknown-prop',
];
const broken = (form: Raw) => checkForm(form).filter(({ rule }) => STRUCTURE.includes(rule));

interface Act {
  kind: number;
  at: number;
  to: number;
  name: number;
}
const acts = fc.array(fc.record({ kind: fc.nat(8), at: fc.nat(99), to: fc.nat(99), name: fc.nat(99) }), {
  maxLength: 25,
});

function perform(form: Raw, { kind, at, to, name }: Act): Raw {
  const places = placesOf(form);
  const one = places[at % Math.max(1, places.length)]?.at;
  const other = places[to % Math.max(1, places.length)]?.at ?? '';
  const into = other !== '' && isContainer(nodeAt(form, other) ?? {}) ? other : '';
  const spot = { into, index: to % (childrenOf(nodeAt(form, into) ?? {}).length + 1) };
  const component = NAMES[name % NAMES.length] as ComponentName;
  if (kind === 0 || one === undefined) return insert(form, [fresh(component, 'D-01')], spot)?.form ?? form;
  if (kind === 1 && places.length > 3) return remove(form, [one]).form;
  if (kind === 2) return move(form, [one], spot)?.form ?? form;
  if (kind === 3) return duplicate(form, [one])?.form ?? form;
  if (kind === 4) return wrap(form, [one], fresh('Section'))?.form ?? form;
  if (kind === 5) return step(form, one, name % 2 === 0 ? 1 : -1)?.form ?? form;
  if (kind === 6) return indent(form, one)?.form ?? form;
  if (kind === 7) return rename(form, one, `字段${name}`)?.form ?? form;
  return set(form, one, ['title'], `名称${name}`);
}

describe('acts of the form designer', () => {
  it('FDS1: any sequence of acts leaves a form that the dialect takes structurally, with keys that are unique', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const form = sequence.reduce(perform, purchase);
        expect(broken(form)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('FDS1: moving there and back is the identity', () => {
    const form = purchase;
    for (const { at } of placesOf(form)) {
      const index = childrenOf(nodeAt(form, parentOf(at)) ?? {}).findIndex(([key]) => key === keyOf(at));
      const there = out(form, at);
      if (!there) continue;
      const back = move(there.form, there.at, { into: parentOf(at), index });
      expect(JSON.stringify(back?.form)).toBe(JSON.stringify(form));
    }
  });

  it('FDS1: a step down and up again is the identity', () => {
    for (const { at } of placesOf(purchase)) {
      const down = step(purchase, at, 1);
      const siblings = childrenOf(nodeAt(purchase, parentOf(at)) ?? {});
      if (!down || siblings.at(-1)?.[0] === keyOf(at)) continue;
      expect(JSON.stringify(step(down.form, down.at[0] ?? '', -1)?.form)).toBe(JSON.stringify(purchase));
    }
  });

  it('FDS1: a property that is set and taken away again leaves the form as it was', () => {
    for (const { at } of placesOf(purchase)) {
      const path = ['x-decorator-props', 'zz'];
      expect(JSON.stringify(set(set(purchase, at, path, 1), at, path, undefined))).toBe(JSON.stringify(purchase));
      expect(get(nodeAt(set(purchase, at, path, 1), at), path)).toBe(1);
    }
  });

  it('FDS1: panes stand in tabs only, layout never in a table, and no key is taken twice', () => {
    const [table] = placesOf(purchase).filter(({ component }) => component === 'Table');
    expect(mayStand(purchase, 'Section', table?.at ?? '')).toBe(false);
    expect(mayStand(purchase, 'Pane', '')).toBe(false);
    const twice = insert(purchase, [fresh('Text'), fresh('Text')], { into: '', index: 0 });
    expect(twice?.at).toEqual(['text', 'text2']);
    const there = twice?.form ?? {};
    expect(rename(there, 'text', 'text2')).toBeUndefined();
    expect(rename(there, 'text', 'today')).toBeUndefined();
    expect(rename(there, 'text', 'constructor')).toBeUndefined();
  });

  it('FDS1: every component there is can be put in, and is sound as it comes', () => {
    for (const name of NAMES.filter((one) => one !== 'Pane')) {
      const done = insert(purchase, [fresh(name, 'D-01')], { into: '', index: 0 });
      expect(broken(done?.form ?? {}), name).toEqual([]);
    }
  });
});

describe('the text of a form', () => {
  const texts = [
    JSON.stringify(purchase, null, 2),
    JSON.stringify(purchase),
    '{\n  "form": "f", "title": "T",\n  "schema": { "type": "object",\n    "properties": {\n      "a": { "type": "string", "title": "A", "zz": [1.0, 2e3] },\n      "b": {\n        "type": "string",\n        "title": "B"\n      }\n    }\n  }\n}\n',
  ];

  it('FDS2: a text that is read and written without an act is the same text', () => {
    for (const text of texts) {
      const read = formIn(text);
      if ('flaw' in read) throw new Error(read.flaw);
      expect(textOf(read.form, text, read.written)).toBe(text);
    }
  });

  it('FDS2: one changed property is one changed line, and parts nobody knows stay letter by letter', () => {
    const [text = '', , foreign = ''] = texts;
    const read = formIn(text);
    if ('flaw' in read) throw new Error(read.flaw);
    const [place] = placesOf(read.form).filter(({ node }) => node['x-component-props'] !== undefined);
    const after = textOf(set(read.form, place?.at ?? '', ['type'], 'zz'), text, read.written);
    const [before, now] = [text.split('\n'), after.split('\n')];
    expect(now).toHaveLength(before.length);
    expect(now.filter((line, index) => line !== before[index])).toHaveLength(1);
    const strange = formIn(foreign);
    if ('flaw' in strange) throw new Error(strange.flaw);
    const written = textOf(set(strange.form, 'b', ['title'], 'C'), foreign, strange.written);
    expect(written).toContain('"zz": [1.0, 2e3]');
    expect(JSON.parse(written)).toEqual(JSON.parse(foreign.replace('"B"', '"C"')));
  });

  it('FDS4: a text that is no form is not opened and says why', () => {
    expect(formIn('{')).toHaveProperty('flaw');
    expect(formIn('[]')).toEqual({ flaw: '' });
    expect(formIn('{"schema":{"type":"object"}}')).toEqual({ flaw: '' });
  });
});
