/** Stories of the decision and what follows it: the signature, letters, receipts, effects, influence period, revisit, ends. */
import { expect, test } from 'vitest';
import { directoryChanged } from '../../server/store/directory.ts';
import { nextNumber } from '../../server/store/letters.ts';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { CITY, COUNTY, Walk } from './tolerance-walk.ts';

type Values = Record<string, unknown>;

const affair = (eventTitle: string) => ({ eventTitle });
const signed = async (w: World, title: string, decision: Values = {}, cast = CITY) => {
  const walk = await new Walk(w, cast).apply(affair(title));
  await walk.untilDraft();
  await walk.untilIssue(decision);
  return walk;
};
const REDUCED = {
  result: 'REDUCED',
  reduceHandling: '诫勉',
  diffReason:
    '该同志对开工前交底不细负有领导责任，免责不足以体现责任，综合考虑损失已经大部分挽回、群众理解支持等情况，拟予以减责处理。',
};

/** `printer` prints on paper that can be read, and may be broken. */
export function signing(open: () => World, printer: { printed: string[]; broken: boolean }): void {
  test('[AS40] a county without an inspection office: the signature is blocked with an incident, and goes on when the directory is put right', async () => {
    const w = open();
    const walk = await new Walk(w, COUNTY).apply({ ...affair('县级决定事项'), accountabilityOrgan: 'zg-jw' });
    await walk.untilDraft();
    await walk.untilIssue();
    const before = await w.rows();
    await expect(walk.issue()).rejects.toMatchObject({ code: 'case.incident' });
    expect(await w.rows()).toEqual(before);
    const incidents = await w.host.store.reader('incidents').where({ case_id: walk.caseId });
    expect(incidents).toMatchObject([{ kind: 'standstill', detail: expect.stringContaining('缺少巡察机构') }]);
    await relate(w, 'zg', { inspection: 'xc' });
    const { letters } = await walk.issue();
    expect(letters[0]).toMatchObject({ number: '秭纪容决〔2026〕1号' });
    const receipts = await w.host.store.reader('receipts').where({ letter_id: letters[0]?.id, kind: 'copy' });
    expect(receipts).toHaveLength(5);
    expect(new Set(receipts.map((row) => row.sent_at)).size).toBe(1);
    expect(Object.keys(await walk.waiting())).toEqual(['签收决定书']);
    const children = await w.host.store.reader('cases').where({ parent_id: walk.caseId });
    expect(children).toMatchObject([{ process: 'rectification', state: 'running' }]);
  });

  test('[AS40] the seal fails: nothing has happened, and the number is not used up', async () => {
    const w = open();
    const walk = await signed(w, '用印失败事项');
    await w.host.store.transaction(async (tx) => {
      for (let n = 0; n < 6; n++) await nextNumber(tx, 'letter/宜纪容决/2026');
    });
    const before = await w.rows();
    printer.broken = true;
    await expect(walk.issue()).rejects.toThrow();
    printer.broken = false;
    expect(await w.rows()).toEqual(before);
    expect((await walk.issue()).letters[0]).toMatchObject({ number: '宜纪容决〔2026〕7号' });
  });

  test('[AS40] without corrections a decision cannot even be drafted; copies are added, never left out', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('无纠错要求事项'));
    await walk.untilDraft();
    await expect(walk.draft({ corrections: [] })).rejects.toMatchObject({ code: 'input.invalid' });
    await walk.untilIssue({ ccMore: ['czj'] });
    const { letters } = await walk.issue();
    const receipts = await w.host.store.reader('receipts').where({ letter_id: letters[0]?.id, kind: 'copy' });
    expect(receipts.map((row) => row.unit_id).sort()).toEqual(['czj', 'sj', 'xc', 'zjj-dz', 'zjj-jj', 'zzb']);
  });

  test('[AS36] the decision cites the filing by its number, and says how much it counts', async () => {
    const walk = await signed(open(), '援引备案事项');
    printer.printed.length = 0;
    await walk.issue();
    const text = printer.printed.join('');
    expect(text).toContain('宜风备〔2026〕33号');
    expect(text).toContain('可作为容错的重要依据，予以采信');
  });

  test('[AS42] an exemption is written down with its five effects, for those who ask later', async () => {
    const w = open();
    const walk = await new Walk(w, {
      ...CITY,
      applicant: 'tanhong',
      heard: ['guoyan', 'yuanke', 'shilei', 'liuqing'],
      units: ['csfw-dw', 'zzb', 'sj', 'xc'],
    }).apply({
      ...affair('菜市场经营事项'),
      subjects: [{ person: 'tanhong', role: '分管负责人' }],
    });
    await walk.untilDraft();
    await walk.untilIssue();
    printer.printed.length = 0;
    await walk.issue();
    const text = printer.printed.join('');
    for (const effect of ['不影响考核评价结果', '不作负面评价', '不受影响', '党代表、人大代表、政协委员', '评先评优']) {
      expect(text).toContain(effect);
    }
    const record = await w.host.store
      .reader('records')
      .where({ ledger: 'tolerance-effects', record_key: 'tanhong' })
      .first();
    expect(JSON.parse(String(record?.values))).toMatchObject({
      matter: '菜市场经营事项',
      result: 'EXEMPT',
      assessment: true,
      inspection: true,
      promotion: true,
      delegate: true,
      honour: true,
    });
  });

  test('[CON14] a person whom the unit manages: its party organisation deliberates and signs, under its own number', async () => {
    const council = ['songqiao', 'yanming', 'liangdong'];
    const cast = { ...CITY, applicant: 'zhenghang', council, head: 'liangdong' };
    const walk = await new Walk(open(), cast).apply({
      ...affair('单位管理人员事项'),
      accountabilityState: '拟启动',
      accountabilityOrgan: undefined,
      subjects: [{ person: 'zhenghang', role: '直接责任人' }],
    });
    await walk.untilDraft();
    await walk.untilIssue();
    expect((await walk.issue()).letters[0]).toMatchObject({
      number: '宜住建党容决〔2026〕1号',
      title: '关于对郑航予以容错免责的决定',
    });
  });

  test('[CON26] when everybody has signed, the proof of service lists who signed when', async () => {
    const w = open();
    const walk = await signed(w, '送达回证事项');
    await walk.issue();
    printer.printed.length = 0;
    const people = await walk.receipts();
    expect(people).toEqual(['liuqing', 'shilei', 'songqiao', 'yanming', 'yinchuan', 'yuanke']);
    const text = printer.printed.join('');
    expect(text).toContain('送达回证');
    expect(text).toContain('2026年3月2日');
    expect(text).toContain('石磊');
  });

  test('[CON27] §2.5: the subject never reads what was found, judged and voted; the organ does', async () => {
    const w = open();
    const walk = await signed(w, '保密事项');
    const forms = async (person: string) => (await w.as(person).case(walk.caseId)).forms.map((form) => form.as);
    const secret = ['verification', 'opinions', 'panel', 'council', 'minutes', 'decision', 'team'];
    expect((await forms('songqiao')).filter((form) => secret.includes(form))).toEqual([]);
    expect(await forms('songqiao')).toEqual(expect.arrayContaining(['application', 'statement']));
    expect((await forms('fuzheng')).filter((form) => ['opinions'].includes(form))).toEqual([]);
    expect(await forms('gaoyuan')).toEqual(expect.arrayContaining(secret));
    const panel = (await w.as('yuanke').case(walk.caseId)).forms.find((form) => form.as === 'panel');
    expect(panel?.list?.map(({ by }) => by)).toEqual(['袁可']);
    for (const person of ['hezhou', 'linxue', 'qinfang', 'guqing', 'admin', 'auditadmin'])
      await expect(w.as(person).case(walk.caseId)).rejects.toMatchObject({ code: 'not.found' });
  });
}

/** On content in which a rectification is one step, so that the case can reach its end. */
export function ending(open: () => World): void {
  const decided = async (title: string, decision: Values = {}, applicant = 'songqiao') => {
    const w = open();
    const cast = { ...CITY, applicant };
    const walk = await signed(w, title, decision, cast);
    await walk.issue();
    await walk.receipts();
    const child = await w.host.store.reader('cases').where({ parent_id: walk.caseId, process: 'one-step' }).first();
    await new Walk(w).started({ caseId: String(child?.id), number: '' }).submit('dingyiming', '整改', 'close');
    return walk;
  };

  test('[CON28] after the rectification the case waits for the revisit, and ends with the result of the decision', async () => {
    const w = open();
    const exempt = await decided('免责事项');
    const diffReason = `${REDUCED.diffReason}经复核，仍认为不宜予以容错。`;
    const denied = await decided('不予容错事项', { result: 'DENIED', diffReason });
    expect(await exempt.status('fuzheng')).toBe('已销号');
    await w.at('2026-09-01T23:59');
    expect(await exempt.waiting()).toEqual({});
    // [CON75] on the day itself
    await w.at('2026-09-02T00:00');
    for (const walk of [exempt, denied]) {
      expect(await walk.waiting()).toEqual({ 回访教育: ['fuzheng'] });
      await walk.submit('fuzheng', '回访教育', 'done', fill.revisit());
    }
    expect(await exempt.status('fuzheng')).toBe('予以容错免责');
    expect(await denied.status('fuzheng')).toBe('不予容错');
  });

  test('[CON29] a reduction: the influence period runs by the table; on the working day after it the organisation department judges', async () => {
    const w = open();
    // [CON75] It ends on a Friday: the judgement begins on the Monday.
    await w.at('2026-09-05T09:00');
    const walk = await decided('减责事项', REDUCED);
    expect(await walk.values('decision')).toMatchObject({ influence: { from: '2026-09-05', to: '2027-03-05' } });
    const row = (await w.as('fuzheng').ledger('REG-02')).rows.find(({ cells }) => cells.number === walk.number);
    expect(row?.cells.influence).toBe('2026年9月5日至2027年3月5日');
    await w.at('2027-03-07T23:59');
    expect(await walk.waiting()).not.toHaveProperty('影响期满评价');
    await w.at('2027-03-08T00:00');
    expect((await walk.waiting()).影响期满评价).toContain('yuanke');
    const review = (changes: Values) => walk.submit('yuanke', '影响期满评价', 'done', fill.influenceReview(changes));
    await w.as('yuanke').claim('影响期满评价');
    await expect(review({ outstanding: '否' })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(review({ activeCorrection: '否' })).rejects.toMatchObject({ code: 'input.invalid' });
    await review({});
    await walk.submit('fuzheng', '回访教育', 'done', fill.revisit({ date: '2027-03-08' }));
    expect(await walk.status('fuzheng')).toBe('予以容错减责');
  });
}

async function relate(w: World, unit: string, changes: Record<string, string>): Promise<void> {
  await w.host.store.transaction(async (tx) => {
    const row = await tx('units').where({ id: unit }).first();
    const relations = JSON.stringify({ ...JSON.parse(String(row?.relations)), ...changes });
    await tx('units').where({ id: unit }).update({ relations });
    await directoryChanged(tx);
  });
  await w.host.refresh();
}

/** A rectification of one step: what it is about is told in stories of its own. */
export const ONE_STEP = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<process id="one-step" name="整改" isExecutable="true"><extensionElements><ganwei:case title='"整改"' numberKey='"ZG"'>
<ganwei:status key="CLOSED" label="已销号" tone="done"/><ganwei:status key="CANCELLED" label="已取消" tone="stopped"/></ganwei:case></extensionElements>
<startEvent id="start" name="下达"><extensionElements><ganwei:start form="rectification.rectification-request" as="request"/></extensionElements></startEvent>
<userTask id="mend" name="整改"><extensionElements><ganwei:task assignees='["dingyiming"]'><ganwei:outcome key="close" label="销号" style="primary"/></ganwei:task></extensionElements></userTask>
<endEvent id="end" name="销号"><extensionElements><ganwei:end status="CLOSED"/></extensionElements></endEvent>
<sequenceFlow id="a" sourceRef="start" targetRef="mend"/><sequenceFlow id="b" sourceRef="mend" targetRef="end"/></process></definitions>`;
