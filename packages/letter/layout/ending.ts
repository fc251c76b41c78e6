/**
 * Owns body and ending as Typst: paragraphs, levels, tables; 附件说明, 署名, 成文日期, 附注 (7.3.4–7.3.6); 出席 (10.3); 版记 (7.4).
 * The ending never stands on a page without text (7.3.5.5): the last line of the text claims the room the ending needs.
 */
import { IMPRINT_RULES, SIZE, TEXT_AREA } from './page.ts';

/** `#body(ending, gap)` sets the text and, inseparable from its last lines, the ending; `gap` is between lines. */
export const body = `
#let levels = (hei, kai, fang, fang)
#let cell(paragraphs) = if paragraphs.len() == 0 { box(height: 12pt) } else { paragraphs.map(items => par(runs(items))).join() }
#let grid-block(it) = {
  set text(size: ${SIZE.small}pt, tracking: 0pt, top-edge: 12pt, bottom-edge: -2pt)
  set par(leading: 7pt, spacing: 7pt, first-line-indent: 0pt, justify: false)
  let all = it.rows.map(row => row.map(cell))
  let aligned = it.aligns.map(side => (left: left, center: center, right: right).at(side) + horizon)
  let heading = all.slice(0, it.head).flatten().map(body => table.cell(align: center + horizon, text(font: hei, body)))
  table(columns: it.widths.map(width => width * 1fr), rows: (auto,), align: aligned, stroke: 0.5pt, inset: (x: 6pt, y: 11pt),
    ..if it.head > 0 { (table.header(..heading),) }, ..all.slice(it.head).flatten())
}
#let part(it) = if it.kind == "table" { grid-block(it) } else if it.kind == "heading" {
  block(sticky: true, par(text(font: levels.at(it.level - 1), runs(it.runs))))
} else { par(runs(it.runs)) }

// the last line gets the depth of the ending, so both move to the next page together, with a second line for company;
// a paragraph of two or three lines moves as a whole
#let joined(items, ending) = context {
  let depth = measure(width: full, ending).height
  let short = measure(width: full, par(runs(items))).height < 3.5 * pitch
  if depth > 12 * pitch { par(runs(items)); block(width: 100%, ending) } else {
    {
      set text(costs: (widow: 100%, orphan: if short { 100% } else { 0% }))
      set par(spacing: 0pt)
      par({ runs(items); box(width: 0pt, height: depth, baseline: depth) })
    }
    v(-depth)
    block(width: 100%, spacing: 0pt, breakable: false, ending)
  }
}
#let body(ending, gap) = {
  set par(leading: gap, spacing: gap)
  set block(spacing: gap)
  let last = sheet.blocks.len() - 1
  for (i, it) in sheet.blocks.enumerate() {
    if i == last and it.kind == "paragraph" and ending != none { joined(it.runs, ending) } else { part(it) }
  }
  if ending != none and (last < 0 or sheet.blocks.last().kind != "paragraph") {
    block(width: 100%, breakable: false, ending)
  }
}
`;

/** `#ending`: what follows the text, or none. */
export const ending = `
// words in a place of fixed width, on the line of the words around it
#let slot(width, body) = box(width: width, baseline: 2pt, body)
#let attachments = {
  let many = sheet.attachments.len() > 1
  let digits = if not many { 0 } else if sheet.attachments.len() < 10 { 0.9 } else { 1.4 }
  empty(1)
  for (i, name) in sheet.attachments.enumerate() {
    let number = if many { slot(digits * em)[#(i + 1).] }
    hanging((5 + digits) * em, {
      h(2 * em); slot(3 * em, if i == 0 [附件#colon]); number; name
    })
  }
}
#let attendance = {
  empty(1)
  for it in sheet.attendance {
    hanging(5 * em, { h(2 * em); slot(3 * em, { text(font: hei, it.label); colon }); it.names })
  }
}
#let signature = context {
  let (organ, date) = (measure(box(sheet.organ)).width, measure(box(sheet.date)).width)
  let line(body, room) = block(width: 100%, inset: (right: room), plain(align(right, body)))
  if sheet.seal {
    // 7.3.5.1: the date four characters from the right, the organ centred over it; two lines so that the seal nears the text
    let room = calc.max(4 * em, (organ - date) / 2)
    empty(2)
    line(sheet.organ, room + (date - organ) / 2)
    line(sheet.date, room)
  } else {
    // 7.3.5.2: the organ two characters from the right, the date begins two characters after it
    let room = calc.max(2 * em, 4 * em + date - organ)
    empty(1)
    line(sheet.organ, room)
    line(sheet.date, room + organ - 2 * em - date)
  }
}
#let parts = (
  if sheet.attachments.len() > 0 { attachments },
  if sheet.attendance.len() > 0 { attendance },
  if sheet.seal != none { signature },
  if sheet.note != "" { if sheet.seal == none { empty(1) }; par[\\u{FF08}#sheet.note\\u{FF09}] },
).filter(it => it != none)
#let ending = if parts.len() > 0 { parts.join() }
`;

/** 版记 at the lower edge of the text area of the last page; `ruled`: with its rules and with who printed it when (7.4; not 10.1). */
export const imprint = (ruled: boolean): string => `
#let imprint = {
  let ruled = ${ruled}
  let rule(thickness) = if ruled { line(length: 100%, stroke: thickness) }
  let row(body) = block(width: 100%, inset: (x: ${SIZE.small}pt, y: if ruled { 6pt } else { 0pt }), body)
  let copies = if sheet.copies.len() > 0 {
    row(hanging(${3 * SIZE.small}pt, { slot(${3 * SIZE.small}pt)[抄送#colon]; sheet.copies.join(comma); [。] }))
  }
  let printed = if ruled and sheet.printedBy != "" { row({ sheet.printedBy; h(1fr); sheet.date; [印发] }) }
  if copies != none or printed != none {
    set text(size: ${SIZE.small}pt, tracking: 0pt, top-edge: 12pt, bottom-edge: -2pt)
    set par(leading: 8pt)
    exact({
      rule(${IMPRINT_RULES.outer}mm)
      copies
      if copies != none and printed != none { rule(${IMPRINT_RULES.inner}mm) }
      printed
      rule(${IMPRINT_RULES.outer}mm)
    })
  }
}
`;

/** `#whole(opening)`: a letter that is a little too long for one page is set closer to fit it (7.3.5.5), all others as they should be. */
export const whole = `
#let whole(opening) = context {
  let imprint-height = if imprint == none { 0pt } else { measure(width: full, imprint).height + pitch }
  let height(gap) = measure(width: full, { opening; body(ending, gap) }).height + imprint-height
  let fitting = (gap, 12.6pt, 11.6pt, 10.6pt).find(gap => height(gap) <= ${TEXT_AREA.height}mm)
  opening
  body(ending, if fitting == none { gap } else { fitting })
  if imprint != none { place(bottom + left, float: true, clearance: pitch, imprint) }
}
`;
