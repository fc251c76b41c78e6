/** Stories of risk pre-filing (P2): who files, who is asked, who decides; no filing without somebody's yes, and none after the fact. */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { afterEach, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { caseRefs } from '../../server/queries/lists.ts';
import { type World, world } from '../commands/world.ts';
import * as fill from '../content/filing-fillings.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
/** what comes after the filing: filing-supervision.test.ts */
const AFTER = ['completed', 'expired', 'revoked', 'endFiled'];
/** outcomes, and nodes passed, of all stories */
const seen = new Set<string>();

let w: World;
let id: string;

async function filed(changes: Values = {}, by = 'yinchuan'): Promise<void> {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  const start = by === 'yinchuan' ? 'byUnit' : 'byPerson';
  id = (await w.as(by).start('risk-filing', fill.filing(changes), start)).caseId;
}
const pdf = (person: string) => w.as(person).upload('纪要.pdf');
const submit = (person: string, step: string, outcome: string, values: Values = {}, comment = '') =>
  w.as(person).submit(step, outcome, values, comment);
const researched = async () => submit('liangdong', '单位集体研究', 'agree', fill.research(await pdf('liangdong')));
const accepted = (changes: Values = {}) => submit('fuzheng', '形式审查', 'accept', fill.formal(changes));
const drafted = (values: Values = fill.opinion()) => submit('fangyuan', '拟定备案意见', 'submit', values);
const status = async (person = 'fuzheng') => (await w.as(person).case(id)).case.status.label;
const waiting = async () =>
  (await w.host.store.reader('work_items').where({ case_id: id }).orderBy('person_id')).map((row) => row.person_id);
const due = async (person: string, step: string) => (await w.as(person).view(step)).task.due?.date ?? null;
const row = async (person = 'fuzheng') =>
  (await w.as(person).ledger('REG-01')).rows.find((one) => one.caseId === id)?.cells;

afterEach(async () => {
  const { reader } = w.host.store;
  for (const one of await reader('cases').where({ process: 'risk-filing' })) {
    for (const node of Object.keys(JSON.parse(one.reached))) seen.add(node);
    for (const task of await reader('tasks_done').where({ case_id: one.id })) seen.add(`${task.node}/${task.outcome}`);
  }
  await w.stop();
});

test('[FIL1] a unit files before it acts: studied together, checked, decided by the chief of the section, numbered, valid for a year', async () => {
  await filed();
  expect(await waiting()).toEqual(['liangdong']);
  await researched();
  expect(await due('fuzheng', '形式审查')).toBe('2026-09-03');
  await accepted();
  expect(await waiting()).toEqual(['fangyuan']);
  await drafted();
  expect(await waiting()).toEqual(['dingyiming']);
  await submit('dingyiming', '审定', 'approve');
  expect(await status()).toBe('已备案');
  expect(await row()).toMatchObject({
    filingNo: '宜风备〔2026〕1号',
    grade: '低',
    approvedOn: '2026-09-01',
    validTo: '2027-08-31',
    status: '已备案',
  });
  const letters = await w.host.store.reader('letters').where({ case_id: id });
  expect(letters.map(({ number }) => number)).toEqual(['宜风备〔2026〕1号']);
});

test('[FIL2] a grave risk needs a legal opinion, the departments of law, money and audit, and the leading group', async () => {
  await filed({ risks: fill.GRAVE });
  await researched();
  await submit('yinchuan', '单位合法性审查', 'submit', fill.legal(await pdf('yinchuan')));
  await accepted();
  expect(await waiting()).toEqual(['caijing', 'helan', 'shilei']);
  await submit('helan', '部门会商', 'submit', fill.consult());
  await submit(
    'caijing',
    '部门会商',
    'submit',
    fill.consult({ opinion: '有条件同意', conditions: '资金来源先行落实' }),
  );
  await submit('shilei', '部门会商', 'submit', fill.consult());
  await drafted();
  expect(await waiting()).toEqual(['zhouqihang']);
  await submit('zhouqihang', '审定', 'approve');
  expect(await row('zhouqihang')).toMatchObject({ grade: '高', status: '已备案' });
});

test('[FIL2] AS-50: what the law forbids is not filed, and an unlawful plan goes no further', async () => {
  const forbidden = fill.filing().forbiddenCheck as Values[];
  await filed({ risks: fill.GRAVE });
  const answers = forbidden.map((one) =>
    one.item === '明令禁止' ? { ...one, answer: '是', explain: '法律禁止' } : one,
  );
  await expect(
    w.as('yinchuan').start('risk-filing', fill.filing({ forbiddenCheck: answers }), 'byUnit'),
  ).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await researched();
  const unlawful = { conclusion: '不合法', risk: undefined };
  await submit('yinchuan', '单位合法性审查', 'unlawful', fill.legal(await pdf('yinchuan'), unlawful));
  expect(await status('yinchuan')).toBe('单位不报备');
});

test('[FIL2] what was studied and refused by the unit is not filed', async () => {
  await filed();
  const refused = fill.research(await pdf('liangdong'), { decision: '不同意' });
  await submit('liangdong', '单位集体研究', 'refuse', refused, '条件还不成熟，暂不报备');
  expect(await status('yinchuan')).toBe('单位不报备');
});

test('[FIL3] a person files for himself; his party organisation is asked, not obeyed', async () => {
  await filed({ filerOrg: 'zjj' }, 'songqiao');
  expect(await waiting()).toEqual(['yinchuan']);
  await submit('yinchuan', '征求单位党组织意见', 'submit', { opinion: '不赞成由个人报备' });
  await accepted();
  expect(await waiting()).toEqual(['fangyuan']);
});

test('[READ16] what a person has filed for himself is not named to his colleagues; what the unit has filed is', async () => {
  const named = async (person: string) => {
    const query = { q: '', process: 'risk-filing', ids: undefined, statuses: '' };
    return (await caseRefs(w.host, w.actor(person), query)).length;
  };
  await filed({ filerOrg: 'zjj' }, 'songqiao');
  expect([await named('songqiao'), await named('liangdong')]).toEqual([1, 0]);
  await filed();
  expect([await named('songqiao'), await named('guqing')]).toEqual([1, 0]);
});

test('[FIL3] the silence of his party organisation holds nothing up', async () => {
  await filed({}, 'songqiao');
  await w.at('2026-09-04T23:59');
  expect(await waiting()).toEqual(['yinchuan']);
  await w.at('2026-09-05T00:00');
  expect(await waiting()).toEqual(['fuzheng']);
});

test('[FIL3] what is wrong is told at once, twice at most; who does not answer has not filed', async () => {
  await filed({}, 'songqiao');
  await w.at('2026-09-05T00:00');
  await submit('fuzheng', '形式审查', 'supplement', { supplementList: fill.SUPPLEMENT });
  expect(await due('songqiao', '补正材料')).toBe('2026-09-11');
  await submit('songqiao', '补正材料', 'submit', fill.filing());
  await submit('fuzheng', '形式审查', 'supplement', { supplementList: fill.SUPPLEMENT });
  await w.at('2026-09-11T23:59');
  expect(await status()).toBe('补正');
  await w.at('2026-09-12T00:00');
  expect(await status()).toBe('逾期未补正');
});

test('[FIL3] what is no matter for a filing is sent back with its reason', async () => {
  await filed();
  await researched();
  const outReason = '该事项有明确规定，按照规定办理即可，不存在政策不明的情形。';
  await submit('fuzheng', '形式审查', 'outOfScope', { outReason });
  expect(await status()).toBe('不属于报备范围');
  const told = await w.host.store.reader('notices').where('text', 'like', `%${outReason}%`);
  expect(told.map(({ person_id }) => person_id)).toEqual(['yinchuan']);
});

test('[FIL4] silence is no consent: who is late is urged, his chief is told, and it stays where it is', async () => {
  await filed();
  await researched();
  await w.at('2026-09-10T09:00');
  expect(await status()).toBe('形式审查');
  const urged = await w.host.store.reader('notices').where('text', 'like', '%没有默示同意%');
  expect(urged.map(({ person_id }) => person_id).sort()).toEqual(['dingyiming', 'fuzheng']);
});

test('[FIL4] departments that do not answer in three working days hold nothing up', async () => {
  await filed();
  await researched();
  await accepted({
    gradeOverride: '中',
    gradeReason: '涉及地下管线，社会关注度高，按中等风险办理。',
    industry: ['sjju'],
  });
  expect(await waiting()).toEqual(['linxue']);
  await w.at('2026-09-05T00:00');
  expect(await waiting()).toEqual(['fangyuan']);
  await drafted();
  expect(await waiting()).toEqual(['fuzheng']);
  await submit('fuzheng', '审定', 'back', {}, '请补充管线单位的意见');
  await drafted(fill.notApproved('退回完善', '防控措施没有写明由谁值守，请补充责任人和抢修方案。'));
  await submit('fuzheng', '审定', 'approve');
  expect(await waiting()).toEqual(['yinchuan']);
  await submit('yinchuan', '完善报备', 'submit', fill.filing());
  await w.at('2026-09-12T00:00');
  await drafted(fill.notApproved('不予备案', '防控措施仍不具体，不能有效防范风险，不予备案。'));
  await submit('fuzheng', '审定', 'approve');
  expect(await status()).toBe('不予备案');
  const [letter] = await w.host.store.reader('letters').where({ case_id: id });
  expect(letter.number).toBe('宜风不备〔2026〕1号');
});

test('[FIL4] what was sent back to be bettered and is not, has lapsed', async () => {
  await filed();
  await researched();
  await accepted();
  await drafted(fill.notApproved('退回完善', '防控措施没有写明由谁值守，请补充责任人和抢修方案。'));
  await submit('dingyiming', '审定', 'approve');
  await w.at('2026-09-09T00:00');
  expect(await status()).toBe('逾期未补正');
});

test('[FIL5] what is urgent is done in two working days altogether; a forbidden one is not asked about', async () => {
  await filed({ urgent: true, urgentReason: '汛期将至，五日之内必须决定是否开工，否则影响六百余户度汛。' });
  await researched();
  await accepted({ forbidden: true });
  expect(await waiting()).toEqual(['fangyuan']);
  expect(await due('fangyuan', '拟定备案意见')).toBe('2026-09-03');
  await expect(drafted()).rejects.toMatchObject({ code: 'input.invalid' });
  await drafted(fill.notApproved('不予备案', '经核实超越法定权限，属于禁止项，不予备案。'));
  await submit('dingyiming', '审定', 'approve');
  expect(await status()).toBe('不予备案');
});

test('[FIL5] what is filed after it was begun says so, and counts for less', async () => {
  await filed({ actionStartAt: '2026-08-20' });
  await researched();
  await accepted();
  await drafted();
  await submit('dingyiming', '审定', 'approve');
  expect(await row()).toMatchObject({ filingType: '事中补报' });
});

test('[FIL6] until it is decided it can be withdrawn: nobody is asked any more, and no number is used up', async () => {
  await filed({ risks: fill.GRAVE });
  await researched();
  await submit('yinchuan', '单位合法性审查', 'submit', fill.legal(await pdf('yinchuan')));
  await accepted();
  await w.as('yinchuan').withdraw(id, '方案有较大调整，撤回后另行报备');
  expect(await waiting()).toEqual([]);
  expect(await status('yinchuan')).toBe('已撤回');
  expect(await w.host.store.reader('letters').where({ case_id: id })).toEqual([]);
});

test('[FIL7] what the departments and the organ think is not the filer’s to read; other units know of nothing', async () => {
  await filed({ risks: fill.GRAVE });
  await researched();
  await submit('yinchuan', '单位合法性审查', 'submit', fill.legal(await pdf('yinchuan')));
  await accepted();
  await submit('helan', '部门会商', 'submit', fill.consult({ opinion: '不同意', conditions: '司法局认为依据不足' }));
  for (const person of ['caijing', 'shilei']) await submit(person, '部门会商', 'submit', fill.consult());
  await drafted(fill.opinion({ reason: '拟同意，理由待领导小组审定，暂不告知报备单位。' }));
  for (const person of ['yinchuan', 'liangdong'])
    expect(JSON.stringify(await w.as(person).case(id)), person).not.toMatch(/依据不足|暂不告知/);
  expect(JSON.stringify(await w.as('fangyuan').case(id))).toContain('依据不足');
  for (const person of ['guoyan', 'hezhou', 'xiangmingyuan'])
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
});

test('[FIL7] what a unit has not filed yet, or never does, the organ knows nothing of', async () => {
  await filed();
  for (const person of ['fuzheng', 'dingyiming', 'fangyuan']) {
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
    expect((await w.as(person).ledger('REG-01')).rows, person).toEqual([]);
  }
  await researched();
  expect((await w.as('fangyuan').case(id)).case.id).toBe(id);
  expect((await w.as('fuzheng').ledger('REG-01')).rows).toHaveLength(1);
});

test('[FIL7] the leading group reads what is grave, and nothing of the rest', async () => {
  await filed();
  await researched();
  await expect(w.as('tangning').case(id)).rejects.toMatchObject({ code: 'not.found' });
  expect((await w.as('tangning').ledger('REG-01')).rows).toEqual([]);
  await w.as('yinchuan').start('risk-filing', fill.filing({ item: '滨江四路', risks: fill.GRAVE }), 'byUnit');
  await researched();
  await submit('yinchuan', '单位合法性审查', 'submit', fill.legal(await pdf('yinchuan')));
  expect((await w.as('tangning').ledger('REG-01')).rows.map(({ cells }) => cells.item)).toEqual(['滨江四路']);
});

test('[FIL8] the stories leave out no outcome, no end and no timer', async () => {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  const { model } = await w.host.catalogue().process('risk-filing');
  const nodes = [...model.nodes.values()];
  const outcomes = nodes.flatMap(({ id: node, task }) => (task?.outcomes ?? []).map(({ key }) => `${node}/${key}`));
  const rest = nodes.filter(({ kind, timer }) => kind === 'end' || timer !== undefined).map(({ id: node }) => node);
  expect([...outcomes, ...rest].filter((thing) => !seen.has(thing) && !AFTER.includes(thing))).toEqual([]);
});
