/**
 * Owns the frame around a control: label, mark of obligation, help, complaint, ids and ARIA, and the cell of a table, where
 * the column head is the label. Every control gets its id and ARIA attributes from `useControl` and from nowhere else.
 */
import type { Field } from '@formily/core';
import { observer, useField } from '@formily/react';
import { createContext, type ReactNode, useContext } from 'react';
import { complaintsOf, domId, usePage } from './page.ts';

/** Inside a table cell: the spoken name of the control. */
export const CellContext = createContext<string | null>(null);

/** Attributes that tie a control to its label and its complaint. */
export interface ControlAria {
  id: string;
  'aria-required': true | undefined;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
  'aria-label': string | undefined;
}

export interface ControlState {
  aria: ControlAria;
  labelId: string | undefined;
  invalid: boolean;
  inCell: boolean;
}

/** For observers only: reads the state of the field. */
export function useControl(): ControlState {
  const page = usePage();
  const field = useField<Field>();
  const cell = useContext(CellContext);
  const id = domId(page, field);
  const invalid = complaintsOf(page, field).errors.length > 0;
  const described = [invalid && `${id}-error`, cell === null && helpOf(field) && `${id}-help`]
    .filter(Boolean)
    .join(' ');
  return {
    aria: {
      id,
      'aria-required': isRequired(field) || undefined,
      'aria-invalid': invalid || undefined,
      'aria-describedby': described || undefined,
      'aria-label': cell ?? undefined,
    },
    labelId: cell === null ? `${id}-label` : undefined,
    invalid,
    inCell: cell !== null,
  };
}

interface FormItemProps {
  children?: ReactNode;
  span?: number;
  help?: string;
}

export const FormItem = observer(({ children, span = 1 }: FormItemProps) => {
  const page = usePage();
  const field = useField<Field>();
  const cell = useContext(CellContext);
  const id = domId(page, field);
  const { errors, warnings } = complaintsOf(page, field);
  const complaint = <Complaint id={id} errors={errors} warnings={warnings} />;
  if (cell !== null) {
    return (
      <div className="gw-cell" data-path={field.path.toString()}>
        {children}
        {complaint}
      </div>
    );
  }
  const wide = WIDE.has(String(field.componentType)) ? 'all' : Math.min(span, 4);
  const read = field.pattern !== 'editable';
  const help = read ? '' : helpOf(field);
  const standsAlone = read || GROUPS.has(String(field.componentType));
  const Label = standsAlone ? 'span' : 'label';
  return (
    <div className={`gw-item gw-span-${wide}${read ? ' gw-item-read' : ''}`} data-path={field.path.toString()}>
      <Label
        className={isRequired(field) ? 'gw-label gw-required' : 'gw-label'}
        id={`${id}-label`}
        {...(!standsAlone && { htmlFor: id })}
      >
        {field.title}
      </Label>
      {children}
      {help && (
        <div className="gw-help" id={`${id}-help`}>
          {help}
        </div>
      )}
      {complaint}
    </div>
  );
});

/** The complaint line; always there, so that a screen reader hears it change. */
export function Complaint({ id, errors, warnings }: { id: string; errors: string[]; warnings: string[] }) {
  return (
    <div className="gw-complaint" id={`${id}-error`} role="alert">
      {errors.length > 0 && <div className="gw-error">{errors.join(';')}</div>}
      {errors.length === 0 && warnings.length > 0 && <div className="gw-warning">{warnings.join(';')}</div>}
    </div>
  );
}

/** Components that take the whole width unless their author says otherwise. */
const WIDE = new Set(['TextArea', 'Table', 'Files']);
/** Components made of several controls: their label cannot point at one of them. */
const GROUPS = new Set(['Radio', 'CheckboxGroup', 'Checkbox', 'DateRange', 'Files', 'Signature', 'Table', 'Computed']);

const isRequired = (field: Field): boolean => field.decoratorProps?.required === true && field.pattern === 'editable';

function helpOf(field: Field): string {
  const help: unknown = field.decoratorProps?.help;
  return [typeof help === 'string' ? help : '', field.description ?? ''].filter(Boolean).join(' ');
}
