/** Rules [F2], [F4]-[F9]: which definitions are refused before they can do anything, and how the author learns why. */
import { DefinitionError } from '@ganwei/core/definition';
import { COMPONENTS, type ComponentName, describe as describeComponent } from '@ganwei/form/components';
import { checkForm, compileForm } from '@ganwei/form/dialect';
import type { FieldSchema } from '@ganwei/form/model';
import { describe, expect, test } from 'vitest';
import { openHeadless } from './headless.ts';
import { formJson, submit } from './world.ts';

const withFields = (properties: unknown) => ({ form: 'f', title: '表单', schema: { type: 'object', properties } });
const text = { type: 'string', title: '文本' };
const rulesOf = (properties: unknown, names?: string[]) =>
  checkForm(withFields(properties), names ? { names } : {}).map((problem) => `${problem.element} ${problem.rule}`);

describe('what is refused', () => {
  const table: [title: string, properties: unknown, problem: string][] = [
    [
      'a component outside the list',
      { a: { type: 'string', title: '甲', 'x-component': 'iframe' } },
      'a unknown-component',
    ],
    [
      'an inherited name as component',
      { a: { type: 'string', title: '甲', 'x-component': 'toString' } },
      'a unknown-component',
    ],
    [
      'a prop outside the list',
      { a: { ...text, 'x-component-props': { dangerouslySetInnerHTML: '<b>' } } },
      'a unknown-prop',
    ],
    ['an event handler', { a: { ...text, 'x-component-props': { onClick: 'x' } } }, 'a unknown-prop'],
    [
      'a prop of the wrong type',
      { a: { type: 'string', title: '甲', 'x-component': 'TextArea', 'x-component-props': { rows: 'many' } } },
      'a prop',
    ],
    ['reactions of Formily', { a: { ...text, 'x-reactions': [] } }, 'a unknown-key'],
    ['a pattern', { a: { ...text, pattern: '^(a+)+$' } }, 'a unknown-key'],
    ['a validator', { a: { ...text, 'x-validator': 'x' } }, 'a unknown-key'],
    ['JavaScript braces anywhere', { a: { ...text, description: '{{ $form }}' } }, '表单 braces'],
    ['a dotted name', { 'a.b': text }, 'a.b field-name'],
    ['a destructuring name', { '[a,b]': text }, '[a,b] field-name'],
    ['an inherited name', { toString: text }, 'toString field-name'],
    ['constructor as a name', { constructor: text }, 'constructor field-name'],
    ['a system name', { actor: text }, 'actor field-name'],
    [
      'a name used twice across sections',
      { s: { type: 'void', properties: { a: text } }, a: text },
      'a duplicate-name',
    ],
    ['a missing title', { a: { type: 'string' } }, 'a title'],
    [
      'a type the component cannot hold',
      { a: { type: 'number', title: '甲', 'x-component': 'Date' } },
      'a component-type',
    ],
    ['options missing', { a: { type: 'string', title: '甲', 'x-component': 'Radio' } }, 'a options'],
    [
      'an option twice',
      {
        a: {
          type: 'string',
          title: '甲',
          'x-component': 'Radio',
          enum: [
            { label: '一', value: '1' },
            { label: '又', value: '1' },
          ],
        },
      },
      'a options',
    ],
    ['a limit that cannot be met', { a: { ...text, minLength: 5, maxLength: 4 } }, 'a limit'],
    [
      'a table of more rows than a verdict may take [LIM2]',
      { a: { type: 'array', title: '表', maxItems: 301, items: { type: 'object', properties: { b: text } } } },
      'a limit',
    ],
    ['an unknown format', { a: { ...text, format: 'regex' } }, 'a limit'],
    [
      'a dictionary field without dictionary',
      { a: { type: 'string', title: '甲', 'x-component': 'Dictionary' } },
      'a prop',
    ],
    ['a syntax error', { a: { ...text, 'x-rules': { visible: '1 +' } } }, 'a expression'],
    ['an unknown function', { a: { ...text, 'x-rules': { visible: 'fetch("x")' } } }, 'a expression'],
    ['an unknown rule', { a: { ...text, 'x-rules': { onChange: '1' } } }, 'a rules'],
    [
      'a column the table does not have',
      {
        t: { type: 'array', title: '表', items: { type: 'object', properties: { a: text } } },
        n: { type: 'number', title: '数', 'x-rules': { value: 'sum(t.price)' } },
      },
      'n unknown-name',
    ],
    [
      'a table in a table',
      {
        t: {
          type: 'array',
          title: '表',
          items: {
            type: 'object',
            properties: { u: { type: 'array', title: '表', items: { type: 'object', properties: { a: text } } } },
          },
        },
      },
      't[].u children',
    ],
    [
      'rows by rule without a key column',
      {
        t: {
          type: 'array',
          title: '表',
          'x-rules': { rows: '[]' },
          items: { type: 'object', properties: { a: text } },
        },
      },
      't row-key',
    ],
    [
      'a key column that does not exist',
      {
        t: {
          type: 'array',
          title: '表',
          'x-component-props': { rowKey: 'z' },
          items: { type: 'object', properties: { a: text } },
        },
      },
      't prop',
    ],
    ['a pane outside tabs', { p: { type: 'void', 'x-component': 'Pane', properties: { a: text } } }, 'p children'],
    ['a required section', { s: { type: 'void', required: true, properties: { a: text } } }, 's required'],
  ];
  for (const [title, properties, problem] of table) {
    test(`[F4] ${title}`, () => {
      const problems = checkForm(withFields(properties));
      expect(problems.map(({ element, rule }) => `${element} ${rule}`)).toContain(problem);
      for (const { message } of problems) expect(message).toMatch(/[\u4e00-\u9fff]/);
      expect(() => compileForm(withFields(properties))).toThrow(DefinitionError);
    });
  }

  test('[F4] __proto__ as a field name is refused', () => {
    const json = JSON.parse(
      '{"form":"f","title":"t","schema":{"type":"object","properties":{"__proto__":{"type":"string","title":"x"}}}}',
    );
    expect(checkForm(json).map((problem) => problem.rule)).toContain('field-name');
  });

  test('[F5] all problems are reported at once, not only the first', () => {
    const problems = rulesOf({
      a: { type: 'string', 'x-rules': { visible: '(' } },
      b: { ...text, pattern: 'x' },
      'c-d': text,
    });
    expect(problems).toEqual(expect.arrayContaining(['a title', 'a expression', 'b unknown-key', 'c-d field-name']));
  });

  test('[F5] what is not a form at all is a problem, not a crash', () => {
    for (const wrong of [null, 5, 'x', [], {}, { form: 'a' }, { form: 'a', title: 'b', schema: [] }]) {
      expect(checkForm(wrong).length).toBeGreaterThan(0);
    }
    for (const node of [
      null,
      5,
      [],
      { type: 'object', title: 'x', properties: 5 },
      { type: 'array', title: 'x', items: null },
    ]) {
      expect(rulesOf({ a: node }).length).toBeGreaterThan(0);
    }
  });
});

describe('circles', () => {
  const computed = (value: string) => ({ type: 'number', title: '数', 'x-rules': { value } });

  test('[F6] fields that compute each other are refused with the circle named', () => {
    const [problem] = checkForm(withFields({ a: computed('b + 1'), b: computed('a + 1') }));
    expect(problem).toMatchObject({ rule: 'circle', severity: 'error' });
    expect(problem?.message).toContain('a → b → a');
  });

  test('[F6] visibility counts: a section hidden by a field inside itself is a circle', () => {
    const section = { type: 'void', 'x-rules': { visible: 'a = "x"' }, properties: { a: text } };
    expect(rulesOf({ s: section })).toEqual(['a circle']);
  });

  test('[F6] a column may use a total of another column, but not of its own', () => {
    const rows = (total: string) => ({
      t: {
        type: 'array',
        title: '表',
        items: { type: 'object', properties: { p: { type: 'number', title: '价' }, share: computed('p / total') } },
      },
      total: computed(total),
    });
    expect(rulesOf(rows('sum(t.p)'))).toEqual([]);
    expect(rulesOf(rows('sum(t.share)'))).toContain('t[].share circle');
  });
});

describe('names', () => {
  test('[F7] a rule may use its row, the fields around it, the system names and the forms of the case; anything else is an error', () => {
    const field = (visible: string) => ({ a: text, b: { ...text, 'x-rules': { visible } } });
    expect(rulesOf(field('a = actor.name and today > application.date'), ['application'])).toEqual([]);
    expect(rulesOf(field('aa = 1'), ['application'])).toEqual(['b unknown-name']);
  });

  test('[F7] columns in a filter and loop variables are no unknown names', () => {
    const table = {
      type: 'array',
      title: '表',
      items: { type: 'object', properties: { p: { type: 'number', title: '价' } } },
    };
    expect(
      rulesOf(
        {
          t: table,
          n: { type: 'number', title: '数', 'x-rules': { value: 'count(t[p > 3]) + count(for r in t return r.p)' } },
        },
        [],
      ),
    ).toEqual([]);
  });

  test('[F7] names taken from outside are listed for the checker of the whole process', () => {
    expect(
      compileForm(withFields({ a: { ...text, 'x-rules': { value: 'application.title + actor.name' } } })).outside,
    ).toEqual(['application', 'actor']);
  });
});

const COMPONENT_NAMES = Object.keys(COMPONENTS) as ComponentName[];

/** A field of this component with the least that it needs. */
function nodeOf(name: ComponentName): FieldSchema {
  const { types, kind } = describeComponent(name);
  const pane = { p: { type: 'void', 'x-component': 'Pane', properties: { a: text } } };
  return {
    type: types[0],
    title: name,
    'x-component': name,
    ...(kind === 'choice' && { enum: [{ label: '甲', value: 'a' }] }),
    ...(kind === 'dictionary' && { 'x-component-props': { dictionary: 'D' } }),
    ...(kind === 'reference' && { 'x-component-props': { process: 'p' } }),
    ...(kind === 'table' && { items: { type: 'object', properties: { a: text } } }),
    ...(name === 'Note' && { 'x-component-props': { text: '您好' } }),
    ...((name === 'Tabs' || name === 'Collapse') && { properties: pane }),
  } as FieldSchema;
}

describe('what is allowed', () => {
  for (const name of ['purchase', 'review', 'visit']) {
    test(`[F8] the form ${name} is without problems`, () => expect(checkForm(formJson(name))).toEqual([]));
  }

  test('[F8] every component of the list can be used with its first type', () => {
    for (const name of COMPONENT_NAMES) {
      if (name !== 'Pane') expect(checkForm(withFields({ x: nodeOf(name), y: text })), name).toEqual([]);
    }
  });

  test('[F60] every component refuses some value, and what nobody fills in keeps none', () => {
    const values = [7, true, '随便', {}, [], ['x'], [{}], [7]];
    for (const name of COMPONENT_NAMES) {
      if (name === 'Pane') continue;
      const form = compileForm(withFields({ x: nodeOf(name), y: text }));
      const verdicts = values.map((value) => submit(form, { x: value }));
      const { kind } = describeComponent(name);
      if (kind === 'layout' || kind === 'any')
        expect(verdicts.map((one) => one.values.x)).toEqual(values.map(() => undefined));
      else
        expect(
          verdicts.some(({ errors }) => errors.some(({ path }) => path.startsWith('x'))),
          name,
        ).toBe(true);
    }
  });

  test('[F9] a page that lacks a server function still opens the form: that rule is left to the server', () => {
    const json = withFields({ a: { ...text, 'x-rules': { visible: 'has role(actor.id, "u1", "r")' } }, b: text });
    expect(() => compileForm(json)).toThrow(DefinitionError);
    const form = compileForm(json, { checked: true });
    expect(form.byPath.get('a')?.rules.visible?.inert).toBe(true);
  });

  test('[F9] what may not be there at all, as only the server knows, is demanded by the server alone', async () => {
    const only = (rules: object) => withFields({ a: { ...text, required: true, 'x-rules': rules }, b: text });
    const open = (json: unknown) =>
      openHeadless(compileForm(json, { checked: true }), { access: [], opened: {}, scope: {} });
    const unknown = open(only({ visible: 'has role(actor.id, "u1", "r")' }));
    expect(await unknown.judge()).toEqual({});
    expect(unknown.form.query('a').take()?.decoratorProps.required).toBeFalsy();
    const known = open(only({ visible: 'b = null' }));
    expect(Object.keys(await known.judge())).toEqual(['a']);
  });
});

test('[F61] a form brings the dictionaries that only its rules look up, so that the page reckons as the server does', () => {
  const votes = { ...text, 'x-rules': { value: 'dictionary label( "votes", "agree") + dictionary("ranks")[1].label' } };
  const form = compileForm(withFields({ votes, kind: { ...text, 'x-rules': { visible: 'votes = "dictionary"' } } }));
  expect(form.dictionaries).toEqual(['votes', 'ranks']);
});
