/** Owns the controls for numbers and money: decimals as the definition says, right-aligned, with their unit. */
import { unitText } from '@ganwei/form/office';
import { InputNumber } from 'antd';
import { type ControlProps, control } from './control.tsx';

export const NumberInput = control<number>((shared) => (
  <Amount {...shared} unit={shared.props.suffix} grouped={false} />
));

export const Money = control<number>((shared) => <Amount {...shared} unit={shared.props.unit} grouped />);

/** Too many decimals are shown as typed and complained about; the person's number is never rounded silently. */
function Amount(shared: ControlProps<number> & { unit: unknown; grouped: boolean }) {
  const { value, onChange, onFocus, onBlur, aria, invalid, props, unit, grouped, page } = shared;
  return (
    <InputNumber<number>
      {...aria}
      {...(invalid && { status: 'error' as const })}
      className="gw-amount"
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      onFocus={onFocus}
      onBlur={onBlur}
      placeholder={typeof props.placeholder === 'string' ? props.placeholder : undefined}
      suffix={typeof unit === 'string' ? unitText(unit, page.language) : undefined}
      controls={false}
      inputMode="decimal"
      formatter={grouped ? (text) => withCommas(String(text ?? '')) : undefined}
      parser={(text) => Number.parseFloat((text ?? '').replace(/[,,\s]/g, ''))}
    />
  );
}

/** 1234567.5 -> 1,234,567.5 while it is being typed */
function withCommas(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
