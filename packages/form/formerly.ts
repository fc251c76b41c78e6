/**
 * Owns the earlier names of fields: a field that was renamed says so in `x-formerly`, the newest first, so that whatever reads the newer name finds what was filled in
 * under an older one. Values are never rewritten: the newer name stands beside the older. Rules: [REN8] [REN9].
 */
import type { FormField } from './model.ts';
import { isFieldName, isRaw, type Report } from './node.ts';

/** Earlier names of one field: whoever renames more often begins a new field. */
export const MOST_FORMER = 8;

/** A field that was called otherwise, or that holds such fields. */
export interface Former {
  readonly key: string;
  readonly earlier: readonly string[];
  readonly within: readonly Former[];
}

/** What a field says, whether or not it may. */
const earlierOf = ({ schema: { 'x-formerly': names } }: FormField): readonly string[] =>
  Array.isArray(names) ? names : [];

/** What of these fields was called otherwise; empty for nearly all forms. */
export function formerIn(fields: readonly FormField[]): Former[] {
  return fields.flatMap((field) => {
    const [earlier, within] = [earlierOf(field), formerIn(field.fields)];
    return earlier.length === 0 && within.length === 0 ? [] : [{ key: field.key, earlier, within }];
  });
}

/** The value of a form, a row or a list of them with the newer names beside the older; the same value where there is nothing to add. */
export function withNewerNames(value: unknown, former: readonly Former[]): unknown {
  if (former.length === 0) return value;
  if (Array.isArray(value)) return value.map((row) => withNewerNames(row, former));
  if (!isRaw(value)) return value;
  const seen: Record<string, unknown> = { ...value };
  for (const { key, earlier, within } of former) {
    const under = [key, ...earlier].find((name) => Object.hasOwn(value, name));
    if (under !== undefined) seen[key] = withNewerNames(value[under], within);
  }
  return seen;
}

/** [REN9] What a field says it was called: names, few, and each once. */
export function checkFormer(names: unknown, report: Report): void {
  if (names === undefined) return;
  const isList = Array.isArray(names) && names.length > 0 && names.length <= MOST_FORMER;
  if (!isList || !names.every((name) => typeof name === 'string' && isFieldName(name)))
    report('formerly', `曾用名（x-formerly）须为 1 至 ${MOST_FORMER} 个字段名`);
  else if (new Set(names).size < names.length) report('formerly', '曾用名（x-formerly）重复');
}

/** [REN9] An earlier name is no name of a field beside it, neither of now nor of before. */
export function checkFormerAmong(fields: readonly FormField[], report: (path: string) => Report): void {
  const owners = new Map(fields.map(({ key }) => [key, key]));
  for (const field of fields) {
    const { key, path } = field;
    for (const name of earlierOf(field)) {
      const owner = owners.get(name);
      if (owner !== undefined) report(path)('formerly', `曾用名「${name}」也是「${owner}」的名称，以前填的会分不清`);
      owners.set(name, key);
    }
  }
}
