/**
 * Owns the condition of a branch as rows of value, comparison and what it is compared with, in groups joined by 并且 or 或者. What rows cannot say is shown as an
 * expression; both ways write the same text. Rule: [DES40].
 */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { elementOf, isA, listOf, nameOf, settingsOf, textOf } from '@ganwei/process/lint/tree';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import type { Choice } from '../../check/told.ts';
import {
  COMPARISONS,
  conditionIn,
  conditionText,
  type Group,
  isGroup,
  OPERATORS,
  type Operator,
  outcomeOf,
  type Test,
} from '../../feel/condition.ts';
import type { Operand } from '../../feel/reading.ts';
import { useEditing, useElement, useNames } from '../editing.ts';
import type { Moddle } from '../moddle.ts';
import { Chooser, Formula } from './basic.tsx';
import { callerOf, stepsOf } from './choices.ts';
import { OperandField } from './operand.tsx';

export interface ConditionFieldProps {
  value: string;
  set(text: string): void;
}

export function ConditionField({ value, set }: ConditionFieldProps) {
  const { offered, sheet } = useEditing();
  const { say } = useSpeech();
  const id = useId();
  const [asText, setAsText] = useState(false);
  // Rows that are not complete yet are shown and not written.
  const [rows, setRows] = useState<{ of: string; group: Group }>();
  const read = offered && conditionIn(value, offered.functions);
  const group = rows?.of === value ? rows.group : read;
  const change = (next: Group) => {
    const text = isComplete(next) ? conditionText(next) : value;
    setRows({ of: text, group: next });
    if (text !== value) set(text);
  };
  if (!group || asText)
    return (
      <div className="flow-field">
        <label htmlFor={id}>{say('flow.condition')}</label>
        <Formula id={id} value={value} set={set} placeholder={undefined} />
        {group && (
          <Button size="small" type="link" onClick={() => setAsText(false)}>
            {say('flow.byRows')}
          </Button>
        )}
        {!group && offered && <p className="dim">{say('flow.onlyText')}</p>}
      </div>
    );
  return (
    <div className="flow-field">
      <span className="flow-label">{say('flow.condition')}</span>
      <GroupRows group={group.parts.length > 0 ? group : NEW} set={change} />
      {!sheet.readOnly && (
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

function GroupRows({ group, set, remove }: { group: Group; set(group: Group): void; remove?: () => void }) {
  const { sheet } = useEditing();
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
        if (isGroup(part)) return <GroupRows key={index} group={part} set={change} remove={away} />;
        // biome-ignore lint/suspicious/noArrayIndexKey: the same
        return <TestRow key={index} test={part} set={change} remove={away} />;
      })}
      {!sheet.readOnly && (
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

function TestRow({ test, set, remove }: { test: Test; set(test: Test): void; remove(): void }) {
  const { sheet } = useEditing();
  const { say } = useSpeech();
  const subjects = useSubjects();
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
      {!sheet.readOnly && (
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

interface Subject extends Choice {
  readonly kind: string;
  readonly choices: readonly Choice[];
}

/** What may be asked about: the outcome of the step before and of other steps, and the values of the case. */
function useSubjects(): readonly Subject[] {
  const editing = useEditing();
  const { sheet } = editing;
  const { businessObject: flow } = useElement();
  const { say } = useSpeech();
  const known = useNames();
  const steps = stepsOf(sheet.process(), 'bpmn:UserTask');
  const before = stepBefore(flow);
  const outcomes: Subject[] = [
    { value: 'outcome', label: say('flow.lastOutcome'), kind: 'string', choices: before ? outcomesOf(before) : [] },
    ...steps.map((step) => ({
      value: outcomeOf(String(step.id)),
      label: say('flow.outcomeOf', { step: nameOf(step) }),
      kind: 'string',
      choices: outcomesOf(step),
    })),
  ];
  const called = callerOf(editing);
  const named = known
    .filter(({ path, kind }) => path !== 'outcome' && kind !== 'context')
    .map(({ path, kind, values }) => ({ value: path, label: called(path), kind, choices: values }));
  // A person or a unit is compared with another one that the case knows: a fixed id would be nobody after the next change of posts.
  const others = (kind: string) => named.filter((one) => one.kind === kind);
  const values = named.map((one) => {
    const item = one.kind.replace(/^list<(.*)>$/, '$1');
    return item === 'person' || item === 'unit' ? { ...one, choices: others(item) } : one;
  });
  return [...outcomes, ...values];
}

/** The nearest step that people decide, on the way back through gateways. */
function stepBefore(flow: Moddle): Moddle | undefined {
  let at = elementOf(flow, 'sourceRef');
  for (let steps = 0; at && steps < 10; steps += 1) {
    if (isA(at, 'bpmn:UserTask')) return at as Moddle;
    at = elementOf(listOf(at, 'incoming')[0], 'sourceRef');
  }
  return undefined;
}

const outcomesOf = (step: Moddle): readonly Choice[] =>
  listOf(settingsOf(step, 'Task'), 'outcomes').map((outcome) => {
    const value = textOf(outcome, 'key') ?? '';
    return { value, label: textOf(outcome, 'label') ?? value };
  });
