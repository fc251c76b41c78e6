/** Owns what is set on a line between steps: the condition under which it is taken, or that it is the way where no condition holds. Rules: [DES22] [DES40]. */
import { conditionHolder, elementOf, isA, listOf } from '@ganwei/process/lint/tree';
import { Checkbox } from 'antd';
import { useSpeech } from '../../../kit/language.tsx';
import { ConditionField } from '../../feel/condition-field.tsx';
import { useEditing, useElement } from '../editing.ts';
import type { Moddle } from '../moddle.ts';
import { useSubjects } from './subjects.ts';

export function FlowSettings() {
  const { sheet, elements } = useEditing();
  const element = useElement();
  const { say } = useSpeech();
  const flow = element.businessObject;
  const source = elementOf(flow, 'sourceRef') as Moddle | undefined;
  if (!isA(flow, 'bpmn:SequenceFlow') || !source) return null;
  const splits = isA(source, 'bpmn:ExclusiveGateway') || isA(source, 'bpmn:InclusiveGateway');
  const holder = conditionHolder(flow) as Moddle | undefined;
  if (!holder && (!splits || listOf(source, 'outgoing').length < 2))
    return <p className="dim">{say('flow.noCondition')}</p>;
  const isDefault = elementOf(source, 'default') === flow;
  const drawn = [...elements, ...[sheet.find(String(source.id))].flatMap((one) => one ?? [])];
  const setDefault = (yes: boolean) =>
    sheet.write(
      yes
        ? [
            { of: source, values: { default: flow } },
            { of: flow, values: { conditionExpression: undefined } },
          ]
        : [{ of: source, values: { default: undefined } }],
      drawn,
    );
  const setCondition = (text: string) => {
    const body = text === '' ? undefined : sheet.create('bpmn:FormalExpression', { body: text });
    if (body) Object.assign(body, { $parent: flow });
    sheet.write([{ of: flow, values: { conditionExpression: body } }], drawn);
  };
  return (
    <div className="flow-condition">
      <Checkbox checked={isDefault} disabled={sheet.readOnly} onChange={({ target }) => setDefault(target.checked)}>
        {say('flow.default')}
      </Checkbox>
      {!isDefault && <Condition value={String(holder?.get('body') ?? '')} set={setCondition} />}
    </div>
  );
}

function Condition(props: { value: string; set(text: string): void }) {
  return <ConditionField {...props} subjects={useSubjects()} />;
}
