/**
 * Owns the numbers of GB/T 9704-2012 and the parts of a page that all layouts share, as Typst: fonts, text, body, ending, imprint.
 * A layout is a fixed Typst programme over `sheet`; no text of a letter ever becomes part of it.
 * Measures of Typst: `pitch` from line to line, `gap` between two lines, `em` one character with its share of the spacing.
 */

/** millimetres */
export const PAPER = { width: 210, height: 297 } as const; // 4, 5.1
export const MARGIN = { top: 37, left: 28, right: 26, bottom: 35 } as const; // 5.2.1
export const TEXT_AREA = { width: 156, height: 225 } as const; // 5.2.1
export const MARK_TOP = 35; // 7.2.4: mark below the upper edge of the text area
export const RULE_BELOW_NUMBER = 4; // 7.2.7
export const PAGE_NUMBER_BELOW = 7; // 7.5: dash below the lower edge of the text area
export const IMPRINT_RULES = { outer: 0.35, inner: 0.25 } as const; // 7.4.1
export const LETTER = { markTop: 30, ruleBelowMark: 4, ruleLength: 170, ruleAboveEdge: 20 } as const; // 10.1

/** points */
export const SIZE = { body: 16, title: 22, small: 14, mark: 60 } as const; // 3号, 2号, 4号; 7.2.4
export const LINES = 22; // 5.2.3
export const CHARACTERS = 28; // 5.2.3
/** 22 lines and 21 gaps fill 225 mm (637.8 pt); a gap is about 7/8 of a character, as clause 3 has it */
export const GAP = 13.6;
export const PITCH = SIZE.body + GAP;
/** 28 characters fill 156 mm (442.2 pt): a little closer than 16 pt */
export const EM = 15.79;
/** characters of a title line (7.3.1) */
export const TITLE_CAPACITY = 19.5;

/** A family that is wanted, under its names, and what stands in when it is missing; licences are the user's affair. */
interface Face {
  readonly role: string;
  readonly wanted: readonly string[];
  readonly instead: readonly string[];
}
const SERIF = ['Noto Serif CJK SC', 'Noto Serif SC', 'Source Han Serif SC'];
const SANS = ['Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC'];
const FACES: Readonly<Record<string, Face>> = {
  xiaobiaosong: {
    role: '方正小标宋简体',
    wanted: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05'],
    instead: ['FandolSong', ...SERIF],
  },
  fang: {
    role: '仿宋_GB2312',
    wanted: ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', 'STFangsong'],
    instead: ['FandolFang R', 'FandolFang', ...SERIF],
  },
  hei: { role: '黑体', wanted: ['黑体', 'SimHei', 'STHeiti'], instead: ['FandolHei', ...SANS] },
  kai: {
    role: '楷体_GB2312',
    wanted: ['楷体_GB2312', 'KaiTi_GB2312', '楷体', 'KaiTi', 'STKaiti'],
    instead: ['AR PL KaitiM GB', 'FandolKai', 'LXGW WenKai', ...SERIF],
  },
  song: { role: '宋体', wanted: ['宋体', 'SimSun', 'NSimSun', 'STSong'], instead: ['FandolSong', ...SERIF] },
};

/** Each face as a list of families, and what the printer needs to report substitutions: metadata labelled `<face>`. */
const faces = (): string =>
  Object.entries(FACES)
    .map(
      ([name, { role, wanted, instead }]) => `#let ${name} = ${families([...wanted, ...instead])}
#metadata((role: "${role}", wanted: ${families(wanted)}, instead: ${families(instead)})) <face>`,
    )
    .join('\n');

const families = (names: readonly string[]): string => `(${names.map((name) => `"${name}"`).join(', ')},)`;

/** What stands before every layout; `sheet` is defined already. `firstNumbered`: the first page that shows its number. */
export const page = (firstNumbered: number): string => `${faces()}
#let pitch = ${PITCH}pt
#let gap = ${GAP}pt
#let em = ${EM}pt
#let full = ${TEXT_AREA.width}mm
// punctuation of Chinese text
#let (comma, colon) = ("\\u{FF0C}", "\\u{FF1A}")
#let red = cmyk(0%, 80%, 80%, 0%)

#let page-number = context {
  let n = counter(page).get().first()
  if n >= ${firstNumbered} {
    // the dash is at 0.38 of the size above the baseline
    let baseline = ${PAPER.height - MARGIN.bottom + PAGE_NUMBER_BELOW}mm + ${SIZE.small * 0.38}pt
    let side = if calc.odd(n) { right } else { left }
    set text(font: song, size: ${SIZE.small}pt, tracking: 0pt, top-edge: "baseline", bottom-edge: "baseline")
    set par(first-line-indent: 0pt)
    place(top + left, dx: ${MARGIN.left}mm, dy: baseline,
      block(width: full, inset: (x: ${SIZE.small}pt), align(side)[— #n —]))
  }
}

#set document(title: sheet.title.join(), author: sheet.organ, date: if sheet.day == none { none } else { datetime(..sheet.day) })
// across each page of a draft that is only looked at
#let sample = if sheet.at("sample", default: false) {
  place(center + horizon, rotate(-35deg, text(size: 120pt, tracking: 0pt, fill: rgb(200, 30, 30, 45))[样张]))
}
#set page(width: ${PAPER.width}mm, height: ${PAPER.height}mm, foreground: { page-number; sample },
  margin: (top: ${MARGIN.top}mm, left: ${MARGIN.left}mm, right: ${MARGIN.right}mm, bottom: ${MARGIN.bottom}mm))
#set text(font: fang, size: ${SIZE.body}pt, tracking: em - ${SIZE.body}pt, top-edge: ${SIZE.body - 2}pt, bottom-edge: -2pt,
  lang: "zh", region: "cn", cjk-latin-spacing: none, hyphenate: false, costs: (widow: 0%, orphan: 0%))
#set par(leading: gap, spacing: gap, justify: true, linebreaks: "simple", first-line-indent: (amount: 2 * em, all: true))
#set block(spacing: gap)

#let plain(body) = { set par(first-line-indent: 0pt, justify: false); body }
#let hanging(indent, body) = par(first-line-indent: 0pt, hanging-indent: indent, body)
// U+200B, put there by typeset.ts, is where a line may break
#let words(it) = it.split("\\u{200B}").join(box())
#let runs(items) = items.map(run => if run.bold { text(font: hei, words(run.text)) } else { words(run.text) }).join()
// n empty lines between what comes before and what comes after
#let empty(n) = v(n * pitch + gap)
// a part whose pieces stand at exact distances
#let exact(body) = block(width: 100%, above: 0pt, below: gap, plain({ set block(spacing: 0pt); set par(spacing: 0pt); body }))

// a long mark is first condensed, then made smaller
#let mark = context {
  let face(size, width) = box(scale(x: width, reflow: true, text(font: xiaobiaosong, weight: "bold", size: size, fill: red,
    tracking: 0pt, top-edge: "bounds", bottom-edge: "bounds", sheet.mark)))
  let ratio = calc.min(1, 150mm / measure(face(${SIZE.mark}pt, 100%)).width)
  let condensed = calc.max(0.7, ratio)
  align(center, face(${SIZE.mark}pt * ratio / condensed, condensed * 100%))
}
#let title = align(center, text(font: xiaobiaosong, weight: "bold", size: ${SIZE.title}pt, tracking: 0pt, top-edge: 19pt,
  bottom-edge: -3pt, par(leading: 12pt, sheet.title.join(linebreak()))))
`;
