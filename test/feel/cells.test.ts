/** Tests in DMN cells, and texts with placeholders. */
import { compileTemplate, compileUnaryTests, FeelError, type Language } from '@ganwei/feel/compile';
import { describe, expect, it } from 'vitest';

const strict: Language = { mode: 'strict' };
const scope = { limit: 5, kind: '甲', allowed: ['甲', '乙'], flag: true };
const test = (cell: string, input: unknown, language = strict) => compileUnaryTests(cell, language).test(input, scope);

describe('cells', () => {
  it.each([
    ['-', [null, 1, 'x'], []],
    ['', [null, 1], []],
    ['> 5', [6], [5, 4]],
    ['<= 5', [5], [5.01]],
    ['[1..5]', [1, 5], [0.9, 5.1]],
    ['(1..5)', [1.1, 4.9], [1, 5]],
    [']1..5[', [1.1], [1, 5]],
    ['-5', [-5], [5]],
    ['1, 2, > 10', [1, 2, 11], [3, 10]],
    ['"甲", "乙"', ['甲', '乙'], ['丙', null]],
    ['not("甲", "乙")', ['丙', null], ['甲', '乙']],
    ['not(> 5, 3)', [4], [3, 6]],
    ['["甲", "乙"]', ['甲'], ['丙']],
    ['!= "甲"', ['乙', null], ['甲']],
    ['null', [null], [1, '']],
    ['not(null)', [1], [null]],
    ['true', [true], [false]],
    ['kind', ['甲'], ['乙']],
    ['allowed', ['乙'], ['丙']],
    ['> limit', [6], [5]],
    ['? > limit', [6], [5]],
    ['? = null or ? > 3', [null, 4], [3]],
    ['is empty(?)', [null, '', []], ['x']],
    ['count(?) > 1', [[1, 2]], [[1]]],
    ['list contains(?, "甲")', [['甲', '乙']], [['乙']]],
    ['limit > 3', ['whatever', 1], []],
    ['< date("2026-03-01")', ['2026-02-28', '2026-02-28T23:59'], ['2026-03-01']],
    ['[date("2026-01-01")..date("2026-01-31")]', ['2026-01-31'], ['2026-02-01']],
    ['@"2026-01-01"', ['2026-01-01'], ['2026-01-02']],
  ])('[E10] the cell %s holds for %j and not for %j', (cell, inside, outside) => {
    for (const input of inside) expect([input, test(cell, input)]).toEqual([input, true]);
    for (const input of outside) expect([input, test(cell, input)]).toEqual([input, false]);
  });

  it.each([
    ['> 5', null, '没有值'],
    ['[1..5]', null, '没有值'],
    ['> 5', '6', '是文字'],
    ['"甲"', 3, '是数字'],
    ['true', 'true', '是文字'],
    ['count(?)', [1], '应得出“是否”'],
    ['> missing', 1, '不认识名称“missing”'],
  ])('[E10] the cell %s does not guess about %j', (cell, input, message) => {
    expect(() => test(cell, input)).toThrow(message);
    expect(test(cell, input, { mode: 'tolerant' })).toBe(false);
  });

  it.each(['>', '1,', '"甲', '> 5 and < 9', '1 2', 'lookup(?)'])('[E10] the cell %s is refused', (cell) => {
    expect(() => compileUnaryTests(cell, strict)).toThrow(FeelError);
  });

  it('[E10] a cell tells its boundary values, unless it computes', () => {
    const literals = (cell: string) => JSON.stringify(compileUnaryTests(cell, strict).literals);
    expect(literals('not([1..5], > 9)')).toBe('[1,5,9]');
    expect(literals('"甲", null, @"2026-01-01", date("2026-01-02"), -3')).toBe(
      '["甲",null,"2026-01-01","2026-01-02",-3]',
    );
    expect(literals('-')).toBe('[]');
    for (const cell of ['> limit', '? > 3', 'date(kind)', 'kind']) expect(literals(cell)).toBe('null');
    expect(compileUnaryTests('? > 3 and x.y = "a"', strict)).toMatchObject({ names: ['x'], paths: ['x.y'] });
  });
});

describe('texts with placeholders', () => {
  const render = (text: string, given: Record<string, unknown> = {}) => compileTemplate(text, strict).render(given);

  it('[E11] placeholders are filled; what is empty leaves nothing', () => {
    expect(render('关于{= a.title}的{= a.none}决定', { a: { title: '道路' } })).toBe('关于道路的决定');
    expect(render('没有占位符 {x} }')).toBe('没有占位符 {x} }');
    expect(render('{= {k: "}"}.k }与{="}{="}')).toBe('}与}{=');
  });

  it('[E11] values are written as people read them', () => {
    const given = { names: ['甲', '乙'], ok: true, n: 0.1, day: '2026-01-04' };
    expect(render('{= names},{= ok},{= n + 0.2},{= format date(day)}', given)).toBe('甲、乙,是,0.3,2026年1月4日');
    expect(render('{= date(day) + duration("P1D")}', given)).toBe('2026-01-05');
  });

  it('[E11] a text lists what it depends on; a broken one is refused', () => {
    expect(compileTemplate('{= a.x}{= sum(b)}{= a.x}', strict)).toMatchObject({
      names: ['a', 'b'],
      paths: ['a.x', 'b'],
      functions: ['sum'],
    });
    expect(() => compileTemplate('见{= a', strict)).toThrow('没有用“}”结束');
    expect(() => compileTemplate('见{= a +}', strict)).toThrow(FeelError);
    expect(() => render('见{= missing}')).toThrow('不认识名称');
  });
});
