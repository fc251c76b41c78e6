/** Stories of how a tolerance case is judged: filings, hearing, the panel, vetoes, the meetings and their ways back. */
import { expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { CITY, Walk } from './tolerance-walk.ts';

type Values = Record<string, unknown>;

const affair = (eventTitle: string) => ({ eventTitle });
/** Ratings whose average is 4/7: enough for an exemption only with a filing that counts in full. */
const middling = Object.fromEntries(
  ['motive', 'condition', 'procedure', 'consequence', 'performance', 'publicAttitude', 'overallEffect'].map(
    (aspect, i) => [
      aspect,
      { rating: i < 4 ? 1 : 0, reason: '结合核查报告和证据，从事情起因、过程和结果综合判断。', evidenceNos: '1' },
    ],
  ),
);
const found = (...items: string[]) =>
  ['NT01', 'NT02', 'NT03', 'NT04', 'NT05', 'NT06', 'NT07', 'NT08', 'NT09'].map((item) =>
    items.includes(item)
      ? { item, finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' }
      : { item, finding: '无' },
  );
const FILED = { filedAt: '2026-01-12', validFrom: '2026-01-20', validTo: '2027-01-19' };

const until = async (w: World, title: string, changes: Parameters<Walk['untilDraft']>[0] = {}) => {
  const walk = await new Walk(w).apply(affair(title));
  return walk.untilDraft(changes);
};
const suggested = (walk: Walk) => walk.values<{ result: string; veto: boolean }>('suggestion');
const weights = async (walk: Walk) =>
  (await walk.values<{ filingFinding: Values[] }>('verification')).filingFinding.map((row) => [
    row.weight,
    row.weightReason,
  ]);

export function weighing(open: () => World): void {
  const judged = (title: string, rows: Values[], adoption: Values = {}) =>
    until(open(), title, {
      verification: { filingFinding: rows.map((row) => fill.filingFinding({ ...FILED, ...row })) },
      adoption,
      panel: middling,
    });

  test('[AS36] filed before the act, in scope, safeguards taken: an important basis, and it decides', async () => {
    const walk = await judged('报备在先事项', [{ actDate: '2026-02-10' }]);
    expect(await weights(walk)).toEqual([['strong', '事前报备，在有效期和范围内，防控措施已落实']]);
    expect((await suggested(walk)).result).toBe('EXEMPT');
  });

  test('[AS36] filed after the act: for reference only, shown as 事中补报', async () => {
    const walk = await judged('事中补报事项', [{ actDate: '2026-01-10' }]);
    expect(await weights(walk)).toEqual([['ref', '事中补报']]);
    expect((await suggested(walk)).result).toBe('REDUCED');
  });

  test('[AS36] an act outside the scope has no basis in the filing, the act within it has', async () => {
    const walk = await judged('两个行为事项', [
      { actDate: '2026-02-10' },
      { actDate: '2026-02-10', act: '另行核发危化品许可证', scope: 'out', note: '不在备案范围' },
    ]);
    expect(await weights(walk)).toEqual([
      ['strong', '事前报备，在有效期和范围内，防控措施已落实'],
      ['none', '行为超出备案范围'],
    ]);
    expect(await walk.values('basis')).toMatchObject({ filingWeight: 'none' });
  });

  test.each([
    ['revoked before the act', { state: '已撤销', revokedFrom: '2026-02-01' }, 'none', '行为发生时备案已被撤销'],
    ['revoked after the act', { state: '已撤销', revokedFrom: '2026-03-01' }, 'strong', /事前报备/],
    ['never approved', { state: '不予备案' }, 'none', '没有有效的备案'],
    [
      'never made',
      { state: '未备案', filedAt: undefined, validFrom: undefined, validTo: undefined },
      'none',
      '没有有效的备案',
    ],
    ['expired before the act', { validTo: '2026-02-09' }, 'none', '行为不在备案有效期内'],
    ['filed but not yet approved at the act', { actDate: '2026-01-15' }, 'none', '行为不在备案有效期内'],
    ['partly in scope', { scope: 'partial', note: '部分超出' }, 'ref', '行为部分超出备案范围'],
    ['without the safeguards', { measuresDone: false, note: '没有旁站' }, 'ref', '防控措施没有落实'],
  ])('[CON19] the table weighs a filing %s', async (claim, changes, weight, reason) => {
    const walk = await judged(`报备比对${claim}`, [{ actDate: '2026-02-10', ...changes }]);
    expect(await weights(walk)).toEqual([
      [weight, typeof reason === 'string' ? reason : expect.stringMatching(reason)],
    ]);
  });

  test('[CON19] a revoked filing counts against the subject, and the result is a reduction at most', async () => {
    const walk = await judged('挡箭牌事项', [{ actDate: '2026-02-10', state: '已撤销', revokedFrom: '2026-02-01' }]);
    expect(await walk.values('basis')).toMatchObject({ negative: ['NT09'] });
    expect((await suggested(walk)).result).toBe('REDUCED');
  });

  test('[CON19] a weight is changed by a person only with a reason, which stays with it', async () => {
    const w = open();
    const change = (reason: string) => ({ filingOverride: [{ no: 1, weight: 'ref', reason }] });
    const walk = await judged('调整强度事项', [{ actDate: '2026-02-10' }], change('备案范围表述含糊，只宜作参考'));
    expect(await weights(walk)).toEqual([['ref', expect.stringContaining('经核查调整：备案范围表述含糊')]]);
    const other = await new Walk(w).apply(affair('调整无理由事项'));
    await other.accept();
    await other.team();
    await other.verify();
    await other.opinions();
    await other.statement();
    await expect(other.adopt(change(''))).rejects.toMatchObject({ code: 'input.invalid' });
  });
}

export function judging(open: () => World): void {
  test('[AS34] a private gain: no panel, a hand-over to accountability, only 不予容错，and corrections all the same', async () => {
    const w = open();
    const subjects = [{ person: 'zhenghang', role: '直接责任人', relation: '项目负责人' }];
    const walk = await new Walk(w, { ...CITY, applicant: 'zhenghang' }).apply({ ...affair('谋取私利事项'), subjects });
    await walk.untilDraft({ verification: { negativeFinding: found('NT03'), suggestion: '不予容错' } });
    expect(await suggested(walk)).toMatchObject({ result: 'DENIED', veto: true });
    expect(await walk.values('accountabilityRequest')).toMatchObject({ negative: ['NT03'] });
    expect((await w.as('dingyiming').case(walk.caseId)).timeline.map((entry) => entry.kind)).toContain('messaged');
    await expect(walk.draft({ aspects: undefined })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(walk.draft({ aspects: undefined, result: 'DENIED', corrections: [] })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await walk.draft({ aspects: undefined, result: 'DENIED' });
  });

  test('[AS34] only the leading group lifts a veto: asked for, granted, and decided again', async () => {
    const walk = await until(open(), '突破否决事项', {
      verification: { negativeFinding: found('NT03'), suggestion: '不予容错' },
    });
    const why =
      '该项持股发生在事后且已及时清退，与本次决策没有因果关系，恳请领导小组依职权审议是否突破规则建议，给予减责处理。';
    await walk.draft({ aspects: undefined, result: 'DENIED', askOverride: true, overrideReason: why });
    await walk.review();
    await walk.council();
    await walk.minutes();
    await walk.leading();
    const granted = {
      vetoOverride: true,
      vetoReason: '经审议，该项持股与决策没有关联，同意突破否决建议，由责任追究机关重新拟定意见。',
    };
    await walk.leadingMinutes('change', '变更', granted);
    await walk.untilIssue({ aspects: undefined, result: 'REDUCED', reduceHandling: '批评教育', diffReason: why });
    expect(await walk.waiting()).toEqual({ 签发容错处理决定书: ['gaoyuan'] });
  });

  test('[CON20] signs of abuse are handed on to accountability, too', async () => {
    const walk = await until(open(), '借容错逃避事项', {
      verification: { abuseFlag: true, abuseNote: '反映该同志借容错掩盖另一项违规审批，线索另行移送核实。' },
    });
    expect(await walk.values('accountabilityRequest')).toMatchObject({ negative: [] });
  });

  test('[CON21] opinions and statements that do not come in time are noted and hold up nothing', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('逾期未反馈事项'));
    await walk.accept();
    await walk.team();
    await walk.verify();
    await walk.submit('yuanke', '征求意见', 'submit', fill.opinion());
    await w.at('2026-03-10T00:00');
    expect(await walk.values('opinionsLate')).toMatchObject({ received: 1, note: '逾期未反馈' });
    expect(await walk.waiting()).toEqual({ 陈述申辩采纳: ['fangyuan'] });
    await walk.adopt({ statement: {} });
    expect(Object.keys(await walk.waiting())).toEqual(['七方面综合研判']);
  });

  test('[CON22] who is recused gets no task of the case; spare members fill the panel up to an odd number', async () => {
    const w = open();
    const recused = async (title: string, ...people: string[]) => {
      const recusals = people.map((person) => ({ person, ground: 'RC3' }));
      const walk = await new Walk(w).apply(affair(title));
      await walk.accept();
      await walk.team({ recusals });
      await walk.verify();
      for (const person of people) expect((await walk.waiting()).征求意见).not.toContain(person);
      await walk.opinions();
      await walk.statement();
      await walk.adopt();
      return walk;
    };
    const one = await recused('一人回避事项', 'shilei');
    expect(await one.waiting()).toEqual({ 七方面综合研判: ['caijing', 'helan', 'liuqing', 'luchuan', 'yuanke'] });
    const three = await recused('三人回避事项', 'shilei', 'helan', 'yuanke');
    expect(await three.waiting()).toEqual({ 七方面综合研判: ['caijing', 'liuqing', 'luchuan'] });
    const all = await recused('研判小组回避事项', 'shilei', 'helan', 'yuanke', 'liuqing', 'luchuan', 'caijing');
    expect(await all.waiting()).toEqual({ 七方面综合研判: [] });
    const incidents = await w.host.store.reader('incidents').where({ case_id: all.caseId });
    expect(incidents).toMatchObject([{ kind: 'nobody' }]);
    await one.panel({}, ['caijing', 'helan', 'liuqing', 'luchuan', 'yuanke']);
    await one.draft();
    await one.review();
  });

  test('[CON23] a panel whose time is over goes on with three assessments, and begins anew with two', async () => {
    const w = open();
    const assessed = async (title: string, members: string[]) => {
      const walk = await new Walk(w).apply(affair(title));
      await walk.accept();
      await walk.team();
      await walk.verify();
      await walk.opinions();
      await walk.statement();
      await walk.adopt();
      await walk.panel({}, members);
      return walk;
    };
    const three = await assessed('三人研判事项', ['luchuan', 'yuanke', 'helan']);
    const two = await assessed('两人研判事项', ['luchuan', 'yuanke']);
    await w.at('2026-03-18T00:00');
    expect(Object.keys(await three.waiting())).toEqual(['拟定处理意见及纠错要求']);
    expect((await two.waiting()).七方面综合研判).toHaveLength(5);
  });

  test('[CON24] the council may ask for another verification or another draft; without a majority it cannot pass', async () => {
    const walk = await until(open(), '集体审议反复事项');
    await walk.draft();
    await walk.review();
    await walk.submit('fuzheng', '责任追究机关集体审议', 'abstain', fill.vote());
    await walk.council('against', ['zhongli', 'sumin', 'gaoyuan']);
    await expect(walk.minutes()).rejects.toMatchObject({ code: 'input.invalid' });
    const dissentRecorded = '三名同志认为事实认定需要补充。';
    await walk.minutes('recheck', '再核查', { dissentRecorded });
    await walk.verify();
    await walk.opinions();
    await walk.statement();
    await walk.adopt();
    await walk.panel();
    await walk.draft();
    await walk.review();
    await walk.council();
    await walk.minutes('change', '变更');
    await walk.untilIssue();
  });

  test('[CON10] [CON82] a loss of five million or more goes to the leading group, whose head votes last and which may send it back', async () => {
    const w = open();
    const walk = await until(w, '重大损失事项', { verification: { lossVerified: 600, remedyVerified: 590 } });
    await walk.draft();
    await walk.review();
    await walk.council();
    const seen = async () => (await w.as('jianglan').ledger('REG-02')).rows.map(({ caseId }) => caseId);
    expect(await seen()).not.toContain(walk.caseId);
    await walk.minutes();
    expect(await seen()).toContain(walk.caseId);
    const { 领导小组审议: first } = await walk.waiting();
    expect(first).not.toContain('zhouqihang');
    await walk.submit('tangning', '领导小组审议', 'abstain', fill.vote());
    for (const person of ['shenlicheng', 'jianglan', 'gaoyuan', 'fuzheng'])
      await walk.submit(person, '领导小组审议', 'against', fill.vote(), '认为减责更为适当，应当重新拟定');
    await walk.submit('zhouqihang', '领导小组审议', 'against', fill.vote(), '同意多数同志意见，重新拟定');
    await walk.leadingMinutes('change', '变更', { dissentRecorded: '多数同志认为减责更为适当。' });
    await walk.untilIssue();
    expect(await walk.waiting()).toEqual({ 签发容错处理决定书: ['gaoyuan'] });
  });

  test('[B2] a review sent back to the draft comes straight back to the reviewer', async () => {
    const walk = await until(open(), '退回拟稿事项');
    await walk.draft();
    await walk.giveBack('qinxiao', '审核（审理）', 'draftOpinion', 'straight', '纠错要求的完成标准不够具体');
    await walk.draft();
    await walk.review();
    expect(Object.keys(await walk.waiting())).toEqual(['责任追究机关集体审议']);
  });

  test('[T4] S2: who verified may not review, and who reviewed may not sign', async () => {
    const walk = await until(open(), '职责分离事项');
    await walk.draft();
    expect(await walk.waiting()).toEqual({ '审核（审理）': ['qinxiao'] });
    // to whom a step may not be named, for him there is none
    for (const person of ['fangyuan', 'dingyiming', 'songqiao'])
      await expect(walk.submit(person, '审核（审理）', 'approve')).rejects.toMatchObject({
        code: expect.stringMatching(/^(task\.not-yours|not\.found)$/),
      });
  });
}

/** On content in which the fast track is switched on in the table of periods. */
export function fast(open: () => World): void {
  const minor = { lossVerified: 5, remedyVerified: 5 };

  test('[CON25] a small loss with a full filing: opinions, hearing and panel at the same time, fifteen working days in all', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('快速通道事项'));
    await walk.accept();
    await walk.team();
    await walk.verify(minor);
    expect(Object.keys(await walk.waiting()).sort()).toEqual(
      ['七方面综合研判（快速通道）', '听取陈述申辩', '征求意见'].sort(),
    );
    expect(await walk.values('deadlines')).toMatchObject({ totalDue: '2026-03-23' });
    await walk.opinions();
    await walk.statement();
    await walk.panel({}, CITY.panel, '七方面综合研判（快速通道）');
    await walk.adopt();
    expect(Object.keys(await walk.waiting())).toEqual(['拟定处理意见及纠错要求']);
  });

  test('[CON25] a fast panel that does not come in time is asked again in the ordinary way; a larger loss takes that way at once', async () => {
    const w = open();
    const late = await new Walk(w).apply(affair('快速逾期事项'));
    const large = await new Walk(w).apply(affair('损失较大事项'));
    for (const walk of [late, large]) {
      await walk.accept();
      await walk.team();
      await walk.verify(walk === late ? minor : {});
    }
    expect(Object.keys(await large.waiting()).sort()).toEqual(['听取陈述申辩', '征求意见'].sort());
    await w.at('2026-03-10T00:00');
    await late.adopt({ statement: {} });
    expect(Object.keys(await late.waiting())).toEqual(['七方面综合研判']);
  });
}
