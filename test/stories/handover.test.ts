/** Stories of what other processes hand on: leads to the organ concerned (P19), candidates to the list where they wait. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { type World, world } from '../commands/world.ts';
import { signature } from '../content/fillings.ts';
import { content } from './tolerance-walk.ts';

/** Sends what the measures send: a lead, and one candidate of each kind. */
const SENDER: SourceFile = {
  kind: 'process',
  key: 'sender',
  file: 'sender.bpmn',
  source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<process id="sender" name="来源" isExecutable="true"><extensionElements><ganwei:case title='"来源"' numberKey='"LY"' category="测试"/></extensionElements>
<startEvent id="start" name="开始"><extensionElements><ganwei:start form="rectification.rectification-reading" as="reading" who="true"/></extensionElements></startEvent>
${[
  ['lead', 'accountability.request', 'lead("jw", case.number, ["zhenghang"], "容错核查", "配偶持有承建单位股份")'],
  ['register', 'register.candidate', 'candidate("“促”名单", "虚假整改", case.number, ["songqiao"], null)'],
  ['tracking', 'tracking.start', 'candidate("跟踪教育", "容错减责", case.number, ["songqiao"], "2027-03-01")'],
]
  .map(
    ([id, name, payload]) => `<sendTask id="${id}" name="${id}"><extensionElements><ganwei:service type="message">
<ganwei:input name="name" value='"${name}"'/><ganwei:input name="correlation" value="case.number"/><ganwei:input name="payload" value='${payload}'/>
</ganwei:service></extensionElements></sendTask>`,
  )
  .join('')}
<endEvent id="end" name="完"/>
${['start', 'lead', 'register', 'tracking', 'end']
  .flatMap((id, i, all) => (i === 0 ? [] : [`<sequenceFlow id="f${i}" sourceRef="${all[i - 1]}" targetRef="${id}"/>`]))
  .join('')}</process></definitions>`,
};

let w: World;
beforeAll(async () => {
  w = await world({ content: [...content(), SENDER], now: '2026-09-01T09:00' });
});
afterAll(() => w.stop());

const sent = async (process: string): Promise<string> => {
  await w.as('fangyuan').start('sender', { remark: '开始发送' });
  const rows = await w.host.store.reader('cases').where({ process }).orderBy('number', 'desc');
  return rows[0].id;
};
const receipt = (person: string) => ({ receiptNo: '宜纪线〔2026〕12号', sign: signature(w.actor(person)) });
const status = async (person: string, id: string) => (await w.as(person).case(id)).case.status.label;
const told = async (words: string) =>
  (await w.host.store.reader('notices').where('text', 'like', `%${words}%`)).map((row) => row.person_id);

test('[CON78] a lead is received by the organ concerned, whose receipt the sender learns; the person concerned does not know of it', async () => {
  const id = await sent('lead-handover');
  expect(await status('dingyiming', id)).toBe('待接收');
  for (const person of ['zhenghang', 'liangdong', 'yinchuan', 'yuanke'])
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
  await expect(w.as('dingyiming').submit('接收线索', 'receive', {})).rejects.toMatchObject({ code: 'input.invalid' });
  await w.as('dingyiming').submit('接收线索', 'receive', receipt('dingyiming'));
  expect(await status('dingyiming', id)).toBe('已接收');
  expect(await told('登记编号：宜纪线〔2026〕12号')).toEqual(['dingyiming']);
  const { rows } = await w.as('dingyiming').ledger('REG-19');
  expect(rows.find((row) => row.caseId === id)?.cells).toMatchObject({
    source: '容错核查',
    receiver: '中共宜昌市纪律检查委员会 宜昌市监察委员会',
    receiptNo: '宜纪线〔2026〕12号',
    receivedOn: '2026-09-01',
    status: '已接收',
  });
  await expect(w.as('songqiao').ledger('REG-19')).rejects.toMatchObject({ code: 'not.found' });
});

test('[CON78] sent back it is sent on to another organ, or is no longer sent', async () => {
  const id = await sent('lead-handover');
  await w.as('dingyiming').submit('接收线索', 'back', {}, '该人员由秭归县管理，请移送该县');
  expect(await status('dingyiming', id)).toBe('另定接收机关');
  await w.as('dingyiming').submit('另定接收机关', 'send', { receiver: 'zg-jw' });
  await w.as('qinfang').submit('接收线索', 'back', {}, '经核对不属于本机关管理，退回');
  await w.as('dingyiming').submit('另定接收机关', 'drop', {}, '经研究并入正在办理的问题，不再移送');
  expect(await status('dingyiming', id)).toBe('不再移送');
});

test('[CON79] candidates wait in a list of the organisation department until it says what came of them', async () => {
  const before = new Set((await w.host.store.reader('cases').where({ process: 'candidate' })).map((row) => row.id));
  await sent('candidate');
  const waiting = async () => {
    const { rows } = await w.as('yuanke').ledger('REG-21');
    return rows.filter((row) => !before.has(row.caseId!)).map(({ cells }) => [cells.kind, cells.persons, cells.status]);
  };
  expect((await waiting()).sort()).toEqual([
    ['“促”名单', '宋桥', '等候研判'],
    ['跟踪教育', '宋桥', '等候研判'],
  ]);
  for (const person of ['songqiao', 'liangdong', 'fuzheng'])
    await expect(w.as(person).ledger('REG-21'), person).rejects.toMatchObject({ code: 'not.found' });
  await w.as('yuanke').submit('研判候选', 'taken', { handled: '已按规定程序提交部务会研究' });
  await w.as('yuanke').submit('研判候选', 'drop', {}, '情节轻微，已经整改到位，不予列入');
  expect((await waiting()).map(([, , one]) => one).sort()).not.toContain('');
  const states = (await w.host.store.reader('cases').where({ process: 'candidate' })).map((row) => row.status);
  expect(states).toEqual(expect.arrayContaining(['TAKEN', 'DROPPED', 'WAITING']));
});
