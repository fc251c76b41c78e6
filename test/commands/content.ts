/** Small made-up content for the command tests: one form, and processes written in a few lines. */
import type { SourceFile } from '../../server/catalogue/folder.ts';

const form = {
  form: 'request',
  title: '申请表',
  schema: {
    type: 'object',
    properties: {
      subject: { type: 'string', title: '事由', required: true, maxLength: 60, 'x-component': 'Text' },
      amount: { type: 'number', title: '金额', minimum: 0, 'x-component': 'Money' },
      from: { type: 'string', title: '开始', 'x-component': 'Date' },
      to: {
        type: 'string',
        title: '结束',
        'x-component': 'Date',
        'x-rules': {
          errors: [{ when: 'from != null and to != null and to < from', message: '结束日期不能早于开始日期' }],
        },
      },
      secret: { type: 'string', title: '内部意见', 'x-component': 'Text' },
      files: { type: 'array', title: '附件', 'x-component': 'Files' },
    },
  },
};

const opinion = {
  form: 'opinion',
  title: '意见',
  schema: {
    type: 'object',
    properties: {
      score: { type: 'number', title: '评分', required: true, minimum: 0, maximum: 10, 'x-component': 'Number' },
    },
  },
};

export const FORMS: SourceFile[] = [form, opinion].map((definition) => ({
  kind: 'form',
  key: definition.form,
  file: `${definition.form}.form.json`,
  source: JSON.stringify(definition),
}));

export const bpmn = (id: string, body: string, caseAttributes = ''): SourceFile => ({
  kind: 'process',
  key: id,
  file: `${id}.bpmn`,
  source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d_${id}" targetNamespace="http://ganwei.dev">
<message id="m_go" name="go"/>
<process id="${id}" name="${id}" isExecutable="true">
<extensionElements><ganwei:case title='if request = null then "无表单" else request.subject' numberKey='"T"' category="测试" ${caseAttributes}>
<ganwei:status key="open" label="办理中" tone="running"/><ganwei:status key="done" label="已办结" tone="done"/></ganwei:case></extensionElements>
${body}
</process></definitions>`,
});

export const start = (form = 'request', who = 'true'): string =>
  `<startEvent id="start" name="发起"><extensionElements><ganwei:start label="发起" ${form ? `form="${form}" as="${form}"` : ''} who="${who}"/></extensionElements></startEvent>`;

export const user = (id: string, name: string, attributes: string, children = ''): string =>
  `<userTask id="${id}" name="${name}"><extensionElements><ganwei:task ${attributes}>${children}</ganwei:task></extensionElements></userTask>`;

export const service = (
  id: string,
  type: string,
  inputs: Record<string, string>,
  outputs: Record<string, string> = {},
): string => {
  const input = Object.entries(inputs).map(([name, value]) => `<ganwei:input name="${name}" value='${value}'/>`);
  const output = Object.entries(outputs).map(([name, value]) => `<ganwei:output name="${name}" value='${value}'/>`);
  const parts = [...input, ...output].join('');
  return `<serviceTask id="${id}" name="${id}"><extensionElements><ganwei:service type="${type}">${parts}</ganwei:service></extensionElements></serviceTask>`;
};

export const outcome = (key: string, label: string, attributes = ''): string =>
  `<ganwei:outcome key="${key}" label="${label}" ${attributes}/>`;
export const AGREE = outcome('agree', '同意', 'style="primary"');
export const REFUSE = outcome('refuse', '不同意', 'style="danger" comment="required"');

export const end = (id = 'end', status = 'done'): string =>
  `<endEvent id="${id}" name="结束"><extensionElements><ganwei:end status="${status}"/></extensionElements></endEvent>`;

let flows = 0;
export const flow = (from: string, to: string, condition?: string): string => {
  flows += 1;
  const id = `f${flows}_${from}_${to}`;
  return condition
    ? `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"><conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression></sequenceFlow>`
    : `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
};

/** Steps one after the other. */
export const line = (...ids: string[]): string =>
  ids
    .slice(1)
    .map((id, i) => flow(ids[i]!, id))
    .join('\n');
