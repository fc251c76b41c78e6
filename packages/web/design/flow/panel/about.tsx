/** Owns what every element of BPMN has: its name, its id, and what its author says of it. Rules: [DES13] [DES22]. */
import { isA, listOf } from '@ganwei/process/lint/tree';
import { Input } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { Link } from '../../../kit/router.tsx';
import { useDraft } from '../../feel/use-draft.ts';
import { useEditing, useElement } from '../editing.ts';
import type { Moddle } from '../moddle.ts';

/** As packages/process/lint/structure.ts takes them. */
const ID = /^[A-Za-z][\w-]*$/;

export function About() {
  const { sheet, elements, usesOf } = useEditing();
  const element = useElement();
  const { say } = useSpeech();
  const node = element.businessObject;
  const isNote = isA(node, 'bpmn:TextAnnotation');
  const isProcess = isA(node, 'bpmn:Process');
  const [note] = listOf(node, 'documentation') as readonly Moddle[];
  const rename = (name: string) =>
    isProcess ? sheet.write([{ of: node, values: { name } }], elements) : sheet.update(element, { name });
  const document = (text: string) => {
    const documentation = text === '' ? [] : [sheet.create('bpmn:Documentation', { text })];
    for (const one of documentation) Object.assign(one, { $parent: node });
    sheet.write([{ of: node, values: { documentation } }], elements);
  };
  const renumber = (id: string) => {
    if (ID.test(id) && !sheet.find(id)) sheet.update(element, { id });
  };
  return (
    <>
      {isNote ? (
        <Words
          label={say('flow.noteText')}
          value={String(node.get('text') ?? '')}
          set={(text) => sheet.update(element, { text })}
        />
      ) : (
        <Words label={say('flow.name')} value={String(node.get('name') ?? '')} set={rename} />
      )}
      {!isNote && (
        <details className="flow-group">
          <summary>{say('flow.more')}</summary>
          <Words
            label={say('flow.id')}
            value={String(node.id ?? '')}
            set={renumber}
            off={isProcess}
            hint={say(isProcess ? 'flow.idOfFlow' : 'flow.idHint')}
          />
          {usesOf && isA(node, 'bpmn:Activity') && (
            <p>
              <Link to={usesOf(`step ${String(node.id)}`)}>{say('names.ofIt')}</Link>
            </p>
          )}
          <Words label={say('flow.documentation')} value={String(note?.get('text') ?? '')} set={document} />
        </details>
      )}
    </>
  );
}

interface WordsProps {
  label: string;
  value: string;
  set(text: string): void;
  off?: boolean;
  hint?: string;
}

/** A text with its label. */
export function Words({ label, value, set, off, hint }: WordsProps) {
  const { sheet } = useEditing();
  const id = useId();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        size="small"
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={draft}
        disabled={sheet.readOnly || off === true}
        onChange={(event) => type(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {hint && <p className="dim">{hint}</p>}
    </div>
  );
}
