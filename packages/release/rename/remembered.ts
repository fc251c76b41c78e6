/**
 * Owns the memory of a field that is renamed: what it was called stands in its form as `x-formerly`, so that cases of before are read by the
 * new name, too. Renamed back, the text is again what it was, to the letter. Rules: [REN4] [REN8].
 */
import { applyEdits, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser';

const KEY = 'x-formerly';

/**
 * The text of the form, whose field at `at` (the path of the JSON) has just got its name. `old`: as cases may have kept it; undefined: no case has, since that name
 * has never been in force.
 */
export function remembering(source: string, at: readonly string[], old: string | undefined): string {
  const root = parseTree(source);
  const field = root && findNodeAtLocation(root, [...at]);
  if (!field) return source;
  const before = findNodeAtLocation(field, [KEY]);
  const name = at.at(-1);
  const known = (before?.children ?? []).map(({ value }) => String(value)).filter((one) => one !== name);
  const now = [...(old === undefined ? [] : [old]), ...known.filter((one) => one !== old)];
  const text = `[${now.map((one) => JSON.stringify(one)).join(', ')}]`;
  if (before && now.length > 0) return spliced(source, before.offset, before.length, text);
  if (before) return without(source, field, [...at]);
  return now.length === 0 ? source : withFirst(source, field, `${JSON.stringify(KEY)}: ${text},`);
}

const spliced = (source: string, from: number, length: number, text: string): string =>
  source.slice(0, from) + text + source.slice(from + length);

/** Before the first member, laid out like it. */
function withFirst(source: string, field: Node, text: string): string {
  const first = field.children?.[0];
  const space = first ? source.slice(field.offset + 1, first.offset) : '';
  return spliced(source, field.offset + 1, 0, space + text);
}

/** The inverse of it; where somebody has laid the text out otherwise, whatever is left is still well-formed. */
function without(source: string, field: Node, at: string[]): string {
  const [first, second] = field.children ?? [];
  if (first?.children?.[0]?.value === KEY && second) {
    const comma = source.indexOf(',', first.offset + first.length);
    return spliced(source, field.offset + 1, comma - field.offset, '');
  }
  return applyEdits(source, modify(source, [...at, KEY], undefined, {}));
}
