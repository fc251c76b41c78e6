/** Stories of how a tolerance case begins: on behalf, ex officio, split, handed on, twice, completed, withdrawn, taken up. */
import { expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { act, CITY, COUNTY, Walk } from './tolerance-walk.ts';

const REFUSAL = '本人认为不属于容错范围，不同意申请';
const TWO = [
  { person: 'songqiao', role: '分管负责人', relation: '分管项目建设' },
  { person: 'zhenghang', role: '直接责任人', relation: '项目负责人' },
];

const onBehalf = async (w: World, subjects = TWO) => {
  const walk = new Walk(w);
  const values = fill.applicationOnBehalf(await walk.pdf('yinchuan'), {
    ...act(),
    subjects,
    eventTitle: `代为申请事项${w.host.newId()}`,
  });
  return walk.started(await w.as('yinchuan').start('tolerance', values, 'onBehalf'));
};
const confirm = (walk: Walk, person: string) =>
  walk.submit(person, '本人确认', 'agree', fill.confirmation(walk.w.actor(person)));
const decline = (walk: Walk, person: string) => walk.submit(person, '本人确认', 'refuse', {}, REFUSAL);
/** Every story has its own affair, so that none is the duplicate of another. */
const affair = (title: string) => ({ eventTitle: title });
const proposed = (title: string) => ({ eventFrom: '2026-02-10', eventTo: '2026-02-12', ...affair(title) });

export function beginning(open: () => World): void {
  test('[CON7] who does not agree is dropped, and the others go on', async () => {
    const walk = await onBehalf(open());
    await confirm(walk, 'songqiao');
    await decline(walk, 'zhenghang');
    expect(await walk.waiting()).toEqual({ 受理审查: ['fuzheng'] });
    expect((await walk.values<{ subjects: object[] }>('application')).subjects).toMatchObject([{ person: 'songqiao' }]);
  });

  test('[CON7] nobody agrees: the case ends', async () => {
    const walk = await onBehalf(open());
    await decline(walk, 'songqiao');
    await decline(walk, 'zhenghang');
    expect(await walk.status('yinchuan')).toBe('本人不同意');
  });

  test('[CON13] who lets the period pass has not confirmed; the party organisation may turn the case into one of the unit', async () => {
    const w = open();
    const some = await onBehalf(w);
    const none = await onBehalf(w);
    const dropped = await onBehalf(w);
    const forgotten = await onBehalf(w);
    await confirm(some, 'zhenghang');
    await decline(none, 'zhenghang');
    await w.at('2026-03-06T00:00');
    expect((await some.values<{ subjects: object[] }>('application')).subjects).toMatchObject([
      { person: 'zhenghang' },
    ]);
    expect(await none.waiting()).toEqual({ 转为单位申请: ['yinchuan'] });
    await none.submit('yinchuan', '转为单位申请', 'convert');
    expect(await none.values('application')).toMatchObject({
      startMode: '单位申请',
      subjects: [{ person: 'liangdong', role: '单位', org: 'zjj' }],
    });
    expect(await none.waiting()).toEqual({ 受理审查: ['fuzheng'] });
    await dropped.submit('yinchuan', '转为单位申请', 'giveUp', {}, '本人长期出差，另行申请');
    expect(await dropped.status('yinchuan')).toBe('本人不同意');
    await w.at('2026-03-12T00:00');
    expect(await forgotten.status('yinchuan')).toBe('本人不同意');
  });

  test('[AS46] ex officio: proposed by one, approved by another, the subject is informed and is heard', async () => {
    const w = open();
    const walk = new Walk(w);
    walk.started(await w.as('fangyuan').start('tolerance', fill.exOfficio(proposed('依职权启动事项')), 'exOfficio'));
    expect(await walk.waiting()).toEqual({ 依职权启动审批: ['gaoyuan'] });
    await expect(w.as('songqiao').case(walk.caseId)).rejects.toMatchObject({ code: 'not.found' });
    await walk.submit('gaoyuan', '依职权启动审批', 'agree', fill.approval());
    const accepted = await walk.accept();
    expect(accepted.letters).toMatchObject([{ title: '依职权启动容错核查告知书' }]);
    await walk.team();
    await expect(walk.verify()).rejects.toMatchObject({ code: 'input.invalid' });
    await walk.verify({ informedAt: '2026-03-11T10:00' });
    await walk.opinions();
    await walk.statement('songqiao');
    expect(await walk.waiting()).toEqual({ 陈述申辩采纳: ['fangyuan'] });
  });

  test('[AS46] only staff of an accountability organ propose, and a refused proposal ends', async () => {
    const w = open();
    for (const person of ['songqiao', 'yinchuan', 'yuanke'])
      await expect(
        w.as(person).start('tolerance', fill.exOfficio(proposed('无权启动事项')), 'exOfficio'),
      ).rejects.toMatchObject({
        code: 'case.start-forbidden',
      });
    const walk = new Walk(w);
    walk.started(await w.as('fangyuan').start('tolerance', fill.exOfficio(proposed('不予启动事项')), 'exOfficio'));
    await walk.submit('gaoyuan', '依职权启动审批', 'refuse', {}, '现有材料不足以启动容错核查');
    expect(await walk.status('fangyuan')).toBe('不同意启动');
  });

  test('[CON12] a cadre of the province alone: the case is handed on with its letter', async () => {
    const w = open();
    const walk = new Walk(w, { ...CITY, applicant: 'luowei' });
    await walk.apply(affair('省管干部事项'));
    const { letters, case: ended } = await w.as('luowei').case(walk.caseId);
    expect(ended.status.label).toBe('已移送');
    // The letter goes from organ to organ, not to him.
    expect(letters).toEqual([]);
    expect(await w.host.store.reader('letters').where({ case_id: walk.caseId })).toMatchObject([
      { number: expect.stringMatching(/^宜容移〔2026〕\d+号$/) },
    ]);
  });

  test('[AS48] among several subjects the cadre of the province is split off, the others stay with the city', async () => {
    const w = open();
    const subjects = [...TWO.slice(0, 1), { person: 'luowei', role: '分管负责人', relation: '分管副市长' }];
    const walk = await new Walk(w).apply({ ...affair('两名对象事项'), subjects });
    expect((await walk.values<{ subjects: object[] }>('application')).subjects).toMatchObject([{ person: 'songqiao' }]);
    expect(await walk.waiting()).toEqual({ 受理审查: ['fuzheng'] });
    const other = await w.host.store.reader('cases').where({ process: 'tolerance', start: 'split' });
    expect(other).toMatchObject([{ status: 'TRANSFERRED', state: 'ended', title: '两名对象事项容错申请' }]);
    const letter = await w.host.store.reader('letters').where({ case_id: other[0]?.id }).first();
    expect(letter?.title).toBe('关于移送两名对象事项容错事项的函');
  });

  test('[CON14] the organ in charge is that of the highest subject; people of the organ itself go to the organ above', async () => {
    const w = open();
    const organ = async (applicant: string, changes = {}) => {
      const walk = await new Walk(w, { ...CITY, applicant }).apply({
        ...affair(`管辖事项${applicant}`),
        accountabilityState: '拟启动',
        accountabilityOrgan: undefined,
        ...changes,
      });
      return walk.values<{ unit: string | null; level: string }>('authority');
    };
    expect(await organ('zhenghang')).toMatchObject({ level: 'unit', unit: 'zjj-dz' });
    expect(await organ('tanhong')).toMatchObject({ level: 'city', unit: 'jw' });
    expect(await organ('zgwuping')).toMatchObject({ level: 'city', unit: 'jw', conflict: true });
    expect(await organ('zhongli')).toMatchObject({ level: 'external', unit: null });
    expect(await organ('zgmeijuan')).toMatchObject({ level: 'county', unit: 'zg-jw' });
  });

  test('[CON15] a second application of the same person in the same matter cannot be taken up', async () => {
    const w = open();
    const first = await new Walk(w).apply(affair('重复申请事项'));
    const second = await new Walk(w).apply(affair('重复申请事项'));
    await expect(second.accept()).rejects.toMatchObject({ code: 'task.operation-barred' });
    const page = await w.as('fuzheng').case(second.caseId);
    expect(page.case.number).toBe(second.number);
    expect(await second.values('basis')).toMatchObject({
      running: expect.arrayContaining([expect.objectContaining({ number: first.number, sameMatter: true })]),
    });
    const rejected = fill.acceptance({
      handler: undefined,
      ...fill.rejection(),
      factOk: true,
      rejectReason: '重复申请',
    });
    const ended = await second.submit('fuzheng', '受理审查', 'reject', rejected);
    expect(ended.letters).toMatchObject([{ title: '容错申请不予受理告知书' }]);
    expect(await second.status()).toBe('不予受理');
  });

  test('[CON9] another organ is competent: a letter to it, and a notice to the applicant', async () => {
    const walk = await new Walk(open()).apply(affair('移送事项'));
    const values = fill.acceptance({ jurisdictionOk: false, handler: undefined, transferTo: 'zg-jw' });
    const ended = await walk.submit('fuzheng', '受理审查', 'transfer', values);
    expect(ended.letters.map((letter) => letter.title)).toEqual(['关于移送移送事项容错事项的函', '容错申请移送告知书']);
    expect(await walk.status()).toBe('已移送');
  });
}

export function admitting(open: () => World): void {
  test('[AS30] a county case: accepted in time, the verification extended once, the city sees only its row', async () => {
    const w = open();
    const walk = await new Walk(w, COUNTY).apply({ ...affair('县级事项'), accountabilityOrgan: 'zg-jw' });
    expect(await walk.values('authority')).toMatchObject({ level: 'county', unit: 'zg-jw' });
    expect(walk.number).toMatch(/^RC-420527-2026-/);
    expect(await walk.due('受理审查')).toBe('2026-03-05');
    expect(await walk.values('deadlines')).toMatchObject({ totalDue: '2026-05-08' });
    await w.at('2026-03-04T09:00');
    await walk.accept();
    await walk.team();
    expect(await walk.due('核查取证')).toBe('2026-03-25');
    for (const person of ['fuzheng', 'gaoyuan', 'dingyiming', 'zhouqihang', 'songqiao'])
      await expect(w.as(person).case(walk.caseId)).rejects.toMatchObject({ code: 'not.found' });
    const row = (await w.as('fuzheng').ledger('REG-02')).rows.find(({ cells }) => cells.number === walk.number);
    expect(row?.cells).toMatchObject({
      division: '秭归县',
      acceptedOn: '2026-03-04',
      totalDue: '2026-05-08',
      level: '县级',
    });

    const asked = await w.as('zgtianli').act(walk.caseId, 'extendVerify', fill.extension());
    const extension = new Walk(w).started(asked);
    await expect(w.as('qinfang').act(walk.caseId, 'extendVerify', fill.extension())).rejects.toThrow('not offered');
    await extension.submit('zgliming', '审批延期', 'approve');
    expect(await walk.due('核查取证')).toBe('2026-04-09');
    await expect(w.as('zgtianli').act(walk.caseId, 'extendVerify', fill.extension())).rejects.toThrow('not offered');
  });

  test('[CON16] an extension that the head refuses leaves the deadline, and may be asked for again', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('不同意延期事项'));
    await walk.accept();
    await walk.team();
    const due = await walk.due('核查取证');
    const asked = new Walk(w).started(await w.as('fangyuan').act(walk.caseId, 'extendVerify', fill.extension()));
    await asked.submit('gaoyuan', '审批延期', 'refuse', {}, '现有材料已经足够，不同意延长');
    expect(await walk.due('核查取证')).toBe(due);
    expect((await w.as('fangyuan').case(walk.caseId)).actions.map(({ key }) => key)).toContain('extendVerify');
    await expect(w.as('songqiao').act(walk.caseId, 'extendVerify', fill.extension())).rejects.toThrow('not offered');
  });

  test('[AS44] withdrawn before it is taken up, the case ends at once and may be applied for again', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('撤回事项'));
    await w.as('songqiao').act(walk.caseId, 'withdraw', fill.withdrawal());
    expect(await walk.status('songqiao')).toBe('已撤回');
    expect(await walk.waiting()).toEqual({});
    const again = await new Walk(w).apply(affair('撤回事项'));
    await again.accept();
  });

  test('[AS44] withdrawn later, the organ may go on ex officio: same case, another starter, a decision', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('依职权继续事项'));
    await walk.untilDraft();
    const asked = new Walk(w).started(await w.as('songqiao').act(walk.caseId, 'withdraw', fill.withdrawal()));
    await asked.submit('gaoyuan', '决定是否依职权继续', 'continue', {}, '事实尚需查明，依职权继续办理');
    const row = await w.host.store.reader('cases').where({ id: walk.caseId }).first();
    expect(row).toMatchObject({ starter_id: 'dingyiming', state: 'running', number: walk.number });
    await walk.untilIssue();
    expect((await walk.issue()).letters[0]?.title).toBe('关于对宋桥予以容错免责的决定');
  });

  test('[AS44] the organ consents to the withdrawal; once the collective meeting has begun nobody can withdraw', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('同意撤回事项'));
    await walk.untilDraft();
    const asked = new Walk(w).started(await w.as('songqiao').act(walk.caseId, 'withdraw', fill.withdrawal()));
    await asked.submit('gaoyuan', '决定是否依职权继续', 'agree');
    expect(await walk.status('songqiao')).toBe('已撤回');

    const other = await new Walk(w).apply(affair('会议已开事项'));
    await other.untilDraft();
    await other.draft();
    const offered = async () => (await w.as('songqiao').case(other.caseId)).actions.map(({ key }) => key);
    expect(await offered()).toContain('withdraw');
    await other.review();
    expect(await offered()).not.toContain('withdraw');
  });

  test('[CON17] a new violation suspends the case until the head of the organ decides', async () => {
    const w = open();
    const begun = async (title: string) => {
      const walk = await new Walk(w).apply(affair(title));
      await walk.accept();
      const act = await w.as('dingyiming').act(walk.caseId, 'newViolation', fill.violation({ foundAt: walk.today() }));
      expect(await walk.status()).toBe('中止');
      await expect(walk.team()).rejects.toMatchObject({ code: 'case.suspended' });
      return { walk, violation: new Walk(w).started(act) };
    };
    const goOn = await begun('继续办理事项');
    await goOn.violation.submit('gaoyuan', '决定如何处置', 'continue', {}, '线索查无实据，继续办理');
    await goOn.walk.team();
    const split = await begun('另案处理事项');
    await split.violation.submit('gaoyuan', '决定如何处置', 'split', {}, '新问题另案处理，原案继续');
    await split.walk.team();
    const over = await begun('终止办理事项');
    await over.violation.submit('gaoyuan', '决定如何处置', 'terminate', {}, '不宜再作容错认定，终止办理');
    expect(await over.walk.status()).toBe('终止办理');
  });

  test('[CON18] 特急 halves every period that the office has set itself', async () => {
    const walk = await new Walk(open()).apply({ ...affair('特急事项'), urgency: '特急' });
    expect(await walk.values('deadlines')).toMatchObject({ accept: 2, verify: 8, total: 23, revisitMonths: 6 });
  });
}

/** Begins at its own date: the periods run over the Mid-Autumn and National Day holidays of 2026. */
export function supplementing(open: () => World): void {
  const incomplete = () => ({ ...fill.acceptance({ factOk: false, handler: undefined }), ...fill.supplementAsked() });
  const complete = async (walk: Walk) =>
    fill.application(await walk.pdf('songqiao'), { ...act(), ...affair('补正事项'), contact: '宋桥 0717-1111111' });

  test('[AS32] material is asked for twice at the most, and who lets the period pass has withdrawn', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('补正事项'));
    await w.at('2026-09-22T10:00');
    const told = await walk.submit('fuzheng', '受理审查', 'supplement', incomplete());
    expect(told.letters).toMatchObject([{ title: '容错申请补正告知书' }]);
    expect(await walk.due('补正材料')).toBe('2026-09-30');
    await w.at('2026-09-30T15:00');
    await walk.submit('songqiao', '补正材料', 'submit', await complete(walk));
    await walk.submit('fuzheng', '受理审查', 'supplement', incomplete());
    expect(await walk.due('补正材料')).toBe('2026-10-13');
    await w.at('2026-10-13T23:59');
    expect(await walk.status()).toBe('补正中');
    await w.at('2026-10-14T00:00');
    expect(await walk.status()).toBe('视为撤回');
    const again = await new Walk(w).apply(affair('补正事项'));
    expect(again.number).not.toBe(walk.number);
    await again.accept();
  });

  test('[CON8] a third request for material is not offered', async () => {
    const walk = await new Walk(open()).apply(affair('三次补正事项'));
    for (let round = 0; round < 2; round++) {
      await walk.submit('fuzheng', '受理审查', 'supplement', incomplete());
      const values = { ...(await complete(walk)), ...affair('三次补正事项') };
      await walk.submit('songqiao', '补正材料', 'submit', values);
    }
    await expect(walk.submit('fuzheng', '受理审查', 'supplement', incomplete())).rejects.toMatchObject({
      code: 'task.operation-barred',
    });
  });
}
