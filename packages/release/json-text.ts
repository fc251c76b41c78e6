/**
 * Owns changes in the text of a definition that is JSON: a value set, an entry of a list put in, taken out, moved. What is not touched keeps its letters,
 * and what is new is set as its neighbours are. Text that is no JSON, or has no such place, is given back as it is. Rules: [DCL1] [DCT1].
 */
import { applyEdits, findNodeAtLocation, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';

export type Path = readonly (string | number)[];

/** undefined takes the property away. */
export function withValue(source: string, path: Path, value: unknown): string {
  const node = nodeAt(source, path);
  if (node && Array.isArray(value)) return spliced(source, node.offset, node.length, listText(source, node, value));
  if (!node && value === undefined) return source;
  if (!nodeAt(source, path.slice(0, -1))) return source;
  const above = nodeAt(source, path.slice(0, -1)) as Node;
  const oneLine = !textOf(source, above).includes('\n');
  const formattingOptions = { insertSpaces: true, tabSize: stepOf(source), eol: '\n' };
  return applyEdits(source, modify(source, [...path], value, oneLine ? {} : { formattingOptions }));
}

/** Before the entry at `index`, or at the end. */
export function withEntry(source: string, path: Path, index: number, value: unknown): string {
  const list = nodeAt(source, path);
  if (list?.type !== 'array') return source;
  const entries = list.children ?? [];
  const [first] = entries;
  if (!first) return withValue(source, path, [value]);
  const lead = source.slice(list.offset + 1, first.offset);
  const made = entryText(source, first, value);
  const before = entries[index];
  if (before) return spliced(source, before.offset, 0, `${made},${lead}`);
  const last = entries.at(-1) as Node;
  return spliced(source, last.offset + last.length, 0, `,${lead}${made}`);
}

export function withoutEntry(source: string, path: Path, index: number): string {
  const entries = nodeAt(source, path)?.children ?? [];
  const [before, entry, after] = [entries[index - 1], entries[index], entries[index + 1]];
  if (!entry) return source;
  if (after) return spliced(source, entry.offset, after.offset - entry.offset, '');
  const from = before ? before.offset + before.length : entry.offset;
  return spliced(source, from, entry.offset + entry.length - from, '');
}

/** `to`: its place when it has been taken out. What stands between the entries stays there. */
export function withMoved(source: string, path: Path, from: number, to: number): string {
  const entries = nodeAt(source, path)?.children ?? [];
  if (!entries[from] || !entries[to] || from === to) return source;
  const texts = entries.map((entry) => textOf(source, entry));
  texts.splice(to, 0, ...texts.splice(from, 1));
  return entries.reduceRight((text, entry, at) => spliced(text, entry.offset, entry.length, texts[at] ?? ''), source);
}

// ---- texts -----------------------------------------------------------------------------------------------------------

function nodeAt(source: string, path: Path): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(source, errors);
  return root && errors.length === 0 ? findNodeAtLocation(root, [...path]) : undefined;
}

const textOf = (source: string, { offset, length }: Node): string => source.slice(offset, offset + length);

const spliced = (source: string, offset: number, length: number, text: string): string =>
  source.slice(0, offset) + text + source.slice(offset + length);

const stepOf = (source: string): number => /\n( +)\S/.exec(source)?.[1]?.length ?? 2;

const indentAt = (source: string, offset: number): string =>
  /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';

/** As its neighbour is set: in one line, or line by line. */
function entryText(source: string, neighbour: Node, value: unknown): string {
  const beside = textOf(source, neighbour);
  if (!beside.includes('\n') && /^[{[]/.test(beside)) return lineText(value);
  const pad = indentAt(source, neighbour.offset);
  return JSON.stringify(value, null, stepOf(source)).replaceAll('\n', `\n${pad}`);
}

function lineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${lineText(one)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

/** A longer line than this is set line by line. */
const LINE = 110;

function listText(source: string, list: Node, values: readonly unknown[]): string {
  const line = lineText(values);
  if (values.length === 0 || (!textOf(source, list).includes('\n') && line.length <= LINE)) return line;
  const pad = indentAt(source, list.offset);
  const step = ' '.repeat(stepOf(source));
  return `[\n${values.map((value) => `${pad}${step}${lineText(value)}`).join(',\n')}\n${pad}]`;
}
