/**
 * Owns the way between the text of a form and what is designed. What has not been changed keeps its own text, letter by letter, so that one changed
 * property is one changed line; a text that is no form is not opened, and says why. Rules: [FDS2] [FDS4].
 */
import { isRaw, type Raw } from '@ganwei/form/node';

/** How each object and list of a text is written there; known by the object itself. */
export type Written = WeakMap<object, { readonly raw: string; readonly indent: number }>;

export interface Read {
  readonly form: Raw;
  readonly written: Written;
}

/** `flaw`: what the reader of JSON said; '' where it is JSON but no form. */
export function formIn(source: string): Read | { readonly flaw: string } {
  try {
    const form: unknown = JSON.parse(source);
    if (!isRaw(form) || !isRaw(form.schema) || !isRaw(form.schema.properties)) return { flaw: '' };
    const written: Written = new WeakMap();
    return { form: new Scanner(source, written).read() as Raw, written };
  } catch (error) {
    return { flaw: (error as Error).message };
  }
}

/** The text of a form that came from `before`. */
export function textOf(form: Raw, before: string, written: Written): string {
  const dense = /\{ "/.test(before);
  return print(form, 0, dense, written) + (/\s$/.test(before) || before === '' ? '\n' : '');
}

/** Longest line in which a small object of a densely written text stands. */
const LINE = 110;

function print(value: unknown, indent: number, dense: boolean, written: Written): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const before = written.get(value);
  if (before) return shifted(before.raw, indent - before.indent);
  const entries: (readonly [lead: string, part: unknown])[] = Array.isArray(value)
    ? value.map((part) => ['', part] as const)
    : Object.entries(value).map(([key, part]) => [`${JSON.stringify(key)}: `, part] as const);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  const parts = entries.map(([lead, part]) => lead + print(part, indent + 2, dense, written));
  const line = Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const flat = entries.every(([, part]) => !isRaw(part)) || Array.isArray(value);
  if (dense && flat && line.length + indent < LINE && !line.includes('\n')) return line;
  const pad = ' '.repeat(indent + 2);
  return `${open}\n${parts.map((part) => pad + part).join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function shifted(raw: string, by: number): string {
  if (by === 0) return raw;
  return raw.replace(/\n( *)/g, (_, pad: string) => `\n${' '.repeat(Math.max(0, pad.length + by))}`);
}

/** Deeper texts are no forms; the scanner calls itself at each level. */
const DEEPEST = 100;

/** Reads a text that is known to be JSON, and remembers where things stand. */
class Scanner {
  readonly #text: string;
  readonly #written: Written;
  #at = 0;

  constructor(text: string, written: Written) {
    this.#text = text;
    this.#written = written;
  }

  read(depth = 0): unknown {
    if (depth > DEEPEST) throw new Error('too deep');
    this.#skip();
    const begun = this.#at;
    const sign = this.#text[begun];
    if (sign !== '{' && sign !== '[') return JSON.parse(this.#take(sign === '"' ? STRING : WORD));
    const line = this.#text.slice(this.#text.lastIndexOf('\n', begun) + 1);
    this.#at += 1;
    const value = sign === '[' ? this.#list(depth) : Object.fromEntries(this.#members(depth));
    this.#at += 1;
    this.#written.set(value, { raw: this.#text.slice(begun, this.#at), indent: line.length - line.trimStart().length });
    return value;
  }

  #list(depth: number): unknown[] {
    const parts: unknown[] = [];
    while (this.#more(']')) parts.push(this.read(depth + 1));
    return parts;
  }

  #members(depth: number): [string, unknown][] {
    const members: [string, unknown][] = [];
    while (this.#more('}')) {
      const key = JSON.parse(this.#take(STRING)) as string;
      this.#skip();
      this.#at += 1;
      members.push([key, this.read(depth + 1)]);
    }
    return members;
  }

  #more(close: string): boolean {
    this.#skip();
    if (this.#text[this.#at] === ',') this.#at += 1;
    this.#skip();
    return this.#text[this.#at] !== close;
  }

  #skip(): void {
    this.#take(SPACE);
  }

  #take(what: RegExp): string {
    what.lastIndex = this.#at;
    const [found = ''] = what.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }
}

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const WORD = /[^\s,\]}]+/y;
