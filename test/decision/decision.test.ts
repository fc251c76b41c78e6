/** Decision tables: each hit policy, strictness, required decisions, and the findings of the checker. */
import { DefinitionError } from '@ganwei/core/definition';
import { DecisionError } from '@ganwei/decision/evaluate';
import { lintDecision } from '@ganwei/decision/lint';
import { type Decision, loadDecision } from '@ganwei/decision/load';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decision, definitions, type Sketch } from './sketch.ts';

const load = (sketch: Sketch): Promise<Decision> => loadDecision(definitions(decision(sketch)));

const grade = (policy: string, extra: Partial<Sketch> = {}): Sketch => ({
  policy,
  inputs: [{ label: '金额', expression: 'amount', type: 'number' }],
  outputs: [{ name: 'grade', type: 'string', allowed: '"高","中","低"' }],
  rules: [
    ['>= 100', '"高"'],
    ['[10..100)', '"中"'],
    ['< 10', '"低"'],
  ],
  ...extra,
});
const loose = [
  ['> 0', '"低"'],
  ['> 10', '"中"'],
  ['> 100', '"高"'],
];

describe('hit policies', () => {
  it('[DEC1] UNIQUE: the one rule that holds gives the result; the record names the rule and what it looked at', async () => {
    const d = await load(grade('UNIQUE'));
    expect(d.evaluate({ amount: 100 })).toEqual({ result: { grade: '高' }, matched: ['r1'], inputs: { 金额: 100 } });
    expect(d.evaluate({ amount: 99.99 }).result).toEqual({ grade: '中' });
    expect([d.hitPolicy, d.requires, d.rules.length, d.inputs[0]?.label]).toEqual(['UNIQUE', ['amount'], 3, '金额']);
  });

  it('[DEC1] UNIQUE: two rules at once are an error that names them, never a choice', async () => {
    const d = await load(grade('UNIQUE', { rules: loose }));
    const error = caught(() => d.evaluate({ amount: 50 }));
    expect(error).toBeInstanceOf(DecisionError);
    expect(error).toMatchObject({ rules: ['r1', 'r2'], message: expect.stringContaining('第 1、2 条规则同时成立') });
  });

  it('[DEC2] FIRST: the first rule that holds, and no later one is looked at', async () => {
    const d = await load(
      grade('FIRST', {
        rules: [
          ['> 10', '"中"'],
          ['-', '"低"'],
          ['> broken', '"高"'],
        ],
      }),
    );
    expect(d.evaluate({ amount: 11 })).toMatchObject({ result: { grade: '中' }, matched: ['r1'] });
    expect(d.evaluate({ amount: 1 })).toMatchObject({ result: { grade: '低' }, matched: ['r2'] });
  });

  it('[DEC3] ANY: several rules may hold if they agree; if they do not, it is an error', async () => {
    const same = await load(
      grade('ANY', {
        rules: [
          ['> 0', '"低"'],
          ['> 10', '"低"'],
        ],
      }),
    );
    expect(same.evaluate({ amount: 11 })).toMatchObject({ result: { grade: '低' }, matched: ['r1', 'r2'] });
    const other = await load(grade('ANY', { rules: loose }));
    expect(() => other.evaluate({ amount: 11 })).toThrow(/但结果不同/);
  });

  it('[DEC4] PRIORITY and OUTPUT ORDER follow the order in which the allowed results are listed', async () => {
    const priority = await load(grade('PRIORITY', { rules: loose }));
    expect(priority.evaluate({ amount: 500 }).result).toEqual({ grade: '高' });
    expect(priority.evaluate({ amount: 50 }).result).toEqual({ grade: '中' });
    const ordered = await load(grade('OUTPUT ORDER', { rules: loose }));
    expect(ordered.evaluate({ amount: 500 }).result).toEqual([{ grade: '高' }, { grade: '中' }, { grade: '低' }]);
  });

  it('[DEC4] RULE ORDER and COLLECT give every result in the order of the table', async () => {
    for (const policy of ['RULE ORDER', 'COLLECT']) {
      const d = await load(grade(policy, { rules: loose }));
      expect(d.evaluate({ amount: 50 })).toMatchObject({
        result: [{ grade: '低' }, { grade: '中' }],
        matched: ['r1', 'r2'],
      });
      expect(d.evaluate({ amount: -1 }).result).toEqual([]);
    }
  });

  it.each([
    ['SUM', 0.3, 0],
    ['MIN', 0.1, null],
    ['MAX', 0.2, null],
    ['COUNT', 2, 0],
  ])('[DEC5] COLLECT %s: one exact number; of nothing it is 0 or empty', async (aggregation, some, none) => {
    const d = await load({
      policy: 'COLLECT',
      aggregation,
      inputs: [{ expression: 'n' }],
      outputs: [{ name: 'points', type: 'number' }],
      rules: [
        ['> 0', '0.1'],
        ['> 1', '0.2'],
      ],
    });
    expect(d.evaluate({ n: 2 }).result).toEqual({ points: some });
    expect(d.evaluate({ n: 0 }).result).toEqual({ points: none });
  });

  it('[DEC6] no rule holds: the default result if the table has one, else empty', async () => {
    const none = await load(grade('FIRST', { rules: [['> 10', '"中"']] }));
    expect(none.evaluate({ amount: 1 })).toMatchObject({ result: null, matched: [] });
    const outputs = [{ name: 'grade', type: 'string', otherwise: '"低"' }];
    const some = await load(grade('UNIQUE', { rules: [['> 10', '"中"']], outputs }));
    expect(some.evaluate({ amount: 1 })).toMatchObject({ result: { grade: '低' }, matched: [] });
  });

  it('[DEC1] several inputs and outputs make one context; results may compute', async () => {
    const d = await load({
      inputs: [{ expression: 'kind' }, { expression: 'sum(items.price)', label: '合计' }],
      outputs: [{ name: 'fee' }, { name: 'note' }],
      rules: [
        ['"甲","乙"', '> 1', 'sum(items.price) * 0.1', '"按比例"'],
        ['not("甲","乙")', '-', '0', ''],
      ],
    });
    const items = [{ price: 0.1 }, { price: 10.2 }];
    expect(d.evaluate({ kind: '乙', items })).toEqual({
      result: { fee: 1.03, note: '按比例' },
      matched: ['r1'],
      inputs: { kind: '乙', 合计: 10.3 },
    });
    expect(d.evaluate({ kind: '丙', items }).result).toEqual({ fee: 0, note: null });
  });
});

describe('strictness', () => {
  it('[DEC7] an input that is missing, empty, of the wrong kind or not allowed stops the decision', async () => {
    const d = await load(grade('FIRST'));
    expect(() => d.evaluate({})).toThrow(/输入“金额”：不认识名称“amount”/);
    expect(() => d.evaluate({ amount: null })).toThrow(/第 1 条规则“金额”：待判断的值没有值/);
    expect(() => d.evaluate({ amount: '100' })).toThrow(/输入“金额”应为数字，实际是文字/);
    const inputs = [{ label: '类别', expression: 'kind', allowed: '"甲","乙"' }];
    const limited = await load(grade('FIRST', { inputs, rules: [['-', '"低"']] }));
    expect(limited.evaluate({ kind: '甲' }).result).toEqual({ grade: '低' });
    expect(() => limited.evaluate({ kind: '丙' })).toThrow(/“丙”不在允许的范围内/);
  });

  it('[DEC7] a column with a null cell is prepared for empty inputs: order tests do not hold there', async () => {
    const d = await load(
      grade('UNIQUE', {
        rules: [
          ['> 10', '"高"'],
          ['<= 10', '"中"'],
          ['null', '"低"'],
        ],
      }),
    );
    expect(d.evaluate({ amount: null })).toMatchObject({ result: { grade: '低' }, matched: ['r3'] });
    expect(d.evaluate({ amount: 11 }).matched).toEqual(['r1']);
  });

  it('[DEC7] a date input is a date, also when it comes as ISO text', async () => {
    const inputs = [{ label: '日期', expression: 'held', type: 'date' }];
    const rules = [
      ['< date("2026-03-01")', '"高"'],
      ['>= date("2026-03-01")', '"低"'],
    ];
    const d = await load(grade('UNIQUE', { inputs, rules }));
    expect(d.evaluate({ held: '2026-02-28' }).result).toEqual({ grade: '高' });
    expect(() => d.evaluate({ held: '二月' })).toThrow(/应为日期/);
  });

  it('[DEC7] a computed result outside the allowed results is an error', async () => {
    const d = await load(grade('UNIQUE', { rules: [['-', 'wanted']] }));
    expect(d.evaluate({ amount: 1, wanted: '高' }).result).toEqual({ grade: '高' });
    expect(() => d.evaluate({ amount: 1, wanted: '极高' })).toThrow(/“极高”不在允许的范围内/);
  });

  it('[DEC8] a file that is wrong is refused with everything that is wrong in it', async () => {
    const problems = await refused(
      definitions(
        decision({
          policy: 'GUESS',
          inputs: [
            { label: '金额', expression: 'amount +' },
            { expression: 'kind', allowed: '"甲' },
          ],
          outputs: [{ name: 'a' }, { name: 'a' }],
          rules: [
            ['>', '-', 'unknown thing', 'lookup(1)'],
            ['1', '2', '3'],
          ],
        }),
      ),
    );
    const text = problems.join('\n');
    for (const part of [
      'GUESS',
      '输入“金额”',
      '“kind”的允许值',
      '第 1 条规则“金额”',
      'unknown thing',
      '没有函数“lookup”',
      '重复',
      '第 2 条规则的单元格数',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each([
    ['<a', '不是有效的 DMN'],
    ['<x/>', '不是有效的 DMN'],
    [definitions(''), '没有决策'],
    [definitions(decision({ id: 'a' }), decision({ id: 'b' })), '多个互不相关的决策'],
    [definitions(decision({ id: 'a', requires: ['b'] }), decision({ id: 'b', requires: ['a'] })), '循环依赖'],
    [definitions(decision({ id: 'a', requires: ['zz'] })), '不存在的“zz”'],
    [definitions('<decision id="a" name="a"/>'), '没有决策表'],
    [definitions(decision({ policy: 'PRIORITY' })), '允许的值'],
    [
      definitions(
        decision({ policy: 'COLLECT', aggregation: 'SUM', outputs: [{ name: 'a' }, { name: 'b' }], rules: [] }),
      ),
      '只能有一个输出列',
    ],
  ])('[DEC8] refused: %#', async (xml, message) => {
    expect((await refused(xml)).join('\n')).toContain(message);
  });

  it('[DEC8] declared inputs are all a decision may use, and another decision only when linked', async () => {
    const data = '<inputData id="in_amount" name="amount"/>';
    const wrong = await refused(
      definitions(data, decision({ ...grade('FIRST'), rules: [['> limit', '"低"']], data: ['in_amount'] })),
    );
    expect(wrong.join()).toContain('没有声明的输入“limit”');
    const right = await loadDecision(definitions(data, decision({ ...grade('FIRST'), data: ['in_amount'] })));
    expect(right.requires).toEqual(['amount']);
    const sub = decision({ id: 'sub', literal: 'amount * 2' });
    const middle = decision({ id: 'middle', literal: 'sub + 1', requires: ['sub'] });
    const unlinked = await refused(
      definitions(sub, middle, decision({ id: 'top', literal: 'sub + middle', requires: ['middle'] })),
    );
    expect(unlinked.join()).toContain('用到了决策“sub”，但没有与它连线');
  });
});

describe('required decisions', () => {
  const count = decision({
    id: 'count',
    name: '次数',
    literal: 'count(records[date(day) > date(base) - duration("P1Y")])',
  });
  const action = decision({
    id: 'action',
    policy: 'UNIQUE',
    inputs: [{ label: '一年内次数', expression: '次数', type: 'number' }],
    outputs: [{ name: 'action' }],
    rules: [
      ['0', '"无"'],
      ['1', '"提醒"'],
      ['>= 2', '"上报"'],
    ],
    requires: ['count'],
  });
  const scope = { base: '2026-11-23', records: [{ day: '2026-02-01' }, { day: '2026-05-01' }, { day: '2024-01-01' }] };

  it('[DEC9] required decisions are evaluated first and seen by name; the file decides what nobody requires', async () => {
    const d = await loadDecision(definitions(action, count));
    expect([d.id, d.requires, d.mayRequire]).toEqual(['action', ['records'], ['day', 'base']]);
    expect(d.evaluate(scope)).toEqual({ result: { action: '上报' }, matched: ['r3'], inputs: { 一年内次数: 2 } });
    expect(d.evaluate({ ...scope, records: [] }).result).toEqual({ action: '无' });
  });

  it('[DEC9] an error in a required decision stops the whole decision and says where', async () => {
    const d = await loadDecision(definitions(action, count));
    expect(() => d.evaluate({ ...scope, base: null })).toThrow(/决策“次数”/);
  });

  it('[DEC9] a table that is required gives its bare value; a decision may be a single expression', async () => {
    const top = decision({ id: 'top', name: '结论', literal: '"经判定:" + 等级', requires: ['grade'] });
    const d = await loadDecision(definitions(top, decision({ ...grade('UNIQUE'), id: 'grade', name: '等级' })));
    expect(d.hitPolicy).toBe(null);
    expect(d.evaluate({ amount: 5 }).result).toEqual({ 结论: '经判定:低' });
  });
});

describe('the checker', () => {
  const lint = async (sketch: Sketch) =>
    lintDecision(await load(sketch)).map((p) => `${p.severity} ${p.rule} ${p.element}: ${p.message}`);

  it('[DEC10] a complete table without overlaps has no findings', async () => {
    expect(await lint(grade('UNIQUE'))).toEqual([]);
  });

  it('[DEC10] overlapping rules of a UNIQUE table are an error, with an example', async () => {
    const found = await lint(
      grade('UNIQUE', {
        rules: [
          ['< 10', '"低"'],
          ['>= 10', '"高"'],
          ['10', '"中"'],
        ],
      }),
    );
    expect(found).toEqual([
      expect.stringMatching(/^error dmn-overlap r3: 第 2 条和第 3 条规则会同时成立，例如 金额 = 10/),
    ]);
  });

  it('[DEC10] values without a rule are a warning, with an example', async () => {
    const found = await lint(
      grade('UNIQUE', {
        rules: [
          ['< 10', '"低"'],
          ['> 10', '"高"'],
        ],
      }),
    );
    expect(found).toEqual([expect.stringMatching(/^warning dmn-gap .*例如 金额 = 10$/)]);
    const two = {
      inputs: [
        { label: '类别', expression: 'kind', allowed: '"甲","乙"' },
        { label: '急', expression: 'urgent', type: 'boolean' },
      ],
      rules: [
        ['"甲"', '-', '"高"'],
        ['"乙"', 'true', '"低"'],
      ],
    };
    expect(await lint(grade('UNIQUE', two))).toEqual([expect.stringMatching(/例如 类别 = 乙、急 = false$/)]);
  });

  it('[DEC10] counting columns are tried with whole numbers only, and with what lies beyond their ends', async () => {
    const rules = [
      ['0', '"低"'],
      ['1', '"中"'],
      ['>= 2', '"高"'],
    ];
    expect(await lint(grade('UNIQUE', { rules }))).toEqual([expect.stringContaining('金额 = -1')]);
    const inputs = [{ label: '次数', expression: 'n', type: 'integer', allowed: '>= 0' }];
    expect(await lint(grade('UNIQUE', { inputs, rules }))).toEqual([]);
  });

  it('[DEC10] a rule that cannot hold or is never reached is a warning', async () => {
    const later = await lint(
      grade('FIRST', {
        rules: [
          ['> 0', '"低"'],
          ['> 10', '"中"'],
          ['-', '"高"'],
        ],
      }),
    );
    expect(later).toEqual([expect.stringMatching(/^warning dmn-unreachable r2: 第 2 条规则轮不到/)]);
    const never = await lint(grade('COLLECT', { rules: [['[9..1]', '"低"']] }));
    expect(never).toEqual([expect.stringMatching(/^warning dmn-unreachable r1: 第 1 条规则永远不会成立/)]);
    const computed = await lint(
      grade('FIRST', {
        rules: [
          ['-', '"低"'],
          ['> limit', '"中"'],
        ],
      }),
    );
    expect(computed).toEqual([expect.stringMatching(/^warning dmn-unreachable r2/)]);
  });

  it('[DEC10] constant results outside the allowed results or of the wrong type are errors', async () => {
    const outputs = [{ name: 'grade', type: 'string', allowed: '"高","中"' }];
    const found = await lint(
      grade('FIRST', {
        outputs,
        rules: [
          ['> 0', '"低"'],
          ['> 10', '12'],
          ['-', '"高"'],
        ],
      }),
    );
    expect(found.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/^error dmn-output r1: .*“低”不在允许的值之内/),
      expect.stringMatching(/^error dmn-output r2: .*“12”不是 string 类型/),
    ]);
  });

  it('[DEC11] whatever the checker says of a random table is what happens when it decides', async () => {
    const bound = fc.integer({ min: -3, max: 3 });
    const cell = fc.oneof(
      fc.constant('-'),
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([sign, n]) => `${sign} ${n}.5`),
      fc.tuple(bound, fc.nat(3)).map(([n, more]) => `[${n}..${n + more})`),
    );
    const kind = fc.constantFrom('-', '"甲"', '"乙"', 'not("甲")');
    const table = fc.array(fc.tuple(cell, kind), { minLength: 1, maxLength: 4 });
    // A range may end at 6: the samples reach beyond every bound.
    const amounts = Array.from({ length: 45 }, (_, i) => i / 4 - 4);
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const d = await load({
          inputs: [{ expression: 'n' }, { expression: 'k' }],
          outputs: [{ name: 'x' }],
          rules: rows.map(([a, b], i) => [a, b, String(i)]),
        });
        const rules = lintDecision(d).map((problem) => problem.rule);
        const outcomes = amounts.flatMap((n) =>
          ['甲', '乙', '丙'].map((k) => attempt(() => d.evaluate({ n, k }).result)),
        );
        expect(rules.includes('dmn-overlap')).toBe(outcomes.includes('error'));
        expect(rules.includes('dmn-gap')).toBe(outcomes.includes('none'));
      }),
      { numRuns: 60 },
    );
  });
});

const attempt = (evaluate: () => unknown): 'error' | 'none' | 'one' => {
  try {
    return evaluate() === null ? 'none' : 'one';
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    return 'error';
  }
};

const caught = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
};

async function refused(xml: string): Promise<string[]> {
  const error: unknown = await loadDecision(xml).catch((reason: unknown) => reason);
  if (!(error instanceof DefinitionError)) throw new Error('was not refused');
  return error.problems.map((problem) => problem.message);
}
