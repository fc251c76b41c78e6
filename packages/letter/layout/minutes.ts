/** Owns 纪要格式 (GB/T 9704-2012 10.3): mark, number, organ and date above the red rule, no seal, who was there after the text. */
import { body, ending, imprint, whole } from './ending.ts';
import { MARK_TOP, page, RULE_BELOW_NUMBER } from './page.ts';

export const minutesLayout = `${page(1)}${body}${ending}${imprint(true)}${whole}
#whole(exact({
  if sheet.secrecy != "" { place(top + left, dy: pitch, text(font: hei, sheet.secrecy)) }
  v(${MARK_TOP}mm)
  mark
  if sheet.number != "" { empty(1); align(center, sheet.number) }
  empty(1)
  block(inset: (x: em), width: 100%, { sheet.organ; h(1fr); sheet.date })
  v(${RULE_BELOW_NUMBER}mm)
  rect(width: 100%, height: 0.7mm, fill: red, stroke: none)
  empty(2)
  title
  if sheet.to != "" { empty(1); par(justify: true, { sheet.to; colon }) } else { v(pitch) }
}))
`;
