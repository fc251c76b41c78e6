/**
 * Owns what every kind of definition has in common: a Problem is what a checker found, a DefinitionError carries them all.
 * A definition (form, process, decision, letter, ledger, overview, dictionary, calendar, story) is data; it is checked whole before it takes effect.
 */

/** Kinds of definitions: in this order each can be read when those before it are known. */
export const DEFINITION_KINDS = [
  'directory',
  'dictionary',
  'calendar',
  'functions',
  'form',
  'decision',
  'letter',
  'process',
  'ledger',
  'overview',
  'application',
  'translation',
  'story',
] as const;

/** One finding about a definition. `element` is the id of a BPMN element, the path of a field, the id of a rule … */
export interface Problem {
  severity: 'error' | 'warning';
  /** stable name of the rule that found it, e.g. `gateway-default` */
  rule: string;
  element: string;
  /** Chinese sentence that says what is wrong and what to do */
  message: string;
  /** the name that means nothing there; with the expression that says it, and where in it */
  wrong?: WrongName;
}

/**
 * A name that means nothing where it stands. `in`: the expression, and the part of it that is wrong; absent where a setting says it. `at`: where
 * below the element, in JSON.
 */
export interface WrongName {
  readonly name: string;
  readonly in?: { readonly source: string; readonly from: number; readonly to: number };
  readonly at?: readonly string[];
}

/** A definition that may not take effect. `file` is filled in by whoever read it. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly problems: readonly Problem[];
  file: string | undefined;

  constructor(problems: readonly Problem[], file?: string) {
    super(problems.map((p) => `${file ? `${file} ` : ''}${p.element}: ${p.message}`).join('\n'));
    this.problems = problems;
    this.file = file;
  }
}

export const errorsOf = (problems: readonly Problem[]): Problem[] => problems.filter((p) => p.severity === 'error');

/** Errors of content, as the rooms call them that evaluate it; by name, because few rooms know all of them. */
const OF_CONTENT: ReadonlySet<string> = new Set([
  'FeelError',
  'ArgumentError',
  'BudgetError',
  'DecisionError',
  'DefinitionError',
]);

/** Did an expression or a decision fail, give what is no date or time, or name a definition that is not there? Anything else is a fault of the house. */
export const isFaultOfContent = (error: unknown): error is Error =>
  error instanceof Error && OF_CONTENT.has(error.name);
