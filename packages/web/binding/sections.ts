/** Owns the table of contents of a form: its titled parts, how many complaints each has, and how far it is filled in. */
import type { Field, Form } from '@formily/core';
import { toJS } from '@formily/reactive';
import { isBlank, isMissing } from '@ganwei/form/check';
import { labelText } from '@ganwei/form/messages';
import type { FieldSchema, FormField } from '@ganwei/form/model';
import { componentOf } from '@ganwei/form/node';
import { domId, fieldOf, type Page } from './page.ts';

export interface SectionState {
  /** address of the part; what reveal() takes */
  address: string;
  /** DOM id of its heading's section */
  id: string;
  title: string;
  /** complaints, counted once the person has tried to submit */
  errors: number;
  /** required fields that are filled in, and all of them */
  done: number;
  required: number;
}

/** For autoruns: reads the state of every field. Parts that are hidden or empty are left out. */
export function sectionsOf(page: Page, form: Form): SectionState[] {
  const sections: SectionState[] = [];
  const visit = (properties: FieldSchema['properties'], prefix: string) => {
    for (const [key, node] of Object.entries(properties ?? {})) {
      const address = prefix + key;
      const target = form.fields[address];
      if (target?.display !== 'visible') continue;
      const component = componentOf(node as unknown as Record<string, unknown>);
      if (component === 'Tabs' || component === 'Collapse') visit(node.properties, `${address}.`);
      else if (node.title && (node.properties || component === 'Table')) {
        const title = labelText(node.title, page.language);
        sections.push({ address, id: domId(page, target), title, ...countIn(page, form, address) });
      } else if (component === 'Grid' || component === 'Section') visit(node.properties, `${address}.`);
    }
  };
  visit(page.form.definition.schema.properties, '');
  return sections;
}

function countIn(page: Page, form: Form, address: string): Pick<SectionState, 'errors' | 'done' | 'required'> {
  const count = { errors: 0, done: 0, required: 0 };
  for (const [at, target] of Object.entries(form.fields)) {
    if (at !== address && !at.startsWith(`${address}.`)) continue;
    if (target.displayName === 'VoidField' || target.display !== 'visible') continue;
    const field = target as Field;
    if (page.state.server[field.path.toString()]) count.errors++;
    if (page.state.attempted && field.selfErrors.length > 0) count.errors++;
    if (field.pattern !== 'editable' || field.decoratorProps?.required !== true) continue;
    count.required++;
    if (!missing(fieldOf(page, field), toJS(field.value))) count.done++;
  }
  return count;
}

const missing = (field: FormField | undefined, value: unknown): boolean =>
  field ? isMissing(field, value) : isBlank(value);
