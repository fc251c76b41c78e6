/** Rules [PAGE1]-[PAGE3]: what the browser promises about a step's outcomes. */

import { compileForm } from '@ganwei/form/dialect';
import { describe, expect, test } from 'vitest';
import { zhCN } from '../../packages/web/messages/zh-CN.ts';
import { hurdle } from '../../packages/web/task/hurdle.ts';
import { confirmation, hurdleOf, inOrder, type Outcome } from '../../packages/web/task/outcomes.ts';

const isOffered = (...given: Parameters<typeof hurdleOf>) => hurdleOf(...given) === null;

const outcome = (change: Partial<Outcome>): Outcome => ({
  key: 'agree',
  label: '同意',
  style: 'default',
  comment: 'none',
  commentMin: 0,
  validates: true,
  when: null,
  confirm: null,
  ...change,
});

describe('outcomes', () => {
  test('[PAGE1] the primary outcome comes first and the dangerous one last, otherwise as the process says', () => {
    const styles = ['danger', 'default', 'primary', 'default'] as const;
    const keys = inOrder(styles.map((style, index) => outcome({ key: `${style}${index}`, style }))).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(['primary2', 'default1', 'default3', 'danger0']);
  });

  test.each([
    ['form.ok = true', { ok: true }, true],
    ['form.ok = true', { ok: false }, false],
    ['form.ok = true', {}, false],
    ['limit > 10 and form.ok = true', { ok: true }, true],
    ['count(form.rows) > 0', {}, false],
    ['count([form.a, form.b][item = true]) = 2', { a: true, b: false }, false],
    ['count([form.a, form.b][item = true]) = 2', { a: true, b: true }, true],
  ])('[PAGE2] an outcome is offered only while its condition holds: %s with %j', (when, form, offered) => {
    expect(isOffered(outcome({ when }), { limit: 20 }, form)).toBe(offered);
  });

  test.each([
    ['only the server knows the function', 'times("step") < 2', {}, true],
    ['only the server knows the name', 'elsewhere.total > 5', {}, true],
    ['a part that is known decides', 'form.ok = true and times("step") < 2', { ok: false }, false],
    ['a part that is known leaves the rest to the server', 'form.ok = true and times("step") < 2', { ok: true }, true],
    ['quoted words join nothing', 'form.ok = "a and b" and times("step") < 2', { ok: 'a and b' }, true],
    ['alternatives are not taken apart', 'form.ok = true or times("step") < 2', { ok: false }, true],
  ])('[PAGE2] what the browser cannot evaluate is left to the server: %s', (_, when, form, offered) => {
    expect(isOffered(outcome({ when }), {}, form)).toBe(offered);
  });

  const FORM = compileForm({
    form: 'check',
    title: '审查',
    schema: {
      type: 'object',
      properties: {
        inTime: { type: 'boolean', title: '是否在期限内', 'x-component': 'Switch' },
        reason: { type: 'string', title: '不予受理理由', 'x-component': 'TextArea' },
        rows: {
          type: 'array',
          title: '补正清单',
          'x-component': 'Table',
          items: { type: 'object', properties: { what: { type: 'string', title: '材料', 'x-component': 'Text' } } },
        },
      },
    },
  });
  const say = (key: string, params: Record<string, unknown> = {}) =>
    (zhCN as Record<string, string>)[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
  const why = (when: string, values: Record<string, unknown>) => {
    const one = outcome({ label: '不予受理', when });
    return hurdle({ say: say as never, language: 'zh-CN' }, one.label, hurdleOf(one, {}, values)!, FORM, values);
  };

  test.each([
    ['form.reason != null', {}, '选「不予受理」之前，请先填写：不予受理理由。', 'reason'],
    [
      'count(form.rows) > 0 and form.reason != null',
      {},
      '选「不予受理」之前，请先填写：补正清单、不予受理理由。',
      'rows',
    ],
    [
      'form.inTime = true and form.reason != null',
      { inTime: true },
      '选「不予受理」之前，请先填写：不予受理理由。',
      'reason',
    ],
    ['form.reason = "甲"', { reason: '乙' }, '「不予受理」与所填内容不符，请核对：不予受理理由。', 'reason'],
    ['1 > 2', {}, '目前不能选「不予受理」。', ''],
  ])(
    '[PAGE43] an outcome that is not possible says what is missing, and where: %s with %j',
    (when, values, text, path) => {
      expect(why(when, values)).toEqual({ text, path });
    },
  );

  test('[PAGE3] an irreversible act says what will happen, with what is filled in', () => {
    const confirm = '将送达 {= count(form.units) } 家单位';
    expect(confirmation(outcome({ confirm }), {}, { units: ['a', 'b'] })).toBe('将送达 2 家单位');
    expect(confirmation(outcome({}), {}, {})).toBeNull();
    expect(confirmation(outcome({ confirm: '共 {= known only there(1) } 份' }), {}, {})).toContain('份');
  });
});
