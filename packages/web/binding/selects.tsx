/** Owns the drop-down controls: one or several of the options, and dictionaries however they are to be shown. */
import { Select as AntSelect } from 'antd';
import { BoxChoice, RadioChoice } from './choices.tsx';
import { type ControlOption, type ControlProps, control } from './control.tsx';
import { say } from './texts.ts';

export const Select = control<unknown>((shared) => <Drop {...shared} several={false} />);

export const MultiSelect = control<unknown>((shared) => <Drop {...shared} several />);

/** Active entries, or what an options rule offers; a retired entry already chosen stays readable. */
export const Dictionary = control<unknown>((given) => {
  const { field, page, props, value } = given;
  const several = field.schema.type === 'array';
  const entries = page.dictionaries.get(String(props.dictionary));
  const shared = field.rules.options ? given : { ...given, options: optionsOf(entries, value) };
  if (props.display === 'select') return <Drop {...shared} several={several} />;
  return several ? <BoxChoice {...shared} /> : <RadioChoice {...shared} />;
});

function Drop({ several, ...shared }: ControlProps<unknown> & { several: boolean }) {
  const { value, onChange, onFocus, onBlur, aria, invalid, options, page, props } = shared;
  const change = (next: unknown) => onChange(Array.isArray(next) && next.length === 0 ? undefined : next);
  return (
    <AntSelect<unknown>
      {...aria}
      {...(invalid && { status: 'error' as const })}
      {...(several && { mode: 'multiple' as const })}
      className="gw-full"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? (several ? [] : undefined)}
      onChange={change}
      onFocus={onFocus}
      onBlur={onBlur}
      options={options.map((option) => ({ label: option.label, value: option.value as string }))}
      placeholder={typeof props.placeholder === 'string' ? props.placeholder : say(page.language, 'choose')}
      notFoundContent={say(page.language, 'nothing')}
    />
  );
}

function optionsOf(
  entries: readonly { code: string; label: string; active: boolean }[] = [],
  value: unknown,
): ControlOption[] {
  const kept = new Set<unknown>(Array.isArray(value) ? value : [value]);
  return entries
    .filter((entry) => entry.active || kept.has(entry.code))
    .map(({ code, label }) => ({ value: code, label }));
}
