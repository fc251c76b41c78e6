/** Owns a list of settings (outcomes, statuses, reminders …): one line each, opened to change it; add, copy, move, take away. Rules: [DES20] [DES22]. */
import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { descriptorOf, type ElementDescriptor } from '@ganwei/process/lint/descriptors';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { useEditing, useElement, useWord } from '../editing.ts';
import { copied, inside, itemsAt, listChanges, type Moddle, type Place } from '../moddle.ts';

export interface SettingsListProps {
  place: Place;
  list: string;
  /** name of the settings that the list holds */
  type: string;
  /** the controls of one of them */
  fields(place: Place, type: string): ReactNode;
}

export function SettingsList({ place, list, type, fields }: SettingsListProps) {
  const { sheet, elements } = useEditing();
  const { businessObject: node } = useElement();
  const { say } = useSpeech();
  const word = useWord();
  const [open, setOpen] = useState<number>();
  const { label, attributes } = descriptorOf(`ganwei:${type}`) as ElementDescriptor;
  const items = itemsAt(node, place, list);
  const put = (next: readonly Moddle[]) => sheet.write(listChanges(node, place, list, next, sheet.create), elements);
  const add = (item: Moddle, index: number) => {
    put(items.toSpliced(index, 0, item));
    setOpen(index);
  };
  const move = (from: number, to: number) => {
    const item = items[from];
    if (item) put(items.toSpliced(from, 1).toSpliced(to, 0, item));
    if (open === from) setOpen(to);
  };
  return (
    <fieldset className="flow-list">
      <legend>
        {word(label)}
        <span className="dim">{items.length > 0 ? ` ${items.length}` : ''}</span>
      </legend>
      <ol>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of an item is what it is known by
          <li key={index}>
            <div className="flow-item">
              <button
                type="button"
                className="flow-item-name"
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? undefined : index)}
              >
                {summaryOf(item, attributes) || say('flow.empty')}
              </button>
              {!sheet.readOnly && (
                <span className="flow-item-acts">
                  <Act
                    icon={<ArrowUpOutlined aria-hidden />}
                    label={say('flow.up')}
                    off={index === 0}
                    act={() => move(index, index - 1)}
                  />
                  <Act
                    icon={<ArrowDownOutlined aria-hidden />}
                    label={say('flow.down')}
                    off={index === items.length - 1}
                    act={() => move(index, index + 1)}
                  />
                  <Act
                    icon={<CopyOutlined aria-hidden />}
                    label={say('flow.copyItem')}
                    act={() => add(copied(item, sheet.create), index + 1)}
                  />
                  <Act
                    icon={<DeleteOutlined aria-hidden />}
                    label={say('flow.remove')}
                    act={() => put(items.toSpliced(index, 1))}
                  />
                </span>
              )}
            </div>
            {open === index && <div className="flow-item-body">{fields(inside(place, list, index), type)}</div>}
          </li>
        ))}
      </ol>
      {!sheet.readOnly && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => add(sheet.create(`ganwei:${type}`), items.length)}
        >
          {say('flow.add', { what: word(label) })}
        </Button>
      )}
    </fieldset>
  );
}

function Act({ icon, label, off, act }: { icon: ReactNode; label: string; off?: boolean; act(): void }) {
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

/** The label if it has one, else its first texts. */
function summaryOf(item: Moddle, attributes: ElementDescriptor['attributes']): string {
  const said = (name: string): string => String(item.get(name) ?? '');
  const texts = Object.entries(attributes).flatMap(([name, { kind }]) => (TEXTUAL.includes(kind) ? [said(name)] : []));
  return ('label' in attributes && said('label')) || texts.filter(Boolean).slice(0, 2).join(' · ');
}

const TEXTUAL: readonly string[] = ['text', 'feel', 'key', 'names'];
