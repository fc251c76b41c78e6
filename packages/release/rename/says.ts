/**
 * Owns where a slot says a name, and the slot with another name there: within an expression by its syntax tree, never by its letters; within a
 * setting that lists names or paths by its parts.
 */
import { FeelError, type Language, parserOf } from '@ganwei/feel/compile';
import { placeholdersIn } from '@ganwei/feel/placeholders';
import type { Node } from '@ganwei/feel/syntax';
import type { Slot } from './slots.ts';

/** The name and what stands in its place. */
export interface Change {
  readonly old: string;
  readonly to: string;
}

/** A part of an expression as it is written: what is wrong lies within it. */
export interface Part {
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The slot's value with `to` for `name` where the part of this expression says it; undefined where it does not. Names are variables, members
 * and entries of contexts; texts of the same letters are names as well, for there are functions that take a name as a text.
 */
export function inExpression(
  { value }: Pick<Slot, 'value'>,
  { source, from, to: end }: Part,
  { old, to }: Change,
  language: Language,
): string | undefined {
  const at = placesOf(value, source);
  if (at.length === 0) return undefined;
  const found = tokensOf(source, language).filter((token) => says(token, old) && token.from >= from && token.to <= end);
  if (found.length === 0) return undefined;
  const [before, after] = [source, replaced(source, found, to)].map((text) => quotedIn(value, text));
  return at.reduceRight((text, start) => text.slice(0, start) + after + text.slice(start + before!.length), value);
}

/** The same where the expression is all that the slot says, and nothing is known of the part: entries of contexts alone. */
export function inEntries({ value }: Pick<Slot, 'value'>, { old, to }: Change, language: Language): string | undefined {
  const found = tokensOf(value, language).filter((token) => token.is !== 'name' && says(token, old));
  return found.length === 0 ? undefined : replaced(value, found, to);
}

/** The same where the expression was put together of several that stand apart: whatever reads the name, or names it as a text. */
export function inReadings(
  { value }: Pick<Slot, 'value'>,
  { old, to }: Change,
  language: Language,
): string | undefined {
  const found = tokensOf(value, language).filter((token) => token.is !== 'entry' && says(token, old));
  return found.length === 0 ? undefined : replaced(value, found, to);
}

/** The same where the finding says the whole path that leads nowhere: its paths alone. */
export function inPaths(
  { value }: Pick<Slot, 'value'>,
  path: string,
  { old, to }: Change,
  language: Language,
): string | undefined {
  const parts = path.split('.');
  if (parts.length < 2) return undefined;
  const found: Token[] = [];
  const visit = (node: Node): void => {
    const member = node.name === 'PathExpression' ? node.parts[1] : undefined;
    const beginning = parts.slice(0, parts.indexOf(old) + 1).join('.');
    if (member?.text.trim() === old && node.text.replace(/\s+/g, '') === beginning)
      found.push({ is: 'name', text: old, from: member.from, to: member.to });
    node.tokens.forEach(visit);
  };
  treesOf(value, language).forEach(visit);
  return found.length === 0 ? undefined : replaced(value, found, to);
}

/** A setting that is the name, lists names, or leads along a path of them: `items[].price, note`. */
export function inSetting(value: string, { old, to }: Change): string | undefined {
  if (!/^[\p{L}\p{N}_$.,;/#*[\] -]+$/u.test(value)) return undefined;
  const parts = value.split(/([.,;/#*[\]\s]+)/);
  const made = parts.map((part) => (part === old ? to : part)).join('');
  return made === value ? undefined : made;
}

/** Where in what a slot says the expression stands. */
function placesOf(value: string, source: string): number[] {
  const text = quotedIn(value, source);
  if (value.trim() === text.trim()) return [value.indexOf(text)].filter((at) => at >= 0);
  const holes = placeholdersIn(value).filter(({ from, to }) => value.slice(from + 2, to - 1) === text);
  if (holes.length > 0) return holes.map(({ from }) => from + 2);
  // a command of a letter: `{if …}`, `{for x in …}`
  const at = /^\{\s*(?:if|else\s+if|for)\b/.test(value) ? value.indexOf(text.trim()) : -1;
  return at < 0 ? [] : [at];
}

/** In the front matter of a letter an expression stands between quotes, which its own quotes must not end. */
const quotedIn = (value: string, source: string): string =>
  value.includes(source) || !/^\w+: "/.test(value) ? source : JSON.stringify(source).slice(1, -1);

/** Functions that an expression calls. */
export function functionsIn(source: string, language: Language): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.name === 'FunctionInvocation') found.push(node.parts[0]?.text.replace(/\s+/g, ' ').trim() ?? '');
    node.tokens.forEach(visit);
  };
  treesOf(source, language).forEach(visit);
  return found;
}

interface Token {
  /** the name of an entry of a context, a text that may name something, a variable or member */
  readonly is: 'entry' | 'text' | 'name';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const says = ({ text }: Token, name: string): boolean => text === name || text === `"${name}"`;

/** Everything in an expression that may be a name. */
function tokensOf(source: string, language: Language): Token[] {
  const found: Token[] = [];
  const visit = (node: Node, entry: boolean): void => {
    const { name, text, from, to } = node;
    if (NAMING.has(name))
      found.push({ is: entry ? 'entry' : name === 'StringLiteral' ? 'text' : 'name', text: text.trim(), from, to });
    for (const child of node.tokens) visit(child, entry || name === 'Key');
  };
  for (const tree of treesOf(source, language)) visit(tree, false);
  return found;
}

/** The tree of an expression or of a cell; none for what is neither. */
function treesOf(source: string, language: Language): Node[] {
  for (const grammar of ['Expression', 'UnaryTests'] as const) {
    try {
      return [parserOf(language)(source, grammar)];
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
    }
  }
  return [];
}

/** Nodes of the syntax tree that are names, or texts that may be. */
const NAMING: ReadonlySet<string> = new Set(['VariableName', 'PathName', 'Name', 'StringLiteral']);

function replaced(source: string, tokens: readonly Token[], to: string): string {
  const inOrder = [...tokens].sort((one, other) => other.from - one.from);
  return inOrder.reduce(
    (text, token) => text.slice(0, token.from) + (token.text.startsWith('"') ? `"${to}"` : to) + text.slice(token.to),
    source,
  );
}
