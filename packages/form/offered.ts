/**
 * Owns what a field offers to choose from before anything is written into it: its options rule over what is filled in already. For choosers that
 * ask the server. A column is asked without a row: rules that read their own row find it empty.
 */
import { isObject, optionsOf } from './check.ts';
import type { CompiledForm, RuleContext, Values } from './model.ts';

/** The values offered; undefined: the field has no such rule, and everything may be chosen. */
export function offered(
  form: CompiledForm,
  path: string,
  { values, scope, world }: { values: Values; scope: Readonly<Values>; world: unknown },
): unknown[] | undefined {
  const rule = form.byPath.get(path)?.rules.options;
  if (!rule) return undefined;
  const containers = containersOf(path, values);
  const read: RuleContext['read'] = (level, name) => containers[level]?.[name] ?? null;
  return optionsOf(rule.evaluate({ read, row: undefined, system: scope, world })).map(({ value }) => value);
}

/** From the root to the container the field lies in; a row is empty. */
function containersOf(path: string, values: Values): Values[] {
  const found: Values[] = [values];
  for (const name of path.split('.').slice(0, -1)) {
    const inner = name.endsWith('[]') ? undefined : found.at(-1)?.[name];
    found.push(isObject(inner) ? inner : {});
  }
  return found;
}
