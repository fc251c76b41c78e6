/** Owns 表格 and 记录: a title, the number at the right, text and tables; no red head, no imprint. */
import { body, ending, whole } from './ending.ts';
import { page, SIZE } from './page.ts';

export const formLayout = `${page(1)}${body}${ending}#let imprint = none
${whole}
#whole(exact({
  title
  v(pitch - gap)
  if sheet.number != "" { align(right, text(size: ${SIZE.small}pt, tracking: 0pt, sheet.number)); v(6pt) }
  if sheet.to != "" { par({ sheet.to; colon }) }
}))
`;
