/** Stories of appeals (P12): asked for on the case, also after its end; handled by people who took no part in the decision; never heavier. */
import type { Values } from '@ganwei/form/model';
import { readStory } from '@ganwei/release/story';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import { check, findings, request, verdict } from '../content/appeal-fillings.ts';
import * as fill from '../content/fillings.ts';
import { COUNTY, content, stage, Walk } from './tolerance-walk.ts';

let w: World;
beforeAll(async () => {
  w = await stage('2026-09-01T09:00');
});
afterAll(() => w?.stop());

/** An application that was not admitted: its case has ended. */
async function refused(eventTitle: string): Promise<Walk> {
  const walk = await new Walk(w).apply({ eventTitle });
  await walk.submit('fuzheng', '受理审查', 'reject', fill.acceptance({ ...fill.rejection(), handler: undefined }));
  return walk;
}
const appeal = async (on: Walk, values: Values) =>
  new Walk(w).started(await w.as('songqiao').act(on.caseId, 'appeal', values));
const row = async (person: string, caseId: string) =>
  (await w.as(person).ledger('REG-17')).rows.find((one) => one.caseId === caseId)?.cells;

test('[APL1] who was refused asks for a review on the case that has ended; nobody else can', async () => {
  const walk = await refused('已经办结的事项');
  const offered = async (person: string) => (await w.as(person).case(walk.caseId)).actions.map(({ key }) => key);
  expect(await offered('songqiao')).toContain('appeal');
  expect(await offered('fuzheng')).not.toContain('appeal');
  const one = await appeal(walk, request('2026-09-01'));
  expect(await one.waiting()).toEqual({ 受理: ['shaoning'] });
  expect(await offered('songqiao')).not.toContain('appeal');
});

test('[APL2] AS-07: the last day moves past a holiday; the day after needs a reason at the field, and approval', async () => {
  await w.at('2026-09-07T09:00');
  const walk = await refused('按期提出的事项');
  const late = await refused('逾期提出的事项');
  await w.at('2026-10-08T09:00');
  const one = await appeal(walk, request('2026-09-07'));
  await one.submit('shaoning', '受理', 'accept', check());
  await one.submit('shaoning', '复核', 'submit', findings('维持'));
  expect((await w.as('gaoyuan').view('决定')).task.due?.date).toBe('2026-11-09');
  expect(await row('shaoning', one.caseId)).toMatchObject({
    filedOn: '2026-10-08',
    decideBy: '2026-11-09',
    late: '否',
  });
  await w.at('2026-10-09T09:00');
  await expect(appeal(late, request('2026-09-07'))).rejects.toMatchObject({ fields: [{ path: 'lateReason' }] });
  const two = await appeal(late, request('2026-09-07', { lateReason: '因病住院，附证明。' }));
  await expect(two.submit('shaoning', '受理', 'accept', check())).rejects.toMatchObject({
    code: 'task.operation-barred',
  });
  await two.submit('shaoning', '受理', 'askLate', check());
  await two.submit('gaoyuan', '批准逾期受理', 'refuse', {}, '没有证明，理由不成立');
  expect(await two.status('shaoning')).toBe('不予受理');
  const told = await w.host.store.reader('notices').where({ person_id: 'songqiao', case_id: two.caseId });
  expect(told.map(({ text }) => text).join()).toContain('没有证明，理由不成立');
});

test('[APL3] nobody who took part in the decision is offered as a reviewer, and who proposed does not decide', async () => {
  await w.at('2026-10-12T09:00');
  const walk = await refused('回避的事项');
  const one = await appeal(walk, request('2026-10-12'));
  await expect(one.submit('shaoning', '受理', 'accept', check('fuzheng'))).rejects.toMatchObject({
    fields: [{ path: 'reviewers' }],
  });
  await one.submit('shaoning', '受理', 'accept', check());
  await one.submit('shaoning', '复核', 'submit', findings('撤销'));
  expect(await one.waiting()).toEqual({ 决定: ['gaoyuan'] });
});

test('[APL4] an appeal makes nothing heavier', async () => {
  await w.at('2026-10-13T09:00');
  const walk = await new Walk(w).apply({ eventTitle: '不加重的事项' });
  await walk.untilDraft();
  await walk.untilIssue();
  await walk.issue();
  const one = await appeal(walk, request('2026-10-13', { request: '请求变更纠错要求。' }));
  await one.submit('shaoning', '受理', 'accept', check());
  await one.submit('shaoning', '复核', 'submit', findings('维持'));
  const [decider] = (await one.waiting()).决定 ?? [];
  const decide = (values: Values) => one.submit(decider!, '决定', 'decide', values);
  const changed = {
    newResult: '予以容错减责',
    reduceHandling: '诫勉',
    notHeavier: true,
    content: '改为减责。',
    restore: '未公开',
  };
  await expect(decide(verdict('变更', changed))).rejects.toMatchObject({
    fields: [{ path: 'newResult', code: 'heavier' }],
  });
  await expect(decide(verdict('撤销', { restore: '未公开' }))).rejects.toMatchObject({
    fields: [{ path: 'result', code: 'heavier' }],
  });
  await decide(verdict('维持'));
  expect(await one.status('shaoning')).toBe('待签收');
});

test('[APL5] a changed result is copied to all who had the decision, entered anew, kept in the dossier and told to the handlers; an upheld one reaches the applicant alone', async () => {
  const vetoed = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) =>
    n === 3
      ? { item: 'NT03', finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' }
      : { item: `NT0${n}`, finding: '无' },
  );
  const walk = await new Walk(w).apply({ eventTitle: '变更结论的事项' });
  await walk.untilDraft({ verification: { negativeFinding: vetoed, suggestion: '不予容错' } });
  await walk.untilIssue({ aspects: undefined, result: 'DENIED' });
  await walk.issue();
  const original = await walk.values<{ number: string; copyReceivers: string[] }>('decisionLetter');
  const decided = async (result: string, more: Values = {}) => {
    const one = await appeal(walk, request('2026-10-13'));
    await one.submit('shaoning', '受理', 'accept', check());
    await one.submit('shaoning', '复核', 'submit', findings(result));
    await one.submit((await one.waiting()).决定![0]!, '决定', 'decide', verdict(result, more));
    const letter = await one.values<{ number: string; copyReceivers: string[] }>('decisionLetter');
    await one.submit('songqiao', '签收', 'sign');
    return letter;
  };
  const records = async (ledger: string) =>
    (await w.host.store.reader('records').where({ ledger, record_key: 'songqiao' })).map((row) =>
      JSON.parse(String(row.values)),
    );
  expect((await decided('维持')).copyReceivers).toEqual([]);
  const changed = await decided('变更', {
    newResult: '予以容错减责',
    reduceHandling: '诫勉',
    notHeavier: true,
    content: '持股与决策没有关联，不再列入不予容错情形。',
    restore: '在市住建局党组会上宣布。',
  });
  expect([...changed.copyReceivers].sort()).toEqual([...original.copyReceivers].sort());
  expect((await records('tolerance-effects')).find(({ number }) => number === changed.number)).toMatchObject({
    result: 'REDUCED',
    influenceFrom: '2026-10-13',
    influenceTo: '2027-04-13',
  });
  expect((await records('dossier')).map(({ kind, basis }) => [kind, basis])).toContainEqual(['复核', changed.number]);
  const told = await w.host.store.reader('notices').where({ person_id: 'dingyiming', title: '复核结果' });
  expect(told.map(({ text }) => text).join()).toContain(`${original.number}经复核予以变更（${changed.number}）`);
});

test('[APL6] what the county upheld goes up once, and the city decides anew', async () => {
  await w.at('2026-10-14T09:00');
  const subjects = [{ person: 'xiangmingyuan', role: '主要负责人', relation: '主持项目建设' }];
  const walk = await new Walk(w, COUNTY).apply({ eventTitle: '县里的事项', subjects, accountabilityOrgan: 'zg-jw' });
  await walk.submit('qinfang', '受理审查', 'reject', fill.acceptance({ ...fill.rejection(), handler: undefined }));
  const asked = async (on: Walk, key: string) =>
    new Walk(w).started(await w.as('xiangmingyuan').act(on.caseId, key, request('2026-10-14')));
  const upheld = async (one: Walk, reviewer: string, decider: string) => {
    await one.submit(reviewer, '受理', 'accept', check(reviewer));
    await one.submit(reviewer, '复核', 'submit', findings('维持'));
    await one.submit(decider, '决定', 'decide', verdict('维持'));
    await one.submit('xiangmingyuan', '签收', 'sign');
    return (await w.as('xiangmingyuan').case(one.caseId)).actions.map(({ key }) => key);
  };
  const first = await asked(walk, 'appeal');
  expect(await upheld(first, 'zgtianli', 'zgliming')).toContain('further');
  const second = await asked(first, 'further');
  expect(await second.waiting()).toEqual({ 受理: ['shaoning'] });
  expect(await upheld(second, 'shaoning', 'gaoyuan')).toEqual([]);
});

test('[APL7] the applicant reads neither opinion; strangers and the register of others know of nothing', async () => {
  const walk = await refused('保密的事项');
  const one = await appeal(walk, request('2026-10-13'));
  await one.submit('shaoning', '受理', 'accept', { ...check(), opinion: '受理意见里的话' });
  await one.submit('shaoning', '复核', 'submit', {
    ...findings('维持'),
    facts: '复核意见里的话，调阅了原件并向有关同志核对。',
  });
  expect(JSON.stringify(await w.as('songqiao').case(one.caseId))).not.toMatch(/受理意见里的话|复核意见里的话/);
  for (const person of ['liangdong', 'yuanke', 'hezhou', 'xiangmingyuan', 'luchuan'])
    await expect(w.as(person).case(one.caseId), person).rejects.toMatchObject({ code: 'not.found' });
  expect(await row('shaoning', one.caseId)).toMatchObject({ persons: '宋桥', against: '容错不予受理' });
  expect(await row('yuanke', one.caseId)).toBeUndefined();
  expect(await row('hezhou', one.caseId)).toBeUndefined();
  await expect(w.as('luchuan').ledger('REG-17')).rejects.toMatchObject({ code: 'not.found' });
});

test('[APL8] the shipped stories leave out no outcome, no end and no timer of an appeal', async () => {
  const stories = content()
    .filter(({ kind, app }) => kind === 'story' && app === 'appeal')
    .map(({ source }) => readStory(source));
  const { model } = await w.host.catalogue().process('review-appeal');
  const seen = new Set(
    stories.flatMap(({ acts }) =>
      acts.flatMap((act) => [
        ...('submit' in act ? [`${act.submit.replace(/#\d+/, '')}/${act.outcome}`] : []),
        ...(act.expect?.ended ?? []).map((end) => `${end.case.replace(/#\d+/, '')}/${end.as}`),
      ]),
    ),
  );
  const tasks = [...model.nodes.values()].flatMap(({ id, task }) =>
    (task?.outcomes ?? []).map(({ key }) => `review-appeal/${id}/${key}`),
  );
  const ends = [...model.nodes.values()].flatMap(({ end }) => (end?.status ? [`review-appeal/${end.status}`] : []));
  expect([...tasks, ...ends].filter((thing) => !seen.has(thing))).toEqual([]);
  const unsigned = stories.filter(({ acts }) => {
    const last = acts.at(-1);
    return last && 'clock' in last && last.expect?.ended.some((end) => end.as === 'UPHELD');
  });
  expect(unsigned, 'one who has not signed in time').toHaveLength(1);
});
