/**
 * Owns the walk of one tolerance case through the real content: who acts at which step, and what they fill in unless the story says
 * otherwise. Stories say only what is special about them. Many cases share one world; a walk touches its own case only.
 */
import path from 'node:path';
import { readFolder, type SourceFile } from '../../server/catalogue/folder.ts';
import { returnTask } from '../../server/commands/return-task.ts';
import { taskView } from '../../server/queries/task-view.ts';
import { type World, type WorldOptions, world } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';

type Values = Record<string, unknown>;

/** The people of an organ. */
export interface Cast {
  applicant: string;
  window: string;
  handler: string;
  /** of the verification team */
  lead: string;
  member: string;
  /** liaisons who are asked for their opinion */
  heard: readonly string[];
  units: readonly string[];
  panel: readonly string[];
  reviewer: string;
  /** the head votes last */
  council: readonly string[];
  head: string;
}

export const CITY: Cast = {
  applicant: 'songqiao',
  window: 'fuzheng',
  handler: 'dingyiming',
  lead: 'fangyuan',
  member: 'dingyiming',
  heard: ['yinchuan', 'yuanke', 'shilei', 'liuqing'],
  units: ['zjj-dz', 'zzb', 'sj', 'xc'],
  panel: ['luchuan', 'yuanke', 'liuqing', 'shilei', 'helan'],
  reviewer: 'qinxiao',
  council: ['fuzheng', 'zhongli', 'sumin', 'gaoyuan'],
  head: 'gaoyuan',
};

export const COUNTY: Cast = {
  applicant: 'xiangmingyuan',
  window: 'qinfang',
  handler: 'zgtianli',
  lead: 'zgtianli',
  member: 'qinfang',
  heard: ['zgmeijuan', 'zgshenji'],
  units: ['zg-zzb', 'zg-sj'],
  panel: ['zgmeijuan', 'zgshenji', 'zgxiaofan'],
  reviewer: 'zgwuping',
  council: ['zgwuping', 'zgtianli', 'zgliming'],
  head: 'zgliming',
};

/** Members of the leading group; its head votes last. */
export const LEADING = ['shenlicheng', 'jianglan', 'gaoyuan', 'fuzheng', 'tangning', 'zhouqihang'];

export const content = (change: (file: SourceFile) => SourceFile = (file) => file): SourceFile[] =>
  readFolder(path.resolve(import.meta.dirname, '../..')).map(change);

export const stage = (now: string, options: Partial<WorldOptions> = {}): Promise<World> =>
  world({ content: content(), now, ...options });

/** Several days after today, as a correction's deadline must be. */
export const CORRECTION_DUE = '2027-12-31';

/** The act lies early in 2026, so that cases of March can be about it. */
export const act = (): Values => ({
  eventFrom: '2026-02-10',
  eventTo: '2026-02-12',
  foundDate: '2026-02-12',
  collectiveDecision: {
    held: false,
    reason: '事发突然，须当日处置，来不及召开会议研究，已经电话报告主要负责人并补办手续。',
  },
  remedies: [{ measure: '组织抢修，当日恢复供水', date: '2026-02-13', result: '9 小时恢复供水', recovered: 24 }],
});

export class Walk {
  readonly w: World;
  readonly cast: Cast;
  caseId = '';
  number = '';

  constructor(w: World, cast: Cast = CITY) {
    this.w = w;
    this.cast = cast;
  }

  pdf(person: string) {
    return this.w.as(person).upload('纪要.pdf');
  }

  /** The applicant's own application; `changes` are to F01. */
  async apply(changes: Values = {}): Promise<this> {
    const { applicant } = this.cast;
    const subjects = [{ person: applicant, role: '分管负责人', relation: '分管领导' }];
    const values = fill.application(await this.pdf(applicant), { ...act(), subjects, ...changes });
    return this.started(await this.w.as(applicant).start('tolerance', values, 'byPerson'));
  }

  started({ caseId, number }: { caseId: string; number: string }): this {
    this.caseId = caseId;
    this.number = number;
    return this;
  }

  /** Acts on a step of this very case. */
  async submit(person: string, step: string, outcome: string, values: Values = {}, comment = '') {
    return this.w.as(person).submitTo(await this.taskId(step), outcome, values, comment);
  }

  /** Sends this case back from a step. */
  async giveBack(person: string, step: string, to: string, resume: 'again' | 'straight', comment: string) {
    const id = await this.taskId(step);
    const { task } = await taskView(this.w.host, this.w.actor(person), id);
    return returnTask(this.w.host, { actor: this.w.actor(person) }, id, {
      to,
      resume,
      comment,
      revision: task.revision,
    });
  }

  async taskId(step: string): Promise<string> {
    const rows = await this.w.host.store.reader('tasks').where({ case_id: this.caseId });
    const found = rows.find((row) => row.name === step);
    if (!found)
      throw new Error(`${this.number} does not wait at ${step}, but at ${rows.map((r) => r.name).join('、')}`);
    return String(found.id);
  }

  /** Steps at which the case waits, with the people who have them. */
  async waiting(): Promise<Record<string, string[]>> {
    const tasks = await this.w.host.store.reader('tasks').where({ case_id: this.caseId });
    const items = await this.w.host.store.reader('work_items').where({ case_id: this.caseId });
    const holders = (task: string) =>
      items
        .filter((item) => item.task_id === task)
        .map((item) => item.person_id)
        .sort();
    return Object.fromEntries(tasks.map((task) => [String(task.name), holders(task.id)]));
  }

  async due(step: string): Promise<string> {
    const row = await this.w.host.store
      .reader('tasks')
      .where({ id: await this.taskId(step) })
      .first();
    return new Date(Number(row.due_at) - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  /** The status label a person reads. */
  async status(person = this.cast.window): Promise<string> {
    return (await this.w.as(person).case(this.caseId)).case.status.label;
  }

  async values<T = Values>(name: string): Promise<T> {
    const row = await this.w.host.store.reader('case_values').where({ case_id: this.caseId, name }).first();
    return JSON.parse(String(row?.value ?? 'null'));
  }

  accept(changes: Values = {}) {
    const { window, handler } = this.cast;
    return this.submit(window, '受理审查', 'accept', fill.acceptance({ handler, ...changes }));
  }

  team(changes: Values = {}) {
    const { handler, lead, member } = this.cast;
    const team = [lead, member].map((person, i) => ({ person, role: i ? '成员' : '组长', recusalDeclared: true }));
    return this.submit(handler, '组成核查组（回避审查）', 'submit', fill.team({ team, ...changes }));
  }

  async verify(changes: Values = {}) {
    const { lead, units } = this.cast;
    const filingFinding = [fill.filingFinding({ actDate: '2026-02-10' })];
    const own = { talks: undefined, opinionUnits: units, filingFinding };
    const report = fill.verification(await this.pdf(lead), { ...own, ...changes });
    return this.submit(lead, '核查取证', 'submit', report);
  }

  /** Of those who are heard, whoever is not recused. */
  async opinions() {
    const { 征求意见: asked = [] } = await this.waiting();
    for (const person of this.cast.heard.filter((one) => asked.includes(one)))
      await this.submit(person, '征求意见', 'submit', fill.opinion());
  }

  statement(person = this.cast.applicant, changes: Values = {}) {
    return this.submit(person, '听取陈述申辩', 'submit', fill.statement(this.w.actor(person), changes));
  }

  adopt(changes: Values = {}) {
    return this.submit(this.cast.lead, '陈述申辩采纳', 'submit', { ...fill.adoption(), ...changes });
  }

  async panel(changes: Values = {}, members = this.cast.panel, step = '七方面综合研判') {
    for (const [i, person] of members.entries())
      await this.submit(person, step, 'submit', fill.panel(i, this.w.actor(person), changes));
  }

  draft(changes: Values = {}) {
    const corrections = [
      {
        requirement: '建立地下管线先探后挖制度',
        standard: '制度印发并有执行记录',
        responsible: this.cast.applicant,
        due: CORRECTION_DUE,
      },
    ];
    return this.submit(
      this.cast.handler,
      '拟定处理意见及纠错要求',
      'submit',
      fill.decision({ corrections, ...changes }),
    );
  }

  review() {
    return this.submit(this.cast.reviewer, '审核（审理）', 'approve');
  }

  async council(outcome = 'agree', members = this.cast.council) {
    for (const person of members)
      await this.submit(
        person,
        '责任追究机关集体审议',
        outcome,
        fill.vote(),
        outcome === 'against' ? '认为拟处理意见不当，应当再作研究' : '',
      );
  }

  async minutes(outcome = 'pass', conclusion = '通过', changes: Values = {}) {
    const { handler, head } = this.cast;
    const values = { date: this.today(), chair: head, conclusion, ...changes };
    return this.submit(handler, '集体审议纪要', outcome, fill.minutes(await this.pdf(handler), values));
  }

  async leading(outcome = 'agree') {
    for (const person of LEADING)
      await this.submit(
        person,
        '领导小组审议',
        outcome,
        fill.vote(),
        outcome === 'against' ? '认为拟处理意见不当，应当再作研究' : '',
      );
  }

  async leadingMinutes(outcome = 'pass', conclusion = '通过', changes: Values = {}) {
    const { window } = this.cast;
    const values = { organ: 'leading', chair: 'zhouqihang', date: this.today(), conclusion, ...changes };
    return this.submit(window, '领导小组审议纪要', outcome, fill.minutes(await this.pdf(window), values));
  }

  issue() {
    return this.submit(this.cast.head, '签发容错处理决定书', 'issue');
  }

  /** From the admission to the open step of the draft. */
  async untilDraft(changes: { team?: Values; verification?: Values; adoption?: Values; panel?: Values } = {}) {
    await this.accept();
    await this.team(changes.team);
    await this.verify(changes.verification);
    await this.opinions();
    await this.statement();
    await this.adopt(changes.adoption);
    if ('七方面综合研判' in (await this.waiting())) await this.panel(changes.panel);
    return this;
  }

  /** From the draft to the open step of the signature, past the leading group where it is asked. */
  async untilIssue(decision: Values = {}) {
    await this.draft(decision);
    await this.review();
    await this.council();
    await this.minutes();
    if ('领导小组审议' in (await this.waiting())) {
      await this.leading();
      await this.leadingMinutes();
    }
    return this;
  }

  async receipts() {
    const people = (await this.waiting()).签收决定书 ?? [];
    for (const person of people) await this.submit(person, '签收决定书', 'sign');
    return people;
  }

  today(): string {
    return new Date(this.w.host.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  }
}
