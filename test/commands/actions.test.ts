/**
 * Stories about what may be done to a running case besides its own steps: buttons that start an attached process, and what such a
 * process may do to the case it came from.
 */
import { afterEach, expect, test } from 'vitest';
import { saveStartDraft } from '../../server/commands/save-draft.ts';
import { startCase } from '../../server/commands/start-case.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { startables, startView } from '../../server/queries/task-view.ts';
import { CALENDARS } from './calendar-files.ts';
import { AGREE, bpmn, end, FORMS, flow, line, outcome, REFUSE, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const service = (id: string, type: string, inputs: Record<string, string>): string =>
  `<serviceTask id="${id}" name="${id}"><extensionElements><ganwei:service type="${type}">${Object.entries(inputs)
    .map(([name, value]) => `<ganwei:input name="${name}" value='${value}'/>`)
    .join('')}</ganwei:service></extensionElements></serviceTask>`;

const actions = (body: string) => (source: ReturnType<typeof bpmn>) => ({
  ...source,
  source: source.source.replace('</ganwei:case>', `${body}</ganwei:case>`),
});

/** A case with one long step that may be given more time, taken back, stopped for a while. */
const main = actions(`
  <ganwei:action key="extend" label="申请延期" process="extend" who='actor.id = case.starter'
    when='waiting("work") and outcome of("extend") != "granted"' values='{amount: 10, from: due of("work")}'>
    <ganwei:output name="extension.until" value='result.values.request.to'/></ganwei:action>
  <ganwei:action key="stop" label="终止" process="stop" who='actor.id = "fuzheng"'/>
  <ganwei:action key="rest" label="中止" process="rest" who='actor.id = "fuzheng"'/>
  <ganwei:action key="take" label="接手" process="take" who='actor.id = "fuzheng"'/>
  <ganwei:action key="contest" label="申请复核" process="extend" who='actor.id = "luchuan" or actor.id = case.starter' when='reached("work")' afterEnd="true" perPerson="true">
    <ganwei:output name="contested" value='result.status'/></ganwei:action>
  <ganwei:action key="object" label="异议" process="extend" who='actor.id = case.starter' when='request.amount = 7' afterEnd="true">
    <ganwei:output name="objected" value='result.status'/></ganwei:action>`)(
  bpmn(
    'main',
    [
      start(),
      user(
        'work',
        '办理',
        `assignees='["luchuan"]' due='add working days(today, 5)' operations="urge"`,
        `${AGREE}<ganwei:remind at='add working days(due, -1)' text="明天到期"/>`,
      ),
      `<boundaryEvent id="late" attachedToRef="work" cancelActivity="true"><timerEventDefinition><timeDate xsi:type="tFormalExpression">due of("work")</timeDate></timerEventDefinition></boundaryEvent>`,
      end(),
      `<endEvent id="over" name="逾期"><extensionElements><ganwei:end status="late"/></extensionElements></endEvent>`,
      line('start', 'work', 'end'),
      flow('late', 'over'),
    ].join('\n'),
  ),
);
main.source = main.source.replace(
  '<ganwei:status key="done"',
  '<ganwei:status key="late" label="逾期" tone="stopped"/><ganwei:status key="gone" label="已终止" tone="stopped"/><ganwei:status key="done"',
);

const attached = (id: string, ...steps: string[]) =>
  bpmn(
    id,
    [
      `<startEvent id="start" name="申请"><extensionElements><ganwei:start label="申请" form="request" as="request"><ganwei:access path="amount" mode="read"/></ganwei:start></extensionElements></startEvent>`,
      ...steps,
    ].join('\n'),
  );
const extending = attached(
  'extend',
  user('approve', '审批延期', `assignees='["fuzheng"]'`, AGREE + REFUSE),
  `<exclusiveGateway id="g" default="no"/>`,
  service('move', 'reschedule', { case: 'parent.id', node: '"work"', due: 'request.to' }),
  `<endEvent id="granted" name="同意"><extensionElements><ganwei:end status="granted"/></extensionElements></endEvent>`,
  `<endEvent id="denied" name="不同意"><extensionElements><ganwei:end status="denied"/></extensionElements></endEvent>`,
  line('start', 'approve', 'g'),
  flow('g', 'move', 'outcome of("approve") = "agree"'),
  `<sequenceFlow id="no" sourceRef="g" targetRef="denied"/>`,
  flow('move', 'granted'),
);
const extend = {
  ...extending,
  source: extending.source.replace(
    '<ganwei:status key="done"',
    '<ganwei:status key="granted" label="已同意" tone="done"/><ganwei:status key="denied" label="未同意" tone="stopped"/><ganwei:status key="done"',
  ),
};
const stop = attached(
  'stop',
  service('off', 'end-case', { case: 'parent.id', status: '"gone"' }),
  end(),
  line('start', 'off', 'end'),
);
const take = attached(
  'take',
  service('over', 'hand-over', { case: 'parent.id', to: 'actor.id' }),
  end(),
  line('start', 'over', 'end'),
);
const rest = attached(
  'rest',
  service('halt', 'suspend', { case: 'parent.id', reason: 'request.subject' }),
  user('decide', '决定恢复', `assignees='["fuzheng"]'`, AGREE),
  service('go', 'resume', { case: 'parent.id' }),
  end(),
  line('start', 'halt', 'decide', 'go', 'end'),
);
/** Uses the action of the case whose id is its reason. */
const presser = bpmn(
  'presser',
  [
    start('request', `actor.id = 'guqing'`.replaceAll("'", '&quot;')),
    service('use', 'use-action', {
      case: '[request.subject]',
      action: '"extend"',
      values: '{subject: "由流程办理", to: "2026-09-20"}',
    }),
    end(),
    line('start', 'use', 'end'),
  ].join('\n'),
);
const CONTENT = [...FORMS, ...CALENDARS, main, extend, stop, take, rest, presser];

/** Opened on Tuesday 2026-09-01: due on 2026-09-08. */
async function opened(): Promise<string> {
  w = await world({ content: CONTENT });
  const { caseId } = await w.as('songqiao').start('main', { subject: '道路改造' });
  return caseId;
}
const dueOf = async (id: string): Promise<string | undefined> =>
  (await w.as('luchuan').case(id)).tasks.find((task) => task.node === 'work')?.due?.date;

test('[C9] a button is there for whom and while the process says, and nobody else can press it', async () => {
  const id = await opened();
  expect((await w.as('songqiao').case(id)).actions).toEqual([
    { key: 'extend', label: '申请延期', process: 'extend', start: 'start' },
  ]);
  expect((await w.as('luchuan').case(id)).actions).toEqual([]);
  const before = await w.rows();
  const press = (who: string, change: Record<string, string> = {}) =>
    startCase(
      w.host,
      { actor: w.actor(who) },
      { process: 'extend', start: 'start', values: { subject: '延期' }, case: id, action: 'extend', ...change },
    );
  await expect(press('luchuan')).rejects.toMatchObject({ code: 'case.action-barred' });
  await expect(press('guqing')).rejects.toMatchObject({ code: 'not.found' });
  await expect(press('songqiao', { action: 'nothing' })).rejects.toMatchObject({ code: 'not.found' });
  await expect(press('songqiao', { process: 'stop' })).rejects.toMatchObject({ code: 'not.found' });
  await expect(w.as('songqiao').start('extend', { subject: '延期' })).rejects.toMatchObject({ code: 'not.found' });
  expect(await w.rows()).toEqual(before);
  expect((await startables(w.host, w.actor('songqiao'))).map(({ process }) => process)).toEqual(['main']);
});

test('[C9] the form of an action begins with what the case knows; what may not be changed there stays', async () => {
  const id = await opened();
  const page = { process: 'extend', start: 'start', case: id, action: 'extend' };
  const view = await startView(w.host, w.actor('songqiao'), page);
  expect(view.form?.values).toMatchObject({ amount: 10, from: '2026-09-08' });
  expect(view.from).toMatchObject({ case: id, title: '道路改造' });
  const forged = w.as('songqiao').act(id, 'extend', { subject: '延期', amount: 99 });
  await expect(forged).rejects.toMatchObject({ fields: [{ path: 'amount', code: 'forged' }] });
  const { caseId } = await w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-20' });
  const child = await w.as('songqiao').case(caseId);
  expect(child.forms[0]?.values).toMatchObject({ amount: 10, to: '2026-09-20' });
  expect(child.case.parent).toMatchObject({ id, title: '道路改造' });
});

test('[C10] an action under way is not offered a second time; when it has ended the case remembers how', async () => {
  const id = await opened();
  await w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-20' });
  await expect(w.as('songqiao').act(id, 'extend', { subject: '再来' })).rejects.toThrow('is not offered');
  await w.as('fuzheng').submit('审批延期', 'refuse', {}, '理由不充分，请按期完成办理');
  const after = await w.as('songqiao').case(id);
  expect(after.actions.map(({ key }) => key)).toEqual(['extend']);
  expect(after.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['action-started', 'action-ended']));
  await w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-20' });
  await w.as('fuzheng').submit('审批延期', 'agree');
  expect((await w.as('songqiao').case(id)).actions).toEqual([]);
});

test('[C10] two people who press at once start one', async () => {
  const id = await opened();
  const press = () => w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-20' });
  const results = await Promise.allSettled([press(), press(), press()]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

const offered = async (person: string, id: string) => (await w.as(person).case(id)).actions.map(({ key }) => key);

test('[C10] where each has his own, what one is about does not keep another from it', async () => {
  const id = await opened();
  await w.as('luchuan').submit('办理', 'agree');
  const contest = (person: string) => w.as(person).act(id, 'contest', { subject: '不服', to: '2026-09-20' });
  await contest('songqiao');
  expect(await offered('songqiao', id)).toEqual([]);
  await contest('luchuan');
  expect(await offered('luchuan', id)).toEqual([]);
});

test('[C19] another case uses an action like a person, once at a time; where it cannot, its record says so', async () => {
  const id = await opened();
  const press = () => w.as('guqing').start('presser', { subject: id });
  await press();
  const [child] = await w.host.store.reader('cases').where({ parent_id: id });
  expect(child).toMatchObject({ process: 'extend', starter_id: 'guqing' });
  expect((await w.as('guqing').case(child.id)).forms[0]?.values).toMatchObject({ amount: 10, to: '2026-09-20' });
  const noted = (caseId: string, kind: string) => w.host.store.reader('history').where({ case_id: caseId, kind });
  expect(await noted(id, 'action-started')).toHaveLength(1);
  const { caseId } = await press();
  expect(await w.host.store.reader('cases').where({ parent_id: id })).toHaveLength(1);
  expect(await noted(caseId, 'undelivered')).toHaveLength(1);
});

test('[C17] a case that has ended offers what is meant for it, and remembers how that ended', async () => {
  const id = await opened();
  expect(await offered('luchuan', id)).toEqual([]);
  await w.as('luchuan').submit('办理', 'agree');
  expect((await w.as('songqiao').case(id)).case.state).toBe('ended');
  expect(await offered('songqiao', id)).toEqual(['contest']);
  await w.as('songqiao').act(id, 'contest', { subject: '不服', to: '2026-09-20' });
  await w.as('fuzheng').submit('审批延期', 'agree');
  const { timeline, case: after } = await w.as('songqiao').case(id);
  expect(after.state).toBe('ended');
  expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['action-started', 'action-ended']));
  const kept = await w.host.store.reader('case_values').where({ case_id: id, name: 'contested' }).first();
  expect(JSON.parse(String(kept?.value))).toBe('granted');
});

test('[C11] a granted extension moves the deadline, its reminder and the timer on it', async () => {
  const id = await opened();
  expect(await dueOf(id)).toBe('2026-09-08');
  await w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-15' });
  await w.as('fuzheng').submit('审批延期', 'agree');
  expect(await dueOf(id)).toBe('2026-09-15');
  const timers = await w.host.store.reader('timers').orderBy('due_at');
  expect(timers.map((row) => [row.kind, new Date(Number(row.due_at)).toISOString()])).toEqual([
    ['reminder', '2026-09-14T01:00:00.000Z'],
    ['flow', '2026-09-15T16:00:00.000Z'],
  ]);
  await w.at('2026-09-09T08:00');
  expect((await w.as('songqiao').case(id)).case.state).toBe('running');
  await w.at('2026-09-16T00:00');
  expect((await w.as('songqiao').case(id)).case.status.label).toBe('逾期');
});

test('[C12] a case ended from outside leaves nothing open, also none of what it had started', async () => {
  const id = await opened();
  await w.as('songqiao').act(id, 'extend', { subject: '延期', to: '2026-09-15' });
  await w.as('luchuan').comment(id, '知悉');
  const reader = w.host.store.reader;
  await reader('case_people').where({ case_id: id, person_id: 'fuzheng' });
  const { caseId } = await startAs('fuzheng', id, 'stop');
  expect((await w.as('songqiao').case(id)).case).toMatchObject({ state: 'ended', status: { label: '已终止' } });
  expect(await w.as('luchuan').todo()).toEqual([]);
  expect(await w.as('fuzheng').todo()).toEqual([]);
  expect(caseId).not.toBe(id);
  for (const table of ['tasks', 'work_items', 'timers', 'waits']) expect(await reader(table)).toEqual([]);
});

test('[C12] what may begin after the end goes on beyond it, as an appeal does', async () => {
  w = await world({ content: CONTENT });
  const { caseId: id } = await w.as('songqiao').start('main', { subject: '道路改造', amount: 7 });
  await w.as('songqiao').act(id, 'object', { subject: '不服', to: '2026-09-20' });
  await startAs('fuzheng', id, 'stop');
  expect((await w.as('songqiao').case(id)).case.state).toBe('ended');
  await w.as('fuzheng').submit('审批延期', 'agree');
  const kept = await w.host.store.reader('case_values').where({ case_id: id, name: 'objected' }).first();
  expect(JSON.parse(String(kept?.value))).toBe('granted');
});

/** Presses a button as somebody who reads the case because he was sent it. */
async function startAs(who: string, id: string, key: string) {
  await w.host.store.transaction((tx) =>
    tx('case_people').insert({ case_id: id, person_id: who, part: 'reader' }).onConflict().ignore(),
  );
  return w.as(who).act(id, key, { subject: '按规定处理' });
}

test('[C13] [READ3] a case that is handed over is the same case with another starter, and no longer the former one’s to read', async () => {
  const id = await opened();
  const { number } = (await w.as('songqiao').case(id)).case;
  await startAs('fuzheng', id, 'take');
  const { case: own } = await w.as('fuzheng').case(id);
  expect(own).toMatchObject({ number, starter: { id: 'fuzheng' }, state: 'running' });
  await expect(w.as('songqiao').case(id)).rejects.toMatchObject({ code: 'not.found' });
  expect((await w.as('fuzheng').case(id)).actions.map(({ key }) => key)).toContain('extend');
});

test('[C14] a resting case accepts no act and its timers wait; afterwards deadlines are later by the working days it rested', async () => {
  const id = await opened();
  await startAs('fuzheng', id, 'rest');
  expect((await w.as('luchuan').case(id)).case.status.label).toBe('中止');
  await expect(w.as('luchuan').submit('办理', 'agree')).rejects.toMatchObject({ code: 'case.suspended' });
  await w.at('2026-09-14T09:00');
  expect((await w.as('luchuan').case(id)).case.state).toBe('suspended');
  await w.as('fuzheng').submit('决定恢复', 'agree');
  expect(await dueOf(id)).toBe('2026-09-20');
  await w.at('2026-09-20T23:59');
  await w.as('luchuan').submit('办理', 'agree');
  expect((await w.as('songqiao').case(id)).case.state).toBe('ended');
});

test('[W1] a draft of an action is found again with the case it belongs to', async () => {
  const id = await opened();
  const draft = { process: 'extend', start: 'start', values: { subject: '写到一半' }, case: id, action: 'extend' };
  const saved = await saveStartDraft(w.host, { actor: w.actor('songqiao') }, draft);
  const { rows } = await inbox(w.host, w.actor('songqiao'), 'drafts', { q: '', limit: 10 });
  expect(rows).toMatchObject([{ id: saved.id, title: '申请：道路改造' }]);
  const page = { process: 'extend', start: 'start', draft: saved.id };
  const view = await startView(w.host, w.actor('songqiao'), page);
  expect(view).toMatchObject({ from: { case: id }, form: { values: { subject: '写到一半', amount: 10 } } });
  await expect(saveStartDraft(w.host, { actor: w.actor('guqing') }, { ...draft, id: undefined })).rejects.toMatchObject(
    { code: 'not.found' },
  );
});

test('[R32] the draft of an action keeps no title of a case that the person reads no more', async () => {
  const id = await opened();
  const draft = { process: 'extend', start: 'start', values: { subject: '写到一半' }, case: id, action: 'extend' };
  await saveStartDraft(w.host, { actor: w.actor('songqiao') }, draft);
  await startAs('fuzheng', id, 'take');
  const { rows } = await inbox(w.host, w.actor('songqiao'), 'drafts', { q: '', limit: 10 });
  expect(rows).toMatchObject([{ kind: 'draft', title: '' }]);
  expect(JSON.stringify(rows)).not.toContain('道路改造');
});

test('[T10] [T11] a year without a calendar: the business administrators are told once; when it comes, deadlines move later only', async () => {
  w = await world({ content: CONTENT, now: '2026-12-30T10:00' });
  const { caseId: id } = await w.as('songqiao').start('main', { subject: '跨年' });
  await w.as('songqiao').start('main', { subject: '又一件' });
  const due = async () => (await w.as('luchuan').case(id)).tasks[0]?.due;
  expect(await due()).toMatchObject({ date: '2027-01-06', provisional: true });
  const notices = await w.host.store.reader('notices').where({ kind: 'calendar' });
  expect(notices.map(({ person_id, title }) => [person_id, title]).sort()).toEqual([
    ['kongwei', '2027 年工作日历尚未载入'],
    ['peiwen', '2027 年工作日历尚未载入'],
  ]);
  const calendar = {
    kind: 'calendar' as const,
    key: 'cn-2027',
    file: 'cn-2027.json',
    source: JSON.stringify({ calendar: 'cn', year: 2027, off: ['2027-01-01', '2027-01-02', '2027-01-03'], work: [] }),
  };
  const published = await takeFolder(w.host, [...CONTENT, calendar]);
  expect(published.problems).toEqual([]);
  await w.at('2026-12-30T10:05');
  expect(await due()).toMatchObject({ date: '2027-01-07', provisional: false });
  const moved = (await w.as('luchuan').case(id)).timeline.filter(({ kind }) => kind === 'recalculated');
  expect(moved).toMatchObject([{ detail: { from: '2027-01-06', due: '2027-01-07' } }]);
  const flows = await w.host.store.reader('timers').where({ kind: 'flow', case_id: id });
  expect(new Date(Number(flows[0].due_at)).toISOString()).toBe('2027-01-07T16:00:00.000Z');
  await w.at('2026-12-30T10:10');
  expect((await w.as('luchuan').case(id)).timeline.filter(({ kind }) => kind === 'recalculated')).toHaveLength(1);
});

test('[C60] a definition that an expression names and nobody has stops the process; it is no fault of the house', async () => {
  const letters = bpmn(
    'letters',
    [
      start(),
      user('check', '审查', 'assignees="[&quot;fuzheng&quot;]"', AGREE),
      service('print', 'letter', { template: 'request.subject', to: '["fuzheng"]', number: '"一号"' }),
      end(),
      line('start', 'check', 'print', 'end'),
    ].join('\n'),
  );
  w = await world({ content: [...FORMS, letters] });
  const { caseId } = await w.as('songqiao').start('letters', { subject: '没有的模板' });
  await expect(w.as('fuzheng').submit('审查', 'agree')).rejects.toMatchObject({ code: 'case.incident' });
  expect(await w.host.store.reader('incidents')).toMatchObject([
    { case_id: caseId, node: 'print', kind: 'standstill' },
  ]);
});

test('[C7] a process may say itself that it cannot go on: nothing happens, the person is told and an incident waits', async () => {
  const halt = bpmn(
    'halt',
    [
      start(),
      user('ask', '办理', `assignees='["luchuan"]'`, AGREE),
      service('stuck', 'fail', { message: '"没有负责签收的单位，请先完善通讯录"' }),
      end(),
      line('start', 'ask', 'stuck', 'end'),
    ].join('\n'),
  );
  w = await world({ content: [...FORMS, halt] });
  await w.as('songqiao').start('halt', { subject: '缺人' });
  const before = await w.rows();
  await expect(w.as('luchuan').submit('办理', 'agree')).rejects.toMatchObject({
    code: 'case.incident',
    message: expect.stringContaining('请先完善通讯录'),
  });
  expect(await w.rows()).toEqual(before);
  expect(await w.host.store.reader('incidents')).toMatchObject([{ node: 'stuck', kind: 'standstill' }]);
});

const panel = bpmn(
  'panel',
  [
    start(),
    user(
      'sign',
      '会签',
      `assignees='["luchuan","fangyuan"]' candidates='["gaoyuan"]' mode="all" operations="addSigner urge"`,
      AGREE + outcome('no', '不同意', 'style="danger" positive="false"'),
    ),
    user('alone', '签发', `assignees='["fuzheng"]' operations="addSigner"`, AGREE),
    end(),
    line('start', 'sign', 'alone', 'end'),
  ].join('\n'),
);
const WHY = '涉及财务事项，请一并会签';

test('[S7] added signers sign beside the others, once each; a step of one person has none', async () => {
  w = await world({ content: [...FORMS, panel] });
  const { caseId } = await w.as('songqiao').start('panel', { subject: '会签' });
  await w.as('luchuan').addSigners('会签', ['gaoyuan'], WHY);
  await expect(w.as('luchuan').addSigners('会签', ['gaoyuan'], WHY)).rejects.toMatchObject({
    code: 'task.operation-barred',
  });
  await w.as('luchuan').submit('会签', 'agree');
  await w.as('fangyuan').submit('会签', 'agree');
  expect(await w.as('fuzheng').todo()).toEqual([]);
  await w.as('gaoyuan').submit('会签', 'agree');
  await expect(w.as('fuzheng').addSigners('签发', ['gaoyuan'], WHY)).rejects.toThrow('请用转办');
  expect((await w.as('luchuan').case(caseId)).timeline.map(({ kind }) => kind)).toContain('signer-added');
});

test('[T12] urging reminds those who hold the step, once a day, and tells nothing about who they are', async () => {
  w = await world({ content: [...FORMS, panel] });
  const { caseId } = await w.as('songqiao').start('panel', { subject: '催办' });
  await w.as('songqiao').urge(caseId, '明天要上会');
  const notices = await w.host.store.reader('notices').where({ kind: 'urged' }).orderBy('person_id');
  expect(notices.map((row) => [row.person_id, row.text])).toEqual([
    ['fangyuan', '催办「会签」：明天要上会'],
    ['luchuan', '催办「会签」：明天要上会'],
  ]);
  const told = (await w.as('songqiao').case(caseId)).timeline.find(({ kind }) => kind === 'urged');
  expect(JSON.stringify(told)).not.toContain('陆川');
  await expect(w.as('songqiao').urge(caseId)).rejects.toMatchObject({ code: 'task.operation-barred' });
  await w.at('2026-09-02T09:00');
  await w.as('songqiao').urge(caseId);
});
