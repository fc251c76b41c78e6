/**
 * Owns the stage of the rectification stories: the content as shipped, a caller that hands over a request like any process that calls
 * a rectification, and a listener that keeps every message the rectification sends. One function per step, in the words of the office.
 */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { expect } from 'vitest';
import { readFolder, type SourceFile } from '../../server/catalogue/folder.ts';
import { type World, world } from '../commands/world.ts';
import { signature } from '../content/fillings.ts';
import * as fill from '../content/rectification-fillings.ts';

const MESSAGES = [
  'rect.closed',
  'rect.false',
  'rect.overdue',
  'accountability.request',
  'register.candidate',
  'consequence.request',
];

const bpmn = (key: string, messages: string, body: string): SourceFile => ({
  kind: 'process',
  key,
  file: `${key}.bpmn`,
  source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d_${key}" targetNamespace="http://ganwei.dev">${messages}
<process id="${key}" name="${key}" isExecutable="true">
<extensionElements><ganwei:case title='"${key}"' numberKey='"${key}"' category="测试"/></extensionElements>
${body}</process></definitions>`,
});

const flow = (from: string, to: string) => `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`;

const CALLER = bpmn(
  'caller',
  '<message id="cancel" name="source.cancelled"/>',
  `<startEvent id="start" name="下达"><extensionElements><ganwei:start label="下达" form="rectification.rectification-request" as="request" who="true"/></extensionElements></startEvent>
<callActivity id="rectify" name="整改"><extensionElements><ganwei:call process="rectification.rectification" values="request"/></extensionElements></callActivity>
<endEvent id="end"/>${flow('start', 'rectify')}${flow('rectify', 'end')}`,
);

const LISTENER = bpmn(
  'listener',
  MESSAGES.map((name, i) => `<message id="m${i}" name="${name}"/>`).join(''),
  `${MESSAGES.map(
    (name, i) =>
      `<startEvent id="s${i}" name="${name}"><messageEventDefinition id="d${i}" messageRef="m${i}"/></startEvent>${flow(`s${i}`, 'end')}`,
  ).join('')}<endEvent id="end"/>`,
);

/** Tells the rectifications of a source that it is gone. */
const CANCELLER = bpmn(
  'canceller',
  '',
  `<startEvent id="start" name="撤销来源"><extensionElements><ganwei:start label="撤销来源" form="rectification.rectification-reading" as="reading" who="true"/></extensionElements></startEvent>
<sendTask id="send" name="来源撤销"><extensionElements><ganwei:service type="message"><ganwei:input name="name" value='"source.cancelled"'/>
<ganwei:input name="correlation" value="reading.remark"/><ganwei:input name="payload" value='{reason: "决定已经撤销"}'/></ganwei:service></extensionElements></sendTask>
<endEvent id="end"/>${flow('start', 'send')}${flow('send', 'end')}`,
);

/** The content as shipped, and the three around it. */
export const CONTENT: readonly SourceFile[] = [
  ...readFolder(path.resolve(import.meta.dirname, '../..')),
  CALLER,
  LISTENER,
  CANCELLER,
];

/** What the stories have seen of the process, for the test that nothing of it was left out. */
export const seen = { outcomes: new Set<string>(), nodes: new Set<string>() };

export class Stage {
  readonly w: World;
  #closed = false;
  constructor(w: World) {
    this.w = w;
  }

  static async open(now: string, content: readonly SourceFile[] = CONTENT): Promise<Stage> {
    return new Stage(await world({ content, now }));
  }

  /** Remembers what was passed, and ends. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { reader } = this.w.host.store;
    const cases = await reader('cases').whereIn('process', ['rectification', 'rectification-extension']);
    for (const { id, reached, process } of cases) {
      for (const node of Object.keys(JSON.parse(reached))) seen.nodes.add(`${process}/${node}`);
      for (const { node } of await reader('history').where({ case_id: id }).whereIn('kind', ['timer', 'message']))
        seen.nodes.add(`${process}/${node}`);
      for (const task of await reader('tasks_done').where({ case_id: id }))
        seen.outcomes.add(`${process}/${task.node}/${task.outcome}`);
    }
    await this.w.stop();
  }

  /** Hands over a request; answers with the id of the rectification. */
  async begin(changes: Values = {}): Promise<string> {
    await this.w.as('fuzheng').start('caller', fill.request(changes));
    return this.newest();
  }

  private async newest(): Promise<string> {
    const rows = await this.w.host.store.reader('cases').where({ process: 'rectification' }).orderBy('number');
    return rows.at(-1)!.id;
  }

  pdf = (id: string) => this.w.as(id).upload('佐证.pdf');

  async plan(items: Values[] = threeItems(), by = 'yinchuan'): Promise<void> {
    const { confirm: _, ...plan } = fill.plan(this.w.actor('liangdong'), { items });
    await this.w.as(by).submit('制定整改方案', 'submit', plan);
    await this.confirm();
  }

  confirm = () =>
    this.w.as('liangdong').submit('主要负责人确认', 'confirm', { confirm: signature(this.w.actor('liangdong')) });

  /** The plan is made, confirmed and approved. */
  async planned(items: Values[] = threeItems(), chief = 'dingyiming'): Promise<void> {
    await this.plan(items);
    await this.w.as(chief).submit('方案审核', 'approve', fill.audit());
  }

  /** The unit's request for closing with these rows (`no` and what differs from a finished item). */
  async apply(rows: Values[], changes: Values = {}) {
    const { partyOrgOpinion: _, sign: __, ...closing } = fill.closing(await this.pdf('yinchuan'), {} as never);
    const [done] = closing.rows as Values[];
    return this.w.as('yinchuan').submit('组织整改、申请销号', 'submit', {
      ...closing,
      ...changes,
      rows: rows.map((row) => ({ ...done, ...row })),
    });
  }

  agree = () =>
    this.w.as('liangdong').submit('单位党组织审核', 'agree', {
      partyOrgOpinion: '同意报审',
      sign: signature(this.w.actor('liangdong')),
    });

  /** Applied for, agreed to by the party organisation, documents in order: the check stands. */
  async applied(rows: Values[], changes: Values = {}): Promise<void> {
    await this.apply(rows, changes);
    await this.agree();
    await this.w.as('dingyiming').submit('材料审核', 'pass');
  }

  /** The check by Lu Chuan with these findings, item by item. */
  async check(outcome: string, findings: Record<number, string>, changes: Values = {}, comment = '') {
    const rows = Object.entries(findings).map(([no, finding]) => ({
      no: Number(no),
      ...(finding && { way: ['现场核查'], finding, note: '见现场记录' }),
    }));
    const date = new Date(this.w.host.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const values = fill.check(this.w.actor('luchuan'), { rows, date, ...changes });
    return this.w.as('luchuan').submit('现场核查', outcome, values, comment);
  }

  /** From the approved plan to the look-back. */
  async closed(numbers: number[]): Promise<void> {
    await this.applied(numbers.map((no) => ({ no })));
    await this.check('close', Object.fromEntries(numbers.map((no) => [no, '到位'])));
  }

  status = async (id: string) => (await this.w.as('dingyiming').case(id)).case.status.label;

  /** States of the items of the plan, in order. */
  async states(id: string): Promise<unknown[]> {
    const { items } = await this.value<{ items: { state: string }[] }>(id, 'plan');
    return items.map((item) => item.state);
  }

  async value<T>(id: string, name: string): Promise<T> {
    const row = await this.w.host.store.reader('case_values').where({ case_id: id, name }).first();
    return JSON.parse(row!.value) as T;
  }

  /** The row of the ledger, for the organ. */
  async row(id: string): Promise<Record<string, unknown>> {
    const { rows } = await this.w.as('fuzheng').ledger('REG-05');
    return rows.find((row) => row.caseId === id)!.cells as Record<string, unknown>;
  }

  /** Names of the messages sent so far with their payloads. */
  async messages(): Promise<[name: string, payload: Values][]> {
    const { reader } = this.w.host.store;
    const found: [string, Values][] = [];
    for (const row of await reader('cases').where({ process: 'listener' }).orderBy('number')) {
      const values = await reader('case_values').where({ case_id: row.id });
      const payload = Object.fromEntries(values.map(({ name, value }) => [name, JSON.parse(value)]));
      found.push([MESSAGES[Number(row.start.slice(1))]!, payload]);
    }
    return found;
  }

  /** Who was told something that contains these words, in order of their names. */
  async told(words: string): Promise<string[]> {
    const rows = await this.w.host.store.reader('notices').where('text', 'like', `%${words}%`);
    return rows.map((row) => row.person_id).sort();
  }

  due = async (person: string, step: string) => (await this.w.as(person).view(step)).task.due;
}

/** Items of a plan, one per number; the request of the stories has two requirements. */
export const planItems = (count: number, changes: (no: number) => Values = () => ({})): Values[] =>
  Array.from({ length: count }, (_, i) => ({
    requirementRef: (i % 2) + 1,
    problem: `第${i + 1}个问题`,
    cause: '制度不健全',
    measure: '建立制度并抓好落实',
    owner: 'zhenghang',
    due: '2026-11-30',
    closeStandard: '制度印发执行',
    ...changes(i + 1),
  }));

export const threeItems = () => planItems(3);

/** The stage on which the present story is played. */
export let s: Stage;
export const open = async (now = '2026-09-01T09:00'): Promise<void> => {
  s = await Stage.open(now);
};

/** A refusal that points at exactly these fields. */
export const refused = (fields: string[]) => ({ fields: fields.map((path) => expect.objectContaining({ path })) });
