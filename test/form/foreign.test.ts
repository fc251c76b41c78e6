/** Rules [FDS40] [FDS41]: forms of others become ours, and whatever does not is told with its reason. */
import { checkForm } from '@ganwei/form/dialect';
import { fromFormily } from '@ganwei/form/foreign';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const DESIGNABLE = {
  form: { labelCol: 6, wrapperCol: 12 },
  schema: {
    type: 'object',
    'x-designable-id': 'root',
    properties: {
      amount: {
        type: 'number',
        title: '金额',
        'x-component': 'NumberPicker',
        minimum: 0,
        'x-index': 1,
        'x-decorator': 'FormItem',
      },
      reason: {
        type: 'string',
        title: '事由',
        'x-component': 'Input.TextArea',
        'x-component-props': { rows: 4, onChange: '{{ () => alert(1) }}' },
        'x-reactions': '{{ $deps }}',
        required: true,
        'x-index': 0,
      },
      kind: {
        type: 'string',
        title: '类别',
        'x-component': 'Select',
        enum: [
          { label: '甲', value: 1 },
          { label: '乙', value: 2 },
        ],
        'x-index': 2,
      },
      list: {
        type: 'array',
        title: '明细',
        'x-component': 'ArrayTable',
        'x-index': 3,
        items: {
          type: 'object',
          properties: {
            column1: { type: 'void', 'x-component': 'ArrayTable.Index' },
            column2: {
              type: 'void',
              'x-component': 'ArrayTable.Column',
              'x-component-props': { title: '品名' },
              properties: { name: { type: 'string', 'x-component': 'Input' } },
            },
          },
        },
        properties: { add: { type: 'void', 'x-component': 'ArrayTable.Addition' } },
      },
      secret: { type: 'string', title: '密码', 'x-component': 'Password', pattern: '(a+)+$', 'x-index': 4 },
    },
  },
};

describe('forms of others', () => {
  it('FDS40: fields, options, tables and their columns become ours, in their order, and the check takes them', () => {
    const { form, taken } = fromFormily(DESIGNABLE, 'bought')!;
    expect(checkForm(form).filter(({ severity }) => severity === 'error')).toEqual([]);
    const { properties } = form.schema as { properties: Record<string, Record<string, never>> };
    expect(Object.keys(properties)).toEqual(['reason', 'amount', 'kind', 'list']);
    expect(properties.kind!.enum).toEqual([
      { label: '甲', value: '1' },
      { label: '乙', value: '2' },
    ]);
    expect(properties.list).toMatchObject({
      items: { properties: { name: { title: '品名', 'x-component': 'Text' } } },
    });
    expect(taken).toBe(5);
  });

  it('FDS41: scripts, reactions and components that there are not are left, each with its place and reason', () => {
    const { form, told } = fromFormily(DESIGNABLE, 'bought')!;
    const left = told.filter(({ into }) => into === undefined);
    expect(left).toContainEqual({ at: '事由', what: 'x-reactions', why: 'expression' });
    expect(left).toContainEqual({ at: '事由', what: 'onChange', why: 'expression' });
    expect(left).toContainEqual({ at: '密码', what: 'Password', why: 'component' });
    expect(JSON.stringify(form)).not.toContain('{{');
  });

  it('FDS41: whatever it is given, it answers, runs nothing and makes no form the dialect refuses structurally', () => {
    const STRUCTURE = [
      'schema',
      'unknown-key',
      'unknown-component',
      'component-type',
      'field-name',
      'duplicate-name',
      'unknown-prop',
      'braces',
    ];
    const component = fc.constantFrom(
      'Input',
      'Select',
      'ArrayTable',
      'FormTab',
      'FormGrid',
      'Card',
      'Upload',
      'Bad',
      'Text',
      'DatePicker',
      '',
    );
    const { node } = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.constantFrom('string', 'number', 'array', 'void', 'object', 'boolean'),
          title: fc.oneof(fc.string(), fc.constant('{{ evil }}'), fc.integer()),
          'x-component': component,
          'x-component-props': fc.dictionary(
            fc.constantFrom('placeholder', 'rows', '__proto__', 'content'),
            fc.jsonValue(),
          ),
          enum: fc.jsonValue(),
          format: fc.string(),
          minLength: fc.jsonValue(),
          properties: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('constructor', 'today', 'a')), tie('node'), {
            maxKeys: 3,
          }),
        },
        { requiredKeys: [] },
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), node, { maxKeys: 4 }), (properties) => {
        const read = fromFormily({ properties }, 'any')!;
        expect(checkForm(read.form).filter(({ rule }) => STRUCTURE.includes(rule))).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(fromFormily(null, 'x')).toBeUndefined();
    expect(fromFormily({ schema: 3 }, 'x')).toBeUndefined();
  });
});
