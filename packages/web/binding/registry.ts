/**
 * Owns which file brings which component. Heavy controls are loaded only when a form uses them, so that the page of a small
 * form stays small. The names are those of form/components.ts; a test holds both lists together.
 */

import type { JSXComponent } from '@formily/react';
import type { ComponentName } from '@ganwei/form/components';
import type { CompiledForm, FieldSchema } from '@ganwei/form/model';
import { componentOf } from '@ganwei/form/node';
import { FormItem } from './frame.tsx';
import { Collapse, Grid, Note, Pane, Section } from './layout.tsx';
import { Computed, Text, TextArea } from './text.tsx';

/** Formily hands each component the props of its own schema node, which the descriptors have checked. */
type Component = JSXComponent;

const READY = {
  Text,
  TextArea,
  Computed,
  Section,
  Grid,
  Pane,
  Collapse,
  Note,
} satisfies Partial<Record<ComponentName, Component>>;

/** All others: a component without a control does not compile. */
const LAZY: Readonly<Record<Exclude<ComponentName, keyof typeof READY>, () => Promise<Component>>> = {
  Number: async () => (await import('./numbers.tsx')).NumberInput,
  Money: async () => (await import('./numbers.tsx')).Money,
  Date: async () => (await import('./dates.tsx')).DateInput,
  DateTime: async () => (await import('./dates.tsx')).DateTimeInput,
  DateRange: async () => (await import('./dates.tsx')).DateRange,
  Select: async () => (await import('./selects.tsx')).Select,
  MultiSelect: async () => (await import('./selects.tsx')).MultiSelect,
  Dictionary: async () => (await import('./selects.tsx')).Dictionary,
  Radio: async () => (await import('./choices.tsx')).Radio,
  CheckboxGroup: async () => (await import('./choices.tsx')).CheckboxGroup,
  Checkbox: async () => (await import('./choices.tsx')).Checkbox,
  Switch: async () => (await import('./choices.tsx')).Switch,
  Person: async () => (await import('./choosers.tsx')).Person,
  Unit: async () => (await import('./choosers.tsx')).Unit,
  CaseRef: async () => (await import('./choosers.tsx')).CaseRef,
  Files: async () => (await import('./files.tsx')).Files,
  Signature: async () => (await import('./signature.tsx')).Signature,
  Table: async () => (await import('./table.tsx')).Table,
  Tabs: async () => (await import('./tabs.tsx')).Tabs,
};

/** The components a form needs, with the frame; resolves once all of them have been loaded. */
export async function componentsFor(form: CompiledForm): Promise<Record<string, Component>> {
  const names = new Set<ComponentName>();
  collect(form.definition.schema.properties, names);
  const pairs = [...names].map(async (name) => [name, isReady(name) ? READY[name] : await LAZY[name]()] as const);
  return { FormItem, ...Object.fromEntries(await Promise.all(pairs)) };
}

const isReady = (name: ComponentName): name is keyof typeof READY => Object.hasOwn(READY, name);

function collect(properties: FieldSchema['properties'], names: Set<ComponentName>): void {
  for (const node of Object.values(properties ?? {})) {
    const name = componentOf(node as unknown as Record<string, unknown>);
    if (name) names.add(name);
    collect(node.properties, names);
    collect(node.items?.properties, names);
  }
}
