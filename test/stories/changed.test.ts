/** Stories of what follows when a decision is changed or revoked, on appeal (P12) or on review (P13): counts, registers, periods, proposals, letters. */
import type { Values } from '@ganwei/form/model';
import { afterEach, expect, test } from 'vitest';
import { directoryChanged } from '../../server/store/directory.ts';
import type { World } from '../commands/world.ts';
import * as appeals from '../content/appeal-fillings.ts';
import * as handling from '../content/consequence-fillings.ts';
import * as fill from '../content/fillings.ts';
import { Interview } from './interview-walk.ts';
import { review, reviewed } from './tolerance-reviewed.ts';
import { COUNTY, stage, Walk } from './tolerance-walk.ts';

let w: World;
afterEach(() => w?.stop());

const rows = async (person: string, ledger: string) =>
  (await w.as(person).ledger(ledger)).rows.map(({ caseId, cells }): Values => ({ caseId, ...cells }));
const letters = async (person: string) =>
  Object.fromEntries((await rows(person, 'REG-18')).map(({ number, state }) => [number, state]));
const told = async (person: string, words: string) =>
  w.host.store.reader('notices').where({ person_id: person }).where('text', 'like', `%${words}%`);

/** An appeal on a case, up to its decision. */
async function decided(
  on: { caseId: string },
  by: string,
  people: [receiver: string, reviewer: string],
  values: Values,
) {
  const today = new Date(w.host.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const one = new Walk(w).started(await w.as(by).act(on.caseId, 'appeal', appeals.request(today)));
  await one.submit(people[0], '受理', 'accept', appeals.check(people[1]));
  await one.submit(people[1], '复核', 'submit', appeals.findings(String(values.result)));
  const [decider] = (await one.waiting()).决定 ?? [];
  await one.submit(decider!, '决定', 'decide', appeals.verdict(String(values.result), values));
  return { one, decider: decider! };
}

/** 梁栋 is interviewed twice within a year; the organisation department has the proposed admonition. */
async function twice(): Promise<[Interview, Interview]> {
  w = await stage('2026-04-09T09:00');
  const first = await new Interview(w).whole('2026-04-09', '2026-04-16', ['liangdong']);
  const second = await new Interview(w).whole('2026-04-17', '2026-04-23', ['liangdong']);
  return [first, second];
}

test('[APL9] an interview that is revoked on appeal counts no more from the moment the decision is issued; nobody has to annul it besides', async () => {
  const [first, second] = await twice();
  const restore = '在市委办公室通报过的范围内澄清。';
  const { one } = await decided({ caseId: first.id }, 'liangdong', ['hezhou', 'hezhou'], { result: '撤销', restore });
  expect(await one.status('liangdong')).toBe('待签收');
  const [, annulment] = await Promise.all([
    first.status(),
    w.host.store.reader('cases').where({ process: 'interview-annulment' }).first(),
  ]);
  expect(annulment).toMatchObject({ status: 'ANNULLED', state: 'ended' });
  expect(await first.status()).toBe('已撤销');
  const records = await w.host.store.reader('records').where({ ledger: 'interview-held', record_key: 'liangdong' });
  expect(records.map(({ values }) => JSON.parse(String(values)).kind)).toContain('撤销');
  const state = await letters('wenbo');
  expect(state).toMatchObject({ '宜办约谈〔2026〕1号': '作废', '宜办约谈〔2026〕2号': '有效' });
  // The appeal itself goes on to its signature, beyond the end of the interview.
  await one.submit('liangdong', '签收', 'sign');
  expect(await one.status('liangdong')).toBe('撤销');
  const third = await new Interview(w).whole('2026-06-01', '2026-06-09', ['liangdong']);
  expect((await rows('wenbo', 'REG-04')).find(({ caseId }) => caseId === third.id)).toMatchObject({
    counts: '梁栋第 2 次',
  });
  expect(second.id).not.toBe(third.id);
});

test('[CSQ8] a proposal that rested on the count goes back to be proposed anew, without the rule; people decide, and need nobody’s leave to end it', async () => {
  const [first] = await twice();
  const proposal = (person: string, step: string, outcome: string, values: Values) =>
    w.as(person).submit(step, outcome, values);
  await proposal('yuanke', '核实事实', 'submit', handling.facts());
  await proposal('yuanke', '容错核查', 'submit', handling.tolerance());
  await proposal('liangdong', '听取本人说明', 'submit', handling.statement(fill.signature(w.actor('liangdong'))));
  await proposal('yuanke', '提出处理建议', 'submit', handling.proposal());
  await proposal('dingyiming', '征求纪检监察机关意见', 'submit', handling.consult());
  await decided({ caseId: first.id }, 'liangdong', ['hezhou', 'hezhou'], { result: '撤销', restore: '未公开' });
  const [row] = await rows('yuanke', 'REG-16');
  expect(row).toMatchObject({ status: '拟定建议', suggested: '不予处理', rules: '' });
  expect(await told('yuanke', '处理建议的依据变化')).toHaveLength(1);
  const none = { suggestion: '不予处理', reason: '所依据的约谈已经撤销，一年内只有一次约谈，不予处理。' };
  await proposal('yuanke', '提出处理建议', 'submit', handling.proposal(none));
  await proposal('dingyiming', '征求纪检监察机关意见', 'submit', handling.consult());
  const minutes = await w.as('tangning').upload('纪要.pdf');
  const reason = '所依据的约谈已经撤销，没有规则命中，不予处理。';
  await proposal(
    'tangning',
    '部务会审议',
    'decide',
    handling.meeting(minutes, { date: '2026-04-23', result: '不予处理', reason }),
  );
  expect((await rows('yuanke', 'REG-16'))[0]).toMatchObject({ status: '不予处理' });
});

/** Denied tolerance that is changed to reduced liability on appeal. */
async function denied() {
  w = await stage('2026-09-01T09:00');
  const vetoed = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) =>
    n === 3
      ? { item: 'NT03', finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' }
      : { item: `NT0${n}`, finding: '无' },
  );
  const walk = await new Walk(w).apply({ eventTitle: '变更结论的事项' });
  await walk.untilDraft({ verification: { negativeFinding: vetoed, suggestion: '不予容错' } });
  await walk.untilIssue({ aspects: undefined, result: 'DENIED' });
  await walk.issue();
  return walk;
}
const REDUCED = {
  result: '变更',
  newResult: '予以容错减责',
  reduceHandling: '诫勉',
  notHeavier: true,
  content: '持股与决策没有关联，不再列入不予容错情形。',
  restore: '未公开',
};

test('[TOL96] a changed result stands in the register at once; its period of influence runs from the change and is evaluated at its end', async () => {
  const walk = await denied();
  const original = await walk.values<{ number: string }>('decisionLetter');
  const { one } = await decided(walk, 'songqiao', ['shaoning', 'shaoning'], REDUCED);
  const letter = await one.values<{ number: string }>('decisionLetter');
  expect(await rows('fuzheng', 'REG-02')).toMatchObject([{ result: '予以容错减责', decisionNo: original.number }]);
  expect(await letters('fuzheng')).toMatchObject({ [original.number]: '作废', [letter.number]: '有效' });
  expect(await walk.values('standing')).toMatchObject({ influence: { from: '2026-09-01', to: '2027-03-01' } });
  const tracking = await w.host.store.reader('cases').where({ process: 'candidate' });
  expect(tracking.map(({ title }) => String(title)).join()).toContain('跟踪教育');
  await w.at('2027-03-02T09:00');
  expect(Object.keys(await walk.waiting())).toContain('影响期满评价');
});

test('[TOL96] a decision that was reduced and is revoked on review has no period any more, and its corrections are asked for no longer', async () => {
  w = await stage('2026-09-01T09:00');
  const walk = await new Walk(w).apply({ eventTitle: '复查撤销的减责' });
  await walk.untilDraft();
  const diffReason =
    '该同志对开工前交底不细负有领导责任，免责不足以体现责任，综合考虑损失已经大部分挽回、群众理解支持等情况，拟予以减责处理。';
  await walk.untilIssue({ result: 'REDUCED', reduceHandling: '诫勉', diffReason });
  await walk.issue();
  const { number } = await walk.values<{ number: string }>('decisionLetter');
  const one = await review(walk, { kind: '适用不当' });
  await reviewed(one, '撤销');
  expect(await rows('fuzheng', 'REG-02')).toMatchObject([{ result: '已撤销', correction: '已取消' }]);
  expect(await letters('fuzheng')).toMatchObject({ [number]: '作废' });
  const rectification = await w.host.store.reader('cases').where({ process: 'rectification' }).first();
  expect(rectification?.status).toBe('CANCELLED');
  await w.at('2027-03-02T09:00');
  expect(Object.keys(await walk.waiting())).not.toContain('影响期满评价');
});

test('[CSQ8] a proposed handling of which the decision on tolerance is changed meanwhile has its tolerance checked again before it is decided', async () => {
  const walk = await denied();
  const id = (await w.as('xuning').start('consequence-handling', handling.request(), 'registered')).caseId;
  const submit = (person: string, step: string, outcome: string, values: Values) =>
    new Walk(w).started({ caseId: id, number: '' }).submit(person, step, outcome, values);
  const known = handling.tolerance({
    conclusion: '无容错情形',
    reason: '有容错决定，结论是不予容错，没有可以容错的情形。',
  });
  await submit('yuanke', '核实事实', 'submit', handling.facts());
  await submit('yuanke', '容错核查', 'submit', known);
  await submit('songqiao', '听取本人说明', 'submit', handling.statement(fill.signature(w.actor('songqiao'))));
  await submit('yuanke', '提出处理建议', 'submit', handling.proposal());
  await decided(walk, 'songqiao', ['shaoning', 'shaoning'], REDUCED);
  const open = await w.host.store.reader('tasks').where({ case_id: id });
  expect(open.map(({ name }) => name)).toEqual(['容错核查']);
  await submit('yuanke', '容错核查', 'submit', known);
  expect((await w.host.store.reader('tasks').where({ case_id: id })).map(({ name }) => name)).toEqual(['提出处理建议']);
});

test('[APL10] where everybody who could decide took part, whom the superior organ has designated decides; in a county the head of the organ above', async () => {
  w = await stage('2026-09-01T09:00');
  const grave = await new Walk(w).apply({ eventTitle: '领导小组审议过的事项' });
  await grave.untilDraft({ verification: { lossVerified: 600, remedyVerified: 590 } });
  await grave.untilIssue();
  await grave.issue();
  const { decider } = await decided(grave, 'songqiao', ['shaoning', 'shaoning'], { result: '维持' });
  expect(decider).toBe('hansu');
  const subjects = [{ person: 'xiangmingyuan', role: '主要负责人', relation: '主持项目建设' }];
  const county = await new Walk(w, COUNTY).apply({ eventTitle: '县里的事项', subjects, accountabilityOrgan: 'zg-jw' });
  await county.submit('qinfang', '受理审查', 'reject', fill.acceptance({ ...fill.rejection(), handler: undefined }));
  for (const person of ['zgliming', 'zgguanjie'])
    await w.host.store.transaction((tx) => tx('posts').where({ person_id: person }).update({ to_date: '2026-08-31' }));
  await w.host.store.transaction(directoryChanged);
  await w.host.refresh();
  const values = { result: '维持' };
  expect((await decided(county, 'xiangmingyuan', ['zgtianli', 'zgtianli'], values)).decider).toBe('gaoyuan');
});

test('[CSQ9] AS-19: an affair that is exempted later leaves the interview counted; the check for tolerance shows the decision to whoever handles what the count proposes', async () => {
  w = await stage('2026-04-09T09:00');
  const guests = ['songqiao'];
  await new Interview(w).whole('2026-04-09', '2026-04-16', guests);
  const walk = await new Walk(w).apply({ eventTitle: '约谈过的事项' });
  await walk.untilDraft();
  await walk.untilIssue();
  await walk.issue();
  const { number } = await walk.values<{ number: string }>('decisionLetter');
  const second = await new Interview(w).whole('2026-04-20', '2026-04-24', guests);
  const row = (await rows('wenbo', 'REG-04')).find(({ caseId }) => caseId === second.id);
  expect(row).toMatchObject({ counts: '宋桥第 2 次' });
  await w.as('yuanke').submit('核实事实', 'submit', handling.facts());
  expect(JSON.stringify(await w.as('yuanke').view('容错核查'))).toContain(number);
});
