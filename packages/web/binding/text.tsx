/** Owns the plain controls every form needs at once: one line, several lines, a computed value. */
import { Input } from 'antd';
import { type ControlProps, control } from './control.tsx';

const textProp = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const Text = control<string>(({ value, onChange, onFocus, onBlur, aria, invalid, field, props }) => (
  <Input
    {...aria}
    {...(invalid && { status: 'error' as const })}
    value={value ?? ''}
    onChange={(event) => onChange(event.target.value)}
    onFocus={onFocus}
    onBlur={onBlur}
    placeholder={textProp(props.placeholder)}
    suffix={textProp(props.suffix)}
    autoComplete="off"
    inputMode={NUMERIC.has(field.schema.format ?? '') ? 'tel' : 'text'}
  />
));

export const TextArea = control<string>(LongText);

export const Computed = control<unknown>(() => null);

/** Formats that a phone should offer its number keys for. */
const NUMERIC = new Set(['mobile', 'phone', 'postcode', 'year']);

/** Counts as the limits do, in whole characters, and says so when the end comes near. */
function LongText({ value, onChange, onFocus, onBlur, aria, invalid, field, props, inCell }: ControlProps<string>) {
  const limit = field.schema.maxLength;
  const count = [...(value ?? '')].length;
  return (
    <div className="gw-long">
      <Input.TextArea
        {...aria}
        {...(invalid && { status: 'error' as const })}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        onFocus={onFocus}
        onBlur={onBlur}
        placeholder={textProp(props.placeholder)}
        rows={inCell ? 2 : Number(props.rows ?? 4)}
      />
      {limit !== undefined && !inCell && (
        <span className={count > limit ? 'gw-count gw-count-over' : 'gw-count'} aria-hidden="true">
          {count} / {limit}
        </span>
      )}
    </div>
  );
}
