import { afterAll, describe, expect, it } from 'vitest';
import { makePrinter } from '../../server/services/printer.ts';
import { measure, type PrintedPage } from './measure.ts';
import { characters, compose, document, official } from './samples.ts';

const TEXT = { top: 37, left: 28, right: 184, bottom: 262 };
const RED = '#ef5b41';
const POINT = 25.4 / 72;

/** Lines of the text area: not the page number below it. */
const textLines = (page: PrintedPage) => page.lines.filter((line) => line.inkBottom <= TEXT.bottom + 0.5);
const pageNumber = (page: PrintedPage) => page.lines.find((line) => line.inkTop > TEXT.bottom);
const red = (page: PrintedPage) => page.rules.filter((rule) => rule.fill === RED);
const black = (page: PrintedPage) => page.rules.filter((rule) => rule.fill !== RED);
const mark = (page: PrintedPage) => page.lines.find((line) => line.fill === RED)!;

describe('every official letter', () => {
  const pages = measure(document(characters(2500)).typst);
  const full = pages[1]!;

  it('[L10] a full page has 22 lines of 28 characters that fill the text area', () => {
    const lines = textLines(full);
    expect(lines).toHaveLength(22);
    expect(lines.map((line) => line.glyphs)).toEqual(Array(22).fill(28));
    expect(lines[0]!.left).toBeCloseTo(TEXT.left, 1);
    expect(lines[0]!.inkRight).toBeGreaterThan(TEXT.right - 1);
    expect(lines[0]!.inkRight).toBeLessThan(TEXT.right + 0.1);
    // the square of a character reaches 2 pt below the baseline
    expect(lines[0]!.baseline - 14 * POINT).toBeCloseTo(TEXT.top, 1);
    expect(lines[21]!.baseline + 2 * POINT).toBeGreaterThan(TEXT.bottom - 0.2);
    expect(lines[21]!.baseline + 2 * POINT).toBeLessThanOrEqual(TEXT.bottom);
  });

  it('[L10] lines stand at one distance', () => {
    const lines = textLines(full);
    const steps = lines.slice(1).map((line, i) => line.baseline - lines[i]!.baseline);
    for (const step of steps) expect(step).toBeCloseTo(29.6 * POINT, 2);
  });

  it('[L10] a paragraph begins two characters further right', () => {
    const first = textLines(pages[0]!).at(-1)!;
    const lines = measure(document(`${characters(60)}\n${characters(60)}`).typst).flatMap((page) => page.lines);
    const starts = lines.filter((line) => line.glyphs >= 26).map((line) => line.left);
    expect(first.left).toBeCloseTo(TEXT.left, 1);
    expect(starts.filter((left) => Math.abs(left - TEXT.left - 2 * 15.79 * POINT) < 0.05)).toHaveLength(2);
  });

  it('[L11] the page number is 7 mm below the text area, at the outer edge, one character in', () => {
    const [odd, even] = [pageNumber(pages[0]!)!, pageNumber(pages[1]!)!];
    for (const number of [odd, even]) {
      expect(number.glyphs).toBe(3);
      // the dash is at 0.38 of 14 pt above the baseline
      expect(number.baseline - 0.38 * 14 * POINT).toBeCloseTo(TEXT.bottom + 7, 1);
    }
    expect(odd.inkRight).toBeLessThan(TEXT.right - 14 * POINT + 1);
    expect(odd.inkRight).toBeGreaterThan(TEXT.right - 14 * POINT - 1);
    expect(even.left).toBeCloseTo(TEXT.left + 14 * POINT, 1);
  });

  it('[L12] a last paragraph of two or three lines moves to the page of the signature as a whole', () => {
    for (const last of [40, 70]) {
      for (let count = 0; count < 12; count++) {
        const printed = measure(document(`${characters(28 * count + 20)}\n${characters(last)}`).typst);
        const at = printed.findIndex((page) => page.lines.some(isDate));
        const full = textLines(printed[at]!).filter((line) => line.glyphs >= 26);
        expect(full.length, `${last} characters after ${count} lines`).toBeGreaterThanOrEqual(Math.floor(last / 28));
      }
    }
  });

  it('[L12] no page bears a signature without text: two lines of it come along, however long the text is', () => {
    const pagesOf = new Set<number>();
    for (let count = 0; count < 24; count++) {
      const printed = measure(document(characters(170 + 28 * count)).typst);
      const at = printed.findIndex((page) => page.lines.some(isDate));
      const date = printed[at]!.lines.find(isDate)!;
      const above = textLines(printed[at]!).filter((line) => line.baseline < date.baseline - 20 && line.fill !== RED);
      expect(above.length).toBeGreaterThanOrEqual(2);
      expect(above.at(-2)!.glyphs).toBeGreaterThanOrEqual(26);
      pagesOf.add(at);
    }
    expect(pagesOf.size).toBe(2);
  });
});

/** 2026年1月4日 near the right edge */
const isDate = (line: { glyphs: number; left: number }): boolean => line.glyphs === 9 && line.left > 110;

describe('layout 文件', () => {
  const pages = measure(document(`${characters(300)}\n${characters(40)}`).typst);
  const [first, last] = [pages[0]!, pages.at(-1)!];

  it('[L13] the mark begins 35 mm below the text area’s upper edge and is red, within the width of the area', () => {
    expect(mark(first).inkTop).toBeCloseTo(TEXT.top + 35, 1);
    expect(mark(first).left).toBeGreaterThan(TEXT.left);
    expect(mark(first).inkRight).toBeLessThan(TEXT.right);
  });

  it('[L13] a long mark is condensed to fit, a short one is centred', () => {
    for (const name of ['某市文件', '某某省某某市深化改革和容缺办理工作领导小组办公室文件']) {
      const page = measure(compose(`layout: document\nmark: ${name}\ntitle: 题`, '正文').typst)[0]!;
      const { left, inkRight } = mark(page);
      expect(left).toBeGreaterThan(TEXT.left);
      expect((left + inkRight) / 2).toBeCloseTo((TEXT.left + TEXT.right) / 2, -0.5);
    }
  });

  it('[L13] the red rule is 4 mm below the number and as wide as the text area', () => {
    const [rule] = red(first);
    const number = first.lines.find((line) => line.baseline > mark(first).baseline)!;
    expect(number.glyphs).toBe(12);
    expect(rule!.top - (number.baseline + 2 * POINT)).toBeCloseTo(4, 1);
    expect([rule!.left, rule!.length]).toEqual([expect.closeTo(TEXT.left, 1), expect.closeTo(156, 1)]);
  });

  it('[L13] the addressees stand right above the text', () => {
    const at = first.lines.findIndex((line) => line.glyphs === 10);
    expect(first.lines[at + 1]!.baseline - first.lines[at]!.baseline).toBeCloseTo(29.6 * POINT, 2);
  });

  it('[L13] the first page shows text', () => {
    const long =
      '关于对某某市某某局某某同志在老旧小区改造和城市更新项目容缺审批工作中出现的失误和错误予以容错免责的决定';
    const page = measure(
      compose(`layout: document\nmark: 某市文件\nto: 某局\ntitle: ${long}`, characters(500)).typst,
    )[0]!;
    expect(textLines(page).filter((line) => line.glyphs === 28).length).toBeGreaterThanOrEqual(3);
  });

  it('[L14] the imprint has rules of 0.35, 0.25 and 0.35 mm, the last on the lower edge of the text area of the last page', () => {
    const rules = black(last);
    expect(rules.map((rule) => rule.thickness)).toEqual([0.35, 0.25, 0.35].map((mm) => expect.closeTo(mm, 2)));
    expect(rules[2]!.top + rules[2]!.thickness / 2).toBeCloseTo(TEXT.bottom, 1);
    expect(rules.every((rule) => Math.abs(rule.length - 156) < 0.1)).toBe(true);
    for (const page of pages.slice(0, -1)) expect(black(page)).toEqual([]);
  });

  it('[L14] copies that need a second line continue below the first name', () => {
    const names = 'copies: [第一个很长的抄送机关名称, 第二个很长的抄送机关名称, 第三个很长的抄送机关名称]';
    const page = measure(compose(`layout: document\nmark: 某市文件\ntitle: 题\n${names}`, '正文').typst).at(-1)!;
    const [above, below] = black(page).map((rule) => rule.top);
    const lines = page.lines.filter((line) => line.baseline > above! && line.baseline < below!);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]!.left).toBeCloseTo(TEXT.left + 14 * POINT, 1);
    expect(lines[1]!.left).toBeCloseTo(TEXT.left + 4 * 14 * POINT, 1);
  });

  it('[L15] the date ends four characters from the right, the organ stands centred over it', () => {
    const date = last.lines.find(isDate)!;
    const organ = last.lines.filter((line) => line.baseline < date.baseline).at(-1)!;
    expect(date.inkRight).toBeGreaterThan(TEXT.right - 4 * 15.79 * POINT - 1.5);
    expect(date.inkRight).toBeLessThan(TEXT.right - 4 * 15.79 * POINT);
    expect(organ.glyphs).toBe(7);
    expect((organ.left + organ.inkRight) / 2).toBeCloseTo((date.left + date.inkRight) / 2, -0.5);
  });

  it('[L15] without a seal the organ ends two characters from the right and the date begins two after it', () => {
    const page = measure(document('正文', 'seal: false').typst).find((one) =>
      one.lines.some((line) => line.glyphs === 9),
    )!;
    const date = page.lines.find((line) => line.glyphs === 9 && line.left > 100)!;
    const organ = page.lines.filter((line) => line.baseline < date.baseline).at(-1)!;
    expect(date.left - organ.left).toBeCloseTo(2 * 15.79 * POINT, 0);
    expect(Math.max(organ.inkRight, date.inkRight)).toBeLessThan(TEXT.right - 2 * 15.79 * POINT);
    expect(Math.max(organ.inkRight, date.inkRight)).toBeGreaterThan(TEXT.right - 2 * 15.79 * POINT - 1.5);
  });
});

describe('a letter for one page', () => {
  const pagesOf = (lines: number): PrintedPage[] => measure(official(characters(28 * lines - 2)).typst);
  const steps = (page: PrintedPage): number[] => {
    const lines = page.lines.filter((line) => line.glyphs === 28).map((line) => line.baseline);
    return lines.flatMap((baseline, i) => {
      const step = (baseline - (lines[i - 1] ?? 0)) / POINT;
      return step < 1.5 * 29.6 ? [step] : [];
    });
  };

  it('[L21] what fits is set at the full distance; a line or two too many are set closer instead of on a second page', () => {
    const counts = Array.from({ length: 10 }, (_, i) => pagesOf(i + 5));
    const single = counts.filter((pages) => pages.length === 1);
    const closest = Math.min(...single.flatMap((pages) => steps(pages[0]!)));
    for (const step of steps(counts[0]![0]!)) expect(step).toBeCloseTo(29.6, 1);
    expect(closest).toBeLessThan(29);
    expect(closest).toBeGreaterThan(26.5);
  });

  it('[L21] a letter of several pages is never set closer', () => {
    for (const pages of Array.from({ length: 10 }, (_, i) => pagesOf(i + 5)).filter((one) => one.length > 1)) {
      for (const step of pages.flatMap(steps)) expect(step).toBeCloseTo(29.6, 1);
    }
  });
});

describe('layout 信函', () => {
  const pages = measure(official(characters(900)).typst);
  const [first, second] = [pages[0]!, pages[1]!];

  it('[L16] the mark is 30 mm below the paper’s edge, a thick over a thin red rule of 170 mm 4 mm below it', () => {
    const upper = red(first)
      .filter((rule) => rule.top < 100)
      .sort((a, b) => a.top - b.top);
    expect(mark(first).inkTop).toBeCloseTo(30, 1);
    expect(upper).toHaveLength(2);
    expect(upper[0]!.top - mark(first).inkBottom).toBeCloseTo(4, 1);
    expect(upper[0]!.thickness).toBeGreaterThan(upper[1]!.thickness);
    for (const rule of upper) expect([rule.left, rule.length]).toEqual([expect.closeTo(20, 1), expect.closeTo(170, 1)]);
  });

  it('[L16] a thin over a thick red rule stands 20 mm above the lower edge of the first page only', () => {
    const lower = red(first)
      .filter((rule) => rule.top > 200)
      .sort((a, b) => a.top - b.top);
    expect(lower).toHaveLength(2);
    expect(lower[0]!.thickness).toBeLessThan(lower[1]!.thickness);
    expect(lower[1]!.top + lower[1]!.thickness).toBeCloseTo(277, 1);
    expect(red(second)).toEqual([]);
  });

  it('[L16] the first page shows no number, the second does; the imprint has no rules', () => {
    expect(pageNumber(first)).toBeUndefined();
    expect(pageNumber(second)?.glyphs).toBe(3);
    expect(pages.flatMap(black)).toEqual([]);
  });

  it('[L16] the number stands at the right, below the first rules', () => {
    const number = first.lines.find((line) => line.glyphs === 12)!;
    const rules = red(first).filter((rule) => rule.top < 100);
    expect(number.inkRight).toBeGreaterThan(TEXT.right - 1);
    expect(number.baseline - 14 * POINT - Math.max(...rules.map((rule) => rule.top + rule.thickness))).toBeCloseTo(
      14 * POINT,
      1,
    );
  });
});

describe('layouts 纪要 and 表格', () => {
  it('[L17] minutes name who was there after the text and have no signature', () => {
    const front = 'layout: minutes\nmark: 某某会议纪要\ntitle: 题\npresent: [甲, 乙]\nexcused: [丙]';
    const { text, typst } = compose(front, '正文。');
    expect(text.split('\n').slice(-2)).toEqual(['出席:甲、乙', '请假:丙']);
    const [page] = measure(typst);
    expect(mark(page!).inkTop).toBeCloseTo(TEXT.top + 35, 1);
    expect(page!.lines.filter((line) => Math.abs(line.left - TEXT.left - 2 * 15.79 * POINT) < 0.1)).toHaveLength(3);
  });

  it('[L17] a form has no red, and its table is as wide as the text area', () => {
    const body = '| 事项 | 内容 |\n|---|---------|\n| 受送达人 | 甲 |';
    const [page] = measure(compose('layout: form\ntitle: 送达回证', body).typst);
    expect(page!.lines.some((line) => line.fill === RED)).toBe(false);
    expect(Math.min(...page!.rules.map((rule) => rule.left))).toBeCloseTo(TEXT.left, 0);
    expect(Math.max(...page!.rules.map((rule) => rule.left + rule.length))).toBeCloseTo(TEXT.right, 0);
  });
});

describe('titles', () => {
  it('[L18] a long title breaks between words, into lines that are neither a column nor an hourglass', async () => {
    const { titleLines } = await import('@ganwei/letter/layout/title');
    const title =
      '关于对宜昌市住房和城乡建设局梁栋、宋桥等同志在老旧小区改造项目容缺审批中出现的失误和错误予以容错免责的决定';
    const lines = titleLines(title, 19.5);
    expect(lines.join('')).toBe(title);
    expect(lines.every((line) => line.length <= 19)).toBe(true);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、,。》」的]/);
    const [first] = titleLines('关于对欧阳阿卜杜热合曼·买买提江予以容错减责的决定', 19.5);
    expect(first).toBe('关于对欧阳阿卜杜热合曼·买买提江');
    const numbered = titleLines('关于变更宜纪容决〔2026〕1号容错处理决定的决定', 19.5);
    expect(numbered.some((line) => line.includes('决〔2026〕1号'))).toBe(true);
    expect(titleLines('关于某事的通知', 19.5)).toEqual(['关于某事的通知']);
    expect(titleLines('第一行\n第二行', 19.5)).toEqual(['第一行', '第二行']);
    expect(titleLines('甲'.repeat(300), 19.5).join('')).toBe('甲'.repeat(300));
  });
});

describe('data in a letter', () => {
  const printer = makePrinter({ fontPaths: [] });
  afterAll(() => printer.close());
  const hostile = [
    '#read("/etc/passwd")',
    '$x^2$ *粗* _斜_ @引用 <标签> // 注 /* 注 */',
    '\\u{41} \\ " \' ` ~ - -- ... = 标题',
    '] } ) #panic() {= 1 + 1 } {if true} | a |',
    '\u0000\u001f\ud800 \u{1F600} 赟喆堃',
  ];

  it('[L19] whatever is typed into a form is printed as these letters, never as markup or code', async () => {
    for (const value of hostile) {
      const front =
        'layout: document\nmark: "{= v }"\ntitle: "{= v }"\nto: "{= v }"\ncopies: "= [v]"\nattachments: ["{= v }"]\ncontact: "{= v }"';
      const source = `${front}\nprintedBy: "{= v }"\nsecrecy: "{= v }"\nsigner: "{= v }"`;
      const { typst, text } = compose(source, '# {= v }\n{= v }\n**{= v }**\n| {= v } |', { v: value });
      expect((await printer.print(typst)).pages).toBeGreaterThan(0);
      expect(text).toContain(value.trim());
      expect(glyphsOf('正文{= v }', value)).toBe(glyphsOf('正文') + visible(value));
    }
  });

  const glyphsOf = (body: string, v = ''): number => {
    const [page] = measure(compose('layout: form\ntitle: 题', body, { v }).typst);
    return textLines(page!).reduce((sum, line) => sum + line.glyphs, 0);
  };
  /** what leaves ink: spaces and controls do not */
  const visible = (value: string): number =>
    [...value.replace(/\p{Surrogate}/gu, '\uFFFD')].filter((sign) => !/[\p{Cc}\s]/u.test(sign)).length;

  it('[L19] the same letter prints the same bytes', async () => {
    const { typst } = document(characters(100));
    const [a, b] = [await printer.print(typst), await printer.print(typst)];
    expect(Buffer.compare(a.pdf, b.pdf)).toBe(0);
  });

  it('[L23] a long number breaks after a hyphen instead of tearing the line before it apart', () => {
    const { lines } = measure(
      compose('layout: form\ntitle: 题', `${characters(17)}(编号:ZG-420500-2026-0001)已收`).typst,
    )[0]!;
    const body = lines.filter((line) => line.glyphs > 1 && line.left < 60 && line.inkBottom < TEXT.bottom);
    expect(body[0]!.glyphs).toBe(24);
    expect(Math.max(...body.map((line) => line.inkRight))).toBeLessThan(TEXT.right + 0.1);
  });

  it('[L20] punctuation beside Chinese characters is set full width, other punctuation as it is', async () => {
    const { setPunctuation } = await import('@ganwei/letter/layout/punctuation');
    expect(setPunctuation('依据:规定(试行),请办理!')).toBe('依据\uFF1A规定\uFF08试行\uFF09\uFF0C请办理\uFF01');
    expect(setPunctuation('(1)资金1,000.50元;见http://a:80/b(c)')).toBe(
      '\uFF081\uFF09资金1,000.50元\uFF1B见http://a:80/b(c)',
    );
    expect(setPunctuation('a(b), c')).toBe('a(b), c');
  });
});
