/** Rules [FDS3] [FDS4] [FDS10] [FDS12] [FDS14] [FDS20] [FDS21] [FDS30]: what the designer of forms does without a screen. */
import { COMPONENTS, DECORATOR_PROPS, type PropSpec } from '@ganwei/form/components';
import { compileForm } from '@ganwei/form/dialect';
import type { Raw } from '@ganwei/form/node';
import { placesOf } from '@ganwei/form/places';
import { PROPERTY_WORDS } from '@ganwei/form/property-words';
import { relianceIn } from '@ganwei/form/reliance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bench } from '../../packages/web/design/check/bench.ts';
import { copied, pasted } from '../../packages/web/design/form/clipboard.ts';
import { pieceOf } from '../../packages/web/design/form/drawable.ts';
import { begin, done, redo, undo } from '../../packages/web/design/form/history.ts';
import { namesAt } from '../../packages/web/design/form/names.ts';
import { shipped, TOLD } from './content.ts';

const FORM = {
  form: 'f',
  title: 'F',
  schema: {
    type: 'object',
    properties: {
      base: {
        type: 'void',
        'x-component': 'Section',
        properties: {
          kind: { type: 'string', title: '类别', 'x-component': 'Radio', enum: [{ label: '甲', value: 'a' }] },
          sum: { type: 'number', title: '合计', 'x-component': 'Computed', 'x-rules': { value: 'sum(items.price)' } },
        },
      },
      items: {
        type: 'array',
        title: '明细',
        'x-component': 'Table',
        items: { type: 'object', properties: { price: { type: 'number', title: '单价', 'x-component': 'Money' } } },
      },
    },
  },
} satisfies Raw;

const FILLERS = { empty: '空', undrawn: (key: string, reason: string) => `${key}：${reason}` };

describe('steps back and forth', () => {
  it('FDS3: undo after any acts leads back through each of them, and redo forth again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (acts) => {
        const states = acts.map((n) => ({ form: { n }, selected: [], label: String(n) }));
        const last = states.reduce(done, begin(FORM));
        const back = acts.reduce(undo, last);
        expect(back.now.form).toBe(FORM);
        expect(undo(back)).toBe(back);
        expect(acts.reduce(redo, back)).toEqual(last);
        for (const state of states) expect(undo(done(last, state)).now).toBe(last.now);
      }),
    );
  });
});

describe('what can be drawn', () => {
  it('FDS10: each node that is sound makes a form of its own that compiles, without rules', () => {
    for (const [key, node] of Object.entries(FORM.schema.properties)) {
      const piece = compileForm(pieceOf(key, node, FILLERS));
      expect(JSON.stringify(piece.definition)).not.toContain('x-rules');
    }
  });

  it('FDS4: whatever stands in a form, what is drawn of it compiles; what cannot be is named', () => {
    const strange: Raw = {
      type: 'void',
      'x-component': 'Section',
      properties: {
        html: { type: 'string', title: '<b>x</b>', 'x-component': 'Html' },
        script: { type: 'string', title: '{{ alert(1) }}' },
        pattern: { type: 'string', title: 'P', pattern: '(a+)+$' },
        constructor: { type: 'string', title: 'C' },
        good: { type: 'string', title: '好' },
      },
    };
    const drawn = JSON.stringify(compileForm(pieceOf('s', strange, FILLERS)).definition);
    expect(drawn).toContain('没有「Html」这种组件');
    expect(drawn).not.toContain('{{');
    expect(drawn).toContain('好');
    const any = fc
      .anything({ maxDepth: 4 })
      .filter((one): one is object => typeof one === 'object' && one !== null && !Array.isArray(one));
    fc.assert(
      fc.property(fc.string(), any, (key, node) => {
        const json = JSON.parse(JSON.stringify(node)) as Raw;
        expect(() => compileForm(pieceOf(key, json, FILLERS), { checked: true })).not.toThrow();
      }),
    );
  });

  it('FDS10: an empty container of every kind can be drawn', () => {
    for (const component of ['Section', 'Grid', 'Tabs', 'Collapse', 'Table']) {
      const node = { type: component === 'Table' ? 'array' : 'void', title: 'T', 'x-component': component };
      expect(() => compileForm(pieceOf('c', node, FILLERS))).not.toThrow();
    }
  });
});

describe('what is copied', () => {
  it('FDS12: nodes come back as they were; texts of others, bad names and unknown components do not', () => {
    const text = copied(FORM, ['base/kind', 'items']);
    expect(pasted(text)?.map(({ key }) => key)).toEqual(['kind', 'items']);
    expect(pasted(text)?.[1]?.node).toEqual(FORM.schema.properties.items);
    for (const bad of ['', '{}', text.replace('Radio', 'Html'), text.replace('"kind"', '"constructor"'), text.slice(1)])
      expect(pasted(bad)).toBeUndefined();
  });
});

describe('names and who follows whom', () => {
  const called = (name: string) => name;

  it('FDS20: a rule may name the fields of its row, then those around it, then what the system gives', () => {
    const names = namesAt(FORM, 'items/price', 'zh-CN', called);
    expect(names.map(({ value }) => value)).toEqual([
      'kind',
      'sum',
      'items',
      'items.price',
      'actor',
      'today',
      'now',
      'rowNumber',
    ]);
    const [kind] = namesAt(FORM, 'base/sum', 'zh-CN', called);
    expect(kind).toMatchObject({
      value: 'kind',
      label: '类别',
      kind: 'string',
      choices: [{ value: 'a', label: '甲' }],
    });
    expect(namesAt(FORM, 'base/sum', 'zh-CN', called).find(({ value }) => value === 'items.price')).toMatchObject({
      kind: 'list<number>',
      label: '明细 · 单价',
    });
  });

  it('FDS21: what a rule reads is told by the paths of the fields, also where the form has faults', () => {
    expect(relianceIn(FORM)).toEqual([{ path: 'sum', rule: 'value', reads: ['items[].price'] }]);
    expect(relianceIn({ ...FORM, strange: 1 })).toHaveLength(1);
    expect(relianceIn(3)).toEqual([]);
  });

  it('FDS1: places are named as rules and findings name them', () => {
    expect(placesOf(FORM).map(({ at, path }) => [at, path])).toEqual([
      ['base', 'base'],
      ['base/kind', 'kind'],
      ['base/sum', 'sum'],
      ['items', 'items'],
      ['items/price', 'items[].price'],
    ]);
  });
});

describe('properties and steps', () => {
  it('FDS14: every property of the table of components has its English word', () => {
    const tables: readonly Readonly<Record<string, PropSpec>>[] = [
      DECORATOR_PROPS,
      ...Object.values(COMPONENTS).map(({ props }) => props),
    ];
    const labels = tables.flatMap((specs) => Object.values(specs).map(({ label }) => label));
    expect(labels.filter((label) => !PROPERTY_WORDS[label])).toEqual([]);
    expect(Object.keys(PROPERTY_WORDS).filter((word) => !labels.includes(word))).toEqual([]);
  });

  it('FDS30: a form of the shipped content is known with each step that fills it in, and with the access there', {
    timeout: 240_000,
  }, async () => {
    const forms = shipped().filter(({ kind }) => kind === 'form');
    const app = forms[0]?.app ?? '';
    const bench = new Bench(shipped(), TOLD, app, () => performance.now());
    await bench.check();
    const steps = forms.flatMap((form) => (form.app === app ? bench.steps(form.key) : []));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ flow, step }) => /\p{Script=Han}/u.test(flow + step))).toBe(true);
    expect(steps.some(({ access }) => access.length > 0)).toBe(true);
    expect(bench.steps('no-such-form')).toEqual([]);
  });
});
