/** Stories of tolerance cases that rely on a filing which is revoked (AS-38): before the decision, after it, and for acts before the revocation counts. */
import { expect, test } from 'vitest';
import { caseRefs } from '../../server/queries/lists.ts';
import type { World } from '../commands/world.ts';
import * as filing from '../content/filing-fillings.ts';
import * as fill from '../content/fillings.ts';
import { act, Walk } from './tolerance-walk.ts';

const FILED = { filedAt: '2026-01-12', validFrom: '2026-01-12', validTo: '2027-01-11' };
const LATER = { filedAt: '2026-03-02', validFrom: '2026-03-02', validTo: '2027-03-01' };

/** A filing granted on the day the stage opens; answers with its case and its number. */
async function granted(w: World, item: string): Promise<Granted> {
  const pdf = await w.as('liangdong').upload('纪要.pdf');
  const dates = { item, actionStartAt: '2026-02-01' };
  const { caseId } = await w.as('yinchuan').start('risk-filing', filing.filing(dates), 'byUnit');
  const research = filing.research(pdf, { date: '2026-01-12' });
  await w.as('liangdong').submit('单位集体研究', 'agree', research);
  await w.as('fuzheng').submit('形式审查', 'accept', filing.formal());
  await w.as('fangyuan').submit('拟定备案意见', 'submit', filing.opinion());
  await w.as('dingyiming').submit('审定', 'approve');
  await w.as('fangyuan').submit('拟定监督计划', 'submit', filing.plan());
  await w.as('yinchuan').submit('确认监督计划', 'agree');
  const [letter] = await w.host.store.reader('letters').where({ case_id: caseId });
  return { id: caseId, no: letter.number };
}

/** It is revoked from that day. */
async function revoke(w: World, from: string): Promise<void> {
  await w.as('fangyuan').submit('日常监督', 'check');
  await w.as('fangyuan').submit('联合监督检查', 'submit', filing.check('2026-03-02', '以备案为挡箭牌乱作为'));
  const proposal = filing.revocation(await w.as('fangyuan').upload('照片.pdf'), { firstActDate: from });
  await w.as('fangyuan').submit('提出撤销备案', 'submit', proposal);
  await w.as('yinchuan').submit('陈述申辩', 'submit', filing.defence(fill.signature(w.actor('yinchuan'))));
  await w.as('qinxiao').submit('审核', 'submit', filing.revocationReview());
  await w.as('fuzheng').submit('决定', 'decide', filing.verdict('撤销', { effectiveFrom: from }));
}

/** A tolerance case that relies on the filing for an act of this day, until its opinion is drafted. */
async function relying(w: World, eventTitle: string, { id, no }: Granted, actDate: string, filed = FILED) {
  const walk = await new Walk(w).apply({ eventTitle, filings: [{ source: '本系统', filing: id }] });
  return walk.untilDraft({ verification: { filingFinding: [fill.filingFinding({ filing: no, ...filed, actDate })] } });
}
interface Granted {
  id: string;
  no: string;
}
const basis = (walk: Walk) => walk.values<{ filingWeight: string; negative: string[] }>('basis');

export function revoked(open: () => World): void {
  test('[TOL94] AS-38: the filing is revoked while the opinion is drafted: back to the panel, no basis, and counted against the subject', async () => {
    const w = open();
    const filed = await granted(w, '滨江一路改造');
    await w.at('2026-03-02T09:00');
    const after = await relying(w, '撤销之后的行为', filed, '2026-02-10');
    const before = await relying(w, '撤销之前的行为', filed, '2026-01-25');
    expect(await basis(after)).toMatchObject({ filingWeight: 'strong', negative: [] });
    await revoke(w, '2026-02-01');
    expect(Object.keys(await after.waiting())).toEqual(['七方面综合研判']);
    expect(await basis(after)).toMatchObject({ filingWeight: 'none', negative: ['NT09'] });
    expect(Object.keys(await before.waiting())).toEqual(['拟定处理意见及纠错要求']);
    expect(await basis(before)).toMatchObject({ filingWeight: 'strong', negative: [] });
  });

  test('[TOL95] AS-38: what the register says of a filing counts, whatever the report says; a decision that was issued is told to its signers, and its review begins', async () => {
    const w = open();
    const filed = await granted(w, '滨江二路改造');
    const decided = await relying(w, '已经决定的事项', filed, '2026-03-02', LATER);
    await decided.untilIssue();
    await decided.submit('gaoyuan', '签发容错处理决定书', 'issue');
    await revoke(w, '2026-03-02');
    const told = await w.host.store.reader('notices').where('text', 'like', '%所依据的容错决定开始复查%');
    expect(told.map(({ person_id }) => person_id).sort()).toEqual(['dingyiming', 'gaoyuan']);
    expect(told[0].text).toContain('宜纪容决〔2026〕1号');
    const [review] = await w.host.store
      .reader('cases')
      .where({ process: 'decision-review', parent_id: decided.caseId });
    const one = new Walk(w).started({ caseId: review.id, number: review.number });
    expect(await one.waiting()).toEqual({ 重新核查: ['shaoning'] });
    expect(await one.values('report')).toMatchObject({ decisionNo: '宜纪容决〔2026〕1号', kind: '适用不当' });
    expect((await w.as('dingyiming').case(decided.caseId)).actions.map(({ key }) => key)).not.toContain(
      'reviewDecision',
    );
    const later = await relying(w, '撤销以后才核查的事项', filed, '2026-03-02', LATER);
    expect(await basis(later)).toMatchObject({ filingWeight: 'none', negative: ['NT09'] });
  });

  test('[TOL97] [READ16] AS-36: an application picks filings of its own unit that are in force; what the register says of them goes into it', async () => {
    const w = open();
    const { id, no } = await granted(w, '滨江零路改造');
    const offered = async (person: string, statuses = '') => {
      const query = { q: '', process: 'risk-filing', ids: undefined, statuses };
      return (await caseRefs(w.host, w.actor(person), query)).map((one) => one.id);
    };
    expect(await offered('songqiao', 'APPROVED')).toEqual([id]);
    expect(await offered('songqiao', 'NOT_FILED')).toEqual([]);
    expect(await offered('guqing')).toEqual([]);
    // To choose it opens nothing of it.
    await expect(w.as('songqiao').case(id)).rejects.toMatchObject({ code: 'not.found' });
    const filings = [{ source: '本系统', filing: id }];
    const walk = await new Walk(w).apply({ eventTitle: '依据零路备案的事项', filings });
    expect((await walk.values<{ filings: object[] }>('application')).filings).toMatchObject([
      { filingNo: no, state: '已备案', validFrom: '2026-03-02', validTo: '2027-03-01' },
    ]);
    const subjects = [{ person: 'guqing', role: '分管负责人', relation: '分管领导' }];
    const values = fill.application(await w.as('guqing').upload('纪要.pdf'), { ...act(), subjects, filings });
    await expect(w.as('guqing').start('tolerance', values, 'byPerson')).rejects.toMatchObject({
      fields: [{ path: 'filings.0.filing' }],
    });
  });

  test('[TOL97] a filing outside the system needs its papers, is compared with the originals at the admission, and is no basis where it is not true', async () => {
    const w = open();
    const [row] = fill.exOfficio().filings as object[];
    const claim = { source: '系统以外备案', ...row };
    const bare = { eventTitle: '没有文书的备案', filings: [claim] };
    await expect(new Walk(w).apply(bare)).rejects.toMatchObject({ fields: [{ path: 'filings.0.evidence' }] });
    const evidence = [await w.as('songqiao').upload('备案通知书.pdf')];
    const walk = await new Walk(w).apply({ eventTitle: '系统以外的备案', filings: [{ ...claim, evidence }] });
    const unseen = walk.accept({ outsideFilings: undefined });
    await expect(unseen).rejects.toMatchObject({ fields: [{ path: 'outsideFilings' }] });
    await walk.accept({ outsideFilings: '不属实' });
    await walk.team();
    await walk.verify({ filingFinding: [] });
  });
}
