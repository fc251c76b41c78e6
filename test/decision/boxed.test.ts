/** What DMN files hold besides tables: boxed expressions, business knowledge models, declared types, functions as content. */
import { DefinitionError } from '@ganwei/core/definition';
import { loadFunctions } from '@ganwei/decision/functions';
import { loadDecision, readDecisions } from '@ganwei/decision/load';
import { compileExpression } from '@ganwei/feel/compile';
import { describe, expect, it } from 'vitest';
import { decision, definitions } from './sketch.ts';

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const literal = (text: string, type = ''): string =>
  `<literalExpression${type ? ` typeRef="${type}"` : ''}><text>${xml(text)}</text></literalExpression>`;
/** a decision `main` of any logic, its result declared to be of a type */
const main = (logic: string, type = '', links = ''): string =>
  `<decision id="main" name="main"><variable name="main"${type ? ` typeRef="${type}"` : ''}/>${links}${logic}</decision>`;
let models = 0;
const model = (name: string, parameters: Record<string, string>, body: string): string =>
  `<businessKnowledgeModel id="m${++models}" name="${name}"><variable name="${name}"/><encapsulatedLogic>${Object.entries(
    parameters,
  )
    .map(([key, type]) => `<formalParameter name="${key}"${type ? ` typeRef="${type}"` : ''}/>`)
    .join('')}${body}</encapsulatedLogic></businessKnowledgeModel>`;
const evaluate = async (elements: string, scope: Record<string, unknown> = {}): Promise<unknown> => {
  const result = (await loadDecision(definitions(elements))).evaluate(scope).result;
  return JSON.parse(JSON.stringify((result as Record<string, unknown>).main));
};
const refused = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof DefinitionError)) throw error;
  return error.problems.map((problem) => problem.message).join('\n');
};

describe('boxed expressions', () => {
  const entry = (name: string, text: string): string =>
    `<contextEntry>${name ? `<variable name="${name}"/>` : ''}${literal(text)}</contextEntry>`;

  it('[DEC12] a context: each entry sees those before it; an entry without a name is the result', async () => {
    const entries = entry('净额', 'amount - fee') + entry('税', '净额 * 0.1');
    expect(await evaluate(main(`<context>${entries}</context>`), { amount: 110, fee: 10 })).toEqual({
      净额: 100,
      税: 10,
    });
    expect(
      await evaluate(main(`<context>${entries}${entry('', '净额 + 税')}</context>`), { amount: 110, fee: 10 }),
    ).toBe(110);
  });

  it('[DEC12] lists and relations', async () => {
    expect(await evaluate(main(`<list>${literal('1')}${literal('x + 1')}</list>`), { x: 1 })).toEqual([1, 2]);
    const relation = `<relation><column name="档"/><column name="金额"/><row>${literal('"甲"')}${literal('x')}</row><row>${literal('"乙"')}${literal('x * 2')}</row></relation>`;
    expect(await evaluate(main(relation), { x: 5 })).toEqual([
      { 档: '甲', 金额: 5 },
      { 档: '乙', 金额: 10 },
    ]);
    const short = `<relation><column name="a"/><column name="b"/><row>${literal('1')}</row></relation>`;
    expect(await refused(loadDecision(definitions(main(short))))).toContain('第 1 行的格数与列数不符');
  });

  it('[DEC12] conditionals, filters and loops of DMN 1.4 and 1.5, as strict as the language', async () => {
    const conditional = `<conditional><if>${literal('x')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`;
    expect(await evaluate(main(conditional), { x: true })).toBe(1);
    expect(await evaluate(main(conditional), { x: false })).toBe(2);
    await expect(evaluate(main(conditional), { x: null })).rejects.toThrow('条件没有值');
    const over = `<in>${literal('[1, 2, 3]')}</in>`;
    expect(await evaluate(main(`<filter>${over}<match>${literal('item > 1')}</match></filter>`))).toEqual([2, 3]);
    expect(await evaluate(main(`<for iteratorVariable="n">${over}<return>${literal('n * 2')}</return></for>`))).toEqual(
      [2, 4, 6],
    );
    const asks = (kind: string): string =>
      `<${kind} iteratorVariable="n">${over}<satisfies>${literal('n > 2')}</satisfies></${kind}>`;
    expect([await evaluate(main(asks('some'))), await evaluate(main(asks('every')))]).toEqual([true, false]);
    const newer = definitions(main(conditional)).replace('20191111', '20230324');
    expect((await loadDecision(newer)).evaluate({ x: true }).result).toEqual({ main: 1 });
  });

  it('[DEC12] work is bounded over all parts of a decision', async () => {
    const nested = `<for iteratorVariable="n"><in>${literal('1..20000')}</in><return>${literal('count(for i in 1..1000 return i)')}</return></for>`;
    await expect(evaluate(main(nested.replace('1..20000', 'for i in 1..20000 return i')))).rejects.toThrow(
      '计算量过大',
    );
  });
});

describe('business knowledge models', () => {
  const pay = model('应付', { 金额: 'number', 比例: 'number' }, literal('金额 * 比例', 'number'));

  it('[DEC13] a model is a function: called in expressions, by name, and by invocation', async () => {
    expect(await evaluate(pay + main(literal('应付(200, 0.5) + 应付(比例: 0.1, 金额: 10)')))).toBe(101);
    const binding = (name: string, text: string): string =>
      `<binding><parameter name="${name}"/>${literal(text)}</binding>`;
    const invocation = `<invocation>${literal('应付')}${binding('比例', '0.5')}${binding('金额', 'x')}</invocation>`;
    expect(await evaluate(pay + main(invocation), { x: 8 })).toBe(4);
    const wrong = `<invocation>${literal('应付')}${binding('税率', '0.5')}</invocation>`;
    expect(await refused(loadDecision(definitions(pay, main(wrong))))).toContain('没有参数“税率”');
  });

  it('[DEC13] its arguments are checked, its body sees them alone', async () => {
    await expect(evaluate(pay + main(literal('应付("多", 1)')))).rejects.toThrow('参数“金额”应为 number');
    expect(await refused(loadDecision(definitions(pay, main(literal('应付(1)')))))).toContain('需要 2 个参数');
    const leaky = model('f', { a: '' }, literal('a + outside'));
    expect(await refused(loadDecision(definitions(leaky, main(literal('f(1)')))))).toContain('不是参数的“outside”');
  });

  it('[DEC13] a model may hold a table or return a function; it never leads back to itself', async () => {
    const table = decision({
      id: 't',
      inputs: [{ expression: 'n' }],
      outputs: [{ name: 'y' }],
      rules: [
        ['> 5', '"大"'],
        ['<= 5', '"小"'],
      ],
    });
    const body = /<decisionTable[\s\S]*<\/decisionTable>/.exec(table)?.[0] ?? '';
    expect(
      await evaluate(model('分档', { n: 'number' }, body) + main(literal('for n in [3, 9] return 分档(n)'))),
    ).toEqual(['小', '大']);
    const adder = model('adder', { n: 'number' }, literal('function(m) m + n'));
    expect(await evaluate(adder + main(literal('adder(2)(3)')))).toBe(5);
    const circle = model('f', { a: '' }, literal('g(a)')) + model('g', { a: '' }, literal('f(a)'));
    expect(await refused(loadDecision(definitions(circle, main(literal('f(1)')))))).toContain('f → g → f');
  });
});

describe('declared types', () => {
  const level =
    '<itemDefinition name="级别"><typeRef>string</typeRef><allowedValues><text>"甲","乙"</text></allowedValues></itemDefinition>';
  const levels = '<itemDefinition name="级别表" isCollection="true"><typeRef>级别</typeRef></itemDefinition>';
  const row =
    '<itemDefinition name="条目"><itemComponent name="名称"><typeRef>string</typeRef></itemComponent><itemComponent name="数"><typeRef>number</typeRef></itemComponent></itemDefinition>';
  const typed = (type: string, text: string): Promise<unknown> =>
    evaluate(level + levels + row + main(literal(text), type));

  it.each([
    ['number', '[10]', 10],
    ['级别表', '"甲"', ['甲']],
    ['级别', '"甲"', '甲'],
    ['级别', 'null', null],
    ['条目', '{名称: "a", 数: 1, 其他: true}', { 名称: 'a', 数: 1, 其他: true }],
    ['date and time', 'date("2026-01-04")', '2026-01-04T00:00:00'],
    ['', '{f: 1} instance of 条目', false],
    ['', '["甲"] instance of 级别表', true],
  ])('[DEC14] a result declared %s: %s gives %j', async (type, text, value) =>
    expect(await typed(type, text)).toEqual(value),
  );

  it.each([
    ['number', '"a"'],
    ['number', '[1, 2]'],
    ['级别', '"丙"'],
    ['级别表', '["甲", "丙"]'],
    ['条目', '{名称: "a"}'],
    ['条目', '{名称: "a", 数: "1"}'],
    ['date', 'duration("P1D")'],
  ])('[DEC14] a result declared %s is never %s', async (type, text) => {
    await expect(typed(type, text)).rejects.toThrow(`应为 ${type}`);
  });

  it('[DEC14] input data are held to their types and allowed values; a type nobody defined is refused', async () => {
    const data = '<inputData id="i" name="等级"><variable name="等级" typeRef="级别"/></inputData>';
    const link = '<informationRequirement><requiredInput href="#i"/></informationRequirement>';
    const file = level + data + main(literal('等级'), '', link);
    expect(await evaluate(file, { 等级: '乙' })).toBe('乙');
    await expect(evaluate(file, { 等级: '丁' })).rejects.toThrow('“等级”应为 级别');
    expect(await refused(loadDecision(definitions(main(literal('1'), '数目'))))).toContain('没有定义类型“数目”');
  });

  it('[DEC14] a file may give several answers, each loaded by its name', async () => {
    const file = await readDecisions(
      definitions(decision({ id: 'a', literal: '1' }), decision({ id: 'b', literal: 'broken(' })),
    );
    expect(file.names).toEqual(['a', 'b']);
    expect(file.load('a').evaluate({}).result).toEqual({ a: 1 });
    expect(() => file.load('b')).toThrow(DefinitionError);
    expect(() => file.load('c')).toThrow(DefinitionError);
  });
});

describe('functions as content', () => {
  const superior = model('上级机关', { 单位: 'unit' }, literal('parent of(单位)', 'unit'));
  const people = model('经办', { 单位: 'unit', 人: 'person' }, literal('[人, head(上级机关(单位))]', '人员表'));
  const list = '<itemDefinition name="人员表" isCollection="true"><typeRef>person</typeRef></itemDefinition>';
  const language = {
    mode: 'strict',
    functions: {
      'parent of': { params: [1, 1], call: ([unit], world) => (world as Record<string, string>)[String(unit)] ?? null },
      head: { params: [1, 1], call: ([unit]) => `head-${unit}` },
    },
  } as const satisfies import('@ganwei/feel/compile').Language;

  it('[DEC15] they say their parameters and results, and use the language, one another and the world', async () => {
    const found = await loadFunctions(definitions(list, superior, people), language);
    expect(found.map(({ name, parameters, result }) => ({ name, parameters, result }))).toEqual([
      { name: '上级机关', parameters: [{ name: '单位', type: 'unit' }], result: 'unit' },
      {
        name: '经办',
        parameters: [
          { name: '单位', type: 'unit' },
          { name: '人', type: 'person' },
        ],
        result: 'list<person>',
      },
    ]);
    const functions = { ...language.functions, ...Object.fromEntries(found.map(({ name, spec }) => [name, spec])) };
    const run = (source: string, budget?: number) =>
      compileExpression(source, { mode: 'strict', functions }).evaluate({}, { u1: 'u0' }, budget);
    expect(run('经办(人: "p1", 单位: "u1")')).toEqual(['p1', 'head-u0']);
    expect(() => run('经办(1, "p1")')).toThrow('参数“单位”应为 unit');
    expect(() => run('for i in 1..1000 return 上级机关("u1")', 500)).toThrow('计算量过大');
  });

  it.each([
    [model('f', { a: '' }, literal('g(a)')) + model('g', { a: '' }, literal('f(a)')), '函数不能调用自己：f → g → f'],
    [model('f', { a: '' }, literal('f(a)')), '函数不能调用自己：f → f'],
    [model('f', { a: '' }, literal('a + today')), '不是参数的“today”'],
    [model('f', { a: 'whatever' }, literal('a')), '没有定义类型“whatever”'],
    [model('head', { a: '' }, literal('a')), '已经有函数“head”'],
    [superior + main(literal('1')), '只能有业务知识模型'],
    ['', '没有业务知识模型'],
  ])('[DEC15] refused: %#', async (elements, message) => {
    expect(await refused(loadFunctions(definitions(elements), language))).toContain(message);
  });
});
