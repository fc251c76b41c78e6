/**
 * Owns the settings at the head of a template: which there are, which are required, and what each becomes on the sheet.
 * Every text may have placeholders; a list is a YAML list of texts or `= FEEL` that yields texts (or contexts with a `name`).
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { LAYOUT_NAMES, LISTS, type ListName, requiredIn, SETTING_NAMES, TEXTS, type TextName } from './settings.ts';
import type { LayoutName, Sheet } from './sheet.ts';
import type { Reader, Scope, TextPiece, ValuePiece } from './source.ts';

/** the part of a sheet that the settings fill */
type Filled = Omit<Sheet, 'layout' | 'seal' | 'number' | 'date' | 'blocks'>;

export interface Front {
  readonly key: string;
  readonly name: string;
  readonly layout: LayoutName;
  readonly seal: boolean | null;
  readonly names: readonly string[];
  compose(scope: Scope, world: unknown): Filled;
}

interface Entry {
  line: number;
  node: Node | null;
}
type List = { items: readonly TextPiece[] } | { value: ValuePiece };

/** null when nothing sensible can be read; `firstLine` is where the text begins in the file. */
export function readFront(text: string, firstLine: number, reader: Reader): Front | null {
  const entries = readEntries(text, firstLine, reader);
  if (!entries) return null;
  for (const [key, { line }] of entries) {
    if (!SETTING_NAMES.some((name) => name === key))
      reader.complain(line, 'letter-front', `不认识的设置“${key}”,可用:${SETTING_NAMES.join('、')}`);
  }
  const plain = (key: string): unknown => scalarOf(entries.get(key)?.node);
  const layout = LAYOUT_NAMES.find((name) => name === plain('layout'));
  const missing = requiredIn(layout).filter((key) => !entries.has(key) || plain(key) === null || plain(key) === '');
  if (missing.length) reader.complain(firstLine, 'letter-front', `缺少设置:${missing.join('、')}`);
  const at = (key: string): number => entries.get(key)?.line ?? firstLine;
  if (entries.has('layout') && !layout)
    reader.complain(at('layout'), 'letter-front', `版式应为 ${LAYOUT_NAMES.join('、')} 之一`);
  const key = String(plain('letter') ?? '');
  if (key && !/^[A-Za-z][\w-]{0,60}$/.test(key)) {
    reader.complain(at('letter'), 'letter-front', `标识“${key}”应以字母开头,只含字母、数字、- 和 _`);
  }
  const seal = plain('seal');
  if (seal !== undefined && typeof seal !== 'boolean')
    reader.complain(at('seal'), 'letter-front', 'seal 应为 true 或 false');

  const texts = new Map(TEXTS.map((name) => [name, readText(name, entries.get(name), reader)]));
  const lists = new Map(LISTS.map((name) => [name, readList(name, entries.get(name), reader)]));
  const names = [...texts.values(), ...[...lists.values()].flatMap(piecesOf)].flatMap((piece) => piece?.names ?? []);
  const byDefault = layout === 'document' || layout === 'letter' ? true : null;
  return {
    key,
    name: String(plain('name') ?? ''),
    layout: layout ?? 'document',
    seal: typeof seal === 'boolean' ? seal : byDefault,
    names: [...new Set(names)],
    compose: (scope, world) => fill(texts, lists, scope, world),
  };
}

function fill(
  texts: ReadonlyMap<TextName, TextPiece | null>,
  lists: ReadonlyMap<ListName, List | null>,
  scope: Scope,
  world: unknown,
): Filled {
  const text = (name: TextName): string => texts.get(name)?.evaluate(scope, world).trim() ?? '';
  const list = (name: ListName): string[] => listOf(lists.get(name) ?? null, scope, world);
  const oneLine = (name: TextName): string => text(name).replace(/\s*[\r\n]+\s*/g, ' ');
  const attendance = (['present', 'excused', 'observers'] as const).map((name) => ({
    label: { present: '出席', excused: '请假', observers: '列席' }[name],
    names: list(name).join('、'),
  }));
  return {
    mark: oneLine('mark'),
    organ: oneLine('organ'),
    title: text('title'),
    to: oneLine('to'),
    printedBy: oneLine('printedBy'),
    secrecy: oneLine('secrecy'),
    urgency: oneLine('urgency'),
    signer: oneLine('signer'),
    note: [oneLine('contact'), oneLine('note')].filter(Boolean).join(';'),
    copies: list('copies'),
    attachments: list('attachments'),
    attendance: attendance.filter(({ names }) => names !== ''),
  };
}

/** The top-level pairs with their lines; null after a YAML error. */
function readEntries(text: string, firstLine: number, reader: Reader): Map<string, Entry> | null {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, version: '1.2', schema: 'core' });
  const lineOf = (offset: number | undefined): number => firstLine - 1 + Math.max(1, counter.linePos(offset ?? 0).line);
  for (const { pos, message } of document.errors) {
    reader.complain(lineOf(pos[0]), 'letter-yaml', `不是有效的 YAML:${message}`);
  }
  if (document.errors.length > 0) return null;
  if (!isMap(document.contents)) {
    reader.complain(firstLine, 'letter-yaml', '设置应当是“名称: 内容”的形式');
    return null;
  }
  const entries = new Map<string, Entry>();
  for (const { key, value } of document.contents.items) {
    const node = value as Node | null;
    const keyNode = key as Node | null;
    entries.set(String(scalarOf(keyNode)), { line: lineOf((node ?? keyNode)?.range?.[0]), node });
  }
  return entries;
}

const scalarOf = (node: Node | null | undefined): unknown => (isScalar(node) ? node.value : undefined);

function readText(name: string, entry: Entry | undefined, reader: Reader): TextPiece | null {
  if (!entry?.node) return null;
  const value = scalarOf(entry.node);
  if (typeof value === 'string' || typeof value === 'number') return reader.text(String(value), entry.line);
  if (value !== null) reader.complain(entry.line, 'letter-front', `${name} 应当是一段文字;以“{”开头的要加引号`);
  return null;
}

function readList(name: string, entry: Entry | undefined, reader: Reader): List | null {
  if (!entry?.node) return null;
  const { node, line } = entry;
  const value = scalarOf(node);
  if (typeof value === 'string') {
    const expression = /^\s*=(.*)$/s.exec(value)?.[1];
    return expression === undefined
      ? { items: [reader.text(value, line)] }
      : { value: reader.value('list', expression, line) };
  }
  if (isSeq(node)) return { items: node.items.map((item) => reader.text(String(scalarOf(item as Node) ?? ''), line)) };
  if (value !== null) reader.complain(line, 'letter-front', `${name} 应当是列表或“= 表达式”,后者要加引号`);
  return null;
}

const piecesOf = (list: List | null): readonly { names: readonly string[] }[] =>
  list === null ? [] : 'value' in list ? [list.value] : list.items;

function listOf(list: List | null, scope: Scope, world: unknown): string[] {
  if (list === null) return [];
  const raw =
    'value' in list ? list.value.evaluate(scope, world) : list.items.map((item) => item.evaluate(scope, world));
  const items = (Array.isArray(raw) ? raw : [raw]).map((item: unknown) =>
    typeof item === 'object' && item !== null && 'name' in item ? item.name : item,
  );
  return items.filter((item) => typeof item === 'string' && item.trim() !== '').map((item) => String(item).trim());
}
