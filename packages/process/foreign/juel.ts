/**
 * Owns the expressions of other engines, as far as they are simple: `${amount > 1000 && dept == 'x'}` is read by a grammar of its own into a tree and
 * written as FEEL. Nothing is ever executed; what the grammar does not know has no FEEL. `=…` of Camunda 8 is FEEL already. Rule: [FOR30].
 */
import { compileExpression } from '@ganwei/feel/compile';

type Expression =
  | { readonly kind: 'literal'; readonly feel: string }
  | { readonly kind: 'path'; readonly feel: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'minus'; readonly of: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | Binary;

interface Binary {
  readonly kind: 'binary';
  readonly sign: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** FEEL of an expression as an attribute holds it; undefined: it is not simple enough. */
export function feelOf(text: string): string | undefined {
  const body = text.trim();
  const wrapped = /^[$#]\{([^{}]*)\}$/.exec(body)?.[1];
  if (body.startsWith('=')) return checked(body.slice(1).trim());
  if (wrapped === undefined) return undefined;
  return feelOfJuel(wrapped);
}

/** FEEL of what stands between the braces. */
export function feelOfJuel(source: string): string | undefined {
  const tree = parse(source);
  return tree && checked(print(tree, 0));
}

/** Is it nothing but a name? Free texts look like that, too. */
export const isBareName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text.trim());

function checked(feel: string): string | undefined {
  try {
    compileExpression(feel, { mode: 'strict' });
    return feel;
  } catch {
    return undefined;
  }
}

// ---- reading

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?)(?:[LlFfDd]\b)?|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<name>[\p{L}_$][\p{L}\p{N}_$]*)|(?<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:().,[\]]))/uy;

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

const LONGEST = 2000;

function tokensOf(source: string): Token[] | undefined {
  if (source.length > LONGEST) return undefined;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const groups = TOKEN.exec(source)?.groups;
    const found = Object.entries(groups ?? {}).find(([, text]) => text !== undefined);
    if (!found) return undefined;
    const [kind, text = ''] = found;
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
}

/** Signs and words of each level, weakest first, with what FEEL calls them. */
const LEVELS: readonly Readonly<Record<string, string>>[] = [
  { '||': 'or', or: 'or' },
  { '&&': 'and', and: 'and' },
  { '==': '=', '===': '=', eq: '=', '!=': '!=', '!==': '!=', ne: '!=' },
  { '<': '<', lt: '<', '>': '>', gt: '>', '<=': '<=', le: '<=', '>=': '>=', ge: '>=' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', div: '/', '%': 'modulo', mod: 'modulo' },
];

/** Words that FEEL or the other language keeps for itself: as names they mean something else. */
const KEPT = [
  'if',
  'then',
  'else',
  'for',
  'in',
  'some',
  'every',
  'return',
  'between',
  'function',
  'instance',
  'execution',
  'task',
  'new',
];

function parse(source: string): Expression | undefined {
  const tokens = tokensOf(source);
  if (!tokens || tokens.length === 0) return undefined;
  try {
    return new Grammar(tokens).whole();
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}

class TooMuch extends Error {}

class Grammar {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const tree = this.#choice();
    if (this.#at < this.#tokens.length) throw new TooMuch();
    return tree;
  }

  #takes(...texts: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (!token || token.kind === 'text' || !texts.includes(token.text)) return undefined;
    this.#at += 1;
    return token.text;
  }

  #needs(text: string): void {
    if (!this.#takes(text)) throw new TooMuch();
  }

  #choice(): Expression {
    this.#depth += 1;
    if (this.#depth > 50) throw new TooMuch();
    const test = this.#level(0);
    const tree = this.#takes('?') ? this.#rest(test) : test;
    this.#depth -= 1;
    return tree;
  }

  #rest(test: Expression): Expression {
    const yes = this.#choice();
    this.#needs(':');
    return { kind: 'choice', test, yes, no: this.#choice() };
  }

  #level(level: number): Expression {
    const signs = LEVELS[level];
    if (!signs) return this.#unary();
    let left = this.#level(level + 1);
    for (let sign = this.#takes(...Object.keys(signs)); sign; sign = this.#takes(...Object.keys(signs))) {
      const right = this.#level(level + 1);
      left = { kind: 'binary', sign: signs[sign] as string, left, right };
    }
    return left;
  }

  #unary(): Expression {
    const sign = this.#takes('!', 'not', '-', 'empty');
    if (sign === undefined) return this.#value();
    const of = this.#unary();
    if (sign === 'empty') return { kind: 'call', name: 'is empty', args: [of] };
    return { kind: sign === '-' ? 'minus' : 'not', of };
  }

  #value(): Expression {
    if (this.#takes('(')) {
      const inside = this.#choice();
      this.#needs(')');
      return inside;
    }
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'number') return { kind: 'literal', feel: token.text };
    if (token?.kind === 'text') return this.#members({ kind: 'literal', feel: JSON.stringify(unquoted(token.text)) });
    if (token?.kind !== 'name') throw new TooMuch();
    if (['true', 'false', 'null'].includes(token.text)) return { kind: 'literal', feel: token.text };
    if (token.text === 'execution') return this.#members(this.#variable());
    if (KEPT.includes(token.text)) throw new TooMuch();
    return this.#members({ kind: 'path', feel: token.text });
  }

  /** `execution.getVariable('x')` is x. */
  #variable(): Expression {
    for (const part of ['.', 'getVariable', '(']) this.#needs(part);
    const token = this.#tokens[this.#at];
    this.#at += 1;
    this.#needs(')');
    const name = token?.kind === 'text' ? unquoted(token.text) : '';
    if (!/^[\p{L}_]\w*$/u.test(name) || KEPT.includes(name)) throw new TooMuch();
    return { kind: 'path', feel: name };
  }

  #members(of: Expression): Expression {
    let at = of;
    while (this.#takes('.')) {
      const name = this.#tokens[this.#at];
      this.#at += 1;
      if (name?.kind !== 'name') throw new TooMuch();
      at = this.#takes('(') ? this.#method(at, name.text) : pathTo(at, name.text);
    }
    return at;
  }

  #method(of: Expression, name: string): Expression {
    const args: Expression[] = [];
    while (!this.#takes(')')) {
      if (args.length > 0) this.#needs(',');
      args.push(this.#choice());
    }
    const [first] = args;
    if (name === 'equals' && first && args.length === 1) return { kind: 'binary', sign: '=', left: of, right: first };
    const known = METHODS[`${name}/${args.length}`];
    if (!known) throw new TooMuch();
    return { kind: 'call', name: known, args: [of, ...args] };
  }
}

/** Methods with the number of their arguments -> functions that say the same. */
const METHODS: Readonly<Record<string, string>> = {
  'size/0': 'count',
  'isEmpty/0': 'is empty',
  'length/0': 'string length',
  'startsWith/1': 'starts with',
  'endsWith/1': 'ends with',
};

function pathTo(of: Expression, name: string): Expression {
  if (of.kind !== 'path' || KEPT.includes(name)) throw new TooMuch();
  return { kind: 'path', feel: `${of.feel}.${name}` };
}

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');

// ---- writing

const STRENGTH: Readonly<Record<string, number>> = { or: 1, and: 2, '+': 4, '-': 4, '*': 5, '/': 5 };
const COMPARES = 3;

/** `least`: how strongly it must hold together where it stands. */
function print(tree: Expression, least: number): string {
  const [text, strength] = printed(tree);
  return strength < least ? `(${text})` : text;
}

function printed(tree: Expression): [text: string, strength: number] {
  if (tree.kind === 'literal' || tree.kind === 'path') return [tree.feel, 9];
  if (tree.kind === 'call') return [`${tree.name}(${tree.args.map((arg) => print(arg, 0)).join(', ')})`, 9];
  if (tree.kind === 'not') return [`not(${print(tree.of, 0)})`, 9];
  if (tree.kind === 'binary') return printedBinary(tree);
  if (tree.kind === 'minus') return [`-${print(tree.of, 9)}`, 6];
  return [`if ${print(tree.test, 1)} then ${print(tree.yes, 1)} else ${print(tree.no, 1)}`, 0];
}

function printedBinary({ sign, left, right }: Binary): [text: string, strength: number] {
  if (sign === 'modulo') return [`modulo(${print(left, 0)}, ${print(right, 0)})`, 9];
  const own = STRENGTH[sign] ?? COMPARES;
  const isComparison = own === COMPARES;
  return [`${print(left, isComparison ? own + 1 : own)} ${sign} ${print(right, own + 1)}`, own];
}

/** Does one condition hold exactly when the other does not? Told for truths, equalities and comparisons. */
export function areOpposite(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  return OPPOSITES.some(([form, opposite]) =>
    [
      [a, b],
      [b, a],
    ].some(([text = '', against]) => form.test(text) && text.replace(form, opposite) === against),
  );
}

/** `x = true` is x. */
const plain = (text: string): string => text.replace(/^(\S+) = true$/, '$1').replace(/^(\S+) = false$/, 'not($1)');

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [/^(.+)$/, 'not($1)'],
  [/^(\S+) = (\S+|"[^"]*")$/, '$1 != $2'],
  [/^(\S+) > (\S+)$/, '$1 <= $2'],
  [/^(\S+) < (\S+)$/, '$1 >= $2'],
];
