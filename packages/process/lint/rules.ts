/**
 * Wires the rules of a process definition under their stable names. The compiler refuses a definition with any finding;
 * the designer gives the same factories to its own linter. `functions`: what FEEL may call besides the built-in functions.
 */
import { attributeRules, type Functions, feelRule } from './attributes.ts';
import { flowRules } from './flow.ts';
import { settingsRules } from './settings.ts';
import { structureRules } from './structure.ts';
import type { RuleFactory } from './tree.ts';

export type { Functions } from './attributes.ts';
export type { Element, Reporter, RuleFactory } from './tree.ts';
export { runRules } from './tree.ts';

export const processRules = (functions?: Functions): Readonly<Record<string, RuleFactory>> => ({
  ...structureRules,
  ...flowRules,
  ...attributeRules,
  ...settingsRules,
  feel: feelRule(functions),
});
