/**
 * Owns one realistic filling of every form of the tolerance process, as plain data: one invented story about 宋桥 of 市住建局
 * (people and units of forms/demo/organisation.json, a working day in September 2026). Complete on purpose: each passes the
 * final verdict as it stands. It must not know the server; files and signatures are handed in, because they belong to someone.
 */
import type { StoredFile, Values } from '@ganwei/form/model';

export interface Signer {
  id: string;
  name: string;
}

export const signature = ({ id, name }: Signer): Values => ({ name, personId: id, at: '2026-09-01T10:00:00' });

const NEGATIVE_LIST = ['NT01', 'NT02', 'NT03', 'NT04', 'NT05', 'NT06', 'NT07', 'NT08', 'NT09'];

/** F01 by the person himself (start `byPerson`, actor songqiao). */
export const application = (file: StoredFile, changes: Values = {}): Values => ({
  contact: '宋桥 0717-0000000',
  accountabilityState: '已启动',
  accountabilityOrgan: 'jw',
  urgency: '平件',
  secrecy: '内部',
  subjects: [{ person: 'songqiao', role: '分管负责人', relation: '分管项目建设，现场指挥长' }],
  ...event(),
  foundDate: '2026-04-18',
  activeDuty:
    '项目列入年度民生实事，汛期临近、居民多次反映燃气管道老化。本人主动协调五个部门并联办理手续，每日到现场调度，推动提前二十天完成主体工程。',
  specialReason:
    '片区建成于上世纪八十年代，地下管线档案缺失，物探结果与实际埋深不符；汛期前停工将使六百余户居民度汛期间停气，两难之中选择先行开工。',
  collectiveDecision: {
    held: true,
    date: '2026-03-06',
    meeting: '市住建局 2026 年第 6 次局长办公会',
    attendees: '梁栋、宋桥、郑航等 7 人',
    dissent: '有 1 名同志建议待管线资料补齐后开工，会议决定分段探挖、边探边建。',
    minutes: [file],
  },
  legalOpinion: { done: true, conclusion: '无明确规定', file: [file] },
  ...grounds(),
  filings: [outside(file)],
  negativeSelf: NEGATIVE_LIST.map((item) => ({ item, answer: '无' })),
  noPrivateGain: true,
  lossDesc: '挖断供水主管一处，周边两个小区停水 9 小时，抢修和补偿支出 36.50 万元，无人员伤亡。',
  remedies: [
    { measure: '组织抢修，当日恢复供水', date: '2026-04-18', result: '9 小时恢复供水', recovered: 0 },
    { measure: '向勘察单位追偿', date: '2026-06-20', result: '协议赔付到账', recovered: 24 },
  ],
  claim: '免责',
  attachments: [file],
  promise: true,
  ...changes,
});

/** F01 by the unit as subject (start `byUnit`, actor yinchuan). */
export const applicationByUnit = (file: StoredFile, changes: Values = {}): Values =>
  application(file, {
    applicantOrg: 'zjj',
    contact: '尹川 0717-0000001',
    subjects: [{ person: 'liangdong', role: '单位', relation: '单位主要负责人' }],
    ...changes,
  });

/** F01 by the party organisation on behalf of its people (start `onBehalf`, actor yinchuan). */
export const applicationOnBehalf = (file: StoredFile, changes: Values = {}): Values =>
  application(file, {
    applicantOrg: 'zjj-dz',
    contact: '尹川 0717-0000001',
    subjects: [
      { person: 'songqiao', role: '分管负责人', relation: '分管项目建设' },
      { person: 'zhenghang', role: '直接责任人', relation: '项目科科长' },
    ],
    orgReason:
      '两名同志在民生项目中敢于担当，失误事出有因且积极补救，经局党组会议研究，认为符合容错情形，代为申请容错。',
    orgMinutes: [file],
    ...changes,
  });

/** F01b, by staff of the accountability organ (actor fangyuan). */
export const exOfficio = (changes: Values = {}): Values => ({
  clueSource: '核查中发现',
  urgency: '平件',
  secrecy: '工作秘密',
  subjects: [{ person: 'songqiao', role: '分管负责人', relation: '分管项目建设' }],
  ...event(),
  ...grounds(),
  ...changes,
});

export const approval = (): Values => ({ approveOpinion: '同意启动，请承办室依规核查，及时告知容错对象。' });

export const confirmation = (signer: Signer): Values => ({
  remark: '情况属实，同意党组织代为申请。',
  sign: signature(signer),
});

/** F02, everything in order. */
export const acceptance = (changes: Values = {}): Values => ({
  checklist: [
    { item: '申请表', state: '有' },
    { item: '身份及职务', state: '有' },
    { item: '事实材料', state: '有' },
    { item: '决策材料', state: '有' },
    { item: '补救材料', state: '有' },
    { item: '报备材料', state: '有', note: '宜风备〔2026〕33号' },
    { item: '代为申请会议纪要', state: '不需要' },
  ],
  jurisdictionOk: true,
  inTimeOk: true,
  subjectOk: true,
  factOk: true,
  outsideFilings: '属实',
  handler: 'dingyiming',
  ...changes,
});

/** What acceptance() needs besides to ask for more material. */
export const supplementAsked = (): Values => ({
  supplementList: [{ item: '集体研究会议纪要', requirement: '补交 2026 年第 6 次局长办公会纪要，加盖单位公章' }],
});

export const rejection = (): Values => ({
  factOk: false,
  rejectReason: '无具体事实',
  rejectNote: '申请没有写明具体的失误和损失情况，无法判断是否属于容错范围。',
});

/** F03, team; leaves 陆川 to the panel. */
export const team = (changes: Values = {}): Values => ({
  team: [
    { person: 'fangyuan', role: '组长', recusalDeclared: true },
    { person: 'dingyiming', role: '成员', recusalDeclared: true },
  ],
  ...changes,
});

/** F03, the report; the statement comes later, see adoption(). */
export const verification = (file: StoredFile, changes: Values = {}): Values => ({
  plan: '调取项目审批、会议、施工和抢修资料，与容错对象、勘察单位、居民代表谈话，到现场核对管线位置，核实损失和挽回情况。',
  talks: [
    {
      person: '梁栋',
      dt: '2026-08-20T09:30',
      place: '市住建局三楼会议室',
      recorders: ['fangyuan', 'dingyiming'],
      file: [file],
    },
  ],
  evidence: [
    { name: '2026 年第 6 次局长办公会纪要', source: '市住建局', proves: '先行开工经过集体研究', file: [file] },
    { name: '管线物探报告', source: '勘察单位', proves: '物探资料与实际埋深不符', file: [file] },
    { name: '赔付协议和到账凭证', source: '市财政局', proves: '已挽回损失 24 万元', file: [file] },
  ],
  factFindings: FOUND,
  causality:
    '供水主管被挖断的直接原因是物探资料错误，管线实际埋深比图示浅一点二米；施工前已按会议要求分段探挖，失误与先行开工有一定关联但不是决定原因。',
  responsibility:
    '宋桥作为分管负责人对先行开工的组织实施负有领导责任；项目科对现场交底不细负有管理责任；勘察单位对资料错误负有主要责任，已经赔付。',
  lossVerified: 36.5,
  remedyVerified: 24,
  threeDistinctions: ['a', 'b', 'c'].map((item) => ({
    item,
    finding: item === 'b' ? '不涉及' : '属于前者',
    reason: '经核查，决策动机是保障居民度汛用气，程序公开，没有发现谋取私利的情形。',
  })),
  situationFinding: [
    { situation: 'TS01', finding: '成立', reason: '在汛期前两难之中作出的风险决策。' },
    { situation: 'TS02', finding: '部分成立', reason: '施工许可容缺办理，符合当时的试行办法。' },
  ],
  negativeFinding: NEGATIVE_LIST.map((item) => ({ item, finding: '无' })),
  opinionUnits: ['zjj-dz', 'zzb', 'sj', 'xc'],
  filingFinding: [filingFinding()],
  abuseFlag: false,
  suggestion: '免责',
  suggestionNote: '动机出于公心，程序基本规范，损失大部分已经挽回，建议予以容错免责，并提出纠错要求。',
  ...changes,
});

/** One act measured against one filing: in time, in scope, safeguards taken. */
export const filingFinding = (changes: Values = {}): Values => ({
  filing: '宜风备〔2026〕33号',
  act: '容缺办理期间先行开工',
  actDate: '2026-03-10',
  state: '已备案',
  filedAt: '2026-01-12',
  validFrom: '2026-01-20',
  validTo: '2027-01-19',
  scope: 'in',
  measuresDone: true,
  note: '备案在先',
  ...changes,
});

/** The part of F03 that is filled in after the statement was heard. */
export const adoption = (): Values => ({
  statement: {
    content: '对象提出：施工前已经组织分段探挖，事发后四十分钟内到达现场组织抢修。',
    adopted: '采纳',
    reason: '与现场记录和抢修台账一致，予以采纳。',
  },
});

export const opinion = (): Values => ({
  opinion: '该同志平时工作扎实，敢于负责；建议综合考虑项目紧迫性和补救情况，依规予以容错。',
});

/** F03b */
export const statement = (signer: Signer, changes: Values = {}): Values => ({
  waive: false,
  way: '书面',
  content: '施工前已经按会议要求分段探挖，事发后四十分钟内到现场组织抢修；愿意承担应有的责任，并落实整改。',
  sign: signature(signer),
  ...changes,
});

const ASPECTS = [
  'motive',
  'condition',
  'procedure',
  'consequence',
  'performance',
  'publicAttitude',
  'overallEffect',
] as const;

/** F04 of the i-th panelist: favourable on the whole, with different marks. */
export const panel = (i: number, signer: Signer, changes: Values = {}): Values => ({
  ...Object.fromEntries(
    ASPECTS.map((aspect, at) => [
      aspect,
      {
        rating: aspect === 'consequence' ? 0 : 1 + ((i + at) % 2),
        reason: '结合核查报告和证据，从事情起因、过程和结果综合判断，认为总体有利。',
        evidenceNos: '1、2',
      },
    ]),
  ),
  overall: '免责',
  sign: signature(signer),
  ...changes,
});

/** F05: exemption with one correction due at the end of 2026. */
export const decision = (changes: Values = {}): Values => ({
  result: 'EXEMPT',
  reasoning: REASONING,
  aspects: {
    motive: '出于保障居民度汛用气的公心。',
    condition: '管线档案缺失，风险难以预见。',
    procedure: '经过集体研究，并作了事前报备。',
    consequence: '损失有限，大部分已经挽回。',
    performance: '一贯敢于担当，事后积极补救。',
    publicAttitude: '居民普遍表示理解和支持。',
    overallEffect: '民生工程如期完成，总体效果良好。',
  },
  corrections: [
    {
      requirement: '建立地下管线先探后挖制度，完善开工前交底',
      standard: '制度印发并有三个项目的执行记录',
      responsible: 'songqiao',
      responsibleUnit: 'zjj',
      due: '2026-12-31',
    },
  ],
  publicScope: '一定范围',
  ...changes,
});

export const vote = (): Values => ({ opinion: '同意拟处理意见，纠错要求应当跟踪到位。' });

/** F06, for the council (its votes are read from the case). */
export const minutes = (file: StoredFile, changes: Values = {}): Values => ({
  organ: 'council',
  meetingName: '市纪委监委专题会议',
  date: '2026-09-01',
  chair: 'gaoyuan',
  conclusion: '通过',
  minutes: [file],
  ...changes,
});

/** F07 */
export const influenceReview = (changes: Values = {}): Values => ({
  deepReflection: '是',
  deepReflectionEvidence: '在民主生活会上作了深刻检查，认识到位。',
  activeCorrection: '是',
  activeCorrectionEvidence: '纠错要求全部落实，没有发生同类问题。',
  outstanding: '是',
  outstandingEvidence: '牵头完成年度民生实事，考核为优秀等次。',
  result: '可列为拟进一步使用或者提拔任用人选',
  ...changes,
});

/** F08 */
export const revisit = (changes: Values = {}): Values => ({
  date: '2026-09-01',
  visitor: 'fuzheng',
  person: 'songqiao',
  workState: '思想稳定，工作主动，正在牵头新一批老旧小区改造。',
  needs: '希望加强地下管线普查的经费保障。',
  ...changes,
});

/** The applicant takes the application back. */
export const withdrawal = (): Values => ({ reason: '情况已经向组织说明清楚，不再申请容错。' });

export const extension = (): Values => ({ reason: '管线权属单位档案移交尚未完成，需要延长核查期限。' });

export const violation = (changes: Values = {}): Values => ({
  foundAt: '2026-09-03',
  persons: ['songqiao'],
  facts: '核查中发现该同志在另一项目的招标文件审查中涉嫌违规打招呼，需要另行核实。',
  ...changes,
});

export const review = (changes: Values = {}): Values => ({
  kind: '事实认定',
  foundAt: '2026-03-02',
  facts: '施工单位补充的监测记录表明，事发前一日已经发现供水管位置异常，原决定没有查明这一情节。',
  ...changes,
});

export const reviewFindings = (changes: Values = {}): Values => ({
  facts: '调取监测记录并询问监测人员，异常情况当日没有报告给容错对象，事后才归入档案。',
  proposal: '维持',
  reason: '补充查明的情节不影响主观动机和程序方法的认定，原结论仍然适当。',
  ...changes,
});

export const reviewResult = (changes: Values = {}): Values => ({
  result: '维持',
  reason: '同意复查意见，补充查明的情节不影响原结论。',
  ...changes,
});

export const liability = (changes: Values = {}): Values => ({
  staff: ['dingyiming', 'fangyuan'],
  lawful: '是',
  noIntent: '是',
  noPrivate: '是',
  noGross: '是',
  basis: '核查程序完备，监测记录当时没有归档，核查组无从知悉，没有徇私和重大过失。',
  ...changes,
});

// ---------------------------------------------------------------------------------------------------------------------

function event(): Values {
  return {
    eventTitle: '滨江片区燃气管道改造先行开工',
    area: '项目建设',
    eventFrom: '2026-03-10',
    eventTo: '2026-04-18',
    facts:
      '2026 年 3 月 6 日，市住建局局长办公会研究滨江片区燃气管道改造项目，考虑汛期临近，决定在施工许可容缺办理期间分段探挖、先行开工。3 月 10 日进场施工。4 月 18 日上午，挖掘机在滨江二路挖断一处供水主管，造成两个小区停水 9 小时。事发后立即停工抢修，当日恢复供水。经查，勘察单位提供的物探资料与管线实际埋深不符。',
  };
}

const FILING = {
  filingNo: '宜风备〔2026〕33号',
  filingTitle: '滨江片区燃气管道改造容缺开工',
  filedAt: '2026-01-12',
  approvedAt: '2026-01-20',
  state: '已备案',
  scope: '滨江片区燃气管道改造在施工许可容缺办理期间分段探挖、先行开工',
  validFrom: '2026-01-20',
  validTo: '2027-01-19',
  measures: '分段探挖、专人旁站、抢修队伍现场值守',
};

/** A filing made outside the system, with its papers. */
const outside = (file: StoredFile): Values => ({ source: '系统以外备案', ...FILING, evidence: [file] });

function grounds(): Values {
  return {
    situations: ['TS01', 'TS02'],
    filings: [FILING],
    lossAmount: 36.5,
    socialImpact: '较小',
  };
}

const FOUND =
  '经核查：2026 年 3 月 6 日，市住建局召开局长办公会，研究滨江片区燃气管道改造项目开工事宜。会议认为汛期临近、居民用气安全风险突出，决定在施工许可容缺办理期间分段探挖、先行开工，会议记录完整，有一名同志提出不同意见并记录在案。3 月 10 日进场施工，宋桥任现场指挥长。施工单位按要求分段探挖，但勘察单位提供的物探资料与管线实际埋深不符。4 月 18 日上午，挖掘机挖断供水主管一处，两个小区停水 9 小时，没有人员伤亡。宋桥四十分钟内到达现场组织抢修，当日恢复供水。抢修和补偿支出 36.50 万元，6 月 20 日勘察单位赔付 24 万元到账。未发现相关人员谋取私利。';

const REASONING =
  '宋桥同志在滨江片区燃气管道改造项目中，面对汛期临近、居民用气安全风险突出的实际情况，经局长办公会集体研究，在施工许可容缺办理期间组织先行开工，并事先作了风险报备，行为在备案范围和有效期之内。挖断供水主管主要由于勘察单位物探资料错误，损失 36.50 万元，已经挽回 24 万元，社会影响较小。核查未发现负面清单情形，三个区分开来甄别属于前者，申请的情形成立或者部分成立；七方面综合研判总体有利，单位党组织、组织部门、审计部门和巡察机构均无不同意见，当事人的陈述申辩予以采纳。综合考虑，拟予以容错免责，同时提出纠错要求。';
