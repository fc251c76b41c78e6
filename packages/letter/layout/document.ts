/** Owns 文件格式 (GB/T 9704-2012 chapter 7): red mark, number, red rule, title, text, ending, imprint. */
import { body, ending, imprint, whole } from './ending.ts';
import { MARK_TOP, page, RULE_BELOW_NUMBER } from './page.ts';

export const documentLayout = `${page(1)}${body}${ending}${imprint(true)}${whole}
#whole(exact({
  // 7.2.2, 7.2.3: secrecy on the second line, urgency below it
  let corner(line, words) = place(top + left, dy: line * pitch, text(font: hei, words))
  if sheet.secrecy != "" { corner(1, sheet.secrecy) }
  if sheet.urgency != "" { corner(if sheet.secrecy != "" { 2 } else { 0 }, sheet.urgency) }
  v(${MARK_TOP}mm)
  mark
  empty(2)
  // 7.2.5, 7.2.6: in the middle, or at the left when there is a signer
  if sheet.signer == "" { align(center, sheet.number) } else {
    block(inset: (x: em), width: 100%, { sheet.number; h(1fr); [签发人]; colon; text(font: kai, sheet.signer) })
  }
  v(${RULE_BELOW_NUMBER}mm)
  rect(width: 100%, height: 0.7mm, fill: red, stroke: none)
  empty(2)
  title
  if sheet.to != "" { empty(1); par(justify: true, { sheet.to; colon }) } else { v(pitch) }
}))
`;
