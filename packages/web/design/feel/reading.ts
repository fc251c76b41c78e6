/**
 * Owns reading expressions as builders do: calls, names and literals of a tree, without meaning. What a builder cannot show it leaves alone: the
 * expression stays as it is written. Rule: [DES40].
 */
import { compileExpression, FeelError, type FunctionSpec, type Language, parserOf } from '@ganwei/feel/compile';
import { type Node, stringOf } from '@ganwei/feel/syntax';

/** A value that is written out, or the name of one. Numbers keep their digits. */
export type Operand =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: 'true' | 'false' }
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string };

/** Parses; undefined where it is no expression. `functions`: signatures, or names, of all that may be called. */
export function treeOf(source: string, functions: readonly string[]): Node | undefined {
  try {
    return parserOf(languageOf(functions))(source, 'Expression').parts[0];
  } catch (error) {
    if (error instanceof FeelError) return undefined;
    throw error;
  }
}

/** What is wrong with the way it is written; '' where nothing is. */
export const slipIn = (source: string, functions: readonly string[]): string =>
  slip(() => compileExpression(source, languageOf(functions)));

/** The same of a cell of conditions; names that do not exist are for the check to tell. */
export const slipInTests = (source: string, functions: readonly string[]): string =>
  slip(() => parserOf(languageOf(functions))(source, 'UnaryTests'));

function slip(compile: () => unknown): string {
  try {
    compile();
    return '';
  } catch (error) {
    if (error instanceof FeelError) return error.message;
    throw error;
  }
}

let last: { key: string; language: Language } | undefined;

/** Making a language costs more than using it, and there is one at a time. */
function languageOf(functions: readonly string[]): Language {
  const key = functions.join('\n');
  if (last?.key !== key) {
    const known = functions.map((signature) => [String(signature.split('(', 1)[0]).trim(), ANY_CALL] as const);
    last = { key, language: { mode: 'strict', functions: Object.fromEntries(known) } };
  }
  return last.language;
}

/** How many arguments it takes is for the check to say. */
const ANY_CALL: FunctionSpec = { params: [0, Number.POSITIVE_INFINITY], call: () => null };

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;

/** `application.amount`; undefined for anything else. */
export const pathIn = ({ text }: Node): string | undefined =>
  NAME.test(text) && !['true', 'false', 'null'].includes(text) ? text : undefined;

/** A call by its name with its arguments in order. */
export function callIn(node: Node): { readonly name: string; readonly args: readonly Node[] } | undefined {
  if (node.name !== 'FunctionInvocation' && node.name !== 'DateTimeLiteral') return undefined;
  const [callee, list] = node.parts;
  if (!callee || list?.parts.some(({ name }) => name === 'NamedParameter')) return undefined;
  return { name: callee.text.replace(/\s+/g, ' ').trim(), args: list?.parts ?? [] };
}

export const textIn = (node: Node | undefined, source: string): string | undefined =>
  node?.name === 'StringLiteral' ? stringOf(node, source) : undefined;

export function operandIn(node: Node, source: string): Operand | undefined {
  const text = textIn(node, source);
  if (text !== undefined) return { kind: 'text', value: text };
  if (/^-?\d+(\.\d+)?$/.test(node.text)) return { kind: 'number', value: node.text };
  if (node.text === 'true' || node.text === 'false') return { kind: 'truth', value: node.text };
  const [, date] = /^date\("(\d{4}-\d\d-\d\d)"\)$/.exec(node.text) ?? [];
  if (date !== undefined) return { kind: 'date', value: date };
  const path = pathIn(node);
  return path === undefined ? undefined : { kind: 'name', value: path };
}

/** As it is written in an expression. */
export function operandText({ kind, value }: Operand): string {
  if (kind === 'text') return quoted(value);
  return kind === 'date' ? `date("${value}")` : value;
}

export const quoted = (text: string): string => JSON.stringify(text);
