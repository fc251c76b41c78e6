/** Stories of a decision in which a defect is found: people who took no part in it review it, and what they find reaches those who had the decision. */
import { expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { Walk } from './tolerance-walk.ts';

type Values = Record<string, unknown>;

const CORRECTED = '原决定书第三部分“停水9小时”补正为“停水11小时”，其余内容不变。';
const CHANGED = '原决定书第九部分变更为不予容错，纠错要求继续执行。';

/** Asks for the review of a decision that was issued; the steps are on the case of the review. */
export async function review(decided: Walk, changes: Values = {}): Promise<Walk> {
  const { w } = decided;
  return new Walk(w).started(await w.as('dingyiming').act(decided.caseId, 'reviewDecision', fill.review(changes)));
}

export async function reviewed(one: Walk, result: string, changes: Values = {}) {
  await one.submit('shaoning', '重新核查', 'submit', fill.reviewFindings({ proposal: result }));
  const [decider] = (await one.waiting()).决定复查结果 ?? [];
  await one.submit(decider!, '决定复查结果', 'decide', fill.reviewResult({ result, ...changes }));
}

export function reviewing(open: () => World): void {
  let decided: Walk;
  let revoked: Walk;
  const letters = (walk: Walk) => open().host.store.reader('letters').where({ case_id: walk.caseId });
  const effects = async () => {
    const rows = await open()
      .host.store.reader('records')
      .where({ ledger: 'tolerance-effects', record_key: 'songqiao' });
    const values = rows.map((row) => JSON.parse(String(row.values)));
    return Object.fromEntries(values.map(({ number, result, promotion }) => [number, [result, promotion]]));
  };
  const told = async (person: string) =>
    (await open().host.store.reader('notices').where({ person_id: person })).map(({ title }) => String(title));

  test('[TOL90] a decision is reviewed once it is issued, by people who took no part in it, and decided by the level above', async () => {
    const w = open();
    decided = await new Walk(w).apply({ eventTitle: '复查事项' });
    await decided.untilDraft();
    await decided.untilIssue();
    const offered = async (person: string) => (await w.as(person).case(decided.caseId)).actions.map(({ key }) => key);
    expect(await offered('dingyiming')).not.toContain('reviewDecision');
    await decided.issue();
    expect(await offered('dingyiming')).toContain('reviewDecision');
    expect(await offered('songqiao')).not.toContain('reviewDecision');
    const one = await review(decided);
    expect(await one.waiting()).toEqual({ 重新核查: ['shaoning'] });
    await one.submit('shaoning', '重新核查', 'submit', fill.reviewFindings());
    expect(await one.waiting()).toEqual({ 决定复查结果: ['zhouqihang'] });
    await one.submit('zhouqihang', '决定复查结果', 'back', {}, '监测记录的来源没有核实，请补充核查');
    expect(await one.waiting()).toEqual({ 重新核查: ['shaoning'] });
    await reviewed(one, '维持');
    expect(await one.status('shaoning')).toBe('维持');
    expect(await letters(one)).toEqual([]);
    expect(await told('dingyiming')).toContain('维持原决定');
  });

  test('[TOL91] an upheld decision reaches nobody but who asked; a corrected one is issued to all who had the decision, and only then do they hear of it', async () => {
    const original = await decided.values<{ number: string; receivers: string[]; copyReceivers: string[] }>(
      'decisionLetter',
    );
    const before = await told('shilei');
    const one = await review(decided, { kind: '文书差错' });
    await one.submit('shaoning', '重新核查', 'submit', fill.reviewFindings({ proposal: '补正' }));
    expect(await told('shilei')).toEqual(before);
    await expect(
      one.submit('zhouqihang', '决定复查结果', 'decide', fill.reviewResult({ result: '补正' })),
    ).rejects.toMatchObject({ code: 'input.invalid' });
    await one.submit('zhouqihang', '决定复查结果', 'decide', fill.reviewResult({ result: '补正', content: CORRECTED }));
    expect(await letters(one)).toHaveLength(1);
    const letter = await one.values<typeof original>('reviewLetter');
    expect(letter.number).toBe('宜纪容复〔2026〕1号');
    expect([...letter.copyReceivers].sort()).toEqual([...original.copyReceivers].sort());
    expect(letter.receivers).toEqual(original.receivers);
    expect(Object.keys(await effects())).toEqual([original.number]);
    await one.submit('shaoning', '认定工作人员履职情况', 'spare', fill.liability());
    expect(await one.status('shaoning')).toBe('补正');
    // [READ11] The subject knows of the review by then, not of who handled it.
    const { timeline } = await open().as('songqiao').case(decided.caseId);
    const ended = timeline.filter(({ kind }) => kind === 'action-ended');
    expect(ended.map(({ who, detail }) => [who, (detail as Values).result])).toEqual([[null, '补正']]);
  });

  test('[TOL92] a changed result is another one and is registered; a revoked one leaves no benefit', async () => {
    const changed = await review(decided);
    const same = { newResult: '予以容错免责', content: CHANGED };
    await expect(reviewed(changed, '变更', same)).rejects.toMatchObject({ code: 'input.invalid' });
    await changed.submit(
      'zhouqihang',
      '决定复查结果',
      'decide',
      fill.reviewResult({ result: '变更', ...same, newResult: '不予容错' }),
    );
    await changed.submit('shaoning', '认定工作人员履职情况', 'spare', fill.liability());
    expect(await changed.status('shaoning')).toBe('变更');
    revoked = await review(decided, { kind: '适用不当' });
    await reviewed(revoked, '撤销');
    expect(Object.values(await effects()).sort()).toEqual([
      ['DENIED', false],
      ['EXEMPT', true],
      ['REVOKED', false],
    ]);
  });

  test('[TOL93] the staff are spared where all four findings hold, and referred with a reason where one does not', async () => {
    const gross = fill.liability({ noGross: '否' });
    await expect(revoked.submit('shaoning', '认定工作人员履职情况', 'spare', gross)).rejects.toMatchObject({
      code: 'task.operation-barred',
    });
    await revoked.submit('shaoning', '认定工作人员履职情况', 'refer', gross, '监测记录在卷而没有核对，属于重大过失');
    expect(await revoked.status('shaoning')).toBe('撤销');
  });

  test('[TOL90] where the leading group had decided itself, its head may not decide on the review: whom the superior organ designated does', async () => {
    const w = open();
    const grave = await new Walk(w).apply({ eventTitle: '领导小组审议过的复查事项' });
    await grave.untilDraft({ verification: { lossVerified: 600, remedyVerified: 590 } });
    await grave.untilIssue();
    await grave.issue();
    const one = await review(grave);
    await one.submit('shaoning', '重新核查', 'submit', fill.reviewFindings());
    expect(await one.waiting()).toEqual({ 决定复查结果: ['hansu'] });
  });
}
