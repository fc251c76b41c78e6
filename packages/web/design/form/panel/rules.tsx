/** Owns the rules of a field: each its table allows, conditions by rows, all else as expressions, complaints one by one. Rules: [FDS15] [FDS20]. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { type RuleOf, rulesFor } from '@ganwei/form/components';
import { get } from '@ganwei/form/edit';
import { isRaw, type Raw } from '@ganwei/form/node';
import { RULES } from '@ganwei/form/outline';
import type { Place } from '@ganwei/form/places';
import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { Formula } from '../../feel/basic.tsx';
import { ConditionField } from '../../feel/condition-field.tsx';
import { Expression } from '../../feel/expression.tsx';
import { type Phrasing, PhrasingContext, type Subject, usePhrasing } from '../../feel/phrasing.ts';
import { useDesigning } from '../designing.ts';
import { namesAt } from '../names.ts';
import { Labelled } from './field.tsx';

/** What holds or does not; the others are values. */
const CONDITIONS: readonly RuleOf[] = ['visible', 'required', 'editable'];

export function Rules({ place }: { place: Place }) {
  const { form, offered, readOnly, language, put } = useDesigning();
  const { say } = useSpeech();
  const { at, node, component } = place;
  const subjects = useMemo(
    () => namesAt(form, at, language, (name) => say(`formDesign.name.${name}`)),
    [form, at, language, say],
  );
  const phrasing = useMemo<Phrasing>(() => {
    const names = subjects.map(({ value, kind, choices }) => ({ path: value, kind, type: kind, values: choices }));
    return { readOnly, functions: offered?.functions, names: async () => names };
  }, [subjects, offered, readOnly]);
  if (!component) return null;
  return (
    <PhrasingContext value={phrasing}>
      {rulesFor(component, node.type as never).map((rule) =>
        rule === 'errors' ? (
          <Complaints key={rule} node={node} subjects={subjects} set={(next) => put(at, ['x-rules', 'errors'], next)} />
        ) : (
          <Rule
            key={rule}
            rule={rule}
            value={String(get(node, ['x-rules', rule]) ?? '')}
            subjects={subjects}
            set={(text) => put(at, ['x-rules', rule], text.trim() === '' ? undefined : text)}
          />
        ),
      )}
    </PhrasingContext>
  );
}

function useRuleWord(): (rule: RuleOf) => string {
  const { language } = useDesigning();
  return (rule) => RULES[rule]?.[language === 'zh-CN' ? 'zh' : 'en'] ?? rule;
}

interface RuleProps {
  rule: RuleOf;
  value: string;
  subjects: readonly Subject[];
  set(text: string): void;
}

function Rule({ rule, value, subjects, set }: RuleProps) {
  const label = useRuleWord()(rule);
  const { readOnly } = useDesigning();
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const rows = subjects.filter(({ kind }) => kind !== 'list<context>');
  if (value === '' && !open)
    return readOnly ? null : (
      <Button size="small" className="fd-rule" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {say('formDesign.addRule', { rule: label })}
      </Button>
    );
  return (
    <div data-rule={rule}>
      {CONDITIONS.includes(rule) ? (
        <ConditionField value={value} set={set} subjects={rows} label={label} />
      ) : (
        <Labelled label={label}>{(id) => <Formula id={id} value={value} set={set} placeholder={undefined} />}</Labelled>
      )}
    </div>
  );
}

/** The complaints that stand while their condition holds. */
function Complaints({ node, subjects, set }: { node: Raw; subjects: readonly Subject[]; set(next: unknown): void }) {
  const { readOnly } = useDesigning();
  const { functions, names } = usePhrasing();
  const { say } = useSpeech();
  const legend = useRuleWord()('errors');
  const given = get(node, ['x-rules', 'errors']);
  const errors = (Array.isArray(given) ? given : []).filter(isRaw);
  const put = (index: number, ...next: readonly Raw[]) => {
    const changed = errors.toSpliced(index, 1, ...next);
    set(changed.length === 0 ? undefined : changed);
  };
  return (
    <fieldset className="flow-list">
      <legend>{legend}</legend>
      {errors.map((error, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a complaint is known by its place
        <div key={index} className="fd-complaint">
          <ConditionField
            value={String(error.when ?? '')}
            subjects={subjects.filter(({ kind }) => kind !== 'list<context>')}
            set={(when) => put(index, { ...error, when })}
            label={say('formDesign.when')}
          />
          <Labelled label={say('formDesign.message')}>
            {(id) => (
              <Expression
                id={id}
                template
                value={String(error.message ?? '')}
                set={(message) => put(index, { ...error, message })}
                functions={functions ?? []}
                names={names}
                disabled={readOnly}
              />
            )}
          </Labelled>
          <Checkbox
            checked={error.level === 'warning'}
            disabled={readOnly}
            onChange={({ target }) => {
              const { level: _, ...rest } = error;
              put(index, target.checked ? { ...rest, level: 'warning' } : rest);
            }}
          >
            {say('formDesign.onlyWarning')}
          </Checkbox>
          {!readOnly && (
            <Button size="small" type="text" icon={<DeleteOutlined aria-hidden />} onClick={() => put(index)}>
              {say('formDesign.removeComplaint', { n: index + 1 })}
            </Button>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => set([...errors, { when: 'false', message: say('formDesign.newComplaint') }])}
        >
          {say('formDesign.addComplaint')}
        </Button>
      )}
    </fieldset>
  );
}
