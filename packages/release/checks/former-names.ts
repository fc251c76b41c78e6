/**
 * Owns former-names: what the fields of a form say they were called are names, few, each once, and of no field beside them; else it could not be told under which of them
 * something was filled in. Rule: [REN9].
 */
import type { FieldSchema, FormField } from '@ganwei/form/model';
import { isFieldName } from '@ganwei/form/node';
import { checkOf } from './check.ts';

/** Earlier names of one field: whoever renames more often begins a new field. */
const MOST = 8;

export const formerNames = checkOf('former-names', 'form', ({ value, report }) => {
  for (const element of layoutWith(value.definition.schema.properties))
    report({ element, message: '布局组件没有值，不能有曾用名（x-formerly）' });
  const among = (fields: readonly FormField[]): void => {
    const owners = new Map(fields.map(({ key }) => [key, key]));
    for (const { key, path, schema, fields: inner } of fields) {
      const names: unknown = schema['x-formerly'];
      if (names !== undefined && !areNames(names))
        report({ element: path, message: `曾用名（x-formerly）须为 1 至 ${MOST} 个不重复的字段名` });
      for (const name of areNames(names) ? names : []) {
        const owner = owners.get(name);
        if (owner !== undefined)
          report({ element: path, message: `曾用名「${name}」也是「${owner}」的名称，以前填的会分不清` });
        owners.set(name, key);
      }
      among(inner);
    }
  };
  among(value.fields);
});

const areNames = (names: unknown): names is string[] =>
  Array.isArray(names) &&
  names.length > 0 &&
  names.length <= MOST &&
  new Set(names).size === names.length &&
  names.every((name) => typeof name === 'string' && isFieldName(name));

/** Sections and the like that say they were called otherwise. */
function layoutWith(properties: Readonly<Record<string, FieldSchema>> = {}): string[] {
  return Object.entries(properties).flatMap(([key, node]) => [
    ...(node.type === 'void' && node['x-formerly'] !== undefined ? [key] : []),
    ...layoutWith(node.properties),
  ]);
}
