/** Owns the trial of a table: values are given, the rules that hold are lit, and the result stands below, by the code that decides cases. Rule: [DTB30]. */
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Given } from '../check/told.ts';
import { DayInput } from '../texts/field.tsx';
import { useDeciding } from './deciding.ts';

export interface TrialProps {
  /** FEEL texts by path */
  values: Readonly<Record<string, string>>;
  set(path: string, text: string): void;
}

export function Trial({ values, set }: TrialProps) {
  const { tried, sheet } = useDeciding();
  const { say } = useSpeech();
  const outcome = tried?.outcome;
  const rules = outcome && 'matched' in outcome ? outcome.matched : [];
  const rows = rules.map((id) => sheet.rules.findIndex((rule) => rule.id === id) + 1).filter((n) => n > 0);
  return (
    <section className="dd-part" aria-label={say('decision.trial')}>
      <h2>{say('decision.trial')}</h2>
      {!tried && <p className="dim">{say('decision.notReadable')}</p>}
      {tried?.givens.map((given) => (
        <GivenField
          key={given.path}
          given={given}
          text={values[given.path] ?? ''}
          set={(text) => set(given.path, text)}
        />
      ))}
      <div role="status">
        {outcome && 'failed' in outcome && <p className="finding finding-error">{outcome.failed}</p>}
        {outcome && 'matched' in outcome && (
          <p className="dd-outcome">
            {rows.length > 0 ? say('decision.matched', { rules: rows.join('、') }) : say('decision.noMatch')}
            <strong>{outcome.result || say('decision.noResult')}</strong>
          </p>
        )}
      </div>
    </section>
  );
}

function GivenField({ given, text, set }: { given: Given; text: string; set(text: string): void }) {
  const { say } = useSpeech();
  const id = useId();
  const truth = given.kind === 'boolean';
  const choices = truth
    ? ['true', 'false'].map((value) => ({ value, label: say(value === 'true' ? 'decision.true' : 'decision.false') }))
    : given.values.map(({ value, label }) => ({ value: JSON.stringify(value), label }));
  const isDay = given.kind === 'date';
  const plainText = given.kind === 'string' && choices.length === 0;
  const shown = isDay ? text.replace(/^date\("(.*)"\)$/, '$1') : plainText && text !== '' ? unquoted(text) : text;
  const write = (value: string) => {
    if (value === '') set('');
    else set(isDay ? `date("${value}")` : plainText ? JSON.stringify(value) : value);
  };
  return (
    <div className="flow-field">
      <label htmlFor={id}>{given.label}</label>
      {choices.length > 0 ? (
        <Select
          id={id}
          size="small"
          className="flow-select"
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder={say('decision.noValue')}
          value={text === '' ? null : text}
          options={choices}
          onChange={(value: string | null | undefined) => set(value ?? '')}
        />
      ) : isDay ? (
        <DayInput id={id} value={shown} set={write} />
      ) : (
        <Input
          id={id}
          size="small"
          value={shown}
          placeholder={say(plainText || given.kind === 'number' ? 'decision.noValue' : 'decision.feelValue')}
          onChange={({ target }) => write(target.value)}
        />
      )}
    </div>
  );
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
