/**
 * Owns a condition as rows of value, comparison and what it is compared with, in groups joined by 并且 or 或者. What rows cannot say is shown as an
 * expression; both ways write the same text. Rule: [DES40].
 */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { Chooser, Formula } from './basic.tsx';
import {
  COMPARISONS,
  conditionIn,
  conditionText,
  type Group,
  isGroup,
  OPERATORS,
  type Operator,
  type Test,
} from './condition.ts';
import { OperandField } from './operand.tsx';
import { type Subject, usePhrasing } from './phrasing.ts';
import type { Operand } from './reading.ts';

export interface ConditionFieldProps {
  value: string;
  set(text: string): void;
  /** what it may be about */
  subjects: readonly Subject[];
  /** what it is called; a condition otherwise */
  label?: string;
}

export function ConditionField({ value, set, subjects, label }: ConditionFieldProps) {
  const { functions, readOnly } = usePhrasing();
  const { say } = useSpeech();
  const id = useId();
  const [asText, setAsText] = useState(false);
  // Rows that are not complete yet are shown and not written.
  const [rows, setRows] = useState<{ of: string; group: Group }>();
  const read = functions && conditionIn(value, functions);
  const group = rows?.of === value ? rows.group : read;
  const change = (next: Group) => {
    const text = isComplete(next) ? conditionText(next) : value;
    setRows({ of: text, group: next });
    if (text !== value) set(text);
  };
  if (!group || asText)
    return (
      <div className="flow-field">
        <label htmlFor={id}>{label ?? say('flow.condition')}</label>
        <Formula id={id} value={value} set={set} placeholder={undefined} />
        {group && (
          <Button size="small" type="link" onClick={() => setAsText(false)}>
            {say('flow.byRows')}
          </Button>
        )}
        {!group && functions && <p className="dim">{say('flow.onlyText')}</p>}
      </div>
    );
  return (
    <div className="flow-field">
      <span className="flow-label">{label ?? say('flow.condition')}</span>
      <GroupRows group={group.parts.length > 0 ? group : NEW} subjects={subjects} set={change} />
      {!readOnly && (
        <Button size="small" type="link" onClick={() => setAsText(true)}>
          {say('flow.byExpression')}
        </Button>
      )}
    </div>
  );
}

const EMPTY: Test = { subject: '', operator: '=', values: [] };
const NEW: Group = { join: 'and', parts: [EMPTY] };

const needsValue = (operator: Operator): boolean => operator !== 'empty' && operator !== 'filled';

function isComplete({ parts }: Group): boolean {
  return parts.every((part) =>
    isGroup(part)
      ? part.parts.length > 0 && isComplete(part)
      : part.subject !== '' && (!needsValue(part.operator) || part.values.length > 0),
  );
}

interface GroupRowsProps {
  group: Group;
  subjects: readonly Subject[];
  set(group: Group): void;
  remove?: () => void;
}

function GroupRows({ group, subjects, set, remove }: GroupRowsProps) {
  const { readOnly } = usePhrasing();
  const { say } = useSpeech();
  const { join, parts } = group;
  const replace = (index: number, part?: Test | Group) =>
    set({ join, parts: part ? parts.toSpliced(index, 1, part) : parts.toSpliced(index, 1) });
  return (
    <fieldset className="flow-rows">
      {parts.length > 1 && (
        <Chooser
          label={say('flow.join')}
          choices={[
            { value: 'and', label: say('flow.and') },
            { value: 'or', label: say('flow.or') },
          ]}
          value={join}
          set={(next) => set({ join: next === 'or' ? 'or' : 'and', parts })}
        />
      )}
      {parts.map((part, index) => {
        const change = (next: Test | Group) => replace(index, next);
        const away = () => replace(index);
        // biome-ignore lint/suspicious/noArrayIndexKey: the place of a row is what it is known by
        if (isGroup(part)) return <GroupRows key={index} group={part} subjects={subjects} set={change} remove={away} />;
        // biome-ignore lint/suspicious/noArrayIndexKey: the same
        return <TestRow key={index} test={part} subjects={subjects} set={change} remove={away} />;
      })}
      {!readOnly && (
        <div className="flow-row">
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => set({ join, parts: [...parts, EMPTY] })}
          >
            {say('flow.addTest')}
          </Button>
          {!remove && (
            <Button
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() =>
                set({ join, parts: [...parts, { join: join === 'and' ? 'or' : 'and', parts: [EMPTY, EMPTY] }] })
              }
            >
              {say('flow.addGroup')}
            </Button>
          )}
          {remove && (
            <Button size="small" type="text" icon={<DeleteOutlined aria-hidden />} onClick={remove}>
              {say('flow.removeGroup')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

interface TestRowProps {
  test: Test;
  subjects: readonly Subject[];
  set(test: Test): void;
  remove(): void;
}

function TestRow({ test, subjects, set, remove }: TestRowProps) {
  const { readOnly } = usePhrasing();
  const { say } = useSpeech();
  const subject = subjects.find(({ value }) => value === test.subject);
  const operators = operatorsFor(subject?.kind);
  const several = test.operator === 'in' || test.operator === 'not in';
  const choose = (operator: Operator) => set({ ...test, operator, values: needsValue(operator) ? test.values : [] });
  return (
    <div className="flow-test">
      <Chooser
        label={say('flow.subject')}
        placeholder={say('flow.subject')}
        choices={subjects}
        value={test.subject}
        set={(next) => set({ subject: next, operator: test.operator, values: [] })}
      />
      <Chooser
        label={say('flow.operator')}
        choices={operators.map((value) => ({ value, label: say(`flow.is.${NAMES[value]}`) }))}
        value={test.operator}
        set={(next) => choose(OPERATORS.find((one) => one === next) ?? '=')}
      />
      {needsValue(test.operator) && (
        <OperandField
          kind={subject?.kind ?? 'string'}
          choices={subject?.choices ?? []}
          values={test.values}
          several={several}
          set={(values: readonly Operand[]) => set({ ...test, values })}
        />
      )}
      {!readOnly && (
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={say('flow.remove')}
          title={say('flow.remove')}
          onClick={remove}
        />
      )}
    </div>
  );
}

const NAMES = {
  '=': 'same',
  '!=': 'other',
  '<': 'less',
  '<=': 'most',
  '>': 'more',
  '>=': 'least',
  in: 'in',
  'not in': 'notIn',
  contains: 'contains',
  lacks: 'lacks',
  empty: 'empty',
  filled: 'filled',
} as const;

function operatorsFor(kind = ''): readonly Operator[] {
  if (kind.startsWith('list<')) return ['contains', 'lacks', 'empty', 'filled'];
  if (kind === 'boolean') return ['=', '!=', 'empty', 'filled'];
  if (kind === 'number' || kind === 'date' || kind === 'date and time') return [...COMPARISONS, 'empty', 'filled'];
  return ['=', '!=', 'in', 'not in', 'empty', 'filled'];
}
