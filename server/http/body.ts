/**
 * Owns the limits of a JSON body: size, depth, number of values, members of one list or object, length of a name. They are counted over the
 * text, before a parser makes anything of it: what is too much costs milliseconds. A number that would become another one is refused
 * there too. Must never know what a body is about. Rules: [LIM1] [F72].
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';

const SIZE = '2mb';
/** Characters of a form. */
const LONGEST_FORM = 20_000;
/** Lists and objects within each other. */
export const MOST_DEPTH = 32;
/** Values in the whole body; the largest form (packages/form, MOST_CELLS) has a tenth of them. */
export const MOST_VALUES = 20_000;
/** Members of one list or one object. */
export const MOST_MEMBERS = 2_000;
/** Characters of one name. */
export const LONGEST_NAME = 200;

/** Reads the body of a request that changes something: `context.request.body` is its value, or `{}` when it is not JSON. */
export function readBody(): Middleware[] {
  const asText = bodyParser({
    textLimit: SIZE,
    enableTypes: ['text'],
    extendTypes: { text: ['application/json', 'urlencoded'] },
    onError: (error: Error & { status?: number }) => {
      throw error.status === 413 ? tooLarge() : malformed();
    },
    parsedMethods: ['POST', 'PUT', 'DELETE'],
  });
  return [
    asText,
    async (context, next) => {
      const { body } = context.request;
      if (typeof body === 'string') context.request.body = context.is('urlencoded') ? readForm(body) : readJson(body);
      await next();
    },
  ];
}

/** Of a name that is there several times the last one counts. */
const readForm = (text: string): unknown => Object.fromEntries(new URLSearchParams(text.slice(0, LONGEST_FORM)));

export const tooLarge = (): Refusal => new Refusal('input.too-large', { limit: '2 MB' });

const malformed = (): Refusal => new Refusal('input.malformed', { detail: because('request.json') });

/** The list or object that the text says; throws Refusal `input.too-large` before it parses, `input.malformed` for what is no JSON. */
export function readJson(text: string): unknown {
  if (text === '') return {};
  count(text);
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) throw malformed();
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

const BACKSLASH = 0x5c;

/** One way over the text; it need not be JSON, the parser says that. */
function count(text: string): void {
  let values = 0;
  let name = '';
  const members: number[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfText(text, at);
        name = text.slice(at + 1, end);
        at = end;
        break;
      }
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9': {
        const number = numberAt(text, at);
        if (!isKept(number)) throw new Refusal('input.malformed', { detail: because('request.number', { number }) });
        at += number.length - 1;
        break;
      }
      case ':':
        if (name.length > LONGEST_NAME) throw beyond('limit.name', LONGEST_NAME);
        if (isPrototype(name)) throw malformed();
        break;
      case '{':
      case '[':
        if (members.push(1) > MOST_DEPTH) throw beyond('limit.depth', MOST_DEPTH);
        values += 1;
        break;
      case '}':
      case ']':
        members.pop();
        break;
      case ',':
        values += 1;
        members[members.length - 1]! += 1;
        if (values > MOST_VALUES) throw beyond('limit.values', MOST_VALUES);
        if (members.at(-1)! > MOST_MEMBERS) throw beyond('limit.members', MOST_MEMBERS);
        break;
    }
  }
}

const NUMBER = /-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|-/y;
/** Every number of so many digits is kept as it is. */
const SAFE_DIGITS = 15;
/** Digits of the longest number that is looked at; no amount has more. */
const MOST_DIGITS = 40;

function numberAt(text: string, at: number): string {
  NUMBER.lastIndex = at;
  return NUMBER.exec(text)?.[0] ?? text[at]!;
}

/** [F72] Does the machine keep the number that is written here, and not only its nearest neighbour? */
function isKept(written: string): boolean {
  if (written.length <= SAFE_DIGITS && !/e/i.test(written)) return true;
  if (written.length > MOST_DIGITS) return false;
  const kept = Number(written);
  return Number.isFinite(kept) && plain(written) === plain(String(kept));
}

/** The same number always the same way: significant digits, and the place of the first. */
function plain(written: string): string {
  const [, sign = '', whole = '', part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const digits = `${whole}${part}`;
  const lead = digits.length - digits.replace(/^0+/, '').length;
  const significant = digits.slice(lead).replace(/0+$/, '');
  return significant === '' ? '0' : `${sign}${significant}@${whole.length - lead + Number(power)}`;
}

/** The one name that reaches into the machine, written with escapes or without. */
const isPrototype = (name: string): boolean => (name.includes('\\') ? parsed(`"${name}"`) : name) === '__proto__';

const beyond = (code: 'limit.name' | 'limit.depth' | 'limit.values' | 'limit.members', most: number): Refusal =>
  new Refusal('input.too-large', { limit: because(code, { most }) });

/** Where the text that begins at this quote ends; the end of everything when it does not. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
