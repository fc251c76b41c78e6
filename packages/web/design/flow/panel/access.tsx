/**
 * Owns the permissions of a form's fields at a step, as a table of fields by 隐藏, 只读, 可编辑 and 必填; a field without one is as its form has it. Permissions of fields
 * that the form does not have stand at the end, so that they can be taken away. Rules: [DES20] [DES25].
 */
import { DeleteOutlined } from '@ant-design/icons';
import { SETTINGS } from '@ganwei/process/lint/descriptors';
import { wordOf } from '@ganwei/process/lint/panel';
import { textOf } from '@ganwei/process/lint/tree';
import { Button } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { useEditing, useElement, useWord } from '../editing.ts';
import { itemsAt, listChanges, type Place } from '../moddle.ts';
import { formOf } from './choices.ts';

const MODES = SETTINGS.Access.attributes.mode.values ?? [];
/** Everything that is not named. */
const REST = '*';

export function AccessMatrix({ place }: { place: Place }) {
  const { sheet, elements, offered } = useEditing();
  const { businessObject: node } = useElement();
  const { say } = useSpeech();
  const word = useWord();
  const group = useId();
  const items = itemsAt(node, place, 'access');
  const modes = new Map(items.map((item) => [textOf(item, 'path') ?? '', textOf(item, 'mode') ?? 'read']));
  const fields = offered?.fields[formOf(node)] ?? [];
  const known = new Set([REST, ...fields.map(({ path }) => path)]);
  const strange = [...modes.keys()].filter((path) => !known.has(path));
  const set = (path: string, mode: string | undefined) => {
    const at = items.findIndex((item) => textOf(item, 'path') === path);
    const next = mode === undefined ? [] : [sheet.create('ganwei:Access', { path, mode })];
    const changed = at < 0 ? [...items, ...next] : items.toSpliced(at, 1, ...next);
    sheet.write(listChanges(node, place, 'access', changed, sheet.create), elements);
  };
  const heads = ['', ...MODES];
  const rows = [{ path: REST, label: say('flow.otherFields'), required: false }, ...fields];
  if (fields.length === 0 && modes.size === 0) return <p className="dim">{say('flow.noFields')}</p>;
  return (
    <fieldset className="flow-list" data-attribute="Access.mode">
      <legend>{word(SETTINGS.Access.label)}</legend>
      <div className="flow-matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">{word(SETTINGS.Access.attributes.path.label)}</th>
              {heads.map((mode) => (
                <th key={mode} scope="col">
                  {mode === '' ? say('flow.asForm') : word(wordOf('Access', 'mode', mode))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ path, label }) => (
              <tr key={path} className={path.includes('.') ? 'flow-matrix-inner' : undefined}>
                <th scope="row" title={path}>
                  {label}
                </th>
                {heads.map((mode) => (
                  <td key={mode}>
                    <input
                      type="radio"
                      name={`${group} ${path}`}
                      aria-label={`${label} ${mode === '' ? say('flow.asForm') : word(wordOf('Access', 'mode', mode))}`}
                      checked={(modes.get(path) ?? '') === mode}
                      disabled={sheet.readOnly}
                      onChange={() => set(path, mode === '' ? undefined : mode)}
                    />
                  </td>
                ))}
              </tr>
            ))}
            {strange.map((path) => (
              <tr key={path}>
                <th scope="row" className="finding finding-error">
                  {say('flow.strangeField', { path })}
                </th>
                <td colSpan={heads.length}>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    disabled={sheet.readOnly}
                    onClick={() => set(path, undefined)}
                  >
                    {say('flow.remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}
