/** Owns the controls that show all their options at once: radio buttons, check boxes, one confirmation, yes or no. */
import { Checkbox as AntCheckbox, Radio as AntRadio, Switch as AntSwitch } from 'antd';
import { type ControlProps, control } from './control.tsx';
import { say } from './texts.ts';

export function RadioChoice({ value, onChange, onFocus, onBlur, aria, labelId, options }: ControlProps<unknown>) {
  return (
    <AntRadio.Group
      id={aria.id}
      className="gw-choices"
      value={value ?? null}
      onChange={(event) => onChange(event.target.value)}
      onFocus={onFocus}
      onBlur={onBlur}
      options={options.map((option) => ({ label: option.label, value: option.value }))}
      aria-labelledby={labelId}
      aria-label={aria['aria-label']}
      aria-invalid={aria['aria-invalid']}
      aria-required={aria['aria-required']}
      aria-describedby={aria['aria-describedby']}
    />
  );
}

export function BoxChoice({ value, onChange, aria, labelId, options }: ControlProps<unknown>) {
  const chosen = Array.isArray(value) ? (value as (string | number)[]) : [];
  return (
    <fieldset
      className="gw-bare"
      id={aria.id}
      aria-labelledby={labelId}
      aria-label={aria['aria-label']}
      aria-describedby={aria['aria-describedby']}
    >
      <AntCheckbox.Group
        className="gw-choices"
        value={chosen}
        onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        options={options.map((option) => ({ label: option.label, value: option.value as string }))}
      />
    </fieldset>
  );
}

export const Radio = control<unknown>(RadioChoice);

export const CheckboxGroup = control<unknown>(BoxChoice);

export const Checkbox = control<boolean>(({ value, onChange, onFocus, onBlur, aria, props, labelId }) => (
  <AntCheckbox
    {...aria}
    checked={value ?? false}
    onChange={(event) => onChange(event.target.checked)}
    onFocus={onFocus}
    onBlur={onBlur}
    {...(typeof props.text !== 'string' && { 'aria-labelledby': labelId })}
  >
    {typeof props.text === 'string' ? props.text : null}
  </AntCheckbox>
));

/** Where an answer is required "no" must be sayable, so it becomes two buttons; otherwise a switch that begins at no. */
export const Switch = control<boolean>((shared) => {
  const { value, onChange, aria, page, labelId } = shared;
  const [yes, no] = [say(page.language, 'yes'), say(page.language, 'no')];
  if (aria['aria-required']) {
    const options = [
      { label: yes, value: true },
      { label: no, value: false },
    ];
    return <RadioChoice {...shared} options={options} />;
  }
  return (
    <AntSwitch
      id={aria.id}
      checked={value ?? false}
      onChange={(next) => onChange(next)}
      checkedChildren={yes}
      unCheckedChildren={no}
      aria-labelledby={labelId}
      aria-label={aria['aria-label']}
      aria-invalid={aria['aria-invalid']}
      aria-describedby={aria['aria-describedby']}
    />
  );
});
