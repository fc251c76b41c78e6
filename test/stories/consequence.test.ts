/** Stories of proposed admonitions and organisational handling (P7): rules only propose; people verify, hear, deliberate and decide. */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { afterEach, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { letter } from '../../server/queries/lists.ts';
import { type World, world } from '../commands/world.ts';
import * as fill from '../content/consequence-fillings.ts';
import { signature } from '../content/fillings.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
/** outcomes, and nodes passed, of all stories */
const seen = new Set<string>();

let w: World;
let id: string;

async function proposed(changes: Values = {}): Promise<void> {
  w ??= await world({ content: CONTENT, now: '2026-09-01T09:00' });
  id = (await w.as('xuning').start('consequence-handling', fill.request(changes), 'registered')).caseId;
}
const submit = (person: string, step: string, outcome: string, values: Values = {}, comment = '') =>
  w.as(person).submit(step, outcome, values, comment);
const pdf = (person: string) => w.as(person).upload('纪要.pdf');
const verified = async () => {
  await submit('yuanke', '核实事实', 'submit', fill.facts());
  await submit('yuanke', '容错核查', 'submit', fill.tolerance());
};
const heard = async (person = 'songqiao') => {
  await verified();
  await submit(person, '听取本人说明', 'submit', fill.statement(signature(w.actor(person))));
};
const drafted = async (changes: Values = {}) => {
  await submit('yuanke', '提出处理建议', 'submit', fill.proposal(changes));
  await submit('dingyiming', '征求纪检监察机关意见', 'submit', fill.consult());
};
const decided = async (changes: Values = {}) =>
  submit('tangning', '部务会审议', 'decide', fill.meeting(await pdf('tangning'), changes));
const status = async (person = 'yuanke') => (await w.as(person).case(id)).case.status.label;
const waiting = async () =>
  (await w.host.store.reader('work_items').where({ case_id: id }).orderBy('person_id')).map((row) => row.person_id);
const row = async (person = 'yuanke') =>
  (await w.as(person).ledger('REG-16')).rows.find((one) => one.caseId === id)?.cells;
const due = async (person: string, step: string) => (await w.as(person).view(step)).task.due?.date ?? null;

afterEach(async () => {
  const { reader } = w.host.store;
  for (const one of await reader('cases').where({ process: 'consequence-handling' })) {
    for (const node of Object.keys(JSON.parse(one.reached))) seen.add(node);
    for (const task of await reader('tasks_done').where({ case_id: one.id })) seen.add(`${task.node}/${task.outcome}`);
  }
  await w.stop();
  w = undefined as unknown as World;
});

test('[CSQ1] a second interview proposes an admonition: verified, checked for tolerance, heard, deliberated, issued; six months of influence', async () => {
  await proposed();
  expect(await waiting()).toEqual(['yuanke']);
  await verified();
  expect(await due('songqiao', '听取本人说明')).toBe('2026-09-08');
  await submit('songqiao', '听取本人说明', 'submit', fill.statement(signature(w.actor('songqiao'))));
  await drafted();
  await decided();
  expect(await status()).toBe('待签收');
  expect(await row()).toMatchObject({
    suggested: '诫勉',
    proposed: '诫勉（书面）',
    result: '诫勉（书面）',
    letterNo: '宜组诫〔2026〕1号',
    influenceTo: '2027-03-01',
  });
  await submit('songqiao', '签收', 'sign');
  expect(await status()).toBe('诫勉');
  const [candidate] = await w.host.store.reader('cases').where({ process: 'candidate' });
  expect(candidate.title).toContain('促');
});

test('[CSQ2] who did not answer in time is recorded so; the case goes on, and so it does without his signature', async () => {
  await proposed({ rule: '组织处理', count: 3 });
  await verified();
  await w.at('2026-09-09T00:00');
  expect(await waiting()).toEqual(['yuanke']);
  await submit('yuanke', '提出处理建议', 'submit', fill.proposal({ suggestion: '调整职务' }));
  await w.at('2026-09-17T00:00');
  await decided({ result: '调整职务' });
  expect((await row())?.letterNo).toBe('宜组处〔2026〕1号');
  await w.at('2026-09-24T00:00');
  expect(await status()).toBe('组织处理');
});

test('[CSQ3] a decision other than the rule suggests needs a reason, and the yes of the next level', async () => {
  await proposed({ rule: '组织处理', count: 3 });
  await heard();
  const lighter = fill.proposal({ suggestion: '诫勉（谈话）' });
  await expect(submit('yuanke', '提出处理建议', 'submit', lighter)).rejects.toMatchObject({ code: 'input.invalid' });
  const diffReason = '三次约谈中有一次的事项后来已经整改到位，建议从轻给予诫勉。';
  await drafted({ suggestion: '诫勉（谈话）', diffReason });
  await submit('tangning', '部务会审议', 'back', {}, '请补充三次约谈的整改情况再议');
  await drafted({ suggestion: '诫勉（谈话）', diffReason });
  await decided({ result: '诫勉（谈话）' });
  expect(await waiting()).toEqual(['zhouqihang']);
  await submit('zhouqihang', '上一级批准', 'back', {}, '从轻的理由不充分，请重新研究提出');
  await drafted({ suggestion: '诫勉（谈话）', diffReason });
  await decided({ result: '诫勉（谈话）' });
  await submit('zhouqihang', '上一级批准', 'agree');
  expect(await row()).toMatchObject({ suggested: '组织处理', result: '诫勉（谈话）', diffReason });
});

test('[CSQ3] no handling at all, or a criticism, is told to the person with its reason', async () => {
  for (const [result, label] of [
    ['不予处理', '不予处理'],
    ['批评教育', '批评教育'],
  ] as const) {
    await proposed({ basis: `来源件${result}` });
    await heard();
    const diffReason = '核实后责任主要在施工单位，本人已尽到督促职责，不宜诫勉。';
    await drafted({ suggestion: result, diffReason });
    await decided({ result });
    await submit('zhouqihang', '上一级批准', 'agree');
    expect(await status()).toBe(label);
  }
  const notices = await w.host.store.reader('notices').where({ person_id: 'songqiao' });
  expect(notices.filter(({ title }) => title === '不予处理' || title === '批评教育')).toHaveLength(2);
  expect(await w.host.store.reader('letters').where({ case_id: id })).toEqual([]);
});

test('[CSQ4] one case for one person: what comes later joins it, the same again adds nothing, and heavier grounds go back to the proposal', async () => {
  w = await world({ content: [...CONTENT, SENDER], now: '2026-09-01T09:00' });
  const send = (rule: string, basis: string) => w.as('qiufan').start('sender', { remark: `${rule}/${basis}` });
  await send('诫勉', '宜办约谈〔2026〕2号');
  const cases = () => w.host.store.reader('cases').where({ process: 'consequence-handling' });
  id = (await cases())[0].id;
  await heard();
  await drafted();
  expect(await waiting()).toEqual(['tangning']);
  await send('诫勉', '宜办约谈〔2026〕2号');
  expect(await waiting()).toEqual(['tangning']);
  expect((await row())?.rules).toBe('诫勉');
  await send('组织处理', '宜办约谈〔2026〕3号');
  expect(await cases()).toHaveLength(1);
  expect(await waiting()).toEqual(['yuanke']);
  expect(await row()).toMatchObject({ rules: '诫勉；组织处理', suggested: '组织处理' });
  await submit('yuanke', '提出处理建议', 'submit', fill.proposal({ suggestion: '降职' }));
  await submit('dingyiming', '征求纪检监察机关意见', 'submit', fill.consult());
  await decided({ result: '诫勉（书面）' });
  await send('R8', '宜办约谈〔2026〕4号');
  expect(await waiting()).toEqual(['zhouqihang']);
});

test('[CSQ5] a cadre of the province is reported to the superior organ, which decides', async () => {
  await proposed({ person: 'luowei' });
  await submit('yuanke', '按程序报上级', 'reported', fill.report());
  expect(await status()).toBe('按程序报上级');
});

test('[CSQ6] before it is issued the person knows the facts and nothing of the rule or the proposal; strangers know of nothing', async () => {
  await proposed();
  await verified();
  const view = JSON.stringify(await w.as('songqiao').view('听取本人说明'));
  expect(view).toContain('连续两个季度靠后');
  expect(view).not.toMatch(/无容错情形|两项未按期完成/);
  await submit('songqiao', '听取本人说明', 'submit', fill.statement(signature(w.actor('songqiao'))));
  await drafted();
  expect(JSON.stringify(await w.as('songqiao').case(id))).not.toMatch(/书面诫勉|无容错情形|两项未按期完成/);
  for (const person of ['liangdong', 'yinchuan', 'hezhou', 'xiangmingyuan', 'luchuan'])
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
  for (const person of ['songqiao', 'liangdong', 'hezhou'])
    await expect(w.as(person).ledger('REG-16'), person).rejects.toMatchObject({ code: 'not.found' });
});

test('[CSQ6] the register is for the organisation department and the section chiefs of the discipline organ', async () => {
  await proposed();
  expect(await row('yuanke')).toMatchObject({ person: '宋桥' });
  expect(await row('tangning')).toMatchObject({ person: '宋桥' });
  expect(await row('dingyiming')).toMatchObject({ person: '宋桥' });
  await expect(w.as('luchuan').ledger('REG-16')).rejects.toMatchObject({ code: 'not.found' });
});

test('[Q31] its pages bear the name of whoever looks at them; so does the letter for whom a copy went to', async () => {
  await proposed();
  await heard();
  await drafted();
  await decided();
  expect((await w.as('yuanke').case(id)).case.watermark).toBe(true);
  expect((await w.as('songqiao').view('签收')).case.watermark).toBe(true);
  const [row] = await w.host.store.reader('letters').where({ case_id: id });
  expect(await letter(w.host, w.actor('yinchuan'), row.id)).toMatchObject({ watermark: true });
});

test('[CSQ7] the stories leave out no outcome, no end and no timer', async () => {
  w = await world({ content: CONTENT, now: '2026-09-01T09:00' });
  const { model } = await w.host.catalogue().process('consequence-handling');
  const nodes = [...model.nodes.values()];
  const outcomes = nodes.flatMap(({ id: node, task }) => (task?.outcomes ?? []).map(({ key }) => `${node}/${key}`));
  const rest = nodes.filter(({ kind, timer }) => kind === 'end' || timer !== undefined).map(({ id: node }) => node);
  expect([...outcomes, ...rest].filter((thing) => !seen.has(thing))).toEqual([]);
});

/** What a measure sends: the remark says which rule, and where it comes from. */
const SENDER = {
  kind: 'process' as const,
  key: 'sender',
  file: 'sender.bpmn',
  source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<process id="sender" name="来源" isExecutable="true"><extensionElements><ganwei:case title='"来源"' numberKey='"LY"' category="测试"/></extensionElements>
<startEvent id="start" name="开始"><extensionElements><ganwei:start form="rectification.rectification-reading" as="reading" who="true"/></extensionElements></startEvent>
<sendTask id="send" name="提出"><extensionElements><ganwei:service type="message"><ganwei:input name="name" value='"consequence.request"'/><ganwei:input name="correlation" value='"songqiao"'/>
<ganwei:input name="payload" value='proposed handling("songqiao", substring before(reading.remark, "/"), null, substring after(reading.remark, "/"), "分管的工作连续两个季度靠后")'/></ganwei:service></extensionElements></sendTask>
<endEvent id="end" name="完"/><sequenceFlow id="f1" sourceRef="start" targetRef="send"/><sequenceFlow id="f2" sourceRef="send" targetRef="end"/></process></definitions>`,
};
