/**
 * Owns the text language of letters: one line is one paragraph; `#` to `####` head a level; `**…**` is bold; `| … |` is a row of a
 * table; `{if …}` `{else if …}` `{else}` `{end}` and `{for x in …}` (`{for x, n in …}` counts from 1) stand on lines of their own.
 * Marks count only where the author wrote them: what comes from data is text and nothing else.
 */
import { FeelError } from '@ganwei/feel/compile';
import type { Align, Block, Run } from './sheet.ts';
import { atLine, type Reader, type Scope, splitOutside, type TextPiece, type ValuePiece } from './source.ts';

export interface Body {
  /** free names of all its expressions */
  readonly names: readonly string[];
  /** `most` lines, counted as the loops repeat them; more is LetterTooLong */
  compose(scope: Scope, world: unknown, most: number): Block[];
}

type Line = readonly { readonly piece: TextPiece; readonly bold: boolean }[];
interface Row {
  readonly line: number;
  readonly cells: readonly Line[];
}
type Node =
  | { kind: 'paragraph'; line: Line }
  | { kind: 'heading'; level: number; line: Line }
  | { kind: 'row'; row: Row }
  | { kind: 'columns'; line: number; widths: number[]; aligns: Align[] }
  | { kind: 'if'; line: number; branches: { when: ValuePiece | null; nodes: Node[] }[] }
  | { kind: 'for'; line: number; name: string; counter: string | null; over: ValuePiece; nodes: Node[] };

/** `firstLine`: where the body begins in the file. */
export function readBody(text: string, firstLine: number, reader: Reader): Body {
  const nodes = new BodyReader(text.split('\n'), firstLine, reader).read();
  checkTables(nodes, reader);
  return {
    names: [...namesOf(nodes)],
    compose: (scope, world, most) => gather(render(nodes, { scope, world, budget: { left: most } })),
  };
}

// ---- reading ---------------------------------------------------------------------------------------------------------

type Branching = Extract<Node, { kind: 'if' | 'for' }>;

const IF = /^\{\s*if\s+(.+)\}$/;
const ELSE_IF = /^\{\s*else\s+if\s+(.+)\}$/;
const ELSE = /^\{\s*else\s*\}$/;
const END = /^\{\s*end\s*\}$/;
const FOR = /^\{\s*for\s+([\p{L}_][\p{L}\p{N}_]*)(?:\s*,\s*([\p{L}_][\p{L}\p{N}_]*))?\s+in\s+(.+)\}$/u;
const COMMAND = /^\{(?!=)/;
const COLUMNS = /^\|(\s*:?-+:?\s*\|)+$/;
const FOREIGN = /^(`{3}|>|!\[|<\/?\w|-{3,}$|#{5,}\s|[-*+]\s)/;

class BodyReader {
  readonly #lines: readonly string[];
  readonly #first: number;
  readonly #reader: Reader;
  readonly #top: Node[] = [];
  /** blocks that are open, with the list that is being filled */
  readonly #open: { node: Branching; nodes: Node[] }[] = [];

  constructor(lines: readonly string[], first: number, reader: Reader) {
    this.#lines = lines;
    this.#first = first;
    this.#reader = reader;
  }

  read(): Node[] {
    this.#lines.forEach((text, i) => {
      const trimmed = text.trim();
      if (trimmed !== '') this.#line(trimmed, this.#first + i);
    });
    for (const { node } of this.#open) {
      this.#reader.complain(node.line, 'letter-block', `“{${node.kind} …}”没有用“{end}”结束`);
    }
    return this.#top;
  }

  #line(text: string, line: number): void {
    const [, signs, heading] = /^(#{1,4})\s+(.+)$/.exec(text) ?? [];
    if (COMMAND.test(text)) this.#command(text, line);
    else if (COLUMNS.test(text)) this.#add(readColumns(text, line));
    else if (text.startsWith('|')) this.#row(text, line);
    else if (FOREIGN.test(text)) this.#reader.complain(line, 'letter-block', `不支持的写法“${text.slice(0, 12)}”`);
    else if (signs && heading) this.#add({ kind: 'heading', level: signs.length, line: this.#runs(heading, line) });
    else this.#add({ kind: 'paragraph', line: this.#runs(text, line) });
  }

  #add(node: Node): void {
    (this.#open.at(-1)?.nodes ?? this.#top).push(node);
  }

  #command(text: string, line: number): void {
    const [, condition] = IF.exec(text) ?? [];
    const [, other] = ELSE_IF.exec(text) ?? [];
    const [, name, counter, over] = FOR.exec(text) ?? [];
    if (condition) this.#begin({ kind: 'if', line, branches: [] }, this.#reader.value('condition', condition, line));
    else if (other) this.#otherwise(this.#reader.value('condition', other, line), line);
    else if (ELSE.test(text)) this.#otherwise(null, line);
    else if (END.test(text)) this.#end(line);
    else if (name && over) {
      const node = { kind: 'for' as const, line, name, counter: counter ?? null, nodes: [] };
      this.#begin({ ...node, over: this.#reader.value('loop', over, line) });
      this.#reader.loops = [...this.#reader.loops, { name, counter: node.counter, over }];
    } else this.#reader.complain(line, 'letter-block', `不认识的指令“${text}”,可用 if、else if、else、for … in、end`);
  }

  #begin(node: Branching, when: ValuePiece | null = null): void {
    this.#add(node);
    if (node.kind === 'for') this.#open.push({ node, nodes: node.nodes });
    else {
      const branch = { when, nodes: [] };
      node.branches.push(branch);
      this.#open.push({ node, nodes: branch.nodes });
    }
  }

  #otherwise(when: ValuePiece | null, line: number): void {
    const open = this.#open.at(-1);
    if (open?.node.kind !== 'if' || open.node.branches.at(-1)?.when === null) {
      this.#reader.complain(line, 'letter-block', '“{else}”前面没有对应的“{if …}”');
      return;
    }
    const branch = { when, nodes: [] };
    open.node.branches.push(branch);
    open.nodes = branch.nodes;
  }

  #end(line: number): void {
    const ended = this.#open.pop();
    if (ended?.node.kind === 'for') this.#reader.loops = this.#reader.loops.slice(0, -1);
    if (!ended) this.#reader.complain(line, 'letter-block', '“{end}”没有对应的“{if …}”或“{for …}”');
  }

  #row(text: string, line: number): void {
    const inner = text.slice(1, text.endsWith('|') ? -1 : undefined);
    if (!text.endsWith('|')) this.#reader.complain(line, 'letter-table', '表格的一行应当以“|”结束');
    const cells = splitOutside(inner, '|').map((cell) => this.#runs(cell.trim(), line));
    this.#add({ kind: 'row', row: { line, cells } });
  }

  #runs(text: string, line: number): Line {
    const parts = splitOutside(text, '**');
    if (parts.length % 2 === 0) this.#reader.complain(line, 'letter-block', '“**”没有成对');
    return parts.map((part, i) => ({ piece: this.#reader.text(part, line), bold: i % 2 === 1 }));
  }
}

/** `|---|:-:|------|`: the number of dashes is the relative width, colons align. */
function readColumns(text: string, line: number): Node {
  const columns = text
    .slice(1, -1)
    .split('|')
    .map((column) => column.trim());
  const align = (column: string): Align =>
    column.endsWith(':') ? (column.startsWith(':') ? 'center' : 'right') : 'left';
  return {
    kind: 'columns',
    line,
    widths: columns.map((column) => column.replaceAll(':', '').length),
    aligns: columns.map(align),
  };
}

/** Rows that follow each other, also through if and for, are one table: all have as many cells. */
function checkTables(nodes: readonly Node[], reader: Reader): void {
  let width: number | null = null;
  const visit = (list: readonly Node[]): void => {
    for (const node of list) {
      if (node.kind === 'row' || node.kind === 'columns') {
        const [line, cells] =
          node.kind === 'row' ? [node.row.line, node.row.cells.length] : [node.line, node.widths.length];
        if (width !== null && width !== cells) {
          reader.complain(line, 'letter-table', `这一行有 ${cells} 格,同一表格的前一行有 ${width} 格`);
        }
        width = cells;
      } else if (node.kind === 'if') for (const branch of node.branches) visit(branch.nodes);
      else if (node.kind === 'for') visit(node.nodes);
      else width = null;
    }
  };
  visit(nodes);
}

function namesOf(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  const add = (...lists: (readonly string[])[]): void => {
    for (const name of lists.flat()) names.add(name);
  };
  for (const node of nodes) {
    if (node.kind === 'paragraph' || node.kind === 'heading') add(...node.line.map(({ piece }) => piece.names));
    else if (node.kind === 'row') add(...node.row.cells.flat().map(({ piece }) => piece.names));
    else if (node.kind === 'if') {
      for (const { when, nodes: inner } of node.branches) add(when?.names ?? [], [...namesOf(inner)]);
    } else if (node.kind === 'for') {
      const inner = [...namesOf(node.nodes)].filter((name) => name !== node.name && name !== node.counter);
      add(node.over.names, inner);
    }
  }
  return names;
}

// ---- composing -------------------------------------------------------------------------------------------------------

type Cells = readonly (readonly (readonly Run[])[])[];
type Rendered = Exclude<Block, { kind: 'table' }> | { kind: 'row'; cells: Cells } | Extract<Node, { kind: 'columns' }>;

/** A letter whose loops make it longer than it may be. */
export class LetterTooLong extends Error {
  override readonly name = 'LetterTooLong';
}

/** What lines are composed from; what is left of the budget is shared by all loops. */
interface Composing {
  scope: Scope;
  world: unknown;
  budget: { left: number };
}

function render(nodes: readonly Node[], composing: Composing): Rendered[] {
  return nodes.flatMap((node) => renderNode(node, composing));
}

function renderNode(node: Node, composing: Composing): Rendered[] {
  const { scope, world, budget } = composing;
  budget.left -= 1;
  if (budget.left < 0) throw new LetterTooLong(`more lines than allowed at line ${'line' in node ? node.line : 0}`);
  switch (node.kind) {
    case 'paragraph':
      return paragraphs(node.line, scope, world).map((runs) => ({ kind: 'paragraph', runs }));
    case 'heading': {
      const runs = paragraphs(node.line, scope, world).flat();
      return runs.length ? [{ kind: 'heading', level: node.level, runs }] : [];
    }
    case 'row':
      return [{ kind: 'row', cells: node.row.cells.map((cell) => paragraphs(cell, scope, world)) }];
    case 'columns':
      return [node];
    case 'if': {
      const branch = node.branches.find(({ when }) => when === null || holds(when, scope, world));
      return branch ? render(branch.nodes, composing) : [];
    }
    case 'for':
      return itemsOf(node.over.evaluate(scope, world)).flatMap((item, i) =>
        render(node.nodes, {
          ...composing,
          scope: { ...scope, [node.name]: item, ...(node.counter && { [node.counter]: i + 1 }) },
        }),
      );
  }
}

function holds(when: ValuePiece, scope: Scope, world: unknown): boolean {
  const value = when.evaluate(scope, world);
  if (typeof value === 'boolean') return value;
  return atLine(when.line, () => {
    throw new FeelError('条件的结果应为“是”或“否”', '');
  });
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === null ? [] : [value]);

/** A line whose data have line breaks is several paragraphs; what is empty is left out. */
function paragraphs(line: Line, scope: Scope, world: unknown): Run[][] {
  const found: Run[][] = [[]];
  for (const { piece, bold } of line) {
    const [first = '', ...rest] = piece.evaluate(scope, world).split(/\r\n|[\n\r\u2028\u2029]/);
    if (first) found.at(-1)?.push({ text: first, bold });
    for (const text of rest) found.push(text ? [{ text, bold }] : []);
  }
  return found.filter((runs) => runs.some(({ text }) => text.trim() !== ''));
}

/** Rows that follow each other become a table; rows before `|---|` are its heading. */
function gather(rendered: readonly Rendered[]): Block[] {
  const blocks: Block[] = [];
  let table: { widths: number[]; aligns: Align[]; head: number; rows: Cells[] } | null = null;
  const begin = (cells: number) => {
    const made = { widths: Array(cells).fill(1), aligns: Array(cells).fill('left'), head: 0, rows: [] };
    blocks.push({ kind: 'table', ...made });
    return made;
  };
  for (const node of rendered) {
    if (node.kind === 'row') {
      table ??= begin(node.cells.length);
      table.rows.push(node.cells);
    } else if (node.kind === 'columns') {
      table ??= begin(node.widths.length);
      const last = blocks.length - 1;
      table = { ...table, widths: node.widths, aligns: node.aligns, head: table.rows.length };
      blocks[last] = { kind: 'table', ...table };
    } else {
      table = null;
      blocks.push(node);
    }
  }
  return blocks.filter((block) => block.kind !== 'table' || block.rows.length > 0);
}
