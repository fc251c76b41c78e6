/**
 * Owns what all controls of one open form share: the compiled form, the sources, and the little state beside the values -
 * has the person tried to submit, what did the server complain about, which place is to be shown, known names.
 */
import type { Field, GeneralField } from '@formily/core';
import { observable } from '@formily/reactive';
import type { Permissions } from '@ganwei/form/access';
import { templatePath } from '@ganwei/form/formily';
import type { CompiledForm, DictionaryEntry, FormField, Language } from '@ganwei/form/model';
import type { FormilyOptions } from '@ganwei/form/motion';
import { createContext, useContext } from 'react';
import type { FormSources, NameKind } from './sources.ts';

export interface PageState {
  /** after the first attempt to submit every complaint is shown, before it only those of touched fields */
  attempted: boolean;
  /** path -> the server's sentence; forgotten when the person changes the field */
  server: Record<string, string>;
  /** address of the field to be shown: panes that hold it open */
  reveal: string;
  /** `person:id` -> name */
  names: Record<string, string>;
  /** path -> number of uploads still running */
  uploads: Record<string, number>;
}

export interface Page {
  readonly form: CompiledForm;
  readonly options: FormilyOptions;
  readonly permissions: Permissions;
  readonly sources: FormSources;
  readonly language: Language;
  readonly dictionaries: ReadonlyMap<string, readonly DictionaryEntry[]>;
  readonly state: PageState;
  /** prefix of DOM ids, different for every open form */
  readonly prefix: string;
}

export const newState = (): PageState =>
  observable<PageState>({ attempted: false, server: {}, reveal: '', names: {}, uploads: {} });

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a form control stands outside of a FormView');
  return page;
}

/** The definition behind a Formily field. */
export function fieldOf(page: Page, target: GeneralField): FormField | undefined {
  return page.form.byPath.get(templatePath(target.path.toString()));
}

/** DOM id of a field: stable, and valid in a selector. */
export const domId = (page: Page, target: GeneralField): string =>
  `${page.prefix}${target.path.toString().replace(/[^\p{L}\p{N}]/gu, '-')}`;

/** What is to be shown about a field now: nothing before it has been touched, nothing while the person is typing. */
export function complaintsOf(page: Page, field: Field): { errors: string[]; warnings: string[] } {
  const server = page.state.server[field.path.toString()];
  const touched = (field.visited || field.selfModified) && !field.active;
  if (!page.state.attempted && !touched) return { errors: server ? [server] : [], warnings: [] };
  const errors = [...field.selfErrors].map(String);
  return { errors: server ? [server, ...errors] : errors, warnings: [...field.selfWarnings].map(String) };
}

export const nameKey = (kind: NameKind, id: string): string => `${kind}:${id}`;

/** Asks for names that are not known yet; what cannot be found keeps its id. */
export async function learnNames(page: Page, kind: NameKind, ids: readonly string[]): Promise<void> {
  const missing = ids.filter((id) => page.state.names[nameKey(kind, id)] === undefined);
  if (missing.length === 0) return;
  const found = await page.sources.names(kind, missing).catch(() => ({}) as Record<string, string>);
  for (const [id, name] of Object.entries(found)) page.state.names[nameKey(kind, id)] = name;
}
