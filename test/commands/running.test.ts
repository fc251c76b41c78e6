/** Stories about running a case: who acts, what is kept, what happens when two want the same. */
import { afterEach, describe, expect, test } from 'vitest';
import { decideException } from '../../server/commands/decide-exception.ts';
import { AGREE, bpmn, end, FORMS, flow, line, outcome, REFUSE, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const twoSteps = bpmn(
  'two',
  [
    start(),
    user(
      'check',
      '审查',
      `assignees='holders("rcb", "window")' candidates='["luchuan"]' form="request" due="add working days(today, 3)" operations="transfer,return,comment"`,
      `${AGREE + REFUSE}<ganwei:access path="*" mode="read"/><ganwei:access path="secret" mode="edit"/>`,
    ),
    user(
      'sign',
      '签发',
      `assignees='holders("jw", "signer")' operations="return"`,
      `${AGREE}<ganwei:show as="request" hide="secret"/>`,
    ),
    end(),
    line('start', 'check'),
    '<exclusiveGateway id="g" default="dflt"/>',
    flow('check', 'g'),
    flow('g', 'sign', 'outcome = "agree"'),
    '<sequenceFlow id="dflt" sourceRef="g" targetRef="end"/>',
    flow('sign', 'end'),
  ].join('\n'),
  `withdraw='not(reached("check"))'`,
);

describe('a case of two steps', () => {
  test('[C3] is started with a number, travels, and ends', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const started = await w.as('songqiao').start('two', { subject: '购置设备', amount: 12.5 });
    expect(started.number).toBe('T-2026-0001');
    expect(started.next).toEqual([{ task: expect.any(String), name: '审查', who: ['傅正'] }]);
    await w.as('fuzheng').submit('审查', 'agree', { secret: '可办' });
    const last = await w.as('gaoyuan').submit('签发', 'agree');
    expect(last.state).toBe('ended');
    expect(last.status.label).toBe('已办结');
    const seen = await w.as('gaoyuan').case(started.caseId);
    expect(seen.timeline.map((e) => e.kind)).toEqual(['started', 'submitted', 'submitted', 'ended']);
    expect(seen.forms[0]?.values).toEqual({ subject: '购置设备', amount: 12.5 });
  });

  test('[T1] a task closes exactly once, and the slower person is told who was faster', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    await w.as('songqiao').start('two', { subject: '购置设备' });
    const id = await w.as('fuzheng').task('审查');
    await w.as('fuzheng').submitTo(id, 'agree');
    const before = await w.rows();
    await expect(w.as('fuzheng').submitTo(id, 'agree')).rejects.toMatchObject({ code: 'task.done' });
    expect(await w.rows()).toEqual(before);
  });

  test('[T8] a repeated request with the same key answers as the first time and does nothing again', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const first = await w.as('songqiao').start('two', { subject: '购置设备' }, 'start', 'key-00000001');
    const before = await w.rows();
    const again = await w.as('songqiao').start('two', { subject: '购置设备' }, 'start', 'key-00000001');
    expect(again).toEqual(first);
    expect(await w.rows()).toEqual(before);
    await expect(w.as('songqiao').start('two', { subject: '别的' }, 'start', 'key-00000001')).rejects.toMatchObject({
      code: 'key.reused',
    });
  });

  test('[T2] a task of somebody else does not exist for me', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    await w.as('songqiao').start('two', { subject: '购置设备' });
    const id = await w.as('fuzheng').task('审查');
    const before = await w.rows();
    await expect(w.as('guqing').submitTo(id, 'agree')).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as('songqiao').submitTo(id, 'agree')).rejects.toMatchObject({ code: 'task.not-yours' });
    expect(await w.rows()).toEqual(before);
  });

  test('[T3] a field that this step may not write never changes', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const { caseId } = await w.as('songqiao').start('two', { subject: '购置设备' });
    const before = await w.rows();
    await expect(w.as('fuzheng').submit('审查', 'agree', { subject: '改过的' })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'subject', code: 'forged', message: expect.any(String) }],
    });
    expect(await w.rows()).toEqual(before);
    expect((await w.as('fuzheng').case(caseId)).forms[0]?.values).toMatchObject({ subject: '购置设备' });
  });

  test('[T5] a page that is out of date is refused', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    await w.as('songqiao').start('two', { subject: '购置设备' });
    const id = await w.as('fuzheng').task('审查');
    await expect(w.as('fuzheng').submitTo(id, 'agree', {}, '', { revision: 7 })).rejects.toMatchObject({
      code: 'task.stale',
    });
  });

  test('[T6] a rejection needs a reason of ten characters', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    await w.as('songqiao').start('two', { subject: '购置设备' });
    await expect(w.as('fuzheng').submit('审查', 'refuse', {}, '不行')).rejects.toMatchObject({ code: 'input.invalid' });
    const ended = await w.as('fuzheng').submit('审查', 'refuse', {}, '材料不足，不能受理此项申请');
    expect(ended.state).toBe('ended');
  });

  test('[C1] the starter withdraws before the first decision and not after it', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const one = await w.as('songqiao').start('two', { subject: '第一件' });
    expect((await w.as('songqiao').withdraw(one.caseId)).state).toBe('withdrawn');
    expect(await w.as('fuzheng').todo()).toEqual([]);
    const two = await w.as('songqiao').start('two', { subject: '第二件' });
    await w.as('fuzheng').submit('审查', 'agree');
    await expect(w.as('songqiao').withdraw(two.caseId)).rejects.toMatchObject({ code: 'task.operation-barred' });
    await expect(w.as('fuzheng').withdraw(two.caseId)).rejects.toMatchObject({ code: 'not.allowed' });
  });

  test('[T7] a task is handed over with its reason, and the giver no longer has it', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    await w.as('songqiao').start('two', { subject: '购置设备' });
    await w.as('fuzheng').transfer('审查', 'luchuan', '出差期间请代为审查此件');
    expect(await w.as('fuzheng').todo()).toEqual([]);
    await w.as('luchuan').submit('审查', 'agree');
    await w.as('gaoyuan').task('签发');
  });

  test('[B1] a return calls off what lies behind and goes to those who did the step', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const { caseId } = await w.as('songqiao').start('two', { subject: '购置设备' });
    await w.as('fuzheng').submit('审查', 'agree', { secret: '初审' });
    await w.as('gaoyuan').giveBack('签发', 'check', 'again', '请补充说明资金来源情况');
    expect(await w.as('gaoyuan').todo()).toEqual([]);
    const view = await w.as('fuzheng').view('审查');
    expect(view.form?.values).toMatchObject({ secret: '初审' });
    await w.as('fuzheng').submit('审查', 'agree', { secret: '已补充' });
    await w.as('gaoyuan').submit('签发', 'agree');
    expect((await w.as('gaoyuan').case(caseId)).case.state).toBe('ended');
  });

  test('[A1] a case is not found by people who have nothing to do with it', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const { caseId } = await w.as('songqiao').start('two', { subject: '购置设备' });
    await expect(w.as('guqing').case(caseId)).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as('guqing').comment(caseId, '看看')).rejects.toMatchObject({ code: 'not.found' });
  });

  test('[H1] the record of a case is a chain that a later change would break', async () => {
    w = await world({ content: [...FORMS, twoSteps] });
    const { caseId } = await w.as('songqiao').start('two', { subject: '购置设备' });
    const { verifyHistory } = await import('../../server/queries/case/timeline.ts');
    expect(await verifyHistory(w.host, w.actor('songqiao'), caseId)).toMatchObject({ intact: true, entries: 1 });
    await w.host.store.transaction((tx) => tx('history').where({ case_id: caseId }).update({ detail: '{"forged":1}' }));
    expect(await verifyHistory(w.host, w.actor('songqiao'), caseId)).toMatchObject({ intact: false });
  });
});

const several = (mode: string, more = '') =>
  bpmn(
    'several',
    [
      start(),
      user(
        'vote',
        '表决',
        `assignees='["fangyuan", "luchuan", "yuanke"]' mode="${mode}" form="opinion" as="opinions" list="true" ${more}`,
        AGREE + REFUSE + outcome('abstain', '弃权', 'positive="false"'),
      ),
      user('after', '汇总', `assignees='["fuzheng"]'`, '<ganwei:show as="opinions"/>'),
      end(),
      line('start', 'vote', 'after', 'end'),
    ].join('\n'),
  );

describe('several people on one task', () => {
  test('[S5] blind: nobody sees another submission before all are in', async () => {
    w = await world({ content: [...FORMS, several('blind')] });
    const { caseId } = await w.as('songqiao').start('several', { subject: '评审' });
    await w.as('fangyuan').submit('表决', 'agree', { score: 8 });
    const seen = JSON.stringify([
      await w.as('luchuan').view('表决'),
      await w.as('luchuan').case(caseId),
      await w.as('songqiao').case(caseId),
    ]);
    expect(seen).not.toContain('"score":8');
    await w.as('luchuan').submit('表决', 'agree', { score: 6 });
    await w.as('yuanke').submit('表决', 'agree', { score: 7 });
    const view = await w.as('fuzheng').view('汇总');
    expect(view.shown[0]?.list?.map((entry) => entry.values.score)).toEqual([8, 6, 7]);
  });

  test('[S3] in sequence: one after the other, and the first refusal ends the round', async () => {
    w = await world({ content: [...FORMS, several('sequence')] });
    await w.as('songqiao').start('several', { subject: '会签' });
    expect(await w.as('luchuan').todo()).toEqual([]);
    await w.as('fangyuan').submit('表决', 'agree', { score: 1 });
    await w.as('luchuan').submit('表决', 'refuse', {}, '不同意，理由在此说明清楚');
    expect(await w.as('yuanke').todo()).toEqual([]);
    await w.as('fuzheng').task('汇总');
  });

  test('[S1] any: the first submission decides', async () => {
    w = await world({ content: [...FORMS, several('any')] });
    await w.as('songqiao').start('several', { subject: '任一' });
    await w.as('luchuan').submit('表决', 'agree', { score: 1 });
    expect(await w.as('fangyuan').todo()).toEqual([]);
  });

  test('[S4] vote: the share of all members decides · [S6] the head votes last', async () => {
    w = await world({
      content: [...FORMS, several('vote', `threshold="votes.yes > votes.members / 2" last='["fangyuan"]'`)],
    });
    const { caseId } = await w.as('songqiao').start('several', { subject: '票决' });
    expect(await w.as('fangyuan').todo()).toEqual([]);
    await w.as('luchuan').submit('表决', 'agree', { score: 1 });
    await w.as('yuanke').submit('表决', 'abstain', { score: 1 });
    await w.as('fangyuan').submit('表决', 'refuse', {}, '不同意，理由在此说明清楚');
    const row = await w.host.store.reader('tasks_done').where({ case_id: caseId }).first();
    expect(row.outcome).toBe('refuse');
  });

  test('[S2] all: two people submitting at the same moment do not lose each other', async () => {
    w = await world({ content: [...FORMS, several('all')] });
    await w.as('songqiao').start('several', { subject: '会签' });
    await Promise.all(['fangyuan', 'luchuan', 'yuanke'].map((id) => w.as(id).submit('表决', 'agree', { score: 5 })));
    await w.as('fuzheng').task('汇总');
  });

  test('[S9] a sequence of three of whom nobody has signed is none of three, on the page of the case as on that of the task', async () => {
    w = await world({ content: [...FORMS, several('sequence')] });
    const { caseId } = await w.as('songqiao').start('several', { subject: '会签' });
    const counted = async (who: string) => {
      const [open] = (await w.as(who).case(caseId)).tasks;
      return [open?.progress, (await w.as(who).view('表决')).task.progress];
    };
    expect(await counted('fangyuan')).toEqual(Array(2).fill({ done: 0, all: 3 }));
    await w.as('fangyuan').submit('表决', 'agree', { score: 1 });
    expect(await counted('luchuan')).toEqual(Array(2).fill({ done: 1, all: 3 }));
  });

  test('[S10] other people named by the administrator sign one after the other, and who has signed has signed', async () => {
    w = await world({ content: [...FORMS, several('sequence', `candidates='["qinxiao", "gaoyuan"]'`)] });
    const { caseId } = await w.as('songqiao').start('several', { subject: '会签' });
    await w.as('fangyuan').submit('表决', 'agree', { score: 1 });
    const incident = {
      id: 'i1',
      case_id: caseId,
      task_id: null,
      node: 'vote',
      kind: 'nobody',
      detail: '',
      opened_at: 0,
    };
    await w.host.store.transaction((tx) => tx('incidents').insert(incident));
    await w.as('peiwen').solve('i1', ['qinxiao', 'gaoyuan']);
    expect(await w.as('gaoyuan').todo()).toEqual([]);
    expect((await w.as('qinxiao').view('表决')).task.progress).toEqual({ done: 1, all: 3 });
    await w.as('qinxiao').submit('表决', 'agree', { score: 2 });
    await w.as('gaoyuan').submit('表决', 'agree', { score: 3 });
    const view = await w.as('fuzheng').view('汇总');
    expect(view.shown[0]?.list?.map((entry) => entry.values.score)).toEqual([1, 2, 3]);
  });

  test('[S8] a task that was open before rounds were kept whole goes on where it stood', async () => {
    w = await world({ content: [...FORMS, several('sequence')] });
    await w.as('songqiao').start('several', { subject: '会签' });
    await w.as('fangyuan').submit('表决', 'agree', { score: 1 });
    const signing = { people: ['fangyuan', 'luchuan', 'yuanke'], signed: [{ person: 'fangyuan', outcome: 'agree' }] };
    await w.host.store.transaction((tx) => tx('tasks').update({ signing: JSON.stringify(signing) }));
    expect((await w.as('luchuan').view('表决')).task.progress).toEqual({ done: 1, all: 3 });
    await w.as('luchuan').submit('表决', 'agree', { score: 2 });
    await w.as('yuanke').submit('表决', 'agree', { score: 3 });
    await w.as('fuzheng').task('汇总');
  });

  test('[T2] a pooled task is claimed by one and gone for the others', async () => {
    w = await world({ content: [...FORMS, several('single')] });
    await w.as('songqiao').start('several', { subject: '签收' });
    await w.as('luchuan').claim('表决');
    expect(await w.as('fangyuan').todo()).toEqual([]);
    await w.as('luchuan').submit('表决', 'agree', { score: 5 });
  });
});

describe('people who must not act', () => {
  const excluded = (who: string) =>
    bpmn(
      'apart',
      [
        start(),
        user('a', '核查', `assignees='["fangyuan"]'`, AGREE),
        user(
          'b',
          '审核',
          `assignees='["fangyuan", "qinxiao"]' operations="transfer"`,
          `${AGREE}<ganwei:exclude who='${who}' reason="核查人不得审核"/>`,
        ),
        end(),
        line('start', 'a', 'b', 'end'),
      ].join('\n'),
    );

  test('[T4] whoever did an earlier step is not offered the later one, nor may it be handed to him', async () => {
    w = await world({ content: [...FORMS, excluded('done by("a")')] });
    await w.as('songqiao').start('apart', { subject: '回避' });
    await w.as('fangyuan').submit('核查', 'agree');
    expect(await w.as('fangyuan').todo()).toEqual([]);
    await expect(w.as('qinxiao').transfer('审核', 'fangyuan', '请代为办理这一审核事项')).rejects.toMatchObject({
      code: 'task.operation-barred',
    });
    await w.as('qinxiao').submit('审核', 'agree');
  });

  test('[T9] the incident names the grounds of those who would have had the step, not those of others', async () => {
    const grounds = bpmn(
      'grounds',
      [
        start(),
        user(
          'check',
          '核查',
          `assignees='["qinxiao"]'`,
          `${AGREE}<ganwei:exclude who='["luchuan"]' reason="承办人不得审核"/><ganwei:exclude who='["qinxiao"]' reason="已决定回避"/>`,
        ),
        end(),
        line('start', 'check', 'end'),
      ].join('\n'),
    );
    w = await world({ content: [...FORMS, grounds] });
    await w.as('songqiao').start('grounds', { subject: '回避' });
    const [incident] = await w.host.store.reader('incidents');
    expect(incident.detail).toContain('已决定回避');
    expect(incident.detail).not.toContain('承办人不得审核');
  });

  test('[T9] nobody left is an incident for the administrator, who names somebody', async () => {
    w = await world({ content: [...FORMS, excluded('["fangyuan", "qinxiao"]')] });
    const { caseId } = await w.as('songqiao').start('apart', { subject: '回避' });
    await w.as('fangyuan').submit('核查', 'agree');
    const { incidents } = await import('../../server/queries/incidents.ts');
    const [incident] = await incidents(w.host);
    expect(incident).toMatchObject({ caseId, kind: 'nobody', node: '审核' });
    await expect(w.as('peiwen').solve(incident!.id, ['fangyuan'])).rejects.toMatchObject({ code: 'input.invalid' });
    expect((await w.as('peiwen').solve(incident!.id, ['luchuan'])).result).toBe('waiting');
    await decideException(w.host, { actor: w.actor('secadmin') }, incident!.id, { agree: true });
    await w.as('luchuan').submit('审核', 'agree');
    expect(await incidents(w.host)).toEqual([]);
  });
});

describe('time', () => {
  const timed = bpmn(
    'timed',
    [
      start(),
      user(
        'fill',
        '补正',
        `assignees="case.starter" due="add working days(today, 5)"`,
        `${AGREE}<ganwei:remind at='add working days(today, 4)' text="请尽快补正"/>`,
      ),
      '<boundaryEvent id="late" attachedToRef="fill" cancelActivity="true"><timerEventDefinition><timeDate>add working days(today, 5)</timeDate></timerEventDefinition></boundaryEvent>',
      end('end', 'done'),
      end('lapsed', 'open'),
      line('start', 'fill', 'end'),
      flow('late', 'lapsed'),
    ].join('\n'),
  );

  test('[T10] the deadline counts working days, and at 24:00 of it the timer ends the step, exactly once [P4]', async () => {
    w = await world({ content: [...FORMS, timed, ...calendars()], now: '2026-09-22T10:00' });
    const { caseId } = await w.as('songqiao').start('timed', { subject: '补正' });
    const view = await w.as('songqiao').view('补正');
    expect(view.task.due).toMatchObject({ date: '2026-09-30', state: 'normal', workingDays: 5 });
    await w.at('2026-09-29T09:30');
    expect((await w.host.store.reader('notices').where({ person_id: 'songqiao' })).length).toBe(1);
    await w.at('2026-09-30T23:59');
    expect((await w.as('songqiao').todo()).length).toBe(1);
    await w.at('2026-10-01T00:00');
    expect((await w.as('songqiao').case(caseId)).case.state).toBe('ended');
    expect(await w.as('songqiao').todo()).toEqual([]);
    await w.at('2026-10-02T00:00');
    const fired = await w.host.store.reader('history').where({ case_id: caseId, kind: 'timer' });
    expect(fired.length).toBe(1);
  });
});

describe('cases that work together', () => {
  const child = bpmn(
    'child',
    [start(), user('do', '整治', `assignees='[request.secret]'`, AGREE), end(), line('start', 'do', 'end')].join('\n'),
  );
  const parent = bpmn(
    'parent',
    [
      start(),
      `<callActivity id="call" name="逐个整治"><extensionElements><ganwei:call process="child" each='["luchuan", "fangyuan"]' values='{subject: "子件" + string(index), secret: item}'><ganwei:output name="results" value="count(result)"/></ganwei:call></extensionElements></callActivity>`,
      user('sum', '汇总', `assignees='["fuzheng"]'`, AGREE),
      end(),
      line('start', 'call', 'sum', 'end'),
    ].join('\n'),
  );

  test('[C5] a call starts one child for each and goes on when the last has ended', async () => {
    w = await world({ content: [...FORMS, child, parent] });
    const { caseId } = await w.as('songqiao').start('parent', { subject: '总件' });
    await w.as('luchuan').submit('整治', 'agree');
    expect(await w.as('fuzheng').todo()).toEqual([]);
    await w.as('fangyuan').submit('整治', 'agree');
    await w.as('fuzheng').submit('汇总', 'agree');
    const values = await w.host.store.reader('case_values').where({ case_id: caseId, name: 'results' }).first();
    expect(values.value).toBe('2');
  });

  const hurried = (cut: string) =>
    bpmn(
      'hurried',
      [
        start(),
        `<callActivity id="call" name="逐个整治"><extensionElements><ganwei:call process="child" each='["luchuan", "fangyuan"]' values='{subject: "子件" + string(index), secret: item}' ${cut}/></extensionElements></callActivity>`,
        '<boundaryEvent id="late" name="到期" attachedToRef="call"><timerEventDefinition><timeDate>date("2026-10-01")</timeDate></timerEventDefinition></boundaryEvent>',
        user('sum', '汇总', `assignees='["fuzheng"]'`, AGREE),
        end(),
        line('start', 'call', 'sum', 'end'),
        '<sequenceFlow id="over" sourceRef="late" targetRef="sum"/>',
      ].join('\n'),
    );

  test('[C5] what a call has started ends with it when it is cut short, with the status that the call says; who had ended stays as he was', async () => {
    w = await world({ content: [...FORMS, child, hurried('cut="done"')] });
    const { caseId } = await w.as('songqiao').start('hurried', { subject: '总件' });
    await w.as('luchuan').submit('整治', 'agree');
    await w.at('2026-10-02T09:00');
    const children = await w.host.store.reader('cases').where({ parent_id: caseId }).orderBy('parent_index');
    expect(children.map(({ state, status }) => [state, status])).toEqual([
      ['ended', 'done'],
      ['ended', 'done'],
    ]);
    expect(await w.as('fangyuan').todo()).toEqual([]);
    const early = await w.host.store.reader('history').where({ case_id: children[1].id, kind: 'ended-early' });
    expect(early.length).toBe(1);
    await w.as('fuzheng').submit('汇总', 'agree');
    expect((await w.as('songqiao').case(caseId)).case.state).toBe('ended');
  });

  test('[C5] a call without such a status leaves the child the status it had', async () => {
    w = await world({ content: [...FORMS, child, hurried('')] });
    const { caseId } = await w.as('songqiao').start('hurried', { subject: '总件' });
    await w.at('2026-10-02T09:00');
    const children = await w.host.store.reader('cases').where({ parent_id: caseId });
    expect(children.map(({ state, status }) => [state, status])).toEqual([
      ['ended', 'open'],
      ['ended', 'open'],
    ]);
  });

  const waiter = bpmn(
    'waiter',
    [
      start(),
      '<intermediateCatchEvent id="wait" name="等待"><extensionElements><ganwei:message correlation="request.subject"/></extensionElements><messageEventDefinition messageRef="m_go"/></intermediateCatchEvent>',
      user('then', '之后', `assignees='if times("wait") = 1 then ["fuzheng"] else ["zhongli"]'`, AGREE),
      end(),
      line('start', 'wait', 'then', 'end'),
    ].join('\n'),
  );
  const sender = bpmn(
    'sender',
    [
      start(),
      `<sendTask id="send" name="通知"><extensionElements><ganwei:service type="message"><ganwei:input name="name" value='"go"'/><ganwei:input name="correlation" value="request.subject"/></ganwei:service></extensionElements></sendTask>`,
      end(),
      line('start', 'send', 'end'),
    ].join('\n'),
  );

  test('[C6] a message reaches the cases that wait with the same key and no other', async () => {
    w = await world({ content: [...FORMS, waiter, sender] });
    await w.as('songqiao').start('waiter', { subject: '甲' });
    await w.as('songqiao').start('waiter', { subject: '乙' });
    await w.as('songqiao').start('sender', { subject: '甲' });
    expect((await w.as('fuzheng').todo()).map((t) => t.title)).toEqual(['甲']);
  });

  test('[C6] one step sends each of several keys a message of its own', async () => {
    const each = sender.source
      .replace('value="request.subject"', `value='["甲", "乙"]'`)
      .replace(
        '</ganwei:service>',
        `<ganwei:input name="payload" value="{from: request.subject}"/><ganwei:input name="each" value='[{share: 1}, {share: 2}]'/></ganwei:service>`,
      );
    w = await world({ content: [...FORMS, waiter, { ...sender, source: each }] });
    const first = await w.as('songqiao').start('waiter', { subject: '甲' });
    const second = await w.as('songqiao').start('waiter', { subject: '乙' });
    await w.as('songqiao').start('sender', { subject: '丙' });
    const told = async (id: string) =>
      JSON.parse((await w.host.store.reader('case_values').where({ case_id: id, name: 'messages' }).first()).value);
    expect(await told(first.caseId)).toEqual({ wait: { from: '丙', share: 1 } });
    expect(await told(second.caseId)).toEqual({ wait: { from: '丙', share: 2 } });
  });

  test('[C16] a day or a message that was waited for counts as passed, also for the question right behind it', async () => {
    const waits = bpmn(
      'waits',
      [
        start(),
        '<intermediateCatchEvent id="day" name="等到那天"><timerEventDefinition><timeDate>date("2026-10-01")</timeDate></timerEventDefinition></intermediateCatchEvent>',
        '<exclusiveGateway id="was" name="等过？" default="no"/>',
        user('yes', '等过', `assignees='["fuzheng"]'`, AGREE),
        user('never', '没等', `assignees='["fuzheng"]'`, AGREE),
        end(),
        line('start', 'day', 'was'),
        '<sequenceFlow id="waited" sourceRef="was" targetRef="yes"><conditionExpression xsi:type="tFormalExpression">reached("day") and not(reached("yes"))</conditionExpression></sequenceFlow>',
        '<sequenceFlow id="no" sourceRef="was" targetRef="never"/>',
        flow('yes', 'end'),
        flow('never', 'end'),
      ].join('\n'),
    );
    w = await world({ content: [...FORMS, waits] });
    await w.as('songqiao').start('waits', { subject: '甲' });
    await w.at('2026-10-02T00:00');
    await w.as('fuzheng').submit('等过', 'agree');
  });

  test('[C15] a message that nobody takes stands in the record of its sender as not delivered', async () => {
    w = await world({ content: [...FORMS, waiter, sender] });
    await w.as('songqiao').start('waiter', { subject: '甲' });
    const kinds = async (subject: string) => {
      const { caseId } = await w.as('songqiao').start('sender', { subject });
      return (await w.host.store.reader('history').where({ case_id: caseId })).map(({ kind }) => kind);
    };
    expect(await kinds('甲')).not.toContain('undelivered');
    expect(await kinds('丙')).toContain('undelivered');
  });
});

function calendars() {
  return w2026;
}
const w2026 = await import('./calendar-files.ts').then((m) => m.CALENDARS);
