/** Owns what settings may be chosen from: the definitions, fields, roles and relations of a release, each with the name that people know. */
import { BUILT_IN } from '@ganwei/feel/compile';
import type { FieldSchema, FormDefinition, Label } from '@ganwei/form/model';
import { KINDS, type Kind } from '@ganwei/release/definition';
import type { Question } from '@ganwei/release/memory';
import type { Release } from '@ganwei/release/release';
import type { Choice, Field, Offered } from './told.ts';

/** As the application of this view writes the keys. */
export function offeredBy(view: Release): Offered {
  const of = (kind: Kind): Choice[] =>
    view.keys(kind).map((key) => ({ value: key, label: view.title(kind, key) || key }));
  const forms = view.keys('form').filter((key) => view.isCompiled('form', key));
  const words = view.directory;
  return {
    definitions: Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as unknown as Offered['definitions'],
    fields: Object.fromEntries(forms.map((key) => [key, view.ask(FIELDS, key)])),
    functions: Object.entries({ ...BUILT_IN, ...view.language.functions }).map(
      ([name, { signatures = [] }]) => signatures[0] ?? `${name}()`,
    ),
    roles: words?.roles.map(chosen) ?? [],
    relations: words?.relations.map(chosen) ?? [],
  };
}

const chosen = ({ key, title }: { key: string; title: string }): Choice => ({ value: key, label: title });

export const FIELDS: Question<readonly Field[]> = {
  name: 'fields offered',
  about: 'form',
  answer(release, key) {
    const definition = release.definition('form', key);
    return definition ? fieldsOf((JSON.parse(definition.source) as FormDefinition).schema.properties) : [];
  },
};

/** Layout holds fields but is none; fields of groups and tables have the container's name before theirs. */
function fieldsOf(properties: Readonly<Record<string, FieldSchema>>, before = ''): Field[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const inside = schema.properties ?? {};
    if (schema.type === 'void') return fieldsOf(inside, before);
    const path = before + key;
    const label = words(schema.title) || key;
    const own = { path, label, required: schema.required === true };
    if (schema.items) return [own, ...fieldsOf(schema.items.properties, `${path}[].`)];
    return [own, ...fieldsOf(inside, `${path}.`)];
  });
}

const words = (label: Label | undefined): string => (typeof label === 'string' ? label : (label?.['zh-CN'] ?? ''));
