/** Owns the options of a field that offers a few of its own: what is kept, and what people read in both languages. Rule: [FDS14]. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { labelText } from '@ganwei/form/messages';
import type { Label, Option } from '@ganwei/form/model';
import { isLabel, isRaw } from '@ganwei/form/node';
import { Button } from 'antd';
import { useSpeech } from '../../../kit/language.tsx';
import { useDraft } from '../../feel/use-draft.ts';
import { useDesigning } from '../designing.ts';

interface OptionsProps {
  value: unknown;
  /** type of the values that are kept */
  type: unknown;
  set(value: unknown): void;
}

export function Options({ value, type, set }: OptionsProps) {
  const { readOnly } = useDesigning();
  const { say } = useSpeech();
  const options = (Array.isArray(value) ? value : []).filter(isOption);
  const put = (index: number, ...next: readonly Option[]) => set(options.toSpliced(index, 1, ...next));
  const swap = (index: number) =>
    set(options.map((one, at) => (at === index ? options[index + 1] : at === index + 1 ? options[index] : one)));
  return (
    <fieldset className="flow-list">
      <legend>{say('formDesign.options')}</legend>
      {options.map((option, index) => {
        const { label } = option;
        const english = typeof label === 'string' ? '' : (label['en-US'] ?? '');
        const chinese = labelText(label);
        const n = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is known by its place
          <div key={index} className="fd-option">
            <Typed
              label={say('formDesign.optionValue', { n })}
              value={String(option.value)}
              set={(text) => put(index, { ...option, value: kept(text, type) })}
            />
            <Typed
              label={say('formDesign.optionLabel', { n })}
              value={chinese}
              set={(text) => text && put(index, { ...option, label: labelOf(text, english) })}
            />
            <Typed
              label={say('formDesign.optionEnglish', { n })}
              value={english}
              set={(text) => put(index, { ...option, label: labelOf(chinese, text) })}
            />
            {!readOnly && (
              <span>
                <Act
                  label={say('formDesign.optionUp', { n })}
                  icon={<ArrowUpOutlined aria-hidden />}
                  off={index === 0}
                  act={() => swap(index - 1)}
                />
                <Act
                  label={say('formDesign.optionDown', { n })}
                  icon={<ArrowDownOutlined aria-hidden />}
                  off={index === options.length - 1}
                  act={() => swap(index)}
                />
                <Act
                  label={say('formDesign.optionRemove', { n })}
                  icon={<DeleteOutlined aria-hidden />}
                  act={() => put(index)}
                />
              </span>
            )}
          </div>
        );
      })}
      {!readOnly && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => set([...options, another(options, type, say('formDesign.option'))])}
        >
          {say('formDesign.addOption')}
        </Button>
      )}
    </fieldset>
  );
}

const isOption = (one: unknown): one is Option => isRaw(one) && isLabel(one.label) && one.value !== undefined;

export const labelOf = (chinese: string, english: string): Label =>
  english === '' ? chinese : { 'zh-CN': chinese, 'en-US': english };

function kept(text: string, type: unknown): string | number | boolean {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

function another(options: readonly Option[], type: unknown, word: string): Option {
  for (let n = options.length + 1; ; n += 1) {
    const value = type === 'number' ? n : `${word}${n}`;
    if (!options.some((one) => one.value === value)) return { label: `${word}${n}`, value };
  }
}

function Typed({ label, value, set }: { label: string; value: string; set(text: string): void }) {
  const { readOnly } = useDesigning();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  return (
    <input
      className="flow-plain"
      aria-label={label}
      title={label}
      placeholder={label}
      value={draft}
      disabled={readOnly}
      onChange={({ target }) => type(target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

function Act({ label, icon, off, act }: { label: string; icon: React.ReactNode; off?: boolean; act(): void }) {
  return (
    <Button
      size="small"
      type="text"
      icon={icon}
      aria-label={label}
      title={label}
      disabled={off ?? false}
      onClick={act}
    />
  );
}
