import { DefinitionError } from '@ganwei/core/definition';
import { FeelError } from '@ganwei/feel/compile';
import { readLetter } from '@ganwei/letter/template';
import { describe, expect, it } from 'vitest';
import { compose, LANGUAGE, letter } from './samples.ts';

const FORM = 'layout: form\ntitle: 样本';
const textOf = (body: string, data: Record<string, unknown> = {}): string[] =>
  compose(FORM, body, data).text.split('\n').slice(2);

const problemsOf = (source: string): string[] => {
  try {
    readLetter(source, LANGUAGE);
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map((problem) => `${problem.element} ${problem.rule}`);
  }
};
const HEAD = '---\nletter: sample\nname: 样本\nlayout: form\norgan: 某机关\ntitle: 样本\n---\n';

describe('the text of a letter', () => {
  it('[L4] placeholders are filled in, an empty one leaves nothing', () => {
    expect(textOf('甲{= a }乙{= b }', { a: 3, b: null })).toEqual(['甲3乙']);
  });

  it('[L4] a line is a paragraph; a value with line breaks is several; an empty one is none', () => {
    expect(textOf('一\n\n{= a }\n{= b }\n三', { a: '二\n又二', b: null })).toEqual(['一', '二', '又二', '三']);
  });

  it('[L4] conditions choose, also in else-if and inside one another', () => {
    const body = '{if a > 1}\n多\n{if b}\n且是\n{end}\n{else if a = 1}\n一\n{else}\n无\n{end}';
    expect(textOf(body, { a: 2, b: true })).toEqual(['多', '且是']);
    expect(textOf(body, { a: 1, b: true })).toEqual(['一']);
    expect(textOf(body, { a: 0, b: true })).toEqual(['无']);
  });

  it('[L4] a loop runs over a list and counts from 1; an empty list gives nothing', () => {
    const body = '{for x, n in list}\n{= n }.{= x.name }\n{end}';
    expect(textOf(body, { list: [{ name: '甲' }, { name: '乙' }] })).toEqual(['1.甲', '2.乙']);
    expect(textOf(body, { list: null })).toEqual([]);
  });

  it('[L4] rows make a table, also from a loop', () => {
    const body = '| 序 | 名 |\n|:-:|---|\n{for x, n in list}\n| {= n } | {= x } |\n{end}';
    expect(textOf(body, { list: ['甲', '乙|丙'] })).toEqual(['序\t名', '1\t甲', '2\t乙|丙']);
  });

  it('[L4] head, addressees, attachments, signature, note and copies are in the text in reading order', () => {
    const front = `layout: document
mark: 某某市人民政府文件
title: 关于{= matter }的决定
to: "{= letter.to.name }"
copies: "= letter.copies"
printedBy: 某某市人民政府办公室
attachments: [清单, "{= matter }说明"]
contact: "电话 123"`;
    const { title, organ, text } = compose(front, '正文。', { matter: '某事' });
    expect({ title, organ }).toEqual({ title: '关于某事的决定', organ: '某某市人民政府' });
    expect(text.split('\n')).toEqual([
      '某某市人民政府文件',
      '宜纪容决〔2026〕7号',
      '关于某事的决定',
      '市住房和城乡建设局:',
      '正文。',
      '附件1:清单',
      '附件2:某事说明',
      '某某市人民政府',
      '2026年1月4日',
      '(电话 123)',
      '抄送:甲单位党组,派驻纪检监察组,市委组织部,市委巡察办,市审计局。',
      '某某市人民政府办公室 2026年1月4日印发',
    ]);
  });

  it('[L4] a letter names what it needs, without the names of its own loops', () => {
    const source = `${HEAD}{for x, n in a.list}\n{= n }{= x }{= b }{= letter.number }\n{end}`;
    expect([...readLetter(source, LANGUAGE).names].sort()).toEqual(['a', 'b', 'letter']);
  });
});

describe('mistakes in a template', () => {
  it('[L5] every mistake is reported at once, each with its line', () => {
    const source = `${HEAD}好\n{= 1 + }\n{if a}\n{for x of b}\n{else}\n> 引用\n| a | b |\n| a |\n**半`;
    expect(problemsOf(source)).toEqual([
      '第 9 行 letter-feel',
      '第 11 行 letter-block',
      '第 13 行 letter-block',
      '第 16 行 letter-block',
      '第 10 行 letter-block',
      '第 15 行 letter-table',
    ]);
  });

  it('[L5] settings are checked: missing, unknown, of the wrong kind, with a mistaken expression', () => {
    expect(problemsOf('没有设置')).toEqual(['第 1 行 letter-front']);
    const source =
      '---\nletter: 1x\nname: 样本\nlayout: poster\ntitle: "{= a + }"\ncolour: red\nseal: maybe\n---\n正文';
    expect(problemsOf(source).sort()).toEqual([
      '第 2 行 letter-front',
      '第 2 行 letter-front',
      '第 4 行 letter-front',
      '第 5 行 letter-feel',
      '第 6 行 letter-front',
      '第 7 行 letter-front',
    ]);
    expect(problemsOf('---\nletter: [a\n---\n')).toContain('第 2 行 letter-yaml');
  });

  it('[L5] a placeholder without quotes in the settings is explained', () => {
    const source = HEAD.replace('organ: 某机关', 'organ: {= a }');
    expect(problemsOf(source)).toEqual(['第 5 行 letter-front']);
    expect(() => readLetter(source, LANGUAGE)).toThrow('引号');
  });

  it('[L5] what fails while composing says the line', () => {
    const { compose: run } = readLetter(`${HEAD}好\n{= a + 1 }`, LANGUAGE);
    expect(() => run({ letter, a: '文字' })).toThrow(FeelError);
    expect(() => run({ letter, a: '文字' })).toThrow('第 9 行');
    const condition = readLetter(`${HEAD}{if a}\n好\n{end}`, LANGUAGE);
    expect(() => condition.compose({ letter, a: null })).toThrow('第 8 行');
  });
});
