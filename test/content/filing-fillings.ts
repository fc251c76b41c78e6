/** What honest people fill in: the forms of risk pre-filing. */
import type { Values } from '@ganwei/form/model';

/** A filing by the housing bureau; `changes` replace fields. */
export const filing = (changes: Values = {}): Values => ({
  filerOrg: 'zjj',
  contact: '尹川 0717-0000000',
  secrecy: '内部',
  item: '滨江片区燃气管道改造容缺开工',
  area: '项目建设',
  reasons: ['政策不明', '容缺办理'],
  policyGap:
    '现行规定要求取得施工许可后方可开工，但对应急性管网改造能否在容缺办理期间分段探挖没有规定，省内各地做法不一，主管部门尚无明确答复。',
  content:
    '滨江片区燃气管道建成于上世纪八十年代，老化严重。为赶在汛期之前完成主体工程，拟在施工许可容缺办理期间，对管线资料不全的路段先行分段探挖，探明管位后再行施工；每段不超过五十米，由专业单位旁站，供水、供电、通信单位派人现场指认管线，遇有疑问立即停工核实。',
  scope: [
    {
      action: '分段探挖、先行开工',
      object: '滨江片区燃气管道',
      area: '滨江一路至滨江三路',
      amount: 320,
      limit: '每段不超过五十米',
    },
  ],
  actionStartAt: '2026-09-21',
  plannedEnd: '2026-12-31',
  benefit: '提前二十天完成主体工程，保证六百余户居民汛期用气。',
  risks: [
    {
      risk: '挖断供水、供电管线',
      kind: '安全',
      likely: 2,
      impact: 3,
      measure: '分段探挖、专人旁站、抢修队伍值守',
      owner: 'zhenghang',
    },
  ],
  forbiddenCheck: ['明令禁止', '上级禁止', '突破红线', '谋取利益', '超越权限', '已经完毕'].map((item) => ({
    item,
    answer: '否',
  })),
  supervisionSuggest: ['实地走访', '随机抽查'],
  promise: true,
  ...changes,
});

/** A risk that needs the leading group. */
export const GRAVE: Values[] = [
  {
    risk: '探挖引起路面塌陷',
    kind: '安全',
    likely: 3,
    impact: 5,
    measure: '地质雷达先行探测，交通疏导',
    owner: 'zhenghang',
  },
];

export const research = (minutes: unknown, changes: Values = {}): Values => ({
  date: '2026-09-01',
  meeting: '市住建局 2026 年第 18 次局长办公会',
  attendees: '梁栋、宋桥、郑航等 7 人',
  dissent: '有 1 名同志建议待管线资料补齐后开工。',
  minutes: [minutes],
  decision: '同意报备',
  ...changes,
});

export const legal = (file: unknown, changes: Values = {}): Values => ({
  organ: '市住建局法规科、法律顾问',
  conclusion: '无明确规定',
  risk: '国家对容缺办理期间探挖没有明确规定，存在被认定为未批先建的风险。',
  file: [file],
  ...changes,
});

export const formal = (changes: Values = {}): Values => ({ handler: 'fangyuan', ...changes });

export const SUPPLEMENT: Values[] = [{ item: '管线资料', requirement: '补交供水、供电单位提供的管线资料' }];

export const consult = (changes: Values = {}): Values => ({ opinion: '同意', ...changes });

export const opinion = (changes: Values = {}): Values => ({
  decision: '准予备案',
  reason: '政策不明、风险可控，会商单位没有不同意见，防控措施具体。',
  months: 12,
  supervisionPlan: [{ way: '实地走访', frequency: '每季度一次', organPerson: 'fangyuan', unitPerson: 'zhenghang' }],
  ...changes,
});

/** The same where nothing is approved. */
export const notApproved = (decision: '不予备案' | '退回完善', reason: string): Values => ({ decision, reason });

export const plan = (changes: Values = {}): Values => ({
  supervision: [{ way: '实地走访', frequency: '每季度一次', organPerson: 'fangyuan', unitPerson: 'zhenghang' }],
  cycleMonths: 3,
  note: '重点看分段长度和旁站记录。',
  ...changes,
});

export const progress = (changes: Values = {}): Values => ({
  period: '2026 年第四季度',
  losses: 0,
  done: '滨江一路、二路已经分段探挖完毕，旁站记录齐全，没有损坏管线。',
  deviation: false,
  needChange: false,
  finished: false,
  ...changes,
});

/** A joint check on `date`; whatever is found, the four items are answered to match. */
export const check = (date: string, finding = '正常', changes: Values = {}): Values => ({
  date,
  way: '实地走访',
  organPersons: ['fangyuan', 'luchuan'],
  unitPersons: ['zhenghang'],
  items: [
    { item: '按备案实施', answer: finding === '偏离备案内容' ? '否' : '是' },
    { item: '措施落实', answer: '是' },
    { item: '扩大范围', answer: '否' },
    { item: '谋取私利', answer: '否' },
  ],
  finding,
  ...(finding === '正常' ? {} : { advice: '现场检查和旁站记录核对的情况如上，请按结论办理。' }),
  ...changes,
});

export const corrections = (due: string): Values[] => [
  { requirement: '滨江三路探挖每段超过五十米，立即改正', standard: '每段不超过五十米，旁站记录齐全', due },
];

export const change = (changes: Values = {}): Values => ({
  changes: [{ field: '限度', old: '每段不超过五十米', new: '每段不超过八十米', reason: '地质雷达已经探明管位。' }],
  scope: [{ action: '分段探挖、先行开工', object: '滨江片区燃气管道', amount: 320, limit: '每段不超过八十米' }],
  ...changes,
});

export const changeOpinion = (decision: '准予变更' | '不予变更' = '准予变更'): Values => ({
  decision,
  reason: '已经核对地质雷达的资料，变更前后的风险比对如上，请审定。',
});

export const renewal = (): Values => ({
  months: 6,
  reason: '滨江三路受天气影响尚未完工，仍须按备案内容实施半年。',
});

export const closing = (): Values => ({
  result: '达到预期',
  loss: 0,
  lessons: '先探明管位再施工，分段旁站，可以避免挖断管线。',
  recommend: true,
});

/** F14: two days after the filing a section was dug that no filing covers. */
export const revocation = (evidence: unknown, changes: Values = {}): Values => ({
  grounds: ['以备案为挡箭牌乱作为', '超出备案范围'],
  facts:
    '现场检查发现，施工单位在备案范围以外的滨江四路擅自开挖二百余米，没有探明管位，没有旁站，损坏供水管线一处，造成周边小区停水六小时；项目负责人以「已经报备」为由拒绝停工，拒不提供施工记录，检查人员已经现场取证并询问有关人员。',
  firstActDate: '2026-09-01',
  evidence: [evidence],
  ...changes,
});

export const defence = (sign: unknown, changes: Values = {}): Values => ({
  waive: false,
  content: '滨江四路是施工单位擅自开挖，局里发现后已经责令停工，请予考虑。',
  sign,
  ...changes,
});

export const revocationReview = (result = '同意撤销'): Values => ({
  result,
  opinion: '事实清楚，证据充分，程序合法，陈述申辩已经逐条核对。',
});

export const verdict = (decision = '撤销', changes: Values = {}): Values => ({
  decision,
  reason: '经核实事实清楚，陈述申辩的理由已经研究，作出如上决定。',
  ...(decision === '撤销' ? { effectiveFrom: '2026-09-01' } : {}),
  ...(decision === '限期纠正' ? { corrections: corrections('2026-09-30') } : {}),
  ...changes,
});

/** A decision of the leading group, entered with its minutes. */
export const meeting = (minutes: unknown): Values => ({
  meetingName: '领导小组 2026 年第 5 次会议',
  meetingDate: '2026-09-01',
  present: 9,
  inFavour: 8,
  minutes: [minutes],
});
