/**
 * Owns changing a letter's template by hand: one setting at a time, or its text. What an edit is not about keeps its letters, comments among
 * them, so that a changed setting is a changed line. Nothing is checked here. Rules: [LTD1] [LTD2].
 */
import { isMap, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';
import { SETTING_NAMES, type SettingName } from './settings.ts';

export const FRONT = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** A text, the items of a list, yes or no. A list may be a text: `= FEEL`. */
export type SettingValue = string | readonly string[] | boolean;

interface Head {
  /** the settings as they are written, and where in the template they begin */
  readonly text: string;
  readonly at: number;
  readonly pairs: readonly Pair<Scalar, unknown>[];
}

/** undefined: there is no head, or it is no valid YAML. */
function headOf(source: string): Head | undefined {
  const [whole, text] = FRONT.exec(source) ?? [];
  if (whole === undefined || text === undefined) return undefined;
  const { contents, errors } = parseDocument(text, { version: '1.2', schema: 'core', prettyErrors: false });
  if (errors.length > 0 || !isMap(contents) || contents.flow) return undefined;
  return { text, at: source.indexOf('\n') + 1, pairs: contents.items as Pair<Scalar, unknown>[] };
}

/** The settings that are there; undefined: the head cannot be read, and only the text can be edited. */
export function settingsIn(source: string): ReadonlyMap<SettingName, SettingValue> | undefined {
  const head = headOf(source);
  return head && new Map(head.pairs.flatMap((pair) => settingOf(pair)));
}

function settingOf({ key, value }: Pair<Scalar, unknown>): [SettingName, SettingValue][] {
  const name = SETTING_NAMES.find((one) => one === key.value);
  const json: unknown = (value as { toJSON?(): unknown } | null)?.toJSON?.();
  if (name === undefined || json === null || json === undefined) return [];
  if (Array.isArray(json)) return [[name, json.map((item) => String(item ?? ''))]];
  return [[name, typeof json === 'boolean' ? json : String(json)]];
}

/** The template with this setting; undefined as the value takes it away. A template whose head cannot be read stays as it is. */
export function withSetting(source: string, name: SettingName, value: SettingValue | undefined): string {
  const head = headOf(source);
  if (!head || same(settingsIn(source)?.get(name), value)) return source;
  const pair = head.pairs.find(({ key }) => key.value === name);
  const end = source.includes('\r\n') ? '\r\n' : '\n';
  const line = value === undefined ? '' : `${name}:${written(value)}`.replaceAll('\n', end);
  const { text } = head;
  const replace = (from: number, to: number, by: string): string =>
    source.slice(0, head.at + from) + by + source.slice(head.at + to);
  if (pair) {
    const [from, to] = rangeOf(pair, text);
    if (value !== undefined) return replace(from, to, line);
    const next = text.indexOf('\n', to);
    return next < 0 ? replace(Math.max(0, from - end.length), text.length, '') : replace(from, next + 1, '');
  }
  if (value === undefined) return source;
  const at = placeFor(name, head);
  return at === 0 ? replace(0, 0, line + end) : replace(at, at, end + line);
}

const same = (one: SettingValue | undefined, other: SettingValue | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** From the first letter of the key to the last of the value; a remark after it is not touched. */
function rangeOf({ key, value }: Pair<Scalar, unknown>, text: string): [number, number] {
  const from = key.range?.[0] ?? 0;
  const range = (value as Partial<Scalar> | null)?.range;
  let to = range?.[1] ?? text.indexOf(':', from) + 1;
  while (to > from && /\s/.test(text[to - 1]!)) to -= 1;
  return [from, to];
}

/** The end of the line of the last setting that stands before this one in the table; 0: it is the first. */
function placeFor(name: SettingName, { pairs, text }: Head): number {
  const earlier: readonly unknown[] = SETTING_NAMES.slice(0, SETTING_NAMES.indexOf(name));
  const before = pairs.filter(({ key }) => earlier.includes(key.value)).at(-1);
  if (!before) return 0;
  const end = text.indexOf('\n', rangeOf(before, text)[1]);
  return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

/** What follows the colon. */
function written(value: SettingValue): string {
  if (typeof value === 'boolean') return ` ${value}`;
  if (typeof value === 'string') return ` ${inYaml(value)}`;
  return value.length === 0 ? ' []' : value.map((item) => `\n  - ${inYaml(item)}`).join('');
}

/** Without quotes where that means the same. */
function inYaml(text: string): string {
  if (/^[\p{L}][\p{L}\p{N}、，。（）〔〕《》 -]*$/u.test(text) && text.trim() === text) {
    const { contents } = parseDocument(text, { version: '1.2', schema: 'core' });
    if (isScalar(contents) && contents.value === text) return text;
  }
  return JSON.stringify(text);
}

/** What follows the head; the whole template where there is none. */
export const bodyOf = (source: string): string => source.slice(FRONT.exec(source)?.[0].length ?? 0);

export const withBody = (source: string, body: string): string =>
  source.slice(0, FRONT.exec(source)?.[0].length ?? 0) + body;

/** On which line of the template the text begins, from 1. */
export const bodyLine = (source: string): number => FRONT.exec(source)?.[0].split('\n').length ?? 1;
