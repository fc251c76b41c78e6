/** Rules [PAGE1]-[PAGE3]: what the browser promises about a step's outcomes. */
import { describe, expect, test } from 'vitest';
import { confirmation, inOrder, isOffered, type Outcome } from '../../packages/web/task/outcomes.ts';

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

  test('[PAGE3] an irreversible act says what will happen, with what is filled in', () => {
    const confirm = '将送达 {= count(form.units) } 家单位';
    expect(confirmation(outcome({ confirm }), {}, { units: ['a', 'b'] })).toBe('将送达 2 家单位');
    expect(confirmation(outcome({}), {}, {})).toBeNull();
    expect(confirmation(outcome({ confirm: '共 {= known only there(1) } 份' }), {}, {})).toContain('份');
  });
});
