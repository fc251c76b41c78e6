/** Writes small BPMN files for the tests of this room. */

export const XMLNS =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
  'xmlns:ganwei="http://ganwei.dev/bpmn/1.0"';

/** A file with one process; `roots`: messages and errors; `settings`: children of the process's extensionElements. */
export const diagram = (body: string, roots = '', settings = ''): string =>
  `<?xml version="1.0"?><definitions id="file" targetNamespace="x" ${XMLNS}>${roots}<process id="p" name="测试" ` +
  `isExecutable="true">${settings && extension(settings)}${body}</process></definitions>`;

export const extension = (settings: string): string => `<extensionElements>${settings}</extensionElements>`;

export const flow = (id: string, from: string, to: string, condition?: string): string =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${
    condition === undefined
      ? ''
      : `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>`
  }</sequenceFlow>`;

export const user = (id: string, settings = ''): string =>
  `<userTask id="${id}" name="${id}">${extension(`<ganwei:task assignees="[]">${settings}</ganwei:task>`)}</userTask>`;

export const service = (id: string): string =>
  `<serviceTask id="${id}">${extension('<ganwei:service type="set"/>')}</serviceTask>`;

export const call = (id: string): string =>
  `<callActivity id="${id}">${extension('<ganwei:call process="q"/>')}</callActivity>`;

export const node = (type: string, id: string, attributes = '', content = ''): string =>
  `<${type} id="${id}" ${attributes}>${content}</${type}>`;

export const timer = (kind: 'timeDate' | 'timeDuration' | 'timeCycle', body: string): string =>
  `<timerEventDefinition><${kind} xsi:type="tFormalExpression">${body}</${kind}></timerEventDefinition>`;

/** A boundary event on a host. */
export const boundary = (id: string, host: string, definition: string, interrupting = true): string =>
  node('boundaryEvent', id, `attachedToRef="${host}" cancelActivity="${interrupting}"`, definition);

export const correlated = extension('<ganwei:message correlation="1"/>');
export const onMessage = (message: string): string => `<messageEventDefinition messageRef="${message}"/>`;
export const onError = (error?: string): string =>
  error === undefined ? '<errorEventDefinition/>' : `<errorEventDefinition errorRef="${error}"/>`;
