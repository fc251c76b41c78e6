/**
 * Owns one realistic filling of every form of the rectification process, as plain data; it continues the story of fillings.ts
 * (correction due on 2026-12-31, the rectification begun on 2026-09-01). Each passes the final verdict as it stands.
 */
import type { StoredFile, Values } from '@ganwei/form/model';
import { type Signer, signature } from './fillings.ts';

/** What the caller hands over, or a person fills in who starts a rectification by hand. */
export const request = (changes: Values = {}): Values => ({
  sourceType: '容错决定',
  sourceNo: '宜纪容决〔2026〕1号',
  sourceTitle: '滨江片区燃气管道改造先行开工',
  organ: 'jw',
  responsibleUnit: 'zjj',
  responsiblePersons: ['songqiao'],
  reportTo: ['dingyiming'],
  cycle: '每月',
  requirements: [
    {
      requirement: '建立地下管线先探后挖制度',
      standard: '制度印发执行',
      responsible: 'songqiao',
      responsibleUnit: 'zjj',
      due: '2026-11-30',
    },
    {
      requirement: '完善开工前技术交底',
      standard: '三个项目有交底记录',
      responsible: 'zhenghang',
      responsibleUnit: 'zjj',
      due: '2026-12-31',
    },
  ],
  planDue: '2026-09-08',
  finalDue: '2026-12-31',
  ...changes,
});

/** F40 */
export const plan = (signer: Signer, changes: Values = {}): Values => ({
  leader: 'liangdong',
  items: [
    {
      requirementRef: 1,
      problem: '开工前地下管线情况不清',
      cause: '资料缺失，没有探挖制度',
      measure: '制定并印发先探后挖管理办法',
      owner: 'songqiao',
      due: '2026-11-30',
      closeStandard: '制度印发执行',
    },
    {
      requirementRef: 2,
      problem: '技术交底流于形式',
      cause: '没有统一的交底清单',
      measure: '编制交底清单，现场签字确认',
      owner: 'zhenghang',
      due: '2026-12-31',
      closeStandard: '三个项目有交底记录',
    },
  ],
  confirm: signature(signer),
  ...changes,
});

export const audit = (): Values => ({ opinion: '措施具体、责任明确，同意按方案实施。' });

/** F41 */
export const progress = (): Values => ({
  rows: [
    { no: 1, percent: 100, done: '管理办法已经印发' },
    { no: 2, percent: 60, done: '交底清单已在两个项目试行', next: '第三个项目 12 月上旬交底' },
  ],
  summary:
    '两项整改任务总体按计划推进：先探后挖管理办法已经印发并组织培训，交底清单在两个项目试行，第三个项目正在准备，预计能够按期完成。',
});

/** F42 as the unit fills it in: asked for in time and within half of the original period. */
export const extensionAsked = (changes: Values = {}): Values => ({
  items: [2],
  reason:
    '第三个项目因冬季施工安排调整，开工时间推迟到明年一月，技术交底须随开工进行，原定期限内无法取得完整的执行记录，申请适当延期。',
  newDue: '2027-01-20',
  ...changes,
});

/** F42 with what the case gives to it. */
export const extension = (changes: Values = {}): Values => ({
  organ: 'jw',
  responsibleUnit: 'zjj',
  responsiblePersons: ['songqiao'],
  originalStart: '2026-09-01',
  originalDue: '2026-12-31',
  percent: 50,
  open: [
    { no: 1, problem: '开工前地下管线情况不清', due: '2026-11-30' },
    { no: 2, problem: '技术交底流于形式', due: '2026-12-31' },
  ],
  ...extensionAsked(changes),
});

/** F43 */
export const closing = (file: StoredFile, signer: Signer, changes: Values = {}): Values => ({
  scope: '全部事项',
  rows: [1, 2].map((no) => ({
    no,
    result: '已按销号标准完成，资料齐全。',
    evidence: [file],
    selfRating: '完成',
  })),
  longTerm: '把先探后挖和技术交底纳入项目管理规程，每季度抽查一次，结果列入年度考核。',
  promise: true,
  partyOrgOpinion: '同意报审',
  sign: signature(signer),
  ...changes,
});

/** What the process works out before the check: two items applied for, both to be checked. */
export const sampled = (changes: Values = {}): Values => ({
  applied: [1, 2],
  sampling: { minimum: 2, ratio: 1, itemCount: 2, mandatory: [], ...changes },
});

/** F44, everything found done. */
export const check = (signer: Signer, changes: Values = {}): Values => ({
  persons: ['fangyuan', 'luchuan'],
  date: '2026-09-01',
  rows: [1, 2].map((no) => ({ no, way: ['查阅材料', '现场核查'], finding: '到位', note: '资料与现场一致' })),
  overall: '同意销号',
  opinion: '整改事项全部到位，资料真实，同意销号。',
  sign: signature(signer),
  ...changes,
});

/** F41: what the reader remarks. */
export const reading = (): Values => ({ remark: '第三个项目要盯紧，交底记录抓紧补齐。' });

/** F45 */
export const lookback = (changes: Values = {}): Values => ({
  date: '2026-09-01',
  persons: ['fangyuan', 'luchuan'],
  finding: '巩固',
  note: '抽查两个新开工项目，制度执行到位。',
  ...changes,
});
