/**
 * Owns the parser (lezer-feel) and everything the rest of the room asks of its tree: significant children, text, names.
 * It is the only file that sees lezer. A tree that leaves here holds no error node; what is wrong is said in Chinese,
 * with a hint for the usual slips (full-width punctuation, ==, &&, single quotes).
 */
import { normalizeContextKey, parser, trackVariables } from 'lezer-feel';
import { FeelError } from './error.ts';
import { remembering } from './remember.ts';
import { isForbiddenName } from './values.ts';

/** One node of a checked tree. */
export interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** without brackets, separators and keywords */
  readonly parts: readonly Node[];
  /** every child, words and brackets included (not the comments) */
  readonly tokens: readonly Node[];
}

export type Grammar = 'Expression' | 'UnaryTests';
export type Parse = (source: string, grammar: Grammar) => Node;

export const MAX_SOURCE = 10_000;

const WORDS = new Set(
  '( ) [ ] { } .. . if then else and or for in return some every satisfies between instance of'.split(' '),
);

type LezerTree = ReturnType<typeof parser.parse>;
type LezerNode = LezerTree['topNode'];

/** Parsers by their names, those used last at the end; a function with another body is spelt like before, and so is all that calls it. */
const parsers = new Map<string, Parse>();
const MOST_PARSERS = 64;

/** A parser that knows these names to contain spaces or keywords (`days between`). */
export function parserFor(spacedNames: readonly string[]): Parse {
  const key = [...spacedNames].sort().join('\n');
  const parser = parsers.get(key) ?? makeParser(spacedNames);
  parsers.delete(key);
  parsers.set(key, parser);
  const [oldest] = parsers.keys();
  if (oldest !== undefined && parsers.size > MOST_PARSERS) parsers.delete(oldest);
  return parser;
}

function makeParser(spacedNames: readonly string[]): Parse {
  const names = spacedNames.map((name) => ({ name, words: normalizeContextKey(name).split(' ') }));
  const parse: Parse = (source, grammar) => {
    if (source.length > MAX_SOURCE) throw new FeelError(`表达式过长，上限 ${MAX_SOURCE} 字`, source);
    if (source.trim() === '') throw new FeelError('表达式是空的', source);
    refuseDeepNesting(source);
    const text = source.replace(RANGE_TYPE, 'list ');
    // The grammar copies what it knows with every name that the text declares, and can only find what stands there word for word.
    const known = names.filter(({ words }) => words.every((word) => text.includes(word)));
    const contextTracker = trackVariables(Object.fromEntries(known.map(({ name }) => [name, 1])));
    const tree = parseOrRefuse(parser.configure({ top: grammar, contextTracker }), text);
    refuseErrors(tree, source);
    const top = toNode(tree.topNode, source);
    if (grammar === 'Expression' && top.parts.length !== 1) throw syntaxError(source, 0, source.length);
    return top;
  };
  return remembering(parse);
}

/** The grammar knows no `range<…>`: to the parser it looks like a list type; the text of its node stays as written. */
const RANGE_TYPE = /\brange(?=\s*<)/g;

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** The name a node spells, spaces normalised. Names with spaces only when they were declared. */
export function nameOf(node: Node, source: string, declared: Pick<ReadonlySet<string>, 'has'>): string {
  const name = NAME.test(node.text) ? node.text : node.text.replace(/\s+/g, ' ').trim();
  if (isForbiddenName(name)) throw new FeelError(`不允许使用名称“${name}”`, source, node.from, node.to);
  if (NAME.test(name) || declared.has(name)) return name;
  if (/^[\p{L}\p{N}_$ ]+$/u.test(name)) throw new FeelError(`“${name}”中间缺少运算符`, source, node.from, node.to);
  throw syntaxError(source, node.from, node.to);
}

/** The text inside quotes, escapes resolved. */
export function stringOf(node: Node, source: string): string {
  if (!SPECIAL.test(node.text)) return node.text.slice(1, -1);
  const escaped = [...node.text].map((c) => (c < ' ' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c));
  try {
    return JSON.parse(escaped.join('').replace(ESCAPE, spelledForJson)) as string;
  } catch {
    throw new FeelError('引号内有不认识的转义，反斜杠请写成 \\\\', source, node.from, node.to);
  }
}

/** What in quotes is not simply itself: escapes, and signs that JSON wants escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /[\\\u0000-\u001f]/;

/** FEEL's escapes that JSON does not have: a character by six digits, and the single quote. */
const ESCAPE = /\\(?:U([0-9a-fA-F]{6})|[\s\S])/g;

function spelledForJson(written: string, digits: string | undefined): string {
  if (written === "\\'") return "'";
  const code = Number.parseInt(digits ?? '', 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

/** Does a node of this name occur here or below? */
export const contains = (node: Node, name: string): boolean =>
  node.name === name || node.tokens.some((child) => contains(child, name));

const LITERALS = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'null', 'DateTimeLiteral']);
const TEST_FORMS = new Set(
  'UnaryTests not PositiveUnaryTests PositiveUnaryTest SimplePositiveUnaryTest Interval List'.split(' '),
);

/** The literals a unary test compares with; null when anything in it is computed. */
export function literalsOf(node: Node): readonly Node[] | null {
  if (node.name === 'CompareOp' || node.name === 'not') return [];
  if (LITERALS.has(node.name)) return contains(node, 'VariableName') ? null : [node];
  if (!TEST_FORMS.has(node.name)) return null;
  const inner = node.parts.map(literalsOf);
  return inner.includes(null) ? null : inner.flatMap((nodes) => nodes ?? []);
}

// ---- helpers ---------------------------------------------------------------------------------------------------------

const MAX_NESTING = 150;

/** Before parsing: what the parser does with thousands of open brackets is correct, but slow. */
function refuseDeepNesting(source: string): void {
  let depth = 0;
  for (const sign of source.replace(TEXTS, '')) {
    if ('([{'.includes(sign) && ++depth > MAX_NESTING) throw new FeelError('表达式嵌套太深', source);
    if (')]}'.includes(sign)) depth--;
  }
}

function parseOrRefuse(grammar: typeof parser, source: string): LezerTree {
  try {
    return grammar.parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw new FeelError('表达式嵌套太深', source);
    throw syntaxError(source, 0, source.length); // the name tracker gives up on some broken sources
  }
}

function refuseErrors(tree: LezerTree, source: string): void {
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) throw syntaxError(source, node.from, node.to);
    },
  });
}

function toNode(node: LezerNode, source: string): Node {
  let tokens: Node[] | undefined;
  let parts: Node[] | undefined;
  const children = (): Node[] => {
    if (tokens) return tokens;
    tokens = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (!child.type.isSkipped) tokens.push(toNode(child, source));
    }
    return tokens;
  };
  return {
    name: node.name,
    from: node.from,
    to: node.to,
    text: source.slice(node.from, node.to),
    get tokens() {
      return children();
    },
    get parts() {
      parts ??= children().filter((child) => !WORDS.has(child.name));
      return parts;
    },
  };
}

/** quoted texts */
const TEXTS = /"(?:[^"\\]|\\.)*"/g;

const SLIPS: readonly [RegExp, string][] = [
  [
    /[\uff0c\u3001\u3002\uff1b\uff1a\uff08\uff09\u3010\u3011\u201c\u201d\u2018\u2019\uff1d]/,
    '标点和括号请用英文（半角）字符',
  ],
  [/[\uff1e\uff1c\u2265\u2264\u2260]/, '大于等于请写 >=,小于等于请写 <=,不等于请写 !='],
  [/==/, '相等请写一个等号 ='],
  [/<>/, '不等于请写 !='],
  [/&&|\|\|/, '“并且”请写 and，“或者”请写 or'],
  [/'/, '文字请用英文双引号'],
  [/!(?!=)/, '“非”请写 not(…)'],
];

function syntaxError(source: string, from: number, to: number): FeelError {
  const near = source.slice(Math.max(0, from - 8), Math.max(to, from + 8)).trim();
  const outsideTexts = source.replace(TEXTS, '');
  const hint = SLIPS.find(([slip]) => slip.test(outsideTexts))?.[1];
  return new FeelError(`表达式在“${near}”附近写得不对${hint ? `:${hint}` : ''}`, source, from, to);
}

/** `x <> 3`, `x == 3`: the grammar takes the second sign for a test. */
export const misplacedTest = (source: string, node: Node): FeelError => syntaxError(source, node.from - 1, node.to);
