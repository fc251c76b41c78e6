/**
 * Owns the translation of a compiled form into a plain Formily schema for one person at one step, with reaction functions
 * instead of texts. It acts through Formily's own machinery, in the browser or headless; a differential test holds its
 * verdict and that of accept.ts together ([F1]). Formily's own expression compiler is switched off for good ([F2]).
 */
import type { ArrayField, Form } from '@formily/core';
import { type ISchema, Schema } from '@formily/json-schema';
import { toJS } from '@formily/reactive';
import { isOpen, permissionsOf } from './access.ts';
import { type ComponentDescriptor, describe } from './components.ts';
import { labelText } from './messages.ts';
import type { CompiledForm, FieldAccess, FieldSchema, FormField, Values } from './model.ts';
import { type FormilyOptions, filledPart, levelsOf, Mover } from './motion.ts';
import { componentOf } from './node.ts';

export type { FormilyOptions } from './motion.ts';

Schema.registerCompiler((text: string) => {
  throw new Error(`expressions are not allowed in schemas: {{${text}}}`);
});

/** The schema of a form for Formily. Hidden fields are left out, so is layout that would hold nothing. */
export function toFormilySchema(form: CompiledForm, options: FormilyOptions): ISchema {
  const mover = new Mover(form, options);
  return { type: 'object', properties: children(mover, form.definition.schema.properties, [0]) };
}

/** `items.3.price` -> `items[].price`: the path of the FormField behind a Formily field. */
export const templatePath = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '[]');

/** The values of a Formily form as they are sent: plain JSON, nothing empty. */
export function submittable(form: Form): Values {
  return filledPart(JSON.parse(JSON.stringify(toJS(form.values)))) as Values;
}

/** A new row of a table, as it is offered to the person when the table is in its present state. */
export function newRow(form: CompiledForm, target: ArrayField, options: FormilyOptions): Values {
  const table = form.byPath.get(templatePath(target.path.toString()));
  const rows = Array.isArray(target.value) ? target.value.length : 0;
  return table ? new Mover(form, options).freshRow(table, target, rows + 1) : {};
}

/** May the person add and remove rows of this table? */
export function mayAddRows(form: CompiledForm, path: string, access: readonly FieldAccess[]): boolean {
  const table = form.byPath.get(templatePath(path));
  return table !== undefined && isOpen(table, permissionsOf(form, access).of(table));
}

// ---------------------------------------------------------------------------------------------------------------------

/** `levels`: how deep the containers around these children lie (see levelsOf). */
function children(mover: Mover, properties: FieldSchema['properties'], levels: readonly number[]) {
  const out: Record<string, ISchema> = {};
  for (const [key, node] of Object.entries(properties ?? {})) {
    const field = mover.form.byNode.get(node);
    const made = field ? fieldSchema(mover, field) : layoutSchema(mover, node, levels);
    if (made) out[key] = made;
  }
  return out;
}

function layoutSchema(mover: Mover, node: FieldSchema, levels: readonly number[]): ISchema | undefined {
  const properties = children(mover, node.properties, levels);
  const name = componentOf(node as unknown as Values) ?? 'Section';
  if (Object.keys(properties).length === 0 && name !== 'Note') return undefined;
  const layout = mover.form.layout.get(node) ?? {};
  const alive = fieldsIn(mover.form, node).some((field) => mover.permissions.of(field).alive);
  const moves = layout.visible || layout.text;
  return {
    type: 'void',
    title: labelText(node.title, mover.language),
    description: labelText(node.description, mover.language),
    'x-component': name,
    'x-component-props': propsOf(node, describe(name)),
    'x-decorator-props': { ...node['x-decorator-props'] },
    properties,
    ...(moves && { 'x-reactions': [mover.followLayout(layout, levels, alive)] }),
  };
}

function fieldSchema(mover: Mover, field: FormField): ISchema | undefined {
  const permission = mover.permissions.of(field);
  if (permission.mode === 'hidden') return undefined;
  const { schema } = field;
  const common: ISchema = {
    type: schema.type,
    title: labelText(field.title, mover.language),
    description: labelText(schema.description, mover.language),
    'x-component': field.component,
    'x-component-props': propsOf(schema, describe(field.component)),
    'x-decorator-props': { ...schema['x-decorator-props'] },
    'x-pattern': permission.writable ? 'editable' : 'readPretty',
    'x-reactions': [mover.follow(field)],
    'x-validator': mover.judge(field) as NonNullable<ISchema['x-validator']>,
  };
  if (field.kind === 'leaf') {
    const options = schema.enum && { enum: schema.enum.map((one) => mover.option(one)) };
    return { ...common, 'x-decorator': 'FormItem', ...options };
  }
  const levels = levelsOf(field);
  const inside = [...levels, (levels.at(-1) ?? 0) + (field.kind === 'table' ? 2 : 1)];
  if (field.kind === 'group') return { ...common, properties: children(mover, schema.properties, inside) };
  const items: ISchema = { type: 'object', properties: children(mover, schema.items?.properties, inside) };
  return { ...common, 'x-decorator': 'FormItem', items };
}

/** The nearest fields below a layout node. */
function fieldsIn(form: CompiledForm, node: FieldSchema): FormField[] {
  return Object.values(node.properties ?? {}).flatMap((child) => {
    const field = form.byNode.get(child);
    return field ? [field] : fieldsIn(form, child);
  });
}

/** The props of the definition over the defaults of the component. */
function propsOf(node: FieldSchema, descriptor: ComponentDescriptor): Record<string, unknown> {
  const defaults = Object.entries(descriptor.props).filter(([, spec]) => spec.default !== undefined);
  return { ...Object.fromEntries(defaults.map(([key, spec]) => [key, spec.default])), ...node['x-component-props'] };
}
