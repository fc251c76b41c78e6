/**
 * Owns the text of a letter: its lines as they are written, a picker of what the letter may use where it is issued, and what is put in for a field.
 * Rule: [LTD3].
 */
import { type BlockName, blockFor, blocksFor, inserted, type Pickable } from '@ganwei/letter/blocks';
import { Button, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import type { MessageKey } from '../../kit/language.tsx';
import { useSpeech } from '../../kit/language.tsx';

export interface BodyProps {
  text: string;
  fields: readonly (Pickable & { readonly label: string })[];
  readOnly: boolean;
  edit(text: string): void;
}

export function Body({ text, fields, readOnly, edit }: BodyProps) {
  const { say } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const [picked, setPicked] = useState<string>();
  const field = fields.find(({ path }) => path === picked);
  const put = (block: BlockName) => {
    const area = box.current?.querySelector<HTMLTextAreaElement>('textarea.ld-text');
    if (!field || !area) return;
    const made = inserted(text, area.selectionStart, area.selectionEnd, blockFor(block, field));
    edit(made.text);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(made.caret, made.caret);
    });
  };
  return (
    <section className="ld-body" aria-label={say('letterDesign.text')} ref={box}>
      {!readOnly && (
        <div className="row-tools ld-picker">
          <Select<string>
            showSearch={{ optionFilterProp: 'label' }}
            className="ld-field"
            aria-label={say('letterDesign.field')}
            placeholder={say(fields.length > 0 ? 'letterDesign.chooseField' : 'letterDesign.noFields')}
            disabled={fields.length === 0}
            {...(picked !== undefined && { value: picked })}
            options={fields.map(({ path, kind, label }) => ({
              value: path,
              label: `${label || path} · ${say(wordOf(kind))}${label ? `（${path}）` : ''}`,
            }))}
            onChange={setPicked}
          />
          {field &&
            blocksFor(field).map((block) => (
              <Button key={block} onClick={() => put(block)}>
                {say(`letterDesign.block.${block}`)}
              </Button>
            ))}
        </div>
      )}
      <Input.TextArea
        className="ld-text"
        aria-label={say('letterDesign.text')}
        spellCheck={false}
        readOnly={readOnly}
        value={text}
        onChange={({ target }) => edit(target.value)}
      />
    </section>
  );
}

const KINDS = ['number', 'date', 'boolean', 'person', 'unit', 'context'] as const;

function wordOf(kind: string): MessageKey {
  if (kind === 'string') return 'letterDesign.type.text';
  if (kind.startsWith('list')) return 'letterDesign.type.list';
  return `letterDesign.type.${KINDS.find((one) => one === kind) ?? 'other'}`;
}
