/**
 * Owns the walk of a case as data: who does what at which step, and with which filling. It is gone through by hand, page by page, or
 * by calls where a story only needs to arrive somewhere.
 */
import { type APIRequestContext, type Browser, expect } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import * as redo from '../content/rectification-fillings.ts';
import { act, PASSWORD, PDF, type Visitor } from './stage.ts';

type Values = Record<string, unknown>;
type StoredFile = Awaited<ReturnType<Visitor['file']>>;
/** Gets a file of one's own; the filling of the step. */
export type Filling = (file: (name: string) => Promise<StoredFile>) => Values | Promise<Values>;

export interface Deed {
  who: string;
  step: string;
  outcome: { key: string; label: string };
  values?: Filling;
  comment?: string;
  /** in the title of the case, where he has the step of several */
  about?: string;
}

const person = (id: string, name: string) => ({ id, name });
const LIANG = person('liangdong', '梁栋');
const LU = person('luchuan', '陆川');

const deed = (who: string, step: string, outcome: string, values?: Filling, comment?: string): Deed => {
  const [key = '', label = ''] = outcome.split(' ');
  return { who, step, outcome: { key, label }, ...(values && { values }), ...(comment && { comment }) };
};

export const PANEL = [
  LU,
  person('yuanke', '袁可'),
  person('liuqing', '柳青'),
  person('shilei', '石磊'),
  person('helan', '贺兰'),
];
export const RECEIVERS = ['songqiao', 'yinchuan', 'yanming', 'yuanke', 'liuqing', 'shilei'];

export const ACCEPT = deed('fuzheng', '受理审查', 'accept 受理', () => fill.acceptance());

/** From the admission to the open step of the signature. */
export const TO_SIGNATURE: readonly Deed[] = [
  deed('dingyiming', '组成核查组（回避审查）', 'submit 确定核查组', () => fill.team()),
  deed('fangyuan', '核查取证', 'submit 提交核查报告', async (file) => fill.verification(await file('核查报告.pdf'))),
  ...['yinchuan', 'yuanke', 'shilei', 'liuqing'].map((id) =>
    deed(id, '征求意见', 'submit 反馈意见', () => fill.opinion()),
  ),
  deed('songqiao', '听取陈述申辩', 'submit 提交陈述申辩', () => fill.statement(person('songqiao', '宋桥'))),
  deed('fangyuan', '陈述申辩采纳', 'submit 确认', () => fill.adoption()),
  ...PANEL.map((one, i) => deed(one.id, '七方面综合研判', 'submit 提交研判', () => fill.panel(i, one))),
  deed('dingyiming', '拟定处理意见及纠错要求', 'submit 提交审核', () => fill.decision()),
  deed('qinxiao', '审核（审理）', 'approve 审核通过'),
  ...['fuzheng', 'zhongli', 'sumin', 'gaoyuan'].map((id) =>
    deed(id, '责任追究机关集体审议', 'agree 同意', () => fill.vote()),
  ),
  deed('dingyiming', '集体审议纪要', 'pass 通过', async (file) => fill.minutes(await file('会议纪要.pdf'))),
];

export const SIGN = deed('gaoyuan', '签发容错处理决定书', 'issue 签发');
export const RECEIPTS = RECEIVERS.map((id) => deed(id, '签收决定书', 'sign 签收'));

/** The plan of the rectification, up to its approval. */
export const PLAN: readonly Deed[] = [
  deed('yinchuan', '制定整改方案', 'submit 报主要负责人确认', () => one(without(redo.plan(LIANG), 'confirm'))),
  deed('liangdong', '主要负责人确认', 'confirm 确认并上报', () => ({ confirm: redo.plan(LIANG).confirm })),
  deed('dingyiming', '方案审核', 'approve 同意', () => redo.audit()),
];

/** The unit says that everything is done, up to the open step of the check on site. */
export const CLOSING: readonly Deed[] = [
  deed('yinchuan', '组织整改、申请销号', 'submit 申请销号', async (file) =>
    one(without(redo.closing(await file('整改佐证.pdf'), LIANG), 'partyOrgOpinion', 'sign')),
  ),
  deed('liangdong', '单位党组织审核', 'agree 同意报审', async (file) => {
    const { partyOrgOpinion, sign } = redo.closing(await file('整改佐证.pdf'), LIANG);
    return { partyOrgOpinion, sign };
  }),
  deed('dingyiming', '材料审核', 'pass 材料齐备，进行现场核查'),
];

export const check = (changes: Values = {}): Values => one(redo.check(LU, changes));

/** The story has one correction: fillings for two are cut to the first row. */
const one = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      key === 'items' || key === 'rows' ? (value as unknown[]).slice(0, 1) : value,
    ]),
  );
const without = (values: Values, ...keys: string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));

/** Every deed on its page. */
export async function byHand(browser: Browser, deeds: readonly Deed[]): Promise<void> {
  for (const { who, step, outcome, values, comment } of deeds) {
    await act(browser, who, async (visitor) =>
      visitor.finish(step, outcome.label, await values?.((name) => visitor.file(name)), comment),
    );
  }
}

/** Somebody without a page: his session and what he sends. */
export class Caller {
  readonly request: APIRequestContext;
  private csrf = '';

  private constructor(request: APIRequestContext) {
    this.request = request;
  }

  static async come(browser: Browser, id: string): Promise<Caller> {
    const { request } = await browser.newContext();
    const caller = new Caller(request);
    caller.csrf = (await caller.call('post', '/api/session', { username: id, password: PASSWORD })).csrf as string;
    return caller;
  }

  async call(method: 'get' | 'post', at: string, data?: unknown): Promise<Values> {
    const headers = { 'x-csrf-token': this.csrf };
    const response = await this.request[method](at, { headers, ...(data !== undefined && { data }) });
    expect(response.status(), `${at} ${await response.text()}`).toBe(200);
    return response.json();
  }

  async file(name: string): Promise<StoredFile> {
    const multipart = { file: { name, mimeType: 'application/pdf', buffer: PDF } };
    return (await this.request.post('/api/files', { headers: { 'x-csrf-token': this.csrf }, multipart })).json();
  }
}

/** Every deed by a call; nothing is looked at. */
export async function byCalls(browser: Browser, deeds: readonly Deed[]): Promise<void> {
  for (const { who, step, outcome, values, comment = '', about = '' } of deeds) {
    const caller = await Caller.come(browser, who);
    const { rows } = (await caller.call('get', '/api/inbox/todo')) as {
      rows: { node: string; title: string; taskId: string }[];
    };
    const task = rows.find((row) => row.node === step && row.title.includes(about));
    expect(task, `${who} 的待办中有「${step}」`).toBeTruthy();
    const view = (await caller.call('get', `/api/tasks/${task!.taskId}`)) as { task: { revision: number } };
    await caller.call('post', `/api/tasks/${task!.taskId}/submit`, {
      outcome: outcome.key,
      values: (await values?.((name) => caller.file(name))) ?? {},
      comment,
      revision: view.task.revision,
    });
    await caller.request.dispose();
  }
}

/** Fresh demo data, and the clock of the demo at this moment. */
export async function begin(browser: Browser, now: string): Promise<void> {
  const admin = await Caller.come(browser, 'admin');
  await admin.call('post', '/api/demo/reset', {});
  await moveClock(browser, now);
}

export async function moveClock(browser: Browser, now: string): Promise<void> {
  const clerk = await Caller.come(browser, 'admin');
  await clerk.call('post', '/api/demo/clock', { now });
}
