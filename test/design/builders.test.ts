/** Rules [DES40] [DES41]: what builders write they read again, and what they cannot show they leave alone. */
import { compileExpression } from '@ganwei/feel/compile';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conditionIn,
  conditionText,
  countOf,
  type Group,
  type Operator,
  outcomeOf,
  type Test,
} from '../../packages/web/design/feel/condition.ts';
import { peopleIn, peopleText, type Way } from '../../packages/web/design/feel/people.ts';
import type { Operand } from '../../packages/web/design/feel/reading.ts';
import { PLATFORM_FUNCTIONS } from '../../server/catalogue/language.ts';

const SPACED = Object.keys(PLATFORM_FUNCTIONS).concat('list contains');
const language = { mode: 'strict', functions: PLATFORM_FUNCTIONS } as const;

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,7}$/).filter((text) => !WORDS.has(text));
const WORDS = new Set(
  'true false null and or not in if then else for return some every satisfies between instance of function date time duration external'.split(
    ' ',
  ),
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const text = fc.string({ unit: fc.constantFrom('a', '甲', ' ', '"', '\\', '(', '。', "'"), maxLength: 8 });
const operand: fc.Arbitrary<Operand> = fc.oneof(
  text.map((value): Operand => ({ kind: 'text', value })),
  fc.stringMatching(/^-?[1-9]\d{0,4}(\.\d{1,2})?$/).map((value): Operand => ({ kind: 'number', value })),
  fc.constantFrom<Operand>({ kind: 'truth', value: 'true' }, { kind: 'truth', value: 'false' }),
  fc.constantFrom<Operand>({ kind: 'date', value: '2026-10-01' }),
  path.map((value): Operand => ({ kind: 'name', value })),
);
const subject = fc.oneof(path, name.map(outcomeOf), path.map(countOf));
const single = fc.constantFrom<Operator>('=', '!=', '<', '<=', '>', '>=');
const testOf: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(subject, single, operand).map(([of, operator, value]): Test => ({ subject: of, operator, values: [value] })),
  fc
    .tuple(path, fc.constantFrom<Operator>('contains', 'lacks'), operand)
    .map(([of, operator, value]): Test => ({ subject: of, operator, values: [value] })),
  fc
    .tuple(subject, fc.constantFrom<Operator>('in', 'not in'), fc.array(operand, { minLength: 1, maxLength: 3 }))
    .map(([of, operator, values]): Test => ({ subject: of, operator, values })),
  fc
    .tuple(subject, fc.constantFrom<Operator>('empty', 'filled'))
    .map(([of, operator]): Test => ({ subject: of, operator, values: [] })),
);
const group = (depth: number): fc.Arbitrary<Group> => {
  const part = depth === 0 ? testOf : fc.oneof(testOf, group(depth - 1));
  return fc.record({
    join: fc.constantFrom('and' as const, 'or' as const),
    parts: fc.array(part, { minLength: 2, maxLength: 4 }),
  });
};

describe('conditions', () => {
  test('[DES40] any condition of the builder is an expression, and is the same condition when it is read', () => {
    fc.assert(
      fc.property(group(2), (condition) => {
        const source = conditionText(condition);
        compileExpression(source, language);
        expect(conditionIn(source, SPACED)).toEqual(condition);
      }),
      { numRuns: 300 },
    );
  });

  test('[DES40] one comparison is a condition, no comparison an empty one', () => {
    expect(conditionIn('outcome = "agree"', SPACED)).toEqual({
      join: 'and',
      parts: [{ subject: 'outcome', operator: '=', values: [{ kind: 'text', value: 'agree' }] }],
    });
    expect(conditionText(conditionIn('  ', SPACED)!)).toBe('');
    expect(conditionText(conditionIn('a = 1 or b = 2 and c != null', SPACED)!)).toBe('a = 1 or (b = 2 and c != null)');
  });

  test.each([
    'every i in plan.items satisfies i.state = "x"',
    'a + 1 = 2',
    'f(a) and b = 1',
    'a between 1 and 2',
    'a = b.c[1]',
    'not(a = 1)',
    'a = 1 and',
    'a',
  ])('[DES40] what rows cannot say is left as it is written: %s', (source) => {
    expect(conditionIn(source, SPACED)).toBeUndefined();
  });
});

describe('people', () => {
  const way: fc.Arbitrary<Way> = fc.oneof(
    fc.constant<Way>({ by: 'starter' }),
    path.map((people): Way => ({ by: 'field', people, single: false })),
    path.filter((one) => one !== 'case.starter').map((people): Way => ({ by: 'field', people, single: true })),
    name.map((step): Way => ({ by: 'step', step })),
    path.map((unit): Way => ({ by: 'head', unit })),
    path.map((people): Way => ({ by: 'superior', people })),
    fc
      .tuple(fc.constantFrom('in' as const, 'below' as const, 'above' as const), path, name)
      .map(([where, unit, role]): Way => ({ by: 'role', where, unit, role })),
  );

  test('[DES41] any ways to find people are an expression, and are the same ways when it is read', () => {
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 4 }), (ways) => {
        const source = peopleText(ways);
        compileExpression(source, language);
        expect(peopleIn(source, SPACED)).toEqual(ways);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['holders(related unit(a.b, "x"), "y")', 'team.team[item.role = "x"].person', 'liaisons(a.b)', '[a, b]'])(
    '[DES41] what sentences cannot say is left as it is written: %s',
    (source) => {
      expect(peopleIn(source, SPACED)).toBeUndefined();
    },
  );
});
