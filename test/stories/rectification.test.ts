/** The rectification as the measures want it (P5): plan, audit, items closed one by one, fraud, look-back, delays. Rules: [CON30]… */
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { signature } from '../content/fillings.ts';
import * as fill from '../content/rectification-fillings.ts';
import { open, planItems, refused, s, seen, threeItems } from './rectification-stage.ts';
import './rectification-time.ts';

afterEach(() => s.close());

describe('letters and plan', () => {
  test('[CON30] DOC-09 goes out at the start with a number, to the unit and the copies', async () => {
    await open();
    const id = await s.begin({ copies: ['zjj-jj'] });
    const { letters } = await s.w.as('dingyiming').case(id);
    expect(letters.map((letter) => [letter.number, letter.title])).toEqual([
      ['宜纪整通〔2026〕1号', '关于滨江片区燃气管道改造先行开工的整改通知书'],
    ]);
    expect(letters[0]!.receipts.map(({ kind, person }) => [kind, person])).toEqual([
      ['to', '尹川'],
      ['copy', '严明'],
    ]);
    expect(await s.status(id)).toBe('待报方案');
  });

  test('[CON30] a request without a date for the plan gives as many working days as it says', async () => {
    await open('2026-09-30T09:00');
    await s.begin({ planDue: undefined, planDueWD: 5 });
    expect((await s.due('yinchuan', '制定整改方案'))?.date).toBe('2026-10-13');
  });

  test('[CON74] a rectification that should be done before its plan is due can be planned all the same', async () => {
    await open('2026-09-30T09:00');
    const soon = (fill.request().requirements as object[]).map((one) => ({ ...one, due: '2026-10-01' }));
    const id = await s.begin({ planDue: undefined, planDueWD: 5, finalDue: '2026-10-01', requirements: soon });
    await s.plan(planItems(2, () => ({ due: '2026-10-13' })));
    expect(await s.row(id)).toMatchObject({ finalDue: '2026-10-13' });
  });

  test('[CON31] a plan sent back is due three working days later, and must be signed again', async () => {
    await open();
    const id = await s.begin();
    await s.plan();
    await s.w.at('2026-09-08T10:00');
    await s.w.as('dingyiming').submit('方案审核', 'return', {}, '第二项措施过于笼统，请补充完善后再报');
    expect((await s.due('yinchuan', '制定整改方案'))?.date).toBe('2026-09-11');
    const { confirm: _, ...plan } = fill.plan(s.w.actor('liangdong'));
    await s.w.as('yinchuan').submit('制定整改方案', 'submit', plan);
    await expect(s.w.as('liangdong').submit('主要负责人确认', 'confirm', {})).rejects.toMatchObject(
      refused(['confirm']),
    );
    await s.confirm();
    await s.w.as('dingyiming').submit('方案审核', 'approve', fill.audit());
    expect(await s.status(id)).toBe('整改中');
    expect(await s.row(id)).toMatchObject({ planOn: '2026-09-01', planOnTime: '是' });
  });

  test('[CON31] after an interview the interviewee may make the plan, and the interviewer is told of it', async () => {
    await open();
    await s.begin({ sourceType: '工作约谈', organ: 'dcs', reportTo: ['luowei'] });
    await s.plan(threeItems(), 'songqiao');
    await s.w.as('hezhou').submit('方案审核', 'approve', fill.audit());
    expect(await s.told('整改方案已经审核同意')).toEqual(['luowei']);
  });

  test('[CON31] a unit without a liaison of its own is reached through its party organisation', async () => {
    await open();
    const id = await s.begin({ organ: 'zg-jw', responsibleUnit: 'zg-zjj', responsiblePersons: ['xiangmingyuan'] });
    expect((await s.w.as('qinfang').case(id)).letters[0]!.receipts.map(({ person }) => person)).toEqual(['向明远']);
    await s.w.as('xiangmingyuan').task('制定整改方案');
  });
});

describe('closing', () => {
  test('[CON32] AS-56: with two of three items evidenced the whole close is refused, the two may be closed by themselves', async () => {
    await open();
    const id = await s.begin();
    await s.planned();
    const rows = [{ no: 1 }, { no: 2 }, { no: 3, evidence: undefined }];
    await expect(s.apply(rows)).rejects.toMatchObject(refused(['rows.2.evidence']));
    const part = [
      { no: 1, apply: true },
      { no: 2, apply: true },
      { no: 3, result: undefined, evidence: undefined, selfRating: undefined },
    ];
    await s.applied(part, { scope: '部分事项', longTerm: undefined });
    await s.check('close', { 1: '到位', 2: '到位' });
    expect(await s.states(id)).toEqual(['已销号', '已销号', '整改中']);
    expect(await s.status(id)).toBe('整改中');
    expect(await s.row(id)).toMatchObject({ problems: 3, closed: 2 });
    expect(await s.told('第 1、2 项整改事项已经核查销号')).toEqual(['yinchuan']);
    expect((await s.w.as('dingyiming').case(id)).letters).toHaveLength(1);

    const again = await s.w.as('yinchuan').view('组织整改、申请销号');
    expect(again.form?.values.rows).toMatchObject([{ no: 3 }]);
    await s.closed([3]);
    expect(await s.states(id)).toEqual(['已销号', '已销号', '已销号']);
    const { letters } = await s.w.as('dingyiming').case(id);
    expect(letters.map((letter) => letter.number).sort()).toEqual(['宜纪整通〔2026〕1号', '宜纪销号〔2026〕1号']);
    expect(await s.status(id)).toBe('已销号');
    expect((await s.messages()).map(([name]) => name)).toEqual(['rect.closed']);
    await s.w.at('2026-12-01T09:00');
    await s.w.as('luchuan').submit('回头看', 'kept', fill.lookback({ date: '2026-12-01' }));
    expect((await s.w.as('dingyiming').case(id)).case.state).toBe('ended');
  });

  test('[CON32] of some items none or all ticked is refused: the scope says what is meant', async () => {
    await open();
    await s.begin();
    await s.planned();
    const scope = { scope: '部分事项' };
    const rows = [1, 2, 3].map((no) => ({ no }));
    await expect(s.apply(rows, scope)).rejects.toMatchObject(refused(['rows']));
    await expect(
      s.apply(
        rows.map((row) => ({ ...row, apply: true })),
        scope,
      ),
    ).rejects.toMatchObject(refused(['rows']));
  });

  test('[CON33] AS-56: who answers for the rectification never audits it (S3)', async () => {
    await open();
    const id = await s.begin({ responsiblePersons: ['liangdong', 'songqiao'] });
    await s.planned();
    await s.apply([1, 2, 3].map((no) => ({ no })));
    await s.agree();
    for (const person of ['liangdong', 'zhenghang', 'yinchuan']) {
      const given = s.w.as('dingyiming').transfer('材料审核', person, '请代为办理材料审核工作');
      await expect(given, person).rejects.toMatchObject({ code: 'task.operation-barred' });
    }
    await s.w.as('dingyiming').submit('材料审核', 'pass');
    const check = s.check('close', { 1: '到位', 2: '到位', 3: '到位' }, { persons: ['luchuan', 'liangdong'] });
    await expect(check).rejects.toMatchObject(refused(['persons']));
    expect(await s.status(id)).toBe('核查中');
  });

  test('[CON33] the party organisation and the audit of documents send back; the signature counts for one round', async () => {
    await open();
    const id = await s.begin();
    await s.planned();
    const rows = [1, 2, 3].map((no) => ({ no }));
    await s.apply(rows);
    const opinion = { partyOrgOpinion: '不同意', sign: signature(s.w.actor('liangdong')) };
    await s.w.as('liangdong').submit('单位党组织审核', 'disagree', opinion, '第三项佐证材料不足，先补齐');
    expect(await s.status(id)).toBe('整改中');
    await s.apply(rows);
    await s.agree();
    await s.w.as('dingyiming').submit('材料审核', 'return', {}, '第二项缺少交底记录，请补充');
    expect(await s.status(id)).toBe('整改中');
    await s.apply(rows);
    const unsigned = s.w.as('liangdong').submit('单位党组织审核', 'agree', { partyOrgOpinion: '同意报审' });
    await expect(unsigned).rejects.toMatchObject(refused(['sign']));
    await s.agree();
    expect(await s.status(id)).toBe('核查中');
  });

  test('[CON34] T-12: six items need five checks, and what concerns people, safety or nature is always among them', async () => {
    await open();
    await s.begin();
    await s.planned(planItems(6, (no) => (no === 6 ? { sensitive: ['安全生产'] } : {})));
    await s.applied(planItems(6).map((_, i) => ({ no: i + 1 })));
    const { form, shown } = await s.w.as('luchuan').view('现场核查');
    expect(form?.values.sampleRule ?? JSON.stringify(shown)).toBe(
      '申请销号 6 项，至少核查 5 项；第 6 项涉及群众利益、安全生产或者生态环保，必须核查',
    );
    const some = (numbers: number[]) =>
      Object.fromEntries([1, 2, 3, 4, 5, 6].map((no) => [no, numbers.includes(no) ? '到位' : '']));
    await expect(s.check('close', some([1, 2, 3, 4]))).rejects.toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ path: 'rows', message: expect.stringContaining('至少核查 5 项') }),
      ]),
    });
    await expect(s.check('close', some([1, 2, 3, 4, 5]))).rejects.toMatchObject(refused(['rows.5.finding']));
    await s.check('close', some([1, 2, 3, 4, 6]));
  });

  test('[CON35] sent back: what was found done is closed, the rest goes on until the new deadline', async () => {
    await open();
    const id = await s.begin();
    await s.planned();
    await s.applied([1, 2, 3].map((no) => ({ no })));
    await s.check('back', { 1: '到位', 2: '不到位', 3: '到位' }, { overall: '退回整改', newDue: '2026-10-13' });
    expect(await s.states(id)).toEqual(['已销号', '不到位', '已销号']);
    expect(await s.status(id)).toBe('不到位');
    expect((await s.due('yinchuan', '组织整改、申请销号'))?.date).toBe('2026-10-13');
    const back = (await s.w.as('dingyiming').case(id)).letters.find((letter) => letter.number.includes('整退'));
    expect(back).toMatchObject({
      number: '宜纪整退〔2026〕1号',
      title: '关于滨江片区燃气管道改造先行开工的退回整改通知书',
    });
    await s.closed([2]);
    expect(await s.status(id)).toBe('已销号');
  });
});

describe('fraud and relapse', () => {
  const untilFraud = async (): Promise<string> => {
    await open();
    const id = await s.begin();
    await s.planned();
    await s.applied([1, 2, 3].map((no) => ({ no })));
    const found = { 1: '到位', 2: '虚假整改', 3: '到位' };
    await s.check('false', found, { overall: '虚假整改', newDue: '2026-10-13' }, '交底记录为事后统一补写');
    return id;
  };

  test('[CON36] a fraud needs a second signature by another person; then it is handed on, proposed for 促，and begun anew', async () => {
    const id = await untilFraud();
    expect(await s.status(id)).toBe('虚假整改');
    await expect(s.w.as('luchuan').task('虚假整改复核签字')).rejects.toThrow('has no task');
    const secondSign = signature(s.w.actor('dingyiming'));
    await s.w.as('dingyiming').submit('虚假整改复核签字', 'confirm', { secondSign });
    expect(await s.messages()).toMatchObject([
      ['accountability.request', { source: '虚假整改', persons: ['songqiao'], caseNo: expect.stringMatching(/^ZG-/) }],
      ['register.candidate', { kind: '“促”名单', persons: ['songqiao'] }],
      ['rect.false', { persons: ['songqiao'] }],
    ]);
    expect(await s.states(id)).toEqual(['整改中', '虚假整改', '整改中']);
    expect(await s.row(id)).toMatchObject({ falsified: '是', version: 2, status: '虚假整改' });
    expect((await s.due('yinchuan', '组织整改、申请销号'))?.date).toBe('2026-10-13');
    await s.closed([1, 2, 3]);
    expect(await s.status(id)).toBe('已销号');
    // [CON75] Who was found out is looked at again sooner: sixty days, not ninety.
    await s.w.at('2026-10-30T23:59');
    await expect(s.w.as('luchuan').task('回头看')).rejects.toThrow('has no task');
    await s.w.at('2026-10-31T00:00');
    await s.w.as('luchuan').task('回头看');
  });

  test('[CON75] the look-back opens on its day: ninety days after the closing, sixty after a fraud', async () => {
    await open();
    await s.begin();
    await s.planned();
    await s.closed([1, 2, 3]);
    await s.w.at('2026-11-29T23:59');
    await expect(s.w.as('luchuan').task('回头看')).rejects.toThrow('has no task');
    await s.w.at('2026-11-30T00:00');
    await s.w.as('luchuan').task('回头看');
  });

  test('[CON36] the second person may not agree: then it is an ordinary return', async () => {
    const id = await untilFraud();
    await s.w.as('dingyiming').submit('虚假整改复核签字', 'deny', {}, '记录不规范，但工作确实已经开展');
    expect(await s.messages()).toEqual([]);
    expect(await s.status(id)).toBe('不到位');
    expect(await s.row(id)).toMatchObject({ falsified: '否', version: 1 });
  });

  test('[CON37] a relapse found ninety days later opens the item again, as a second round', async () => {
    await open();
    const id = await s.begin();
    await s.planned();
    await s.closed([1, 2, 3]);
    await s.w.at('2026-12-01T00:00');
    expect(await s.status(id)).toBe('回头看');
    const found = fill.lookback({ date: '2026-12-01', finding: '反弹', note: '两个项目又未交底', items: [2] });
    const again = () =>
      s.w.as('luchuan').submit('回头看', 'relapse', { ...found, newDue: '2026-12-31' }, '两个项目又未作技术交底');
    await expect(s.w.as('luchuan').submit('回头看', 'relapse', found, '两个项目又未作技术交底')).rejects.toMatchObject(
      refused(['newDue']),
    );
    await again();
    expect(await s.states(id)).toEqual(['已销号', '反弹', '已销号']);
    expect(await s.row(id)).toMatchObject({ version: 2, lookback: '反弹', closed: 2 });
    await s.applied([{ no: 2 }]);
    await s.check('close', { 2: '到位' });
    expect(await s.status(id)).toBe('已销号');
    expect((await s.w.as('dingyiming').case(id)).letters.map((letter) => letter.number).sort()).toEqual([
      '宜纪整退〔2026〕1号',
      '宜纪整通〔2026〕1号',
      '宜纪销号〔2026〕1号',
      '宜纪销号〔2026〕2号',
    ]);
  });
});

test('[CON41] when the source is gone, every rectification of it ends, and who worked on it is told why', async () => {
  await open();
  const ids = [
    await s.begin({ sourceId: 'JD-7' }),
    await s.begin({ sourceId: 'JD-7' }),
    await s.begin({ sourceId: 'JD-8' }),
  ];
  await s.w.as('fuzheng').start('canceller', { remark: 'JD-7' });
  const states = await Promise.all(ids.map(async (id) => (await s.w.as('dingyiming').case(id)).case));
  expect(states.map(({ state, status }) => [state, status.label])).toEqual([
    ['ended', '已取消'],
    ['ended', '已取消'],
    ['running', '待报方案'],
  ]);
  expect(await s.told('原因：决定已经撤销')).toEqual([
    'dingyiming',
    'dingyiming',
    'liangdong',
    'liangdong',
    'songqiao',
    'songqiao',
    'yinchuan',
    'yinchuan',
  ]);
});

test('[CON42] the organ, the office of the leading group, the organisation department and the unit may read it, others not', async () => {
  await open();
  const id = await s.begin();
  for (const person of ['dingyiming', 'luchuan', 'fuzheng', 'yuanke', 'yinchuan', 'liangdong', 'songqiao'])
    expect((await s.w.as(person).case(id)).case.id, person).toBe(id);
  for (const person of ['linxue', 'qinfang', 'guqing', 'peiwen'])
    await expect(s.w.as(person).case(id), person).rejects.toMatchObject({ code: 'not.found' });
  expect((await s.w.as('yuanke').ledger('REG-05')).rows).toHaveLength(1);
});

test('[CON43] the stories leave out no outcome, no end and no timer of the process', () => {
  for (const { kind, key, source } of readFolder(path.resolve(import.meta.dirname, '../..'))) {
    if (kind !== 'process' || !key.startsWith('rectification')) continue;
    const tasks = [...source.matchAll(/<bpmn:userTask id="(\w+)"[\s\S]*?<\/bpmn:userTask>/g)];
    const outcomes = tasks.flatMap(([text, id]) =>
      [...text.matchAll(/<ganwei:outcome key="(\w+)"/g)].map(([, outcome]) => `${key}/${id}/${outcome}`),
    );
    const nodes = [...source.matchAll(/<bpmn:(?:endEvent|boundaryEvent|intermediateCatchEvent) id="(\w+)"/g)];
    expect(outcomes.length + nodes.length).toBeGreaterThan(3);
    expect(outcomes.filter((outcome) => !seen.outcomes.has(outcome))).toEqual([]);
    expect(nodes.map(([, id]) => `${key}/${id}`).filter((node) => !seen.nodes.has(node))).toEqual([]);
  }
});
