/**
 * Two affairs from their beginning to their end, by the hands that have a part in them: a reminder that nobody acts on becomes a second one, an
 * interview, a second interview, a proposal of admonition, a rectification and its review; a filing is supervised and revoked, and the tolerance
 * case that relied on it goes back to the panel. What one of them shows of the whole is looked at on its page.
 */
import { type Browser, expect } from '@playwright/test';
import * as filing from '../content/filing-fillings.ts';
import * as fill from '../content/fillings.ts';
import * as interview from '../content/interview-fillings.ts';
import * as mend from '../content/rectification-fillings.ts';
import * as reminder from '../content/reminder-fillings.ts';
import { act, picture, test, Visitor } from './stage.ts';
import { ACCEPT, byCalls, Caller, type Filling, moveClock, TO_SIGNATURE } from './walk.ts';

type Values = Record<string, unknown>;
const PHONE = { width: 390, height: 844 };
/** In the title of the second interview and of what it asks for. */
const AGAIN = '再次滞后';
const LIANG = { id: 'liangdong', name: '梁栋' };

const at = (browser: Browser, now: string) => moveClock(browser, `${now}:00+08:00`);
const go = (browser: Browser, who: string, step: string, key: string, values?: Values, about = '') =>
  byCalls(browser, [{ who, step, about, outcome: { key, label: '' }, ...(values && { values: () => values }) }]);
const begin = async (browser: Browser, who: string, body: Values): Promise<string> => {
  const caller = await Caller.come(browser, who);
  return String((await caller.call('post', '/api/cases', body)).caseId);
};
const fileOf = async (browser: Browser, who: string, name: string) => (await Caller.come(browser, who)).file(name);
const first = (values: Values, key: string, changes: Values = {}): Values => ({
  ...values,
  [key]: (values[key] as Values[]).slice(0, 1).map((row) => ({ ...row, ...changes })),
});

/** Somebody's open step, for the guide. */
const look = (browser: Browser, who: string, step: string, name: string) =>
  act(browser, who, async (v) => {
    await v.openTask(step);
    await expect(v.page.locator('.gw-bones, .bones')).toHaveCount(0);
    await picture(v.page, name);
  });

/** From the agreed application to the archive; the interview takes place on `day`. */
async function interviewed(browser: Browser, day: string): Promise<void> {
  await go(browser, 'wenbo', '市委办公室核报', 'report', interview.officeOpinion());
  await go(browser, 'zhouqihang', '主要领导同意启动', 'agree');
  await go(browser, 'wenbo', '制定约谈方案', 'submit', interview.plan(`${day}T09:00`));
  await go(browser, 'zhongli', '商定方案', 'submit', interview.agreed());
  await go(browser, 'tangning', '商定方案', 'submit', interview.agreed());
  await go(browser, 'jianglan', '方案审定', 'approve');
  await go(browser, 'liangdong', '约谈回执', 'submit', interview.coming());
  await at(browser, `${day}T11:00`);
  await go(browser, 'wenbo', '实施约谈', 'submit', interview.attendance(day, { liangdong: '到' }));
  await go(browser, 'yuanke', '约谈记录', 'submit', interview.record(day));
  await look(browser, 'liangdong', '约谈对象签字', 'interview');
  await go(browser, 'liangdong', '约谈对象签字', 'submit', interview.signed(LIANG));
  await go(browser, 'luowei', '主约谈人签字', 'sign', interview.closed({ id: 'luowei', name: '罗维' }));
}

test('[INT5] [Q30] reminder, second round, interview, count 2, proposed admonition, rectification, review: one affair', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  await at(browser, '2026-06-16T09:00');
  const letters = [reminder.letter('zjj')];
  const drafted = async () => reminder.reminder(await fileOf(browser, 'qiufan', '台账.pdf'), { letters });
  const id = await begin(browser, 'qiufan', { process: 'work-reminder', start: 'draft', values: await drafted() });
  for (const round of [1, 2]) {
    await go(browser, 'hezhou', '督查室负责人审核', 'pass');
    await go(browser, 'jianglan', '报批', 'agree');
    await go(browser, 'luowei', '分管市领导阅示', 'read');
    await go(browser, 'yinchuan', '签收提醒函', 'sign');
    await at(browser, round === 1 ? '2026-08-10T09:00' : '2026-09-28T09:00');
    // Nothing was closed in time: the rule wants an interview; the office gives one more chance, and says why.
    const rated =
      round === 1
        ? reminder.rated('zjj', '仍不明显', '再次提醒', {
            reason: '两个标段已经招标，先再次提醒，仍不落实的申请约谈。',
          })
        : reminder.rated('zjj', '仍不明显', '申请约谈');
    await go(browser, 'qiufan', '成效评估', 'submit', reminder.evaluation([rated]));
    if (round === 1) await go(browser, 'qiufan', '拟制再次提醒', 'submit', await drafted());
  }
  await act(browser, 'qiufan', async (v) => {
    await v.openTask('确认约谈申请');
    await expect(v.page.getByText('宜督函〔2026〕2号').first()).toBeVisible();
    const evidence = [await v.file('督查情况.pdf')];
    await v.finish('确认约谈申请', '确认申请', {
      ...interview.application(undefined, { evidence, reminders: '宜督函〔2026〕1号、宜督函〔2026〕2号' }),
    });
  });
  await interviewed(browser, '2026-10-13');
  await at(browser, '2026-11-02T09:00');
  const again = interview.application(await fileOf(browser, 'qiufan', '督查情况.pdf'), {
    title: `滨江片区改造进度${AGAIN}`,
    reminders: '宜督函〔2026〕2号',
  });
  await begin(browser, 'qiufan', { process: 'work-interview', start: 'byOffice', values: again });
  await interviewed(browser, '2026-11-10');
  await act(browser, 'yuanke', async (v) => {
    await v.openTask('核实事实');
    await v.page.goto('/ledgers/REG-16');
    await expect(v.page.getByText(/诫勉（第 2 次）/).first()).toBeVisible();
  });
  await rectified(browser);
  await act(browser, 'hezhou', (v) => v.finish('督查室复核', '提交复核', interview.review('2026-12-31', '到位')));
  await act(browser, 'qiufan', async ({ page }) => {
    await page.goto(`/cases/${id}`);
    await page.getByRole('link', { name: '事项全貌' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('事项全貌');
    const during = page.locator('.matter-lane').filter({ has: page.getByRole('heading', { name: /^事中/ }) });
    await expect(during.getByRole('link', { name: /约谈$/ })).toHaveCount(2);
    await expect(page.locator('.matter-lane').filter({ hasText: '事后' }).getByRole('listitem').first()).toBeVisible();
  });
  // [Q30] The unit's liaison knows of the letters and the rectification, of neither interview nor proposal.
  const liaison = await Visitor.come(browser, 'yinchuan', PHONE);
  const { rows } = await liaison.call('get', '/api/inbox/done');
  await liaison.page.goto(`/cases/${rows[0]?.caseId}/matter`);
  await expect(liaison.page.getByRole('heading', { level: 1 })).toContainText('事项全貌');
  await expect(liaison.page.getByText('处理建议')).toHaveCount(0);
  await liaison.leave();
});

/** What the interviews asked for is done; the supervision office closes it. */
async function rectified(browser: Browser): Promise<void> {
  const pdf = await fileOf(browser, 'yinchuan', '佐证.pdf');
  const { confirm, ...plan } = mend.plan(LIANG);
  await go(browser, 'yinchuan', '制定整改方案', 'submit', first(plan, 'items', { due: '2027-01-08' }), AGAIN);
  await go(browser, 'liangdong', '主要负责人确认', 'confirm', { confirm }, AGAIN);
  await go(browser, 'hezhou', '方案审核', 'approve', mend.audit(), AGAIN);
  const { partyOrgOpinion, sign, ...closing } = mend.closing(pdf, LIANG);
  await go(browser, 'yinchuan', '组织整改、申请销号', 'submit', first(closing, 'rows'), AGAIN);
  await go(browser, 'liangdong', '单位党组织审核', 'agree', { partyOrgOpinion, sign }, AGAIN);
  await go(browser, 'hezhou', '材料审核', 'pass', {}, AGAIN);
  await at(browser, '2026-12-31T09:00');
  const check = { ...mend.check({ id: 'qiufan', name: '邱凡' }), persons: ['hezhou', 'qiufan'], date: '2026-12-31' };
  await go(browser, 'qiufan', '现场核查', 'close', first(check, 'rows'), AGAIN);
}

/** The plans of an act early in 2026. */
const ACT: Values = {
  eventFrom: '2026-02-10',
  eventTo: '2026-02-12',
  foundDate: '2026-02-12',
  collectiveDecision: {
    held: false,
    reason: '事发突然，须当日处置，来不及召开会议研究，已经电话报告主要负责人并补办手续。',
  },
  remedies: [{ measure: '组织抢修，当日恢复供水', date: '2026-02-13', result: '9 小时恢复供水', recovered: 24 }],
};
const FILED = { filedAt: '2026-01-12', validFrom: '2026-01-12', validTo: '2027-01-11' };

test('[TOL94] [Q30] a filing is granted, supervised and revoked; the tolerance case that relies on it goes back to the panel', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await at(browser, '2026-01-12T09:00');
  const filed = await begin(browser, 'yinchuan', {
    process: 'risk-filing',
    start: 'byUnit',
    values: filing.filing({ item: '滨江一路改造', actionStartAt: '2026-02-01' }),
  });
  const minutes = await fileOf(browser, 'liangdong', '纪要.pdf');
  await go(browser, 'liangdong', '单位集体研究', 'agree', filing.research(minutes, { date: '2026-01-12' }));
  await look(browser, 'fuzheng', '形式审查', 'filing');
  await go(browser, 'fuzheng', '形式审查', 'accept', filing.formal());
  await go(browser, 'fangyuan', '拟定备案意见', 'submit', filing.opinion());
  await go(browser, 'dingyiming', '审定', 'approve');
  await go(browser, 'fangyuan', '拟定监督计划', 'submit', filing.plan());
  await go(browser, 'yinchuan', '确认监督计划', 'agree');

  await at(browser, '2026-03-02T09:00');
  const filingNo = '宜风备〔2026〕1号';
  const values = fill.application(await fileOf(browser, 'songqiao', '纪要.pdf'), {
    ...ACT,
    subjects: [{ person: 'songqiao', role: '分管负责人', relation: '分管领导' }],
    eventTitle: '滨江一路改造先行开工',
    filings: [{ source: '本系统', filing: filed }],
  });
  const id = await begin(browser, 'songqiao', { process: 'tolerance', start: 'byPerson', values });
  const found = {
    talks: undefined,
    filingFinding: [fill.filingFinding({ filing: filingNo, ...FILED, actDate: '2026-02-10' })],
  };
  const report: Filling = async (file) => fill.verification(await file('核查报告.pdf'), found);
  const untilDraft = TO_SIGNATURE.slice(
    0,
    TO_SIGNATURE.findIndex(({ step }) => step === '拟定处理意见及纠错要求'),
  ).map((deed) =>
    deed.step === '核查取证'
      ? {
          ...deed,
          values: report,
        }
      : deed,
  );
  await byCalls(browser, [ACCEPT, ...untilDraft]);

  await go(browser, 'fangyuan', '日常监督', 'check');
  await go(browser, 'fangyuan', '联合监督检查', 'submit', filing.check('2026-03-02', '以备案为挡箭牌乱作为'));
  const proof = await fileOf(browser, 'fangyuan', '照片.pdf');
  await go(browser, 'fangyuan', '提出撤销备案', 'submit', filing.revocation(proof, { firstActDate: '2026-02-01' }));
  const defence = filing.defence(fill.signature({ id: 'yinchuan', name: '尹川' }));
  await go(browser, 'yinchuan', '陈述申辩', 'submit', defence);
  await go(browser, 'qinxiao', '审核', 'submit', filing.revocationReview());
  await act(browser, 'dingyiming', (v) => v.openTask('拟定处理意见及纠错要求'));
  await go(browser, 'fuzheng', '决定', 'decide', filing.verdict('撤销', { effectiveFrom: '2026-02-01' }));

  await act(browser, 'dingyiming', async ({ page }) => {
    await page.goto(`/cases/${id}`);
    await expect(page.getByRole('heading', { name: '正在办理' }).locator('..')).toContainText('七方面综合研判');
    await page.getByRole('link', { name: '事项全貌' }).click();
    for (const [lane, title] of [
      ['事前', '滨江一路改造风险报备'],
      ['事中', '撤销备案'],
      ['事后', '滨江一路改造先行开工'],
    ] as const) {
      const section = page
        .locator('.matter-lane')
        .filter({ has: page.getByRole('heading', { name: new RegExp(`^${lane}`) }) });
      await expect(section.getByRole('link', { name: new RegExp(title) }).first()).toBeVisible();
    }
    await picture(page, 'matter');
  });
  await act(browser, 'fuzheng', async ({ page }) => {
    await page.goto('/overview');
    await page.getByRole('link', { name: '容错办概览' }).first().click();
    await expect(page.getByText(/本年/).first()).toBeVisible();
    await expect(page.locator('.gw-bones, .bones')).toHaveCount(0);
    await expect(page.locator('canvas').first()).toBeVisible();
    await picture(page, 'overview');
  });
});
