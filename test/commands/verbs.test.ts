/** Stories about verbs and services that the story of a case does not tell: returns, starts, comments, records, dates of effect. */
import { afterEach, expect, test } from 'vitest';
import { takeFolder } from '../../server/publishing/folder.ts';
import { insertLetter } from '../../server/store/letters.ts';
import type { LetterRow } from '../../server/store/rows.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { instant, type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const three = bpmn(
  'steps',
  [
    start('request', 'actor.id != &quot;guqing&quot;'),
    user('one', '初审', `assignees='["fuzheng"]' operations="return"`, AGREE),
    user('two', '复审', `assignees='["luchuan"]' operations="return"`, AGREE),
    user('three', '签发', `assignees='["gaoyuan"]' operations="return"`, AGREE),
    end(),
    line('start', 'one', 'two', 'three', 'end'),
  ].join('\n'),
);

const REASON = '请补充说明资金来源情况';

test('[B2] sent back to come straight back: the steps between are not done again', async () => {
  w = await world({ content: [...FORMS, three] });
  await w.as('songqiao').start('steps', { subject: '直送' });
  await w.as('fuzheng').submit('初审', 'agree');
  await w.as('luchuan').submit('复审', 'agree');
  await w.as('gaoyuan').giveBack('签发', 'one', 'straight', REASON);
  await w.as('fuzheng').submit('初审', 'agree');
  expect(await w.as('luchuan').todo()).toEqual([]);
  await w.as('gaoyuan').submit('签发', 'agree');
});

test('[B3] a return goes to a step that was done, not to one ahead and not to itself', async () => {
  w = await world({ content: [...FORMS, three] });
  await w.as('songqiao').start('steps', { subject: '退回' });
  await w.as('fuzheng').submit('初审', 'agree');
  const before = await w.rows();
  for (const to of ['three', 'two', 'start', 'nothing']) {
    await expect(w.as('luchuan').giveBack('复审', to, 'again', REASON)).rejects.toMatchObject({
      code: 'task.operation-barred',
    });
  }
  expect(await w.rows()).toEqual(before);
});

test('[C8] only those whom the start event admits may start, and what may not be started is not offered', async () => {
  w = await world({ content: [...FORMS, three] });
  const before = await w.rows();
  await expect(w.as('guqing').start('steps', { subject: '无权' })).rejects.toMatchObject({
    code: 'case.start-forbidden',
  });
  await expect(w.as('songqiao').start('steps', {}, 'nowhere')).rejects.toMatchObject({ code: 'not.found' });
  await expect(w.as('songqiao').start('missing', {})).rejects.toMatchObject({ code: 'not.found' });
  expect(await w.rows()).toEqual(before);
  const { startables } = await import('../../server/queries/task-view.ts');
  expect(await startables(w.host, w.actor('guqing'))).toEqual([]);
  expect(await startables(w.host, w.actor('songqiao'))).toMatchObject([{ process: 'steps', start: 'start' }]);
});

test('[C4] when a case ends nothing of it stays open, and it says when and how it ended', async () => {
  w = await world({ content: [...FORMS, three] });
  const { caseId } = await w.as('songqiao').start('steps', { subject: '办结' });
  await w.as('fuzheng').submit('初审', 'agree');
  await w.as('luchuan').submit('复审', 'agree');
  await w.as('gaoyuan').submit('签发', 'agree');
  const { reader } = w.host.store;
  for (const table of ['tasks', 'work_items', 'waits', 'timers']) expect(await reader(table)).toEqual([]);
  const row = await reader('cases').where({ id: caseId }).first();
  expect(row).toMatchObject({ state: 'ended', status: 'done', marking: '', ended_at: w.host.now() });
});

test('[C4] the result is that of the branch that decided, though another branch ends after it', async () => {
  const both = bpmn(
    'both',
    [
      start(),
      '<parallelGateway id="fork"/>',
      user('decide', '决定', `assignees='["fuzheng"]'`, AGREE),
      user('read', '阅知', `assignees='["luchuan"]'`, AGREE),
      end(),
      '<endEvent id="seen"/>',
      line('start', 'fork', 'decide', 'end'),
      line('fork', 'read', 'seen'),
    ].join('\n'),
  );
  w = await world({ content: [...FORMS, both] });
  const { caseId } = await w.as('songqiao').start('both', { subject: '两支' });
  await w.as('fuzheng').submit('决定', 'agree');
  await w.as('luchuan').submit('阅知', 'agree');
  const row = await w.host.store.reader('cases').where({ id: caseId }).first();
  expect(row).toMatchObject({ state: 'ended', status: 'done' });
});

test('[H2] comments and attachments stay part of the record, with their author', async () => {
  w = await world({ content: [...FORMS, three] });
  const { caseId } = await w.as('songqiao').start('steps', { subject: '留痕' });
  const file = await w.as('fuzheng').upload('补充材料.pdf');
  await w.as('fuzheng').comment(caseId, '材料已电话核实');
  await w.as('fuzheng').attach(caseId, [file.id]);
  const seen = await w.as('fuzheng').case(caseId);
  expect(seen.timeline.map(({ kind, who }) => [kind, who?.name])).toEqual([
    ['started', undefined],
    ['commented', '傅正'],
    ['attached', '傅正'],
  ]);
  expect(seen.attachments).toMatchObject([{ name: '补充材料.pdf' }]);
});

const register = bpmn(
  'register',
  [
    start(),
    `<serviceTask id="keep" name="登记"><extensionElements><ganwei:service type="record"><ganwei:input name="ledger" value='"BOOK"'/><ganwei:input name="key" value='"K"'/><ganwei:input name="values" value="{amount: request.amount}"/><ganwei:input name="replaces" value="true"/></ganwei:service></extensionElements></serviceTask>`,
    end(),
    line('start', 'keep', 'end'),
  ].join('\n'),
);

test('[R2] a record is never overwritten: the new one voids the old one, which stays', async () => {
  w = await world({ content: [...FORMS, register] });
  await w.as('songqiao').start('register', { subject: '一', amount: 1 });
  await w.as('songqiao').start('register', { subject: '二', amount: 2 });
  const [first, second] = await w.host.store.reader('records').orderBy('id');
  expect([first.values, second.values]).toEqual(['{"amount":1}', '{"amount":2}']);
  expect([first.voided_by, second.voided_by]).toEqual([second.id, null]);
});

const service = (id: string, type: string, inputs: Record<string, string>): string => {
  const given = Object.entries(inputs).map(([name, value]) => `<ganwei:input name="${name}" value='${value}'/>`);
  return `<serviceTask id="${id}" name="${id}"><extensionElements><ganwei:service type="${type}">${given.join('')}<ganwei:output name="${id}" value="result"/></ganwei:service></extensionElements></serviceTask>`;
};
const KEYS = '["luchuan", "fangyuan"]';
const each = (contents: string) =>
  bpmn(
    'several',
    [
      start(),
      service('keep', 'record', { ledger: '"BOOK"', key: KEYS, values: '{amount: request.amount}', each: contents }),
      service('seen', 'find', { ledger: '"BOOK"', key: KEYS, lock: KEYS, where: 'row.share > 1' }),
      end(),
      line('start', 'keep', 'seen', 'end'),
    ].join('\n'),
  );

test('[R8] one event writes a record of its own for each key in one transaction, and all keys are looked up at once', async () => {
  w = await world({
    content: [...FORMS, each('for k in ["a", "b"] return {name: k, share: if k = "a" then 1 else 2}')],
  });
  const { caseId } = await w.as('songqiao').start('several', { subject: '一', amount: 1 });
  const kept = await w.host.store.reader('records').orderBy('record_key');
  expect(kept.map(({ record_key, values }) => [record_key, values])).toEqual([
    ['fangyuan', '{"amount":1,"name":"b","share":2}'],
    ['luchuan', '{"amount":1,"name":"a","share":1}'],
  ]);
  const seen = await w.host.store.reader('case_values').where({ case_id: caseId, name: 'seen' }).first();
  expect(JSON.parse(seen.value)).toMatchObject([{ key: 'fangyuan', share: 2 }]);
  const locks = await w.host.store.reader('counters').where('name', 'like', 'lock/%').orderBy('name');
  expect(locks.map(({ name }) => name)).toEqual(['lock/fangyuan', 'lock/luchuan']);
});

test('[R8] fewer contents than keys: nothing is written, and it is told', async () => {
  w = await world({ content: [...FORMS, each('[{name: "a", share: 1}]')] });
  await expect(w.as('songqiao').start('several', { subject: '一', amount: 1 })).rejects.toThrow('应为 2 组值');
  expect(await w.host.store.reader('records')).toEqual([]);
});

test('[L2] the number of a void letter is never given again', async () => {
  w = await world({ content: FORMS });
  const letter: LetterRow = {
    id: 'l1',
    case_id: null,
    template: 't',
    version: 1,
    number: '宜纪函〔2026〕1号',
    organ: '市纪委',
    title: '函',
    state: 'void',
    file_id: 'f1',
    pages: 1,
    data: {},
    substitutions: [],
    issued_at: 1,
    issued_by: 'gaoyuan',
    void_reason: '文号错误',
    voided_at: 2,
    void_ground: '',
  };
  const { store } = w.host;
  await store.transaction((tx) => insertLetter(tx, letter, []));
  const again = store.transaction((tx) => insertLetter(tx, { ...letter, id: 'l2', state: 'issued' }, []));
  await expect(again).rejects.toThrow();
  expect(await store.reader('letters')).toHaveLength(1);
});

test('[V3] a decision is taken by the table in force on its date, whatever came later', async () => {
  const table = (result: string) => ({
    kind: 'decision' as const,
    key: 'level',
    file: 'level.dmn',
    source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://ganwei.dev">
<decision id="level" name="级别"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="数"><inputExpression id="ie" typeRef="number"><text>n</text></inputExpression></input>
<output id="o" name="r" typeRef="string"/>
<rule id="r1"><inputEntry id="e1"><text>-</text></inputEntry><outputEntry id="oe1"><text>"${result}"</text></outputEntry></rule>
</decisionTable></decision></definitions>`,
  });
  w = await world({ content: [...FORMS, table('old')], now: '2026-09-01T09:00' });
  await takeFolder({ ...w.host, now: () => instant('2026-10-01T09:00') }, [...FORMS, table('new')]);
  await w.host.refresh();
  const on = async (date: string) => (await w.host.catalogue().decision('', 'level', date)).version;
  expect([await on('2020-01-01'), await on('2026-09-30'), await on('2026-10-01')]).toEqual([1, 1, 2]);
});

test('[W2] a draft is kept as it is, however wrong, and judged when it is submitted', async () => {
  w = await world({ content: [...FORMS, three] });
  const { saveStartDraft } = await import('../../server/commands/save-draft.ts');
  const { startView } = await import('../../server/queries/task-view.ts');
  const values = { amount: -5, from: '2026-09-02', to: '2026-09-01' };
  const call = { actor: w.actor('songqiao') };
  const draft = await saveStartDraft(w.host, call, { process: 'steps', start: 'start', values });
  const view = await startView(w.host, call.actor, { process: 'steps', start: 'start', draft: draft.id });
  expect(view.form?.values).toMatchObject(values);
  await expect(w.as('songqiao').start('steps', values)).rejects.toMatchObject({ code: 'input.invalid' });
});
