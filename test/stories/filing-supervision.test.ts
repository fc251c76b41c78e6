/** Stories of what follows a filing: supervision (P2b: plan, reports, joint checks, correction, change, renewal, expiry, closing) and revocation (P2c). */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { afterEach, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { type World, world } from '../commands/world.ts';
import * as fill from '../content/filing-fillings.ts';
import { signature } from '../content/fillings.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
const FLOWS = ['filing-supervision', 'filing-revocation'];
/** of risk-filing, what comes after the filing */
const AFTER = ['completed', 'expired', 'revoked', 'endFiled'];
/** outcomes, and nodes passed, of all stories */
const seen = new Set<string>();

let w: World;
/** the filing, and its supervision */
let filing: string;
let id: string;

const pdf = (person: string) => w.as(person).upload('纪要.pdf');
const submit = (person: string, step: string, outcome: string, values: Values = {}, comment = '') =>
  w.as(person).submit(step, outcome, values, comment);
const caseOf = async (process: string) => (await w.host.store.reader('cases').where({ process })).at(-1)?.id ?? '';
const status = async (person = 'fangyuan', one = id) => (await w.as(person).case(one)).case.status.label;
const waiting = async (one = id) =>
  (await w.host.store.reader('work_items').where({ case_id: one }).orderBy('person_id')).map((row) => row.person_id);
const due = async (person: string, step: string) => (await w.as(person).view(step)).task.due?.date ?? null;
const row = async (person = 'fuzheng') =>
  (await w.as(person).ledger('REG-01')).rows.find((one) => one.caseId === filing)?.cells;
const letters = async () => (await w.host.store.reader('letters').orderBy('id')).map(({ number }) => number);
const texts = async (person: string) =>
  (await w.host.store.reader('notices').where({ person_id: person })).map(({ text }) => text).join('\n');

/** A filing by the housing bureau is granted on 1 September 2026. */
async function granted(changes: Values = {}, by = 'yinchuan', months = 12): Promise<void> {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  const start = by === 'yinchuan' ? 'byUnit' : 'byPerson';
  filing = (await w.as(by).start('risk-filing', fill.filing(changes), start)).caseId;
  if (start === 'byPerson') await submit('yinchuan', '征求单位党组织意见', 'submit', { opinion: '同意报备' });
  else await submit('liangdong', '单位集体研究', 'agree', fill.research(await pdf('liangdong')));
  await submit('fuzheng', '形式审查', 'accept', fill.formal());
  await submit('fangyuan', '拟定备案意见', 'submit', fill.opinion({ months }));
  await submit('dingyiming', '审定', 'approve');
  id = await caseOf('filing-supervision');
}
const planned = async (by = 'yinchuan') => {
  await submit('fangyuan', '拟定监督计划', 'submit', fill.plan());
  await submit(by, '确认监督计划', 'agree');
};
const checked = (date: string, finding?: string, changes: Values = {}) =>
  submit('fangyuan', '联合监督检查', 'submit', fill.check(date, finding, changes));
/** Checked out of turn on the day the plan was confirmed. */
const found = async (finding: string, changes: Values = {}) => {
  await planned();
  await submit('fangyuan', '日常监督', 'check');
  await checked('2026-09-01', finding, changes);
};

/** What this story has passed is seen. */
async function remembered(): Promise<void> {
  const { reader } = w.host.store;
  for (const one of await reader('cases').where('process', 'in', ['risk-filing', ...FLOWS])) {
    for (const node of Object.keys(JSON.parse(one.reached))) seen.add(node);
    for (const task of await reader('tasks_done').where({ case_id: one.id })) seen.add(`${task.node}/${task.outcome}`);
  }
}

afterEach(async () => {
  await remembered();
  await w.stop();
});

test('[FIL9] a filing that is granted is supervised from that day: the organ drafts the plan, the filer confirms it or says why not', async () => {
  await granted();
  expect(await status()).toBe('拟定监督计划');
  expect(await waiting()).toEqual(['fangyuan']);
  await submit('fangyuan', '拟定监督计划', 'submit', fill.plan());
  expect(await waiting()).toEqual(['yinchuan']);
  expect(await due('yinchuan', '确认监督计划')).toBe('2026-09-04');
  await submit('yinchuan', '确认监督计划', 'back', {}, '请改为每季度末检查，避开汛期');
  await planned();
  expect(await status()).toBe('监督中');
  expect(await due('fangyuan', '日常监督')).toBe('2026-12-01');
});

test('[FIL9] a plan that is not confirmed stays unconfirmed: silence is urged, and the head of the unit is told', async () => {
  await granted();
  await submit('fangyuan', '拟定监督计划', 'submit', fill.plan());
  await w.at('2026-09-10T09:00');
  expect(await waiting()).toEqual(['yinchuan']);
  expect(await texts('liangdong')).toContain('监督计划已逾期');
});

test('[FIL10] every quarter the filer reports within five working days, and two of the organ check together with the unit', async () => {
  await granted();
  await planned();
  await w.at('2026-12-02T00:00');
  expect(await status()).toBe('待报进展');
  expect(await due('yinchuan', '实施进展报告')).toBe('2026-12-09');
  await w.at('2026-12-07T09:00');
  await submit('yinchuan', '实施进展报告', 'submit', fill.progress());
  await expect(checked('2026-12-07', '正常', { organPersons: ['fangyuan'] })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await checked('2026-12-07');
  expect(await status()).toBe('监督中');
  expect(await row()).toMatchObject({ status: '已备案', supervised: 1, lastSupervised: '2026-12-07' });
});

test('[FIL10] a report that does not come is noted, and the check goes ahead; what does not meet the filing is not “in order”', async () => {
  await granted();
  await planned();
  await submit('fangyuan', '日常监督', 'report');
  await w.at('2026-09-09T00:00');
  expect(await waiting()).toEqual(['fangyuan']);
  const wrong = fill.check('2026-09-08', '偏离备案内容').items;
  await expect(checked('2026-09-08', '正常', { items: wrong })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('[FIL11] what departs from the filing is corrected by a rectification of the unit, while supervision goes on', async () => {
  await granted();
  await found('偏离备案内容', { corrections: fill.corrections('2026-09-30') });
  expect(await status()).toBe('监督中');
  const rectification = await caseOf('rectification');
  expect(await waiting(rectification)).toEqual(['yinchuan']);
  const [letter] = (await letters()).slice(-1);
  expect(letter).toBe('宜纪整通〔2026〕1号');
  expect(await texts('zhenghang')).toBe('');
});

test('[FIL12] a change counts from the day it is granted: graded anew, decided at that level, told to the register', async () => {
  await granted();
  await found('情况变化');
  expect(await status()).toBe('变更审定');
  await submit('yinchuan', '变更报备', 'submit', fill.change());
  await submit('fangyuan', '拟定变更意见', 'submit', fill.changeOpinion());
  expect(await waiting()).toEqual(['dingyiming']);
  await submit('dingyiming', '审定变更', 'back', {}, '请补充地质雷达的资料');
  await submit('fangyuan', '拟定变更意见', 'submit', fill.changeOpinion());
  expect(await row()).toMatchObject({ status: '已备案' });
  await submit('dingyiming', '审定变更', 'approve');
  expect(await row()).toMatchObject({ status: '已变更', validTo: '2027-08-31' });
  expect(await letters()).toEqual(['宜风备〔2026〕1号', '宜风变〔2026〕1号']);
});

test('[FIL12] a change that makes the risk grave goes to the departments and the leading group; their silence is no consent', async () => {
  await granted();
  await found('情况变化');
  await submit('yinchuan', '变更报备', 'submit', fill.change({ risks: fill.GRAVE }));
  expect(await waiting()).toEqual(['caijing', 'helan', 'shilei']);
  await submit('helan', '部门会商', 'submit', fill.consult());
  await w.at('2026-09-05T00:00');
  await submit('fangyuan', '拟定变更意见', 'submit', fill.changeOpinion('不予变更'));
  expect(await waiting()).toEqual(['zhouqihang']);
  await submit('zhouqihang', '审定变更', 'approve');
  expect(await texts('yinchuan')).toContain('仍按原备案内容实施');
  expect(await row()).toMatchObject({ status: '已备案', grade: '低' });
  await submit('fangyuan', '日常监督', 'check');
  await checked('2026-09-05', '情况变化');
  await submit('yinchuan', '变更报备', 'submit', fill.change({ risks: fill.GRAVE }));
  for (const person of ['caijing', 'helan', 'shilei']) await submit(person, '部门会商', 'submit', fill.consult());
  await submit('fangyuan', '拟定变更意见', 'submit', fill.changeOpinion());
  await submit('zhouqihang', '审定变更', 'approve');
  expect(await row()).toMatchObject({ status: '已变更', grade: '高' });
});

test('[FIL12] who does not ask for the change in time keeps the filing as it is', async () => {
  await granted();
  await found('情况变化');
  await w.at('2026-09-09T00:00');
  expect(await status()).toBe('监督中');
});

test('[FIL13] ten working days before its end the filer may ask for renewal; who decided on the filing decides', async () => {
  await granted({}, 'yinchuan', 1);
  await planned();
  expect(await row()).toMatchObject({ validTo: '2026-09-30' });
  await w.at('2026-09-15T23:59');
  expect(await waiting()).toEqual(['fangyuan']);
  await w.at('2026-09-16T00:00');
  expect(await waiting()).toEqual(['fangyuan', 'yinchuan']);
  await submit('yinchuan', '申请续期', 'apply', fill.renewal());
  await submit('dingyiming', '审定续期', 'approve');
  expect(await row()).toMatchObject({ status: '已备案', validTo: '2027-03-31' });
  await w.at('2026-10-01T00:00');
  expect(await status()).toBe('监督中');
});

test('[FIL13] a filing that is not renewed expires: not asked for, refused, or not decided by the end', async () => {
  for (const step of ['silent', 'declined', 'refused', 'undecided']) {
    await granted({}, 'yinchuan', 1);
    await planned();
    await w.at('2026-09-16T00:00');
    if (step === 'declined') await submit('yinchuan', '申请续期', 'decline');
    if (step === 'refused' || step === 'undecided') await submit('yinchuan', '申请续期', 'apply', fill.renewal());
    if (step === 'refused') await submit('dingyiming', '审定续期', 'refuse', {}, '防控措施没有落实，不予续期');
    await w.at('2026-09-30T23:59');
    expect(await row(), step).toMatchObject({ status: '已备案' });
    await w.at('2026-10-01T00:00');
    expect([await status(), await waiting(), (await row())?.status], step).toEqual(['已到期', [], '已到期']);
    await remembered();
    if (step !== 'undecided') await w.stop();
  }
});

test('[FIL14] what is carried out is evaluated and closed; a filing that is closed does not expire', async () => {
  await granted({}, 'songqiao', 1);
  await planned('songqiao');
  await submit('fangyuan', '日常监督', 'report');
  await submit('songqiao', '实施进展报告', 'submit', fill.progress({ finished: true }));
  await checked('2026-09-01', '实施完毕');
  await w.at('2026-10-01T00:00');
  expect(await waiting()).toEqual(['fangyuan']);
  await submit('fangyuan', '办结评估', 'submit', fill.closing());
  expect(await status()).toBe('已办结');
  expect(await row()).toMatchObject({ status: '已办结', supervised: 1 });
});

test('[FIL15] what the organ found is not the filer’s to read; the leading group and other units know of no supervision', async () => {
  await granted();
  await planned();
  await submit('fangyuan', '日常监督', 'report');
  await submit('yinchuan', '实施进展报告', 'submit', fill.progress());
  await checked('2026-09-01', '正常', { advice: '旁站记录有两处补签，下期重点核对。' });
  expect(JSON.stringify(await w.as('fangyuan').case(id))).toContain('补签');
  expect(JSON.stringify(await w.as('yinchuan').case(id))).not.toContain('补签');
  for (const person of ['tangning', 'guoyan', 'hezhou', 'xiangmingyuan'])
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
});

/** Abuse is found, and the revocation proposed; `id` is the revocation then. */
async function proposed(changes: Values = {}, months = 12): Promise<void> {
  await granted(changes, 'yinchuan', months);
  await found('以备案为挡箭牌乱作为');
  id = await caseOf('filing-revocation');
  await submit('fangyuan', '提出撤销备案', 'submit', fill.revocation(await pdf('fangyuan')));
}
const stated = (changes: Values = {}) =>
  submit('yinchuan', '陈述申辩', 'submit', fill.defence(signature(w.actor('yinchuan')), changes));
const reviewed = async () => {
  await stated();
  await submit('qinxiao', '审核', 'submit', fill.revocationReview());
};

test('[FIL17] abuse under the shield of a filing: the filer is heard, another reviews, a level above decides, and the filing counts no more', async () => {
  await granted({}, 'yinchuan', 12);
  await found('以备案为挡箭牌乱作为');
  expect(await status()).toBe('撤销审定');
  id = await caseOf('filing-revocation');
  expect(await due('fangyuan', '提出撤销备案')).toBe('2026-09-04');
  await submit('fangyuan', '提出撤销备案', 'submit', fill.revocation(await pdf('fangyuan')));
  expect(await due('yinchuan', '陈述申辩')).toBe('2026-09-08');
  expect(JSON.stringify(await w.as('yinchuan').view('陈述申辩'))).toContain('擅自开挖二百余米');
  await stated();
  expect(await waiting()).toEqual(['qinxiao']);
  await submit('qinxiao', '审核', 'submit', fill.revocationReview());
  expect(await waiting()).toEqual(['fuzheng']);
  await submit('fuzheng', '决定', 'decide', fill.verdict('撤销', { person: 'songqiao' }));
  expect(await row()).toMatchObject({ status: '已撤销', revokedFrom: '2026-09-01' });
  expect(await letters()).toEqual(['宜风备〔2026〕1号', '宜风撤〔2026〕1号']);
  const receipts = (await w.host.store.reader('receipts')).map(({ person_id }) => person_id);
  expect([...new Set(receipts)].sort()).toEqual(expect.arrayContaining(['fuzheng', 'yinchuan', 'yuanke']));
  expect(await caseOf('lead-handover')).not.toBe('');
  expect(await caseOf('consequence-handling')).not.toBe('');
});

test('[FIL17] who does not answer has waived; what is thin goes back, and the filer is heard anew', async () => {
  await proposed();
  await w.at('2026-09-09T00:00');
  expect(await waiting()).toEqual(['qinxiao']);
  await submit('qinxiao', '审核', 'back', {}, '请补充施工记录和询问笔录');
  await submit('fangyuan', '提出撤销备案', 'submit', fill.revocation(await pdf('fangyuan')));
  await stated({ waive: true });
  await submit('qinxiao', '审核', 'submit', fill.revocationReview());
  await submit('fuzheng', '决定', 'back', {}, '请核实停水的影响范围');
  expect(await waiting()).toEqual(['fangyuan']);
});

test('[FIL17] it takes effect from the first abusive act, not before', async () => {
  await proposed();
  await reviewed();
  await expect(
    submit('fuzheng', '决定', 'decide', fill.verdict('撤销', { effectiveFrom: '2026-08-31' })),
  ).rejects.toMatchObject({ code: 'input.invalid' });
});

test('[FIL18] what is not revoked is supervised on; what is to be corrected becomes a rectification', async () => {
  for (const [decision, label] of [
    ['不予撤销', '不予撤销'],
    ['限期纠正', '限期纠正'],
  ] as const) {
    await proposed();
    await reviewed();
    await submit('fuzheng', '决定', 'decide', fill.verdict(decision));
    expect([await status(), await status('fangyuan', await caseOf('filing-supervision'))]).toEqual([label, '监督中']);
    expect(await texts('yinchuan')).toContain(label);
    expect((await caseOf('rectification')) !== '').toBe(decision === '限期纠正');
    expect(await row()).toMatchObject({ status: '已备案' });
    await remembered();
    if (decision === '不予撤销') await w.stop();
  }
});

test('[FIL18] a grave filing is revoked by the leading group together, with its minutes', async () => {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  filing = (await w.as('yinchuan').start('risk-filing', fill.filing({ risks: fill.GRAVE }), 'byUnit')).caseId;
  await submit('liangdong', '单位集体研究', 'agree', fill.research(await pdf('liangdong')));
  await submit('yinchuan', '单位合法性审查', 'submit', fill.legal(await pdf('yinchuan')));
  await submit('fuzheng', '形式审查', 'accept', fill.formal());
  for (const person of ['caijing', 'helan', 'shilei']) await submit(person, '部门会商', 'submit', fill.consult());
  await submit('fangyuan', '拟定备案意见', 'submit', fill.opinion());
  await submit('zhouqihang', '审定', 'approve');
  await found('以备案为挡箭牌乱作为');
  id = await caseOf('filing-revocation');
  await submit('fangyuan', '提出撤销备案', 'submit', fill.revocation(await pdf('fangyuan')));
  await reviewed();
  await expect(submit('fuzheng', '决定', 'decide', fill.verdict())).rejects.toMatchObject({ code: 'input.invalid' });
  await submit('fuzheng', '决定', 'decide', { ...fill.verdict(), ...fill.meeting(await pdf('fuzheng')) });
  expect(await row()).toMatchObject({ status: '已撤销' });
});

test('[FIL18] a filing that ends while its revocation is being decided waits for the decision', async () => {
  for (const decision of ['撤销', '不予撤销']) {
    await proposed({}, 1);
    await w.at('2026-10-01T00:00');
    expect(await row()).toMatchObject({ status: '已备案' });
    await submit('qinxiao', '审核', 'submit', fill.revocationReview());
    await submit('fuzheng', '决定', 'decide', fill.verdict(decision));
    expect((await row())?.status).toBe(decision === '撤销' ? '已撤销' : '已到期');
    if (decision === '撤销') await w.stop();
  }
});

test('[FIL19] the filer reads the grounds and the decision, not the review; the leading group reads what is grave; others know of nothing', async () => {
  await proposed();
  await reviewed();
  const seenBy = async (person: string) => JSON.stringify(await w.as(person).case(id));
  expect(await seenBy('fuzheng')).toContain('陈述申辩已经逐条核对');
  expect(await seenBy('yinchuan')).not.toContain('陈述申辩已经逐条核对');
  for (const person of ['tangning', 'guoyan', 'hezhou', 'xiangmingyuan'])
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
});

test('[FIL16] the stories of supervision leave out no outcome, no end and no timer', async () => {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  const all: string[] = [];
  for (const flow of FLOWS) {
    const nodes = [...(await w.host.catalogue().process(flow)).model.nodes.values()];
    all.push(...nodes.flatMap(({ id: node, task }) => (task?.outcomes ?? []).map(({ key }) => `${node}/${key}`)));
    all.push(...nodes.filter(({ kind, timer }) => kind === 'end' || timer !== undefined).map(({ id: node }) => node));
  }
  expect([...all, ...AFTER].filter((thing) => !seen.has(thing))).toEqual([]);
});
