/** Owns the field for the code of the second factor: with the password, and after a door. */
import { Input } from 'antd';
import { useId } from 'react';

interface CodeFieldProps {
  label: string;
  value: string;
  onChange(code: string): void;
}

export function CodeField({ label, value, onChange }: CodeFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        size="large"
        name="code"
        autoComplete="one-time-code"
        autoFocus
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
