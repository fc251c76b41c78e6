/**
 * Owns the earlier names of fields: a field that was renamed says so in `x-formerly`, the newest first, so that whatever reads the newer name finds what was filled in
 * under an older one. Values are never rewritten: the newer name stands beside the older. Whether it may
 * say so is the release's to check. Rule: [REN8].
 */
import type { FormField } from './model.ts';
import { isRaw } from './node.ts';

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

/** The same without the older names: as it would have been filled in under the names of now. */
export function underNewerNames(value: unknown, former: readonly Former[]): unknown {
  if (former.length === 0) return value;
  if (Array.isArray(value)) return value.map((row) => underNewerNames(row, former));
  if (!isRaw(value)) return value;
  const owners = new Map(former.flatMap((one) => [one.key, ...one.earlier].map((name) => [name, one] as const)));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]) => {
      const owner = owners.get(name);
      if (!owner) return [[name, own]];
      const isNewest = [owner.key, ...owner.earlier].find((one) => Object.hasOwn(value, one)) === name;
      return isNewest ? [[owner.key, underNewerNames(own, owner.within)]] : [];
    }),
  );
}

/** The path under every name that its parts have or had: who may not see a field sees it under none of them. */
export function pathsOf([first, ...rest]: readonly string[], former: readonly Former[]): string[][] {
  if (first === undefined) return [[]];
  const owner = former.find(({ key, earlier }) => key === first || earlier.includes(first));
  const names = owner ? [owner.key, ...owner.earlier] : [first];
  return names.flatMap((name) => pathsOf(rest, owner?.within ?? []).map((inner) => [name, ...inner]));
}
