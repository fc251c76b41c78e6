/**
 * Owns where in the text of a definition something is said: every attribute, text and JSON string, with what it says, whose it is, and how
 * something else is put in its place. What is not touched stays as it was written, to the letter. Knows no meaning.
 */
import { type Node as Json, parseTree } from 'jsonc-parser';
import { Parser } from 'saxen';
import type { Definition } from '../definition.ts';

export interface Slot {
  /** what is said, as it is meant */
  readonly value: string;
  /** what it is called: an attribute, a JSON key; '' a text */
  readonly name: string;
  /** the tag that has the attribute, or holds the text; '' in JSON and letters */
  readonly tag: string;
  /** the elements in which it stands, from the outermost: ids and keys of XML, the path in JSON, the line of a letter */
  readonly owners: readonly string[];
  /** is it the name under which something else stands? */
  readonly isKey: boolean;
  /** [from, to) of the text */
  readonly from: number;
  readonly to: number;
  /** the text that means this, written as it is written here */
  written(value: string): string;
}

export function slotsOf({ kind, source }: Pick<Definition, 'kind' | 'source'>): Slot[] {
  if (kind === 'process' || kind === 'decision' || kind === 'functions') return xmlSlots(source);
  return kind === 'letter' ? letterSlots(source) : jsonSlots(source);
}

/** The text with these slots saying something else. */
export function put(source: string, said: ReadonlyMap<Slot, string>): string {
  const inOrder = [...said].sort(([one], [other]) => other.from - one.from);
  return inOrder.reduce(
    (text, [slot, value]) => text.slice(0, slot.from) + slot.written(value) + text.slice(slot.to),
    source,
  );
}

// ---- XML -------------------------------------------------------------------------------------------------------------

const ENTITIES: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
];

/** As it is written there: `quote` must not stand there as itself, and what was spelt as an entity is so again. */
const inXml = (text: string, quote: string, raw: string): string =>
  ENTITIES.reduce(
    (made, [sign, entity]) =>
      sign === '&' || sign === '<' || sign === quote || raw.includes(entity) ? made.replaceAll(sign, entity) : made,
    text,
  );

interface Where {
  line: number;
  column: number;
  data: string;
}

/** The parser says where a tag or a text begins; attributes are found within the tag, which it has found to be well-formed. */
function xmlSlots(source: string): Slot[] {
  const slots: Slot[] = [];
  const open: { tag: string; named: readonly string[] }[] = [];
  const around = (): string[] => open.flatMap(({ named }) => named);
  const lines = lineStarts(source);
  const at = ({ line, column }: Where): number => (lines[line] ?? 0) + column;
  const add = (
    said: Pick<Slot, 'owners' | 'name' | 'tag' | 'from'>,
    raw: string,
    decode: Decode,
    quote: string,
  ): void => {
    slots.push({
      ...said,
      value: decode(raw),
      isKey: false,
      to: said.from + raw.length,
      written: (value) => inXml(value, quote, raw),
    });
  };
  const parser = new Parser();
  parser.on('openTag', (tag: string, _: unknown, decode: Decode, __: boolean, where: () => Where) => {
    const begin = at(where());
    const found = attributesIn(where().data, begin);
    const named = found.filter(({ name }) => NAMES.has(name)).map(({ raw }) => decode(raw));
    const owners = [...around(), ...named];
    for (const { name, raw, from, quote } of found) add({ owners, name, tag, from }, raw, decode, quote);
    open.push({ tag, named });
  });
  parser.on('closeTag', () => open.pop());
  parser.on('text', (raw: string, decode: Decode, where: () => Where) => {
    // of a text the parser says where it ends
    const tag = open.at(-1)?.tag ?? '';
    if (raw.trim() !== '') add({ owners: around(), name: '', tag, from: at(where()) - raw.length }, raw, decode, '<');
  });
  parser.on('error', (error: Error) => {
    throw error;
  });
  parser.parse(source);
  return slots;
}

type Decode = (text: string) => string;

/** Attributes by which an element is called. */
const NAMES: ReadonlySet<string> = new Set(['id', 'key', 'name']);

function attributesIn(tag: string, begin: number): { name: string; raw: string; from: number; quote: string }[] {
  return [...tag.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((match) => {
    const raw = match[2] ?? match[3] ?? '';
    const end = begin + match.index + match[0].length - 1;
    return { name: match[1]!, raw, from: end - raw.length, quote: match[2] === undefined ? "'" : '"' };
  });
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

// ---- JSON ------------------------------------------------------------------------------------------------------------

function jsonSlots(source: string): Slot[] {
  const slots: Slot[] = [];
  const add = (node: Json, name: string, owners: readonly string[], isKey: boolean): void => {
    const { offset: from, length, value } = node;
    slots.push({
      value,
      name,
      tag: '',
      owners,
      isKey,
      from,
      to: from + length,
      written: (text) => JSON.stringify(text),
    });
  };
  const visit = (node: Json, name: string, owners: readonly string[]): void => {
    if (node.type === 'string') add(node, name, owners, false);
    if (node.type === 'array')
      for (const [index, item] of (node.children ?? []).entries()) visit(item, name, [...owners, String(index)]);
    if (node.type !== 'object') return;
    const own = idIn(node);
    const around = own === undefined ? owners : [...owners, own];
    for (const { children: [key, value] = [] } of node.children ?? []) {
      if (!key || !value) continue;
      add(key, String(key.value), around, true);
      visit(value, String(key.value), [...around, String(key.value)]);
    }
  };
  const root = parseTree(source);
  if (root) visit(root, '', []);
  return slots;
}

/** What an object of a list is called: a column by its key. */
function idIn(node: Json): string | undefined {
  const key = node.children?.find(({ children: [name] = [] }) => name?.value === 'key')?.children?.[1];
  return key?.type === 'string' ? key.value : undefined;
}

// ---- letters ---------------------------------------------------------------------------------------------------------

/** A line is one: its expressions are written as they are meant, in the front matter within quotes. */
function letterSlots(source: string): Slot[] {
  const starts = lineStarts(source);
  return starts.map((from, index) => {
    const end = source.indexOf('\n', from);
    const to = end < 0 ? source.length : end;
    return {
      value: source.slice(from, to),
      name: '',
      tag: '',
      owners: [`第 ${index + 1} 行`],
      isKey: false,
      from,
      to,
      written: (value) => value,
    };
  });
}
