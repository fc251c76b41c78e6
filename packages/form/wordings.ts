/**
 * Owns which texts of a form definition people read: titles, helps, notes, options, complaints. Whoever lists them and whoever puts others in
 * their place walks the same way. Names, keys, expressions and values are no such texts and stay as they are. Rule: [LANG1].
 */
import { DECORATOR_PROPS, describe, type PropSpec } from './components.ts';
import type { FieldSchema, FormDefinition, Json, Label, RuleSources } from './model.ts';
import { componentOf, isRaw } from './node.ts';

/** What is to stand in the place of a text. */
export type Say = (text: string) => string;

/** The definition with every text that people read replaced; a label that has its English already keeps it. */
export function withTexts(definition: FormDefinition, say: Say): FormDefinition {
  const { title, help, schema } = definition;
  return {
    ...definition,
    title: labelled(title, say),
    ...(help !== undefined && { help: say(help) }),
    schema: { ...schema, properties: children(schema.properties, say) },
  };
}

function children(properties: Readonly<Record<string, FieldSchema>>, say: Say): Record<string, FieldSchema> {
  return Object.fromEntries(Object.entries(properties).map(([key, node]) => [key, nodeWith(node, say)]));
}

function nodeWith(node: FieldSchema, say: Say): FieldSchema {
  const component = componentOf(node as unknown as Readonly<Record<string, unknown>>);
  const props = node['x-component-props'];
  const decorator = node['x-decorator-props'];
  const rules = node['x-rules'];
  return {
    ...node,
    ...(node.title !== undefined && node['x-label-en'] === undefined && { title: labelled(node.title, say) }),
    ...(node.description !== undefined && { description: labelled(node.description, say) }),
    ...(node.enum && { enum: node.enum.map((option) => ({ ...option, label: labelled(option.label, say) })) }),
    ...(props && component && { 'x-component-props': propsWith(props, describe(component).props, say) }),
    ...(decorator && { 'x-decorator-props': propsWith(decorator, DECORATOR_PROPS, say) }),
    ...(rules && { 'x-rules': rulesWith(rules, say) }),
    ...(node.properties && { properties: children(node.properties, say) }),
    ...(isRaw(node.items) && { items: { ...node.items, properties: children(node.items.properties, say) } }),
  };
}

type Props = Readonly<Record<string, Json>>;

function propsWith(props: Props, specs: Readonly<Record<string, PropSpec>>, say: Say): Props {
  const entries = Object.entries(props).map(([name, value]): [string, Json] => [
    name,
    typeof value === 'string' && specs[name]?.read ? say(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function rulesWith(rules: RuleSources, say: Say): RuleSources {
  return rules.errors
    ? { ...rules, errors: rules.errors.map((rule) => ({ ...rule, message: say(rule.message) })) }
    : rules;
}

function labelled(label: Label, say: Say): Label {
  if (typeof label === 'string') return say(label);
  return label['en-US'] === undefined ? { ...label, 'en-US': say(label['zh-CN']) } : label;
}
