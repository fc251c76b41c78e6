/** Owns which fields the rules of a form read: who follows whom, also while the form has problems. Rule: [FDS21]. */
import { readForm } from './dialect.ts';
import type { RuleName } from './model.ts';

/** The fields, by their paths, that a rule of a field reads. */
export interface Reliance {
  readonly path: string;
  readonly rule: RuleName | 'errors';
  readonly reads: readonly string[];
}

/** One for each rule of each field; rules that cannot be read read nothing. Layout is left out. */
export function relianceIn(json: unknown): readonly Reliance[] {
  const { form } = readForm(json, { checked: true });
  return [...(form?.byPath.values() ?? [])].flatMap(({ path, rules, errors }) => [
    ...Object.entries(rules).map(([rule, { reads }]) => ({ path, rule: rule as RuleName, reads })),
    ...errors.map(({ when }) => ({ path, rule: 'errors' as const, reads: when.reads })),
  ]);
}
