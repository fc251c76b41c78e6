/**
 * Owns the door of the language: source text in, something that can be evaluated out. Expressions, tests of DMN cells and
 * texts with `{= … }` placeholders. Compiled once, evaluated often; pure, bounded by an operation budget, no text is ever
 * executed as JavaScript. Everything it can complain about is a FeelError with a Chinese sentence.
 */
import { CONTEXTS } from './builtins/contexts.ts';
import { DATES } from './builtins/dates.ts';
import { LISTS } from './builtins/lists.ts';
import { NUMBERS } from './builtins/numbers.ts';
import { RANGES } from './builtins/ranges.ts';
import { TEXTS } from './builtins/texts.ts';
import { BudgetError, FeelError } from './error.ts';
import { compileNode } from './generate.ts';
import { splitTemplate } from './placeholders.ts';
import { remembering } from './remember.ts';
import {
  type Callable,
  type Closure,
  type Compilation,
  DEFAULT_BUDGET,
  type Frame,
  newRun,
  newUsage,
  type Scope,
} from './scope.ts';
import { literalsOf, type Node, type Parse, parserFor } from './syntax.ts';
import { compileTests } from './tests.ts';
import type { Type } from './type.ts';
import { isList, print, type Spend, toValue, type Value } from './values.ts';

export { FeelError } from './error.ts';
export type { Context, Value } from './values.ts';

/**
 * A function of the world outside: directory, calendar, clock. `world` is what evaluate() was given. It declines arguments
 * by throwing an Error whose name is `ArgumentError` (strict: FeelError, tolerant: null).
 */
export interface FunctionSpec {
  readonly params: readonly [min: number, max: number];
  /** `holders(unit: list<unit>, role: role) -> list<person>`, see type.ts; several are overloads. They name the parameters. */
  readonly signatures?: readonly string[];
  /** its source, where it is itself an expression: what it gives follows from what it is given */
  readonly body?: string;
  call(args: readonly Value[], world: unknown, spend: Spend): Value;
}

export interface Language {
  /** strict: what decides cases; tolerant: half-filled forms */
  readonly mode: 'strict' | 'tolerant';
  /** added to the built-in functions; the same name replaces */
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
  /** variable names that contain spaces, keywords or signs */
  readonly names?: readonly string[];
  /** variables that may hold functions, as results of other decisions do */
  readonly holdFunctions?: readonly string[];
  /** declared types, for `instance of` and the parameters of functions */
  readonly types?: ReadonlyMap<string, Type>;
}

/** What a piece of source depends on. */
export interface Dependencies {
  readonly source: string;
  /** variables it reads */
  readonly names: readonly string[];
  /** the same with what it reads of them: `application.lossAmount` */
  readonly paths: readonly string[];
  /** read inside a filter (`rows[price > limit]`): fields of the row or variables, only the data can tell */
  readonly rowPaths: readonly string[];
  readonly functions: readonly string[];
}

export interface Compiled extends Dependencies {
  /** `budget`: operations, or the budget of the evaluation that this one is a part of */
  evaluate(scope: Readonly<Record<string, unknown>>, world?: unknown, budget?: number | Spend): Value;
}

export interface CompiledTest extends Dependencies {
  /** the boundary values the test compares with; null when it computes (variables, functions, `?`) */
  readonly literals: readonly Value[] | null;
  test(input: unknown, scope: Readonly<Record<string, unknown>>, world?: unknown): boolean;
}

export interface Template extends Dependencies {
  render(scope: Readonly<Record<string, unknown>>, world?: unknown): string;
}

/** One expression: `sum(items.price) > 1000`. The same text in the same words is the same expression. Throws FeelError. */
export function compileExpression(source: string, language: Language): Compiled {
  const { mode, holdFunctions, types } = language;
  return holdFunctions || types ? compiledIn(language, source) : vocabularyOf(language).expression(source, mode);
}

function compiledIn(language: Language, source: string): Compiled {
  const c = begin(source, language);
  const [top] = parserOf(language)(source, 'Expression').parts as [Node];
  const closure = compileNode(c, top, null);
  return {
    ...dependencies(c),
    evaluate: (scope, world = null, budget = DEFAULT_BUDGET) =>
      finish(source, () => closure(topFrame(scope, world, budget, null))),
  };
}

/** One DMN cell: `-`, `> 5`, `[1..5]`, `"a","b"`, `not(…)`, `? > 3`. An empty cell is `-`. Throws FeelError. */
export function compileUnaryTests(source: string, language: Language): CompiledTest {
  const c = begin(source, language);
  if (source.trim() === '') return { ...dependencies(c), literals: [], test: () => true };
  const top = parserOf(language)(source, 'UnaryTests');
  if (top.parts[0]?.name === 'Wildcard') return { ...dependencies(c), literals: [], test: () => true };
  const negated = top.tokens[0]?.name === 'not';
  const nodes = top.parts.filter((part) => part.name === 'PositiveUnaryTests');
  const scope: Scope = { outer: null, names: new Set(['?']) };
  const test = compileTests(c, nodes, scope, null);
  return {
    ...dependencies(c),
    literals: literalsOf(top)?.map((node) => constant(c, node)) ?? null,
    test: (input, given, world = null) =>
      finish(source, () => test(toValue(input), topFrame(given, world, DEFAULT_BUDGET, toValue(input)))) === !negated,
  };
}

/** A text with placeholders: `关于{= application.title}的决定`. null renders as nothing. Throws FeelError. */
export function compileTemplate(text: string, language: Language): Template {
  const pieces = splitTemplate(text).map((piece) =>
    piece.expression ? compileExpression(piece.text, language) : piece.text,
  );
  const compiled = pieces.filter((piece) => typeof piece !== 'string');
  const all = (key: 'names' | 'paths' | 'rowPaths' | 'functions') => [...new Set(compiled.flatMap((one) => one[key]))];
  return {
    source: text,
    names: all('names'),
    paths: all('paths'),
    rowPaths: all('rowPaths'),
    functions: all('functions'),
    render: (scope, world = null) =>
      pieces.map((piece) => (typeof piece === 'string' ? piece : forPeople(piece.evaluate(scope, world)))).join(''),
  };
}

// ---- compiling -------------------------------------------------------------------------------------------------------

/** The functions that every language has; the type checker reads their signatures. */
export const BUILT_IN = { ...NUMBERS, ...TEXTS, ...LISTS, ...CONTEXTS, ...DATES, ...RANGES };

/** names that the grammar knows as such */
const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** after a dot, on times and ranges */
const PROPERTIES = ['time offset', 'start included', 'end included'];

interface Vocabulary {
  readonly functions: ReadonlyMap<string, Callable>;
  readonly spacedNames: ReadonlySet<string>;
  readonly parse: Parse;
  /** of languages that say no more than the vocabulary */
  readonly expression: (source: string, mode: Language['mode']) => Compiled;
}

/** Building a vocabulary costs more than using it: one per table of functions, and in it one per list of names that are no plain ones. */
const vocabularies = new WeakMap<object, Map<string, Vocabulary>>();
const found = new WeakMap<Language, Vocabulary>();
const NO_FUNCTIONS = {};

function vocabularyOf(language: Language): Vocabulary {
  const vocabulary = found.get(language) ?? findVocabulary(language);
  found.set(language, vocabulary);
  return vocabulary;
}

function findVocabulary({ functions = NO_FUNCTIONS, names = [] }: Language): Vocabulary {
  const byNames = vocabularies.get(functions) ?? new Map<string, Vocabulary>();
  vocabularies.set(functions, byNames);
  const spaced = names.filter((name) => !PLAIN.test(name));
  const key = spaced.join('\n');
  const vocabulary = byNames.get(key) ?? makeVocabulary(functions, spaced);
  byNames.set(key, vocabulary);
  return vocabulary;
}

function makeVocabulary(added: NonNullable<Language['functions']>, names: readonly string[]): Vocabulary {
  const functions = new Map<string, Callable>(Object.entries({ ...BUILT_IN, ...added }));
  const spaced = [...functions.keys(), 'is defined', ...names].filter((name) => !PLAIN.test(name));
  return {
    functions,
    spacedNames: new Set([...spaced, ...PROPERTIES]),
    parse: parserFor(spaced),
    expression: remembering((source, mode) => compiledIn({ mode, functions: added, names }, source)),
  };
}

export const parserOf = (language: Language): Parse => vocabularyOf(language).parse;

/** A function of the language by its name. */
export const functionOf = (language: Language, name: string): Callable | undefined =>
  vocabularyOf(language).functions.get(name);

const NO_TYPES: ReadonlyMap<string, Type> = new Map();

function begin(source: string, language: Language): Compilation {
  const { functions, spacedNames } = vocabularyOf(language);
  return {
    source,
    strict: language.mode === 'strict',
    functions,
    spacedNames,
    holdFunctions: new Set(language.holdFunctions),
    types: language.types ?? NO_TYPES,
    used: newUsage(),
    depth: 0,
    compile: compileNode,
  };
}

const dependencies = (c: Compilation): Dependencies => ({
  source: c.source,
  names: [...c.used.names],
  paths: [...c.used.paths],
  rowPaths: [...c.used.rowPaths],
  functions: [...c.used.functions],
});

/** the value of a literal node */
function constant(c: Compilation, node: Node): Value {
  const closure: Closure = compileNode({ ...c, used: newUsage() }, node, null);
  return closure(topFrame({}, null, DEFAULT_BUDGET, null));
}

// ---- evaluating ------------------------------------------------------------------------------------------------------

const topFrame = (scope: object, world: unknown, budget: number | Spend, input: Value): Frame => ({
  run: newRun(scope, world, budget),
  outer: null,
  variables: { '?': input },
  row: null,
});

/** An overrun budget is an error in both modes. */
function finish<T>(source: string, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof BudgetError) throw new FeelError(error.message, source);
    if (error instanceof RangeError) throw new FeelError('函数调用嵌套太深', source); // the stack is used up
    throw error;
  }
}

// ---- templates -------------------------------------------------------------------------------------------------------

/** As a person reads it: nothing for null, 是/否 for truths, lists with 、 between. */
function forPeople(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return isList(value) ? value.map((item) => forPeople(toValue(item))).join('、') : print(value);
}
