/** Owns the small flows that tests of the design centre begin with: texts with their drawing, and the way by which they get into force where that is not the point. */
import { type Browser, expect } from '@playwright/test';
import { act, type Visitor } from './stage.ts';

/** One thing of a flow, in which column and row it is drawn. `settings`: its ganwei elements. */
export interface Part {
  readonly id: string;
  readonly type: keyof typeof SIZES;
  readonly name: string;
  readonly settings?: string;
  readonly attributes?: string;
  readonly at: readonly [column: number, row: number];
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly condition?: string;
}

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:ganwei="http://ganwei.dev/bpmn/1.0"',
].join(' ');

const SIZES = {
  startEvent: [36, 36],
  userTask: [100, 80],
  businessRuleTask: [100, 80],
  serviceTask: [100, 80],
  exclusiveGateway: [50, 50],
  endEvent: [36, 36],
} as const;
const middle = ({ at: [column, row] }: Part) => ({ x: 180 + column * 160, y: 140 + row * 140 });

/** A person's step: who does it, and with which outcome. Expressions hold no double quotes. */
export const step = (id: string, name: string, assignees: string, outcome: string, column: number, row = 0): Part => {
  const [key = '', label = ''] = outcome.split(' ');
  const inside = `<ganwei:outcome key="${key}" label="${label}" style="primary" comment="optional"/>`;
  const settings = `<ganwei:task assignees='${assignees}' status="running">${inside}</ganwei:task>`;
  return { id, type: 'userTask', name, settings, at: [column, row] };
};

export const end = (id: string, column: number, row = 0): Part => ({
  id,
  type: 'endEvent',
  name: '办结',
  settings: '<ganwei:end status="done"/>',
  at: [column, row],
});

/** The text of a flow with its drawing. Lines are called `from_to`. `title`: of its cases, an expression. */
export function flowText(
  key: string,
  name: string,
  title: string,
  parts: readonly Part[],
  lines: readonly Line[],
): string {
  const find = (id: string): Part => parts.find((part) => part.id === id)!;
  const elements = parts.map(({ id, type, name: called, settings = '', attributes = '' }) => {
    const extension = settings && `<bpmn:extensionElements>${settings}</bpmn:extensionElements>`;
    return `<bpmn:${type} id="${id}" name="${called}" ${attributes}>${extension}</bpmn:${type}>`;
  });
  const flows = lines.map(({ from, to, condition }) => {
    const inside = condition
      ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
      : '';
    return `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inside}</bpmn:sequenceFlow>`;
  });
  const shapes = parts.map((part) => {
    const { x, y } = middle(part);
    const [width, height] = SIZES[part.type];
    return `<bpmndi:BPMNShape id="${part.id}_di" bpmnElement="${part.id}"><dc:Bounds x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
  });
  const edges = lines.map(({ from, to }) => {
    const points = wayBetween(find(from), find(to)).map(([x, y]) => `<di:waypoint x="${x}" y="${y}"/>`);
    return `<bpmndi:BPMNEdge id="${from}_${to}_di" bpmnElement="${from}_${to}">${points.join('')}</bpmndi:BPMNEdge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${NAMESPACES} id="definitions-${key}" targetNamespace="http://ganwei.dev/content">
<bpmn:process id="${key}" name="${name}" isExecutable="true">
<bpmn:extensionElements><ganwei:case title='${title}' category="${name}">
<ganwei:status key="running" label="办理中" tone="running"/><ganwei:status key="done" label="已办结" tone="done"/>
</ganwei:case></bpmn:extensionElements>
${[...elements, ...flows].join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="${key}">
${[...shapes, ...edges].join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

/** Level lines go straight; a way down leaves below and arrives at the left, a way up leaves at the right and arrives from below. */
function wayBetween(from: Part, to: Part): [x: number, y: number][] {
  const [one, other] = [middle(from), middle(to)];
  const [[width, height], [otherWidth, otherHeight]] = [SIZES[from.type], SIZES[to.type]];
  const right: [number, number] = [one.x + width / 2, one.y];
  const left: [number, number] = [other.x - otherWidth / 2, other.y];
  if (one.y === other.y) return [right, left];
  if (one.y < other.y) return [[one.x, one.y + height / 2], [one.x, other.y], left];
  return [right, [other.x, one.y], [other.x, other.y + otherHeight / 2]];
}

/** Steps one after the other, between a start and an end. */
export function rowOf(key: string, name: string, steps: readonly ((column: number) => Part)[]): string {
  const start = startOf(name);
  const parts = [start, ...steps.map((make, index) => make(index + 1)), end('end', steps.length + 1)];
  const lines = parts.slice(1).map(({ id }, index) => ({ from: parts[index]!.id, to: id }));
  return flowText(key, name, `"${name}"`, parts, lines);
}

export const startOf = (name: string, form = ''): Part => ({
  id: 'start',
  type: 'startEvent',
  name: '发起',
  settings: `<ganwei:start label="${name}" who="true" ${form}/>`,
  at: [0, 0],
});

export interface Text {
  readonly kind: string;
  readonly app: string;
  readonly key: string;
  readonly source: string;
}

/** Texts that come into force by calls: written by one business administrator, agreed to by the other. */
export async function bringIn(browser: Browser, title: string, texts: readonly Text[]): Promise<void> {
  await act(browser, 'peiwen', async (author) => {
    const { id } = await author.call('post', '/api/changes', { title, reason: '准备' });
    for (const text of texts) await author.call('put', `/api/changes/${id}/draft`, { ...text, revision: 0 });
    await pass(browser, author, String(id));
  });
}

/** A change goes through its review and is published, by calls. */
export async function pass(browser: Browser, author: Visitor, id: string): Promise<void> {
  await author.call('post', `/api/changes/${id}/submit`, {});
  await act(browser, 'kongwei', async (reviewer) => {
    const { drafts } = await reviewer.call('get', `/api/changes/${id}`);
    await reviewer.call('post', `/api/changes/${id}/review`, { agree: true, comment: '同意', drafts });
  });
  const { release, findings } = await author.call('post', `/api/changes/${id}/publish`, {});
  expect(release, JSON.stringify(findings)).not.toBeNull();
}

/** The step of this name, among the open ones of whoever calls; done with this outcome. */
export async function done(visitor: Visitor, name: string, outcome: string, comment = ''): Promise<void> {
  const { rows } = await visitor.call('get', '/api/inbox/todo?limit=50');
  const task = rows.find(({ node }) => node === name);
  expect(task, `${visitor.id} 的待办中有「${name}」`).toBeTruthy();
  const view = (await visitor.call('get', `/api/tasks/${task?.taskId}`)) as unknown as { task: { revision: number } };
  const { revision } = view.task;
  await visitor.call('post', `/api/tasks/${task?.taskId}/submit`, { outcome, values: {}, comment, revision });
}

/** Names of the steps that wait for somebody, in the order of the alphabet. */
export async function waitingFor(browser: Browser, id: string): Promise<string[]> {
  let names: string[] = [];
  await act(browser, id, async (visitor) => {
    const { rows } = await visitor.call('get', '/api/inbox/todo?limit=50');
    names = rows.map(({ node }) => String(node)).sort();
  });
  return names;
}
