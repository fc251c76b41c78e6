/**
 * Owns what a composed letter is before it becomes a page: plain data, every text final, nothing left to evaluate.
 * The layouts print a Sheet and know nothing of templates; a template makes a Sheet and knows nothing of pages.
 */

export type LayoutName = 'document' | 'letter' | 'minutes' | 'form';

/** A stretch of text; emphasis comes from the template, never from data. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
}

export type Align = 'left' | 'center' | 'right';

export type Block =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  /** level 1 to 4: 一、 (一) 1. (1); the number is part of the text */
  | { readonly kind: 'heading'; readonly level: number; readonly runs: readonly Run[] }
  | {
      readonly kind: 'table';
      /** relative widths of the columns */
      readonly widths: readonly number[];
      readonly aligns: readonly Align[];
      /** how many of the first rows are headings */
      readonly head: number;
      /** rows of cells; a cell is a list of paragraphs */
      readonly rows: readonly (readonly (readonly (readonly Run[])[])[])[];
    };

export interface Sheet {
  readonly layout: LayoutName;
  /** 发文机关标志 */
  readonly mark: string;
  readonly number: string;
  readonly secrecy: string;
  readonly urgency: string;
  readonly signer: string;
  readonly title: string;
  /** 主送 */
  readonly to: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly string[];
  /** 出席、请假、列席 (minutes) */
  readonly attendance: readonly { readonly label: string; readonly names: string }[];
  /** 发文机关署名 */
  readonly organ: string;
  /** 成文日期 as written: 2026年1月4日 */
  readonly date: string;
  /** true: room for a seal; false: signature without one; null: no signature */
  readonly seal: boolean | null;
  /** 附注, without brackets */
  readonly note: string;
  /** 抄送 */
  readonly copies: readonly string[];
  readonly printedBy: string;
  /** a draft that is only looked at: each page says so */
  readonly sample?: true;
}

export const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

/** The whole letter as plain text, in reading order, one paragraph a line: for the search index and for tests. */
export function plainText(sheet: Sheet): string {
  const lines = [
    sheet.secrecy,
    sheet.urgency,
    sheet.mark,
    sheet.number,
    sheet.signer && `签发人:${sheet.signer}`,
    sheet.title,
    sheet.to && `${sheet.to}:`,
    ...sheet.blocks.flatMap(linesOf),
    ...sheet.attachments.map((name, i) => `附件${sheet.attachments.length > 1 ? i + 1 : ''}:${name}`),
    ...sheet.attendance.map(({ label, names }) => `${label}:${names}`),
    ...(sheet.seal === null ? [] : [sheet.organ, sheet.date]),
    sheet.note && `(${sheet.note})`,
    sheet.copies.length > 0 && `抄送:${sheet.copies.join(',')}。`,
    sheet.printedBy && `${sheet.printedBy} ${sheet.date}印发`,
  ];
  return lines.filter(Boolean).join('\n');
}

function linesOf(block: Block): string[] {
  if (block.kind !== 'table') return [textOf(block.runs)];
  return block.rows.map((row) => row.map((cell) => cell.map(textOf).join(' ')).join('\t'));
}
