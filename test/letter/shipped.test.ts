/** Every letter of the content as it goes out, ordinary and strained: long names, forty copies, three pages, rare characters. */
import { describe, expect, test } from 'vitest';
import { measure, type PrintedPage } from './measure.ts';
import { LETTERS, LONG, MANY, ORDINARY, prompt, RARE, type Strain, THREE_PAGES } from './office.ts';
import { characters, document, official } from './samples.ts';

const TEXT = { top: 37, left: 28, right: 184, bottom: 262 };
const RED = '#ef5b41';
const POINT = 25.4 / 72;
const STRAINS: Record<string, Strain> = {
  'as usual': ORDINARY,
  'with long names': LONG,
  'with forty copies': MANY,
  'with long texts': THREE_PAGES,
  'with rare characters': RARE,
};
const CASES = Object.entries(LETTERS).flatMap(([title, make]) =>
  Object.entries(STRAINS).map(([how, strain]) => [title, how, () => make(strain)] as const),
);

const black = (page: PrintedPage) => page.lines.filter((line) => line.fill !== RED);
const textLines = (page: PrintedPage) => black(page).filter((line) => line.inkBottom <= TEXT.bottom + 0.5);
const numberOf = (page: PrintedPage) => page.lines.find((line) => line.inkTop > TEXT.bottom);
const isDate = (line: { glyphs: number; left: number }) => line.glyphs === 9 && line.left > 85;

describe('every letter', () => {
  test.each(CASES)(
    '[L24] %s %s: within the text area, lines apart, pages numbered, signed below text',
    (title, _, make) => {
      const { typst } = make();
      const pages = measure(typst);
      const form = title.startsWith('DOC-17');
      const letter = !form && !title.startsWith('DOC-01');
      for (const [i, page] of pages.entries()) {
        for (const line of textLines(page)) {
          expect(line.inkLeft).toBeGreaterThan(TEXT.left - 0.1);
          expect(line.inkRight).toBeLessThan(TEXT.right + 0.2);
          expect(line.inkTop).toBeGreaterThan(TEXT.top - 0.2);
        }
        const number = numberOf(page);
        if (letter && i === 0) expect(number).toBeUndefined();
        else if (i % 2 === 0) expect(number!.inkRight).toBeGreaterThan(TEXT.right - 8);
        else expect(number!.left).toBeLessThan(TEXT.left + 8);
        if (!form) {
          const baselines = textLines(page).map((line) => line.baseline);
          for (const [at, baseline] of baselines.slice(1).entries())
            expect(baseline - baselines[at]!).toBeGreaterThan(14 * POINT);
        }
      }
      if (!form) {
        const signed = pages.findLast((page) => page.lines.some(isDate))!;
        const date = signed.lines.findLast(isDate)!;
        const above = textLines(signed).filter((line) => line.baseline < date.baseline);
        expect(above.length).toBeGreaterThanOrEqual(3);
        expect(textLines(pages[0]!).filter((line) => line.glyphs > 20).length).toBeGreaterThan(0);
      }
    },
  );

  test('[REM12] a work prompt about two departments takes one page, also where their names are long', () => {
    for (const strain of [ORDINARY, LONG, RARE]) expect(measure(prompt(strain).typst)).toHaveLength(1);
  });

  test('[L25] rare characters are printed, each with a shape of its own', () => {
    const [page] = measure(document('赟喆堃㛃𬭎').typst);
    const rare = page!.lines.filter((line) => line.glyphs === 5 && line.left < 60);
    expect(rare.map((line) => line.shapes.size)).toEqual([5]);
  });
});

describe('AS-66', () => {
  test('[L26] AS-66: a decision of three pages', () => {
    const composed = document(characters(900));
    const pages = measure(composed.typst);
    expect(pages).toHaveLength(3);
    const [first, second, last] = pages as [PrintedPage, PrintedPage, PrintedPage];
    const number = black(first)[0]!;
    const rule = first.rules.find((one) => one.fill === RED)!;
    expect(rule.top - (number.baseline + 2 * POINT)).toBeCloseTo(4, 1);
    expect(textLines(first).filter((line) => line.glyphs === 28).length).toBeGreaterThan(0);
    expect(textLines(second).map((line) => line.glyphs)).toEqual(Array(22).fill(28));
    expect(numberOf(first)!.inkRight).toBeGreaterThan(TEXT.right - 8);
    expect(numberOf(second)!.left).toBeLessThan(TEXT.left + 8);
    const end = last.rules.at(-1)!;
    expect(end.top + end.thickness / 2).toBeCloseTo(TEXT.bottom, 1);
  });

  test('[L26] AS-66: the decision names its five copies in the order in which they are given', () => {
    const { text } = LETTERS['DOC-01 免责']!(ORDINARY);
    expect(/抄送:(.*)。/.exec(text)?.[1]?.split(',')).toEqual([
      '中共宜昌市住房和城乡建设局党组',
      '市纪委监委驻市住房和城乡建设局纪检监察组',
      '中共宜昌市委组织部',
      '中共宜昌市委巡察工作领导小组办公室',
      '宜昌市审计局',
    ]);
  });

  test('[L26] AS-66: page 1 of a letter bears no number, and red double rules of 170 mm, 4 mm below the mark and 20 mm above the edge', () => {
    const [first] = measure(official(characters(100)).typst);
    expect(numberOf(first!)).toBeUndefined();
    const rules = first!.rules.filter((rule) => rule.fill === RED).sort((a, b) => a.top - b.top);
    expect(rules.map((rule) => rule.length)).toEqual(Array(4).fill(expect.closeTo(170, 1)));
    const mark = first!.lines.find((line) => line.fill === RED)!;
    expect(rules[0]!.top - mark.inkBottom).toBeCloseTo(4, 1);
    expect(297 - (rules[3]!.top + rules[3]!.thickness)).toBeCloseTo(20, 1);
  });
});
