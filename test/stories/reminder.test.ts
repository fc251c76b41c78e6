/** Stories of work reminders (P3): approved before anybody hears of them, numbered together or not at all, rectified, evaluated, and what follows. */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { afterEach, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { type World, world } from '../commands/world.ts';
import { signature } from '../content/fillings.ts';
import * as rect from '../content/rectification-fillings.ts';
import * as fill from '../content/reminder-fillings.ts';

/** Takes the proposal of an interview in its place, so that a story sees what it carries. */
const RECEIVER = {
  kind: 'process' as const,
  key: 'proposal',
  file: 'proposal.bpmn',
  source: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<message id="m" name="interview.propose"/>
<process id="proposal" name="约谈建议" isExecutable="true"><extensionElements><ganwei:case title='"约谈建议"' numberKey='"YJ"' category="测试"/></extensionElements>
<startEvent id="start" name="收到"><messageEventDefinition id="s_m" messageRef="m"/></startEvent>
<userTask id="confirm" name="确认"><extensionElements><ganwei:task assignees='["qiufan"]'><ganwei:outcome key="ok" label="确认"/></ganwei:task></extensionElements></userTask>
<endEvent id="end" name="完"/><sequenceFlow id="f1" sourceRef="start" targetRef="confirm"/><sequenceFlow id="f2" sourceRef="confirm" targetRef="end"/></process></definitions>`,
};
const CONTENT = [...readFolder(path.resolve(import.meta.dirname, '../..')), RECEIVER];
const FLOWS = ['work-reminder', 'reminder-letter'];
/** outcomes, and nodes passed, of all stories */
const seen = new Set<string>();

let w: World;
let id: string;

async function drafted(changes: Values = {}, by = 'qiufan'): Promise<void> {
  w ??= await world({ content: CONTENT, now: '2026-06-16T09:00' });
  const file = await w.as(by).upload('台账.pdf');
  id = (await w.as(by).start('work-reminder', fill.reminder(file, changes), 'draft')).caseId;
}
const values = async (changes: Values = {}) => fill.reminder(await w.as('qiufan').upload('台账.pdf'), changes);
const submit = (person: string, step: string, outcome: string, values: Values = {}, comment = '') =>
  w.as(person).submit(step, outcome, values, comment);
async function approved(changes: Values = {}): Promise<void> {
  await drafted(changes);
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'agree');
}
const letters = async () =>
  (await w.host.store.reader('letters').orderBy('number')).map(({ number, template }) => [template, number]);
const children = async (process: string) =>
  (await w.host.store.reader('cases').where({ process }).orderBy('number')).map(({ id: child, status }) => ({
    id: child,
    status,
  }));
const status = async (person = 'qiufan', one = id) => (await w.as(person).case(one)).case.status.label;
const due = async (person: string, step: string) => (await w.as(person).view(step)).task.due?.date ?? null;
/** What the proposal of an interview brought. */
async function proposed(): Promise<Values> {
  const { reader } = w.host.store;
  const [one] = await reader('cases').where({ process: 'proposal' });
  const brought = await reader('case_values').where({ case_id: one.id });
  return Object.fromEntries(brought.map(({ name, value }) => [name, JSON.parse(value)]));
}
const rows = async (person = 'hezhou') => (await w.as(person).ledger('REG-03')).rows.map(({ cells }) => cells);

/** The unit's liaison and head, and the supervision office: from the plan to the closing. */
async function rectified(liaison: string, head: string): Promise<void> {
  const on = new Date(w.host.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [item] = rect.plan(w.actor(head)).items as Values[];
  const items = [{ ...item, owner: head, due: '2026-07-10' }];
  await submit(liaison, '制定整改方案', 'submit', { leader: head, items });
  await submit(head, '主要负责人确认', 'confirm', { confirm: signature(w.actor(head)) });
  await submit('hezhou', '方案审核', 'approve', rect.audit());
  const {
    partyOrgOpinion: _,
    sign: __,
    ...closing
  } = rect.closing(await w.as(liaison).upload('佐证.pdf'), {} as never);
  const [row] = closing.rows as Values[];
  await submit(liaison, '组织整改、申请销号', 'submit', { ...closing, rows: [row!] });
  const agreed = { partyOrgOpinion: '同意报审', sign: signature(w.actor(head)) };
  await submit(head, '单位党组织审核', 'agree', agreed);
  await submit('hezhou', '材料审核', 'pass');
  const found = [{ no: 1, way: ['现场核查'], finding: '到位', note: '见现场记录' }];
  const check = rect.check(w.actor('qiufan'), { rows: found, date: on, persons: ['qiufan', 'hezhou'] });
  await submit('qiufan', '现场核查', 'close', check);
}
const served = async (person: string) => {
  await submit(person, '签收提醒函', 'sign');
  await submit(person, '对事实有异议吗', 'none');
};
/** One letter, served and rectified; the vice mayor has read the prompt. */
async function remindedOnce(changes: Values = {}): Promise<void> {
  await approved({ letters: [fill.letter('zjj')], ...changes });
  await submit('luowei', '分管市领导阅示', 'read');
  await served('yinchuan');
  await rectified('yinchuan', 'liangdong');
}

afterEach(async () => {
  const { reader } = w.host.store;
  for (const one of await reader('cases').whereIn('process', FLOWS)) {
    for (const node of Object.keys(JSON.parse(one.reached))) seen.add(`${one.process}/${node}`);
    for (const task of await reader('tasks_done').where({ case_id: one.id }))
      seen.add(`${one.process}/${task.node}/${task.outcome}`);
  }
  await w.stop();
  w = undefined as unknown as World;
});

test('[REM1] AS-52: before it is approved nobody hears of it; then one prompt and two letters with numbers in a row, and their deadlines', async () => {
  await drafted();
  for (const person of ['luowei', 'yinchuan', 'linxue', 'liangdong']) {
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
    expect(await w.as(person).todo(), person).toEqual([]);
  }
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'agree');
  expect(await letters()).toEqual([
    ['reminder-letter', '宜督函〔2026〕1号'],
    ['reminder-letter', '宜督函〔2026〕2号'],
    ['work-prompt', '宜督提示〔2026〕1号'],
  ]);
  await w.at('2026-06-17T10:00');
  await submit('yinchuan', '签收提醒函', 'sign');
  expect(await due('yinchuan', '制定整改方案')).toBe('2026-06-25');
  expect(await due('yinchuan', '对事实有异议吗')).toBe('2026-06-23');
  expect((await rows()).find(({ unitName }) => String(unitName).includes('住房'))).toMatchObject({
    letterNo: '宜督函〔2026〕1号',
    servedOn: '2026-06-17',
    planDue: '2026-06-25',
    resultDue: '2026-07-16',
    auto: '否',
    status: '整改中',
  });
});

test('[REM1] refused, nothing is sent and no number is used up', async () => {
  await drafted();
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'refuse', {}, '该项工作已经纳入专项督查，不再单独提醒');
  expect(await status()).toBe('不同意');
  expect(await letters()).toEqual([]);
});

test('[REM2] prompt and letters are numbered together or not at all: a unit nobody can receive for stops everything', async () => {
  await expect(drafted({ letters: [fill.letter('zjj'), fill.letter('xc')] })).resolves.toBeUndefined();
  await expect(drafted({ letters: [fill.letter('szf')] })).rejects.toMatchObject({ code: 'input.invalid' });
  await submit('hezhou', '督查室负责人审核', 'pass');
  const posts = w.host.store.reader;
  expect(await posts('letters')).toEqual([]);
});

test('[REM3] a letter that is not signed for within a working day is served by itself, and the deadlines run from then', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await w.at('2026-06-18T00:00');
  expect((await rows())[0]).toMatchObject({ auto: '是', servedOn: '2026-06-18', planDue: '2026-06-26' });
  await w.at('2026-06-26T00:00');
  expect(await due('yinchuan', '制定整改方案')).toBe('2026-06-26');
});

test('[REM4] the leader’s instruction reaches the units and the office', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await submit('luowei', '分管市领导阅示', 'read', { opinion: '请住建局每周向我报送一次进度。' });
  const told = await w.host.store.reader('notices').where('text', 'like', '%每周向我报送%');
  expect(told.map(({ person_id: person }) => person).sort()).toEqual(['hezhou', 'qiufan', 'yinchuan']);
});

test('[REM5] an objection is reviewed by another than the drafter: upheld, the letter and the rectification stand', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await submit('yinchuan', '签收提醒函', 'sign');
  await submit('yinchuan', '对事实有异议吗', 'object', { text: '开工率的统计口径与我局不同，请核实。' });
  expect(await w.as('qiufan').todo()).toEqual([]);
  await submit('hezhou', '核实异议', 'keep', fill.review('维持'));
  expect((await children('rectification')).map((one) => one.status)).toEqual(['PLAN_DUE']);
  expect(await w.host.store.reader('notices').where('text', 'like', '%维持宜督函〔2026〕1号%')).toHaveLength(1);
});

test('[REM5] revoked, the rectification ends and so does the reminder; changed, another letter is issued and rectified', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await submit('luowei', '分管市领导阅示', 'read');
  await submit('yinchuan', '签收提醒函', 'sign');
  await submit('yinchuan', '对事实有异议吗', 'object', { text: '该项工作的牵头单位不是我局。' });
  await submit('hezhou', '核实异议', 'revoke', fill.review('撤销'));
  expect((await children('rectification')).map((one) => one.status)).toEqual(['CANCELLED']);
  expect(await status()).toBe('撤销提醒');

  await approved({ letters: [fill.letter('sjju')] });
  await submit('linxue', '签收提醒函', 'sign');
  await submit('linxue', '对事实有异议吗', 'object', { text: '系统对接已经在六月十日完成。' });
  const changed = fill.review('修改', {
    problems: '系统对接已经完成，数据归集仍然滞后。',
    requirements: '六月底前完成数据归集。',
  });
  await submit('hezhou', '核实异议', 'modify', changed);
  expect((await letters()).map(([, number]) => number)).toContain('宜督函〔2026〕3号');
  await submit('linxue', '签收提醒函', 'sign');
  expect((await children('rectification')).map((one) => one.status)).toEqual(['CANCELLED', 'CANCELLED', 'PLAN_DUE']);
  await w.at('2026-06-23T00:00');
  expect((await w.as('linxue').todo()).map(({ node }) => node)).not.toContain('对事实有异议吗');
});

test('[REM6] clearly improved, the reminder is closed', async () => {
  await remindedOnce();
  expect(await due('qiufan', '成效评估')).toBe('2026-06-24');
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '明显改善', '结束')]));
  expect(await status()).toBe('整改到位');
});

test('[REM6] improved in the first round it is observed for twenty working days more; another step than the rule’s needs a reason', async () => {
  await remindedOnce();
  const early = fill.evaluation([fill.rated('zjj', '有改善', '结束')]);
  await expect(submit('qiufan', '成效评估', 'submit', early)).rejects.toMatchObject({ code: 'input.invalid' });
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '有改善', '延长观察')]));
  await w.at('2026-07-16T00:00');
  const reason = '观察期内最后一个标段已经开工，不再提醒。';
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '明显改善', '结束', { reason })]));
  expect(await status()).toBe('整改到位');
});

test('[REM7] AS-54: still without effect it is reminded again; then an interview is proposed, and only proposed', async () => {
  await remindedOnce();
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '仍不明显', '再次提醒')]));
  await submit('qiufan', '拟制再次提醒', 'submit', await values({ letters: [fill.letter('zjj')] }));
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'agree');
  expect((await rows()).map(({ round }) => round).sort()).toEqual([1, 2]);
  await submit('luowei', '分管市领导阅示', 'read');
  await served('yinchuan');
  await rectified('yinchuan', 'liangdong');
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '仍不明显', '申请约谈')]));
  expect(await status()).toBe('转工作约谈');
  expect(await proposed()).toMatchObject({
    unit: 'zjj',
    persons: ['liangdong'],
    office: 'dcs',
    reminders: ['宜督函〔2026〕1号', '宜督函〔2026〕2号'],
  });
  expect((await w.as('qiufan').todo()).map(({ node }) => node)).toContain('确认约谈申请');
});

test('[REM7] the approver wants an interview instead of a second reminder: it names the unit and its letter', async () => {
  await remindedOnce();
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '仍不明显', '再次提醒')]));
  await submit('qiufan', '拟制再次提醒', 'submit', await values({ letters: [fill.letter('zjj')] }));
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'interview', {}, '多次督促无效，直接按程序约谈主要负责人');
  expect(await proposed()).toMatchObject({ unit: 'zjj', reminders: ['宜督函〔2026〕1号'] });
});

test('[REM7] the interview of one unit does not show the letter of another', async () => {
  await approved();
  await submit('luowei', '分管市领导阅示', 'read');
  await w.at('2026-06-18T00:00');
  await w.at('2026-08-10T00:00');
  const reason = '数据局已在六月底完成数据归集，只约谈住建局。';
  const rated = [fill.rated('zjj', '仍不明显', '申请约谈'), fill.rated('sjju', '明显改善', '结束', { reason })];
  await submit('qiufan', '成效评估', 'submit', fill.evaluation(rated));
  expect(await proposed()).toMatchObject({ unit: 'zjj', reminders: ['宜督函〔2026〕1号'] });
});

/** Two letters that nobody acted on: the evaluation stands, and the rule says interview. */
async function neglected(): Promise<void> {
  await approved();
  await submit('luowei', '分管市领导阅示', 'read');
  await w.at('2026-06-18T00:00');
  await w.at('2026-08-10T00:00');
}

test('[REM7] two units to interview are two proposals', async () => {
  await neglected();
  const rated = ['zjj', 'sjju'].map((unit) => fill.rated(unit, '仍不明显', '申请约谈'));
  await submit('qiufan', '成效评估', 'submit', fill.evaluation(rated));
  expect(await w.host.store.reader('cases').where({ process: 'proposal' })).toHaveLength(2);
  expect(await status()).toBe('转工作约谈');
});

test('[REM7] one unit is interviewed, the other reminded again; none can be observed meanwhile', async () => {
  await neglected();
  const reason = '数据局的问题与住建局的问题性质不同，先再次提醒。';
  const of = (next: string) =>
    fill.evaluation([fill.rated('zjj', '仍不明显', '申请约谈'), fill.rated('sjju', '仍不明显', next, { reason })]);
  await expect(submit('qiufan', '成效评估', 'submit', of('延长观察'))).rejects.toMatchObject({ code: 'input.invalid' });
  await submit('qiufan', '成效评估', 'submit', of('再次提醒'));
  expect(await w.host.store.reader('cases').where({ process: 'proposal' })).toHaveLength(1);
  const todo = await w.as('qiufan').view('拟制再次提醒');
  expect(JSON.stringify(todo.form)).toContain('sjju');
  expect(JSON.stringify(todo.form)).not.toContain('"zjj"');
});

test('[REM1] the head of an office does not review his own draft', async () => {
  await drafted({}, 'pengliang');
  expect(await w.as('pengliang').todo()).toEqual([]);
  await submit('shenlicheng', '督查室负责人审核', 'pass');
});

test('[REM7] ten working days after the result was due it is evaluated though nothing was closed, and an interview is what the rule says', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await submit('luowei', '分管市领导阅示', 'read');
  await served('yinchuan');
  await w.at('2026-07-29T23:59');
  expect((await w.as('qiufan').todo()).map(({ node }) => node)).not.toContain('成效评估');
  await w.at('2026-07-30T00:00');
  expect((await rows())[0]).toMatchObject({ rectState: '逾期未销号' });
  await submit('qiufan', '成效评估', 'submit', fill.evaluation([fill.rated('zjj', '仍不明显', '申请约谈')]));
  expect(await status()).toBe('转工作约谈');
});

test('[REM8] the same matter and unit while a reminder is open needs a reason', async () => {
  await approved({ letters: [fill.letter('zjj')] });
  await drafted({ letters: [fill.letter('zjj')] });
  const why = { reason: '上一份提醒函之后又发现两个标段停工，情况紧急，需要再次提醒。' };
  const again = () => values({ letters: [fill.letter('zjj')] });
  await submit('qiufan', '说明重复提醒的理由', 'submit', why);
  await submit('hezhou', '督查室负责人审核', 'back', {}, '请把停工的两个标段写清楚再报');
  await submit('qiufan', '修改工作提醒', 'submit', await again());
  await submit('qiufan', '说明重复提醒的理由', 'submit', why);
  await submit('hezhou', '督查室负责人审核', 'pass');
  await submit('jianglan', '报批', 'back', {}, '请与上一份提醒函合并考虑后再报');
  await submit('qiufan', '修改工作提醒', 'submit', await again());
  expect(await status()).toBe('拟制');
});

test('[REM9] three departments or an important matter go to the main leader; he may want an interview instead', async () => {
  await drafted({ important: true });
  await submit('hezhou', '督查室负责人审核', 'pass');
  expect((await w.as('jianglan').todo()).length).toBe(0);
  await submit('zhouqihang', '报批', 'interview', {}, '多次督促无效，直接按程序约谈主要负责人');
  expect(await status()).toBe('转工作约谈');
  expect(await letters()).toEqual([]);
});

test('[REM10] a letter is for its unit, its head and its liaison; other units, the tolerance office and the discipline organ know of nothing', async () => {
  await approved();
  const [zjj] = await children('reminder-letter');
  expect((await w.as('liangdong').case(zjj!.id)).letters).toHaveLength(1);
  for (const person of ['linxue', 'dingyiming', 'luchuan', 'songqiao', 'shilei', 'xiangmingyuan']) {
    await expect(w.as(person).case(zjj!.id), person).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
  }
  expect((await w.as('fuzheng').ledger('REG-18')).rows).toEqual([]);
  expect((await w.as('hezhou').ledger('REG-18')).rows).toHaveLength(3);
  expect((await w.as('yuanke').case(id)).case.id).toBe(id);
  expect((await rows('yuanke')).length).toBe(2);
});

test('[REM11] the stories leave out no outcome, no end and no timer', async () => {
  w = await world({ content: CONTENT, now: '2026-06-16T09:00' });
  for (const flow of FLOWS) {
    const nodes = [...(await w.host.catalogue().process(flow)).model.nodes.values()];
    const outcomes = nodes.flatMap(({ id: node, task }) => (task?.outcomes ?? []).map(({ key }) => `${node}/${key}`));
    const rest = nodes.filter(({ kind, timer }) => kind === 'end' || timer !== undefined).map(({ id: node }) => node);
    expect([...outcomes, ...rest].filter((thing) => !seen.has(`${flow}/${thing}`))).toEqual([]);
  }
});
