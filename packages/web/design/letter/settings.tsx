/**
 * Owns the settings of a letter as a form: a control for each row of packages/letter/settings.ts. Those that are needed or written stand first; the rest
 * waits behind one word. A list is written one item a line. Rules: [LTD1] [LTD4].
 */
import { type SettingValue, settingsIn, withSetting } from '@ganwei/letter/edit';
import { LAYOUT_NAMES, LAYOUTS, requiredIn, SETTING_NAMES, SETTINGS, type SettingName } from '@ganwei/letter/settings';
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDraft } from '../feel/use-draft.ts';

interface SettingsProps {
  source: string;
  readOnly: boolean;
  edit(source: string): void;
}

export function Settings({ source, readOnly, edit }: SettingsProps) {
  const { say, language } = useSpeech();
  const values = settingsIn(source);
  if (!values) return null;
  const layout = LAYOUT_NAMES.find((name) => name === values.get('layout'));
  const needed = requiredIn(layout);
  const shown = SETTING_NAMES.filter((name) => name !== 'letter');
  const first = shown.filter((name) => needed.includes(name) || values.has(name));
  const rest = shown.filter((name) => !first.includes(name));
  const field = (name: SettingName) => (
    <Setting
      key={name}
      name={name}
      label={SETTINGS[name].label[language === 'zh-CN' ? 'zh' : 'en']}
      value={values.get(name)}
      needed={needed.includes(name)}
      readOnly={readOnly}
      set={(value) => edit(withSetting(source, name, value))}
    />
  );
  return (
    <section className="ld-settings" aria-label={say('letterDesign.settings')}>
      {first.map(field)}
      {rest.length > 0 && (
        <details className="flow-group">
          <summary>{say('letterDesign.more', { n: rest.length })}</summary>
          {rest.map(field)}
        </details>
      )}
    </section>
  );
}

interface SettingProps {
  name: SettingName;
  label: string;
  value: SettingValue | undefined;
  needed: boolean;
  readOnly: boolean;
  set(value: SettingValue | undefined): void;
}

function Setting({ name, label, value, needed, readOnly, set }: SettingProps) {
  const { say } = useSpeech();
  const id = useId();
  const { kind } = SETTINGS[name];
  const missing = needed && (value === undefined || value === '');
  return (
    <div className="flow-field">
      <label htmlFor={id}>
        {label}
        {missing && <span className="flow-needed">{say('letterDesign.needed')}</span>}
      </label>
      {kind === 'layout' || kind === 'seal' ? (
        <Choice id={id} kind={kind} value={value} disabled={readOnly} set={set} />
      ) : (
        <Text id={id} list={kind === 'list'} value={value} disabled={readOnly} set={set} />
      )}
      {kind === 'list' && <p className="dim">{say('letterDesign.listHint')}</p>}
    </div>
  );
}

interface ControlProps {
  id: string;
  value: SettingValue | undefined;
  disabled: boolean;
  set(value: SettingValue | undefined): void;
}

function Choice({ id, kind, value, disabled, set }: ControlProps & { kind: 'layout' | 'seal' }) {
  const { say, language } = useSpeech();
  const options =
    kind === 'layout'
      ? LAYOUT_NAMES.map((name) => ({
          value: name as string,
          label: LAYOUTS[name][language === 'zh-CN' ? 'zh' : 'en'],
        }))
      : [
          { value: '', label: say('letterDesign.sealDefault') },
          { value: 'true', label: say('letterDesign.sealYes') },
          { value: 'false', label: say('letterDesign.sealNo') },
        ];
  const choose = (chosen: string): void => {
    if (kind === 'layout') set(chosen);
    else set(chosen === '' ? undefined : chosen === 'true');
  };
  return (
    <Select<string>
      id={id}
      size="small"
      className="flow-select"
      value={String(value ?? '')}
      disabled={disabled}
      options={options}
      onChange={choose}
    />
  );
}

function Text({ id, list, value, disabled, set }: ControlProps & { list: boolean }) {
  const { draft, type, commit, onKeyDown } = useDraft(written(value), (text) => set(read(text, list)));
  return (
    <Input.TextArea
      id={id}
      size="small"
      autoSize={{ minRows: 1, maxRows: 8 }}
      spellCheck={false}
      value={draft}
      disabled={disabled}
      onChange={({ target }) => type(target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

const written = (value: SettingValue | undefined): string =>
  Array.isArray(value) ? value.join('\n') : value === undefined ? '' : String(value);

/** Nothing is no setting; a list of one expression is that expression. */
function read(text: string, list: boolean): SettingValue | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  if (!list) return text;
  return lines.length === 1 && lines[0]!.trim().startsWith('=') ? lines[0]!.trim() : lines;
}
