/**
 * Owns the way a control meets Formily: one wrapper that hands it a typed value, a plain onChange and its ARIA attributes,
 * and shows the value as text where it may not be edited. A control never sees a Formily event or another field.
 */
import type { Field } from '@formily/core';
import { observer, useField } from '@formily/react';
import { toJS } from '@formily/reactive';
import { isBlank } from '@ganwei/form/check';
import { describe } from '@ganwei/form/components';
import type { FormField } from '@ganwei/form/model';
import { displayValue } from '@ganwei/form/values';
import { type ComponentType, useEffect } from 'react';
import { type ControlState, useControl } from './frame.tsx';
import { fieldOf, learnNames, nameKey, type Page, usePage } from './page.ts';
import type { NameKind } from './sources.ts';
import { say } from './texts.ts';

export interface ControlOption {
  label: string;
  value: string | number | boolean;
}

export interface ControlProps<T> extends ControlState {
  value: T | undefined;
  onChange(value: T | undefined): void;
  onFocus(): void;
  onBlur(): void;
  field: FormField;
  page: Page;
  options: readonly ControlOption[];
  /** props of the definition over the defaults of the component */
  props: Readonly<Record<string, unknown>>;
}

/** A Formily component out of a plain control. `Shown` replaces the text view. */
export function control<T>(Edit: ComponentType<ControlProps<T>>, Shown: ComponentType<ReadProps> = TextView) {
  return observer(() => {
    const page = usePage();
    const target = useField<Field>();
    const state = useControl();
    const field = fieldOf(page, target);
    if (!field) return null;
    const present: unknown = toJS(target.value);
    // Formily keeps {} for an object that holds nothing
    const value = (isBlank(present) ? undefined : present) as T | undefined;
    if (target.pattern !== 'editable') return <Shown field={field} value={value} page={page} state={state} />;
    const change = (next: T | undefined) => {
      delete page.state.server[target.path.toString()];
      target.onInput(next);
    };
    return (
      <Edit
        {...state}
        value={value}
        onChange={change}
        onFocus={() => target.onFocus()}
        onBlur={() => target.onBlur()}
        field={field}
        page={page}
        options={(toJS(target.dataSource) ?? []) as unknown as ControlOption[]}
        props={target.componentProps ?? {}}
      />
    );
  });
}

export interface ReadProps {
  field: FormField;
  value: unknown;
  page: Page;
  state: ControlState;
}

/** The value as office text; names of people, units and cases are looked up when they are not known yet. */
export const TextView = observer(({ field, value, page, state }: ReadProps) => {
  useNames(page, field, value);
  const text = displayValue(field, value, lookupsOf(page), page.language);
  const number = describe(field.component).kind === 'number';
  const classes = ['gw-read', field.component === 'TextArea' && 'gw-read-long', number && 'gw-number'];
  return (
    <div className={classes.filter(Boolean).join(' ')} id={state.aria.id}>
      {text || <span className="gw-empty">{say(page.language, 'empty')}</span>}
    </div>
  );
});

/** What display needs to know: dictionaries and names known so far. */
export const lookupsOf = (page: Pick<Page, 'dictionaries' | 'state'>) => ({
  dictionary: (key: string) => page.dictionaries.get(key),
  name: (kind: NameKind, id: string) => page.state.names[nameKey(kind, id)],
});

const NAMED: Partial<Record<string, NameKind>> = { Person: 'person', Unit: 'unit', CaseRef: 'reference' };

export function namedKind(field: FormField): NameKind | undefined {
  const as = field.schema['x-component-props']?.as;
  if (field.component === 'Computed') return as === 'person' || as === 'unit' ? as : undefined;
  return NAMED[field.component];
}

/** Learns the names behind the ids of a value. */
export function useNames(page: Page, field: FormField, value: unknown): void {
  const kind = namedKind(field);
  const ids = (Array.isArray(value) ? value : [value]).filter(
    (id): id is string => typeof id === 'string' && id !== '',
  );
  const mark = ids.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` stands for the ids
  useEffect(() => {
    if (kind && ids.length > 0) void learnNames(page, kind, ids);
  }, [page, kind, mark]);
}
