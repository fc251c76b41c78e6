/**
 * Owns the list of complete fillings, one or more per form, each with who fills it in and what the case knows by then.
 * The tests take it as it stands ([CON2]) or spoil one entry of it ([CON3]).
 */
import type { Values } from '@ganwei/form/model';
import { FILE, type Filling } from './desk.ts';
import * as fill from './fillings.ts';
import * as mend from './rectification-fillings.ts';

const LIANGDONG = { id: 'liangdong', name: '梁栋' };
const SONGQIAO = { id: 'songqiao', name: '宋桥' };
const FANGYUAN = { id: 'fangyuan', name: '方圆' };
const LUCHUAN = { id: 'luchuan', name: '陆川' };

const votes = (...outcomes: string[]): Values[] =>
  ['zhongli', 'sumin', 'fuzheng', 'gaoyuan']
    .slice(0, outcomes.length)
    .map((by, i) => ({ by, outcome: outcomes[i], opinion: '见会议发言' }));
const heard = (): Values => ({
  authority: { unit: 'jw' },
  application: fill.application(FILE),
  verification: fill.verification(FILE),
});
const drafting = (): Values => ({
  ...heard(),
  panel: [fill.panel(0, LUCHUAN)],
  suggestion: { result: 'EXEMPT', veto: false, reason: '总体有利', basis: { version: 1 } },
  recipients: { units: ['zjj-dz', 'zjj-jj', 'zzb', 'xc', 'sj'] },
});
const mending = (): Values => ({ request: mend.request(), plan: numbered(mend.plan(LIANGDONG)) });
const numbered = (plan: Values): Values => ({
  ...plan,
  items: (plan.items as Values[]).map((item, i) => ({ no: i + 1, ...item })),
});
const behalf = { case: { start: 'onBehalf' } };

/** One complete filling per form; forms with several uses appear several times. */
export const COMPLETE: readonly (readonly [title: string, filling: () => Filling])[] = [
  ['F01 个人申请', () => ({ form: 'tolerance-application', who: 'songqiao', values: fill.application(FILE) })],
  [
    'F01 单位申请',
    () => ({
      form: 'tolerance-application',
      who: 'yinchuan',
      values: fill.applicationByUnit(FILE),
      knows: { case: { start: 'byUnit' } },
    }),
  ],
  [
    'F01 党组织代为申请',
    () => ({
      form: 'tolerance-application',
      who: 'yinchuan',
      values: fill.applicationOnBehalf(FILE),
      knows: behalf,
    }),
  ],
  ['F01b 依职权启动', () => ({ form: 'tolerance-ex-officio', who: 'fangyuan', values: fill.exOfficio() })],
  [
    'F01b 审批意见',
    () => ({
      form: 'tolerance-approval',
      who: 'gaoyuan',
      values: fill.approval(),
      knows: { application: { proposer: 'fangyuan' } },
    }),
  ],
  [
    '本人确认',
    () => ({
      form: 'tolerance-confirmation',
      who: 'songqiao',
      values: fill.confirmation(SONGQIAO),
    }),
  ],
  ['F02 受理', () => ({ form: 'tolerance-acceptance', who: 'fuzheng', values: fill.acceptance(), knows: heard() })],
  [
    'F02 补正',
    () => ({
      form: 'tolerance-acceptance',
      who: 'fuzheng',
      values: fill.acceptance(fill.supplementAsked()),
      knows: heard(),
    }),
  ],
  [
    'F02 不予受理',
    () => ({ form: 'tolerance-acceptance', who: 'fuzheng', values: fill.acceptance(fill.rejection()), knows: heard() }),
  ],
  ['F03 核查组', () => ({ form: 'tolerance-team', who: 'dingyiming', values: fill.team(), knows: heard() })],
  [
    'F03 核查报告',
    () => ({ form: 'tolerance-verification', who: 'fangyuan', values: fill.verification(FILE), knows: heard() }),
  ],
  [
    'F03 陈述申辩采纳',
    () => ({
      form: 'tolerance-verification',
      who: 'fangyuan',
      values: fill.verification(FILE, fill.adoption()),
      knows: heard(),
    }),
  ],
  ['征求意见', () => ({ form: 'tolerance-opinion', who: 'yuanke', values: fill.opinion() })],
  ['F03b 陈述申辩', () => ({ form: 'tolerance-statement', who: 'songqiao', values: fill.statement(SONGQIAO) })],
  [
    'F03b 放弃陈述申辩',
    () => ({
      form: 'tolerance-statement',
      who: 'songqiao',
      values: { waive: true, sign: fill.signature(SONGQIAO) },
    }),
  ],
  ['F04 研判', () => ({ form: 'tolerance-panel', who: 'luchuan', values: fill.panel(0, LUCHUAN) })],
  [
    'F05 拟处理意见',
    () => ({ form: 'tolerance-decision', who: 'dingyiming', values: fill.decision(), knows: drafting() }),
  ],
  ['F06 表决票', () => ({ form: 'tolerance-vote', who: 'zhongli', values: fill.vote() })],
  [
    'F06 集体审议表',
    () => ({
      form: 'tolerance-minutes',
      who: 'dingyiming',
      values: fill.minutes(FILE),
      knows: { council: votes('agree', 'agree', 'abstain', 'agree') },
    }),
  ],
  [
    'F07 影响期满评价',
    () => ({
      form: 'tolerance-influence-review',
      who: 'yuanke',
      values: fill.influenceReview(),
      knows: {
        ...heard(),
        decisionLetter: { issuedOn: '2025-08-20' },
        standing: { influence: { to: '2026-08-20' } },
        rectification: { closedOn: '2025-12-30' },
      },
    }),
  ],
  ['签收意见', () => ({ form: 'tolerance-receipt', who: 'songqiao', values: {} })],
  ['撤回申请', () => ({ form: 'tolerance-withdrawal', who: 'songqiao', values: fill.withdrawal() })],
  ['延长核查期限', () => ({ form: 'tolerance-verify-extension', who: 'fangyuan', values: fill.extension() })],
  [
    '新的违纪违法问题',
    () => ({ form: 'tolerance-new-violation', who: 'fangyuan', values: fill.violation({ foundAt: '2026-09-01' }) }),
  ],
  ['决定复查', () => ({ form: 'decision-review-report', who: 'dingyiming', values: fill.review() })],
  ['重新核查', () => ({ form: 'decision-review-findings', who: 'shaoning', values: fill.reviewFindings() })],
  [
    'F96 复查决定',
    () => ({
      form: 'decision-review-result',
      who: 'zhouqihang',
      values: fill.reviewResult({
        result: '变更',
        newResult: '不予容错',
        content: '原决定第九项变更为不予容错，其余各项不变，纠错要求继续执行。',
      }),
      knows: { report: { result: '予以容错免责' } },
    }),
  ],
  ['F97 工作人员履职认定', () => ({ form: 'staff-liability', who: 'shaoning', values: fill.liability() })],
  ['F08 回访', () => ({ form: 'tolerance-revisit', who: 'fuzheng', values: fill.revisit(), knows: heard() })],
  ['整改通知事项', () => ({ form: 'rectification-request', who: 'dingyiming', values: mend.request() })],
  [
    'F40 整改方案',
    () => ({
      form: 'rectification-plan',
      who: 'liangdong',
      values: mend.plan(LIANGDONG),
      knows: { request: mend.request() },
    }),
  ],
  ['F40 方案审核', () => ({ form: 'rectification-audit', who: 'dingyiming', values: mend.audit() })],
  [
    'F41 进展报告',
    () => ({ form: 'rectification-progress', who: 'yinchuan', values: mend.progress(), knows: mending() }),
  ],
  ['F41 阅示', () => ({ form: 'rectification-reading', who: 'dingyiming', values: mend.reading(), knows: mending() })],
  ['F42 延期申请', () => ({ form: 'rectification-extension', who: 'yinchuan', values: mend.extension() })],
  [
    'F43 销号申请',
    () => ({
      form: 'rectification-close',
      who: 'liangdong',
      values: mend.closing(FILE, LIANGDONG),
      knows: mending(),
    }),
  ],
  [
    'F44 核查',
    () => ({
      form: 'rectification-check',
      who: 'fangyuan',
      values: mend.check(FANGYUAN),
      knows: { ...mending(), ...mend.sampled() },
    }),
  ],
  [
    'F45 回头看',
    () => ({ form: 'rectification-lookback', who: 'fangyuan', values: mend.lookback(), knows: mending() }),
  ],
];
