/** Owns 信函格式 (GB/T 9704-2012 10.1): mark and double rules at fixed places of the first page, which shows no page number. */
import { body, ending, imprint, whole } from './ending.ts';
import { LETTER, MARGIN, PAPER, page, SIZE } from './page.ts';

export const letterLayout = `${page(2)}${body}${ending}${imprint(false)}${whole}
#let (thick, thin, between) = (0.9mm, 0.35mm, 0.6mm)
#let bar(height) = rect(width: ${LETTER.ruleLength}mm, height: height, fill: red, stroke: none)
#let double(first, second) = stack(dir: ttb, spacing: between, bar(first), bar(second))
#let side = ${(PAPER.width - LETTER.ruleLength) / 2}mm
#set page(background: context if counter(page).get().first() == 1 {
  place(bottom + left, dx: side, dy: -${LETTER.ruleAboveEdge}mm, double(thin, thick))
})
#whole(exact(context {
  let height = measure(width: full, mark).height
  let above = ${MARGIN.top - LETTER.markTop}mm
  let rules = height + ${LETTER.ruleBelowMark}mm - above
  place(top + left, dy: -above, block(width: 100%, mark))
  place(top + left, dx: side - ${MARGIN.left}mm, dy: rules, double(thick, thin))
  v(rules + thick + between + thin + ${(SIZE.body * 7) / 8}pt)
  // secrecy and urgency at the left, the number at the right, all below the first rules
  let corner = (sheet.secrecy, sheet.urgency).filter(words => words != "").map(words => text(font: hei, words))
  grid(columns: (1fr, auto), stack(dir: ttb, spacing: gap, ..corner), sheet.number)
  empty(2)
  title
  if sheet.to != "" { empty(1); par(justify: true, { sheet.to; colon }) } else { v(pitch) }
}))
`;
