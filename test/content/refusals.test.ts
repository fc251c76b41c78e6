/** Rules [CON3] and [CON4]: what the measures forbid an applicant or a handler is refused at its field; what they advise is a warning. */
import type { Values } from '@ganwei/form/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import { FILE, openDesk } from './desk.ts';
import { application, signature } from './fillings.ts';
import { type Case, put, refused, row, spoilt, without } from './spoil.ts';

let stage: World;
beforeAll(async () => {
  stage = await openDesk();
});

const F01 = 'F01 个人申请';
const BEHALF = 'F01 党组织代为申请';
const REPORT = 'F03 核查报告';
const DRAFT = 'F05 拟处理意见';

const APPLICATION: Case[] = [
  ['a negative loss', F01, put({ lossAmount: -1 }), 'lossAmount', /不能小于 0/],
  ['a loss with three decimals', F01, put({ lossAmount: 1.005 }), 'lossAmount', /最多 2 位小数/],
  ['an act that ends before it began', F01, put({ eventTo: '2026-03-09' }), 'eventTo', /不能早于行为开始日/],
  ['an act in the future', F01, put({ eventTo: '2026-09-02' }), 'eventTo', /不能晚于今天/],
  ['a finding before the act', F01, put({ foundDate: '2026-03-01' }), 'foundDate', /不能早于行为开始日/],
  ['6,001 characters of facts', F01, put({ facts: '字'.repeat(6001) }), 'facts', /最多 5000 个字，现在 6001 个字/],
  ['99 characters of facts', F01, put({ facts: '字'.repeat(99) }), 'facts', /至少 100 个字/],
  [
    'a script among the facts',
    F01,
    (values) => ({ ...values, facts: `${values.facts}<SCRIPT>alert(1)</SCRIPT>` }),
    'facts',
    /网页脚本/,
  ],
  [
    'an application after the decision: 复核 or 申诉 instead',
    F01,
    put({ accountabilityState: '已作出决定', accountabilityOrgan: undefined }),
    'accountabilityState',
    /申请复核或者提出申诉/,
  ],
  [
    'an application before any procedure: a filing instead',
    F01,
    put({ accountabilityState: '未启动', accountabilityOrgan: undefined }),
    'accountabilityState',
    /事前报备/,
  ],
  [
    'no organ named while the procedure runs',
    F01,
    without('accountabilityOrgan'),
    'accountabilityOrgan',
    /正在办理的机关/,
  ],
  ['no subject', F01, put({ subjects: [] }), 'subjects', /容错对象/],
  [
    'the same subject twice',
    F01,
    (values) => ({ ...values, subjects: [...(values.subjects as Values[]), ...(values.subjects as Values[])] }),
    'subjects',
    /重复/,
  ],
  [
    'an application for somebody else only',
    F01,
    row('subjects', 0, { person: 'guqing' }),
    'subjects',
    /包括申请人本人/,
  ],
  ['another situation without explanation', F01, put({ situations: ['TS99'] }), 'situations', /停用/],
  [
    'an admitted negative item without explanation',
    F01,
    row('negativeSelf', 6, { answer: '有' }),
    'negativeSelf.6.explain',
    /说明/,
  ],
  [
    'an unanswered item of the negative list',
    F01,
    row('negativeSelf', 2, { answer: undefined }),
    'negativeSelf.2.answer',
    /有无/,
  ],
  ['private gain not denied', F01, put({ noPrivateGain: false }), 'noPrivateGain', /勾选/],
  [
    'a collective decision without minutes',
    F01,
    put({ collectiveDecision: { held: true, date: '2026-03-06', meeting: '局长办公会', attendees: '七人' } }),
    'collectiveDecision.minutes',
    /会议纪要/,
  ],
  [
    'no collective decision and hardly a reason',
    F01,
    put({ collectiveDecision: { held: false, reason: '情况紧急' } }),
    'collectiveDecision.reason',
    /至少 30 个字/,
  ],
  ['neither remedies nor a reason for none', F01, without('remedies'), 'noRemedyReason', /未采取补救措施的原因/],
  ['a filing that was withdrawn', F01, row('filings', 0, { state: '已撤回' }), 'filings.0.state', /不能作为依据/],
  [
    'a unit as subject under another role',
    'F01 单位申请',
    row('subjects', 0, { role: '主要负责人' }),
    'subjects.0.role',
    /责任角色选「单位」/,
  ],
  ['a promise that is not given', F01, put({ promise: false }), 'promise', /勾选/],
  ['an executable file', F01, put({ attachments: [{ ...FILE, name: '说明.exe' }] }), 'attachments', /类型不在允许之内/],
  ['no reasons of the party organisation', BEHALF, without('orgReason'), 'orgReason', /代为申请理由/],
  ['no minutes of the party organisation', BEHALF, without('orgMinutes'), 'orgMinutes', /党组织会议纪要/],
  [
    'people of another unit',
    BEHALF,
    row('subjects', 1, { person: 'guqing' }),
    'subjects.1.person',
    /只能代本单位人员申请/,
  ],
  ['a unit in which one has no part', BEHALF, put({ applicantOrg: 'sjju-dz' }), 'applicantOrg', /不是该单位/],
];

const HANDLING: Case[] = [
  [
    'a proposer who approves himself',
    'F01b 审批意见',
    put({}),
    'approveOpinion',
    /不能审批/,
    { application: { proposer: 'gaoyuan' } },
  ],
  ['a subject as handler', 'F02 受理', put({ handler: 'songqiao' }), 'handler', /不能作为本案承办人/],
  ['a rejection without explanation', 'F02 不予受理', without('rejectNote'), 'rejectNote', /理由说明/],
  ['an unchecked material', 'F02 受理', row('checklist', 3, { state: undefined }), 'checklist.3.state', /有无/],
  ['a formal check left open', 'F02 受理', without('inTimeOk'), 'inTimeOk', /时限/],
  [
    'a team of one',
    'F03 核查组',
    put({ team: [{ person: 'fangyuan', role: '组长', recusalDeclared: true }] }),
    'team',
    /至少 2 项/,
  ],
  ['two leaders', 'F03 核查组', row('team', 1, { role: '组长' }), 'team', /有且只有一名组长/],
  ['a subject in the team', 'F03 核查组', row('team', 1, { person: 'songqiao' }), 'team.1.person', /不能参加核查组/],
  [
    'a member who declares nothing',
    'F03 核查组',
    row('team', 1, { recusalDeclared: false }),
    'team.1.recusalDeclared',
    /回避/,
  ],
  ['a report of 199 characters', REPORT, put({ factFindings: '字'.repeat(199) }), 'factFindings', /至少 200 个字/],
  ['more recovered than lost', REPORT, put({ remedyVerified: 36.51 }), 'remedyVerified', /不能大于核实损失/],
  [
    'a distinction without reason',
    REPORT,
    row('threeDistinctions', 1, { reason: undefined }),
    'threeDistinctions.1.reason',
    /理由/,
  ],
  ['two distinctions of three', REPORT, put({ threeDistinctions: [] }), 'threeDistinctions.0.finding', /甄别结论/],
  [
    'a claimed situation nobody judged',
    REPORT,
    row('situationFinding', 1, { finding: undefined }),
    'situationFinding.1.finding',
    /认定/,
  ],
  [
    'a negative finding without evidence',
    REPORT,
    row('negativeFinding', 2, { finding: '有', explain: '配偶持股' }),
    'negativeFinding.2.evidenceNos',
    /证据编号/,
  ],
  [
    'a weight changed without a word',
    REPORT,
    put({ filingOverride: [{ no: 1, weight: 'ref' }] }),
    'filingOverride.0.reason',
    /调整理由/,
  ],
  [
    'a weight changed of a row that is not there',
    REPORT,
    put({ filingOverride: [{ no: 7, weight: 'ref', reason: '备案范围表述含糊，只宜作参考' }] }),
    'filingOverride.0.no',
    /没有这个序号/,
  ],
  [
    'an act outside the scope without a word',
    REPORT,
    row('filingFinding', 0, { scope: 'out', note: undefined }),
    'filingFinding.0.note',
    /核实说明/,
  ],
  [
    'a revocation without its date',
    REPORT,
    row('filingFinding', 0, { state: '已撤销' }),
    'filingFinding.0.revokedFrom',
    /撤销生效日/,
  ],
  ['a filing nobody looked at', REPORT, put({ filingFinding: [] }), 'filingFinding', /逐件核实/],
  ['one unit asked for its opinion', REPORT, put({ opinionUnits: ['zzb'] }), 'opinionUnits', /至少 2 项/],
  [
    'an ex officio case whose subject nobody informed',
    REPORT,
    put({}),
    'informedAt',
    /告知对象时间/,
    { application: { startMode: '依职权启动', situations: ['TS01', 'TS02'] } },
  ],
  [
    'a recused person in the team',
    'F03 核查组',
    put({ recusals: [{ person: 'dingyiming', ground: 'RC3' }] }),
    'team.1.person',
    /已登记回避/,
  ],
  ['a withdrawal without reason', '撤回申请', put({ reason: '不想' }), 'reason', /至少 10 个字/],
  ['an extension without reason', '延长核查期限', put({ reason: '忙' }), 'reason', /至少 10 个字/],
  ['a violation found tomorrow', '新的违纪违法问题', put({ foundAt: '2026-09-02' }), 'foundAt', /不能晚于今天/],
  [
    'a talk recorded by one person',
    REPORT,
    row('talks', 0, { recorders: ['fangyuan'] }),
    'talks.0.recorders',
    /至少 2 项/,
  ],
  ['an abuse without details', REPORT, put({ abuseFlag: true }), 'abuseNote', /线索情况/],
  [
    'a statement set aside without reason',
    'F03 陈述申辩采纳',
    put({ statement: { content: '施工前已经探挖。', adopted: '不采纳' } }),
    'statement.reason',
    /理由/,
  ],
  [
    'an ex officio case whose subject was not told',
    REPORT,
    put({}),
    'informedAt',
    /告知对象时间/,
    { application: { ...application(FILE), startMode: '依职权启动' } },
  ],
  ['a mark of three', 'F04 研判', put({ motive: { rating: 3, reason: '理'.repeat(20) } }), 'motive.rating', /选项/],
  ['six aspects of seven', 'F04 研判', without('overallEffect'), 'overallEffect.rating', /评分/],
  [
    'a reason of 19 characters',
    'F04 研判',
    put({ motive: { rating: 1, reason: '理'.repeat(19) } }),
    'motive.reason',
    /至少 20 个字/,
  ],
  ["somebody else's signature", 'F04 研判', put({ sign: signature({ id: 'yuanke', name: '袁可' }) }), 'sign', /本人/],
];

refused(() => stage, 'application', APPLICATION);
refused(() => stage, 'handling', HANDLING);

const ADVICE: Case[] = [
  [
    'an admitted hard item does not take the right to apply',
    F01,
    row('negativeSelf', 2, { answer: '有', explain: '如实说明' }),
    'negativeSelf.2.answer',
    /不影响您提出申请/,
  ],
  ['more recovered than lost', F01, put({ lossAmount: 10 }), 'remedies', /大于直接损失/],
  [
    'a filing made after the act began',
    F01,
    row('filings', 0, { filedAt: '2026-03-11', approvedAt: '2026-03-12', validFrom: '2026-03-12' }),
    'filings.0.filedAt',
    /仅作参考/,
  ],
  [
    'a subject of the province',
    F01,
    (v) => ({ ...v, subjects: [...(v.subjects as Values[]), { person: 'luowei', role: '分管负责人' }] }),
    'subjects.1.person',
    /省级机关/,
  ],
  [
    'missing material that nobody asks for',
    'F02 受理',
    row('checklist', 3, { state: '缺' }),
    'checklist',
    /一次性列明/,
  ],
  [
    'fewer than five copies',
    DRAFT,
    put({}),
    'cc',
    /不足五家/,
    { recipients: { units: ['zg-zjj-dz', 'zg-jw', 'zg-zzb', null, 'zg-sj'] } },
  ],
];

describe('advice', () => {
  test.each(ADVICE)('[CON4] warned, not stopped: %s', async (_, base, spoil, path, says, knows) => {
    const { errors, warnings } = await spoilt(stage, base, spoil, knows);
    expect(errors).toEqual([]);
    expect(warnings.find((warning) => warning.path === path)?.message).toMatch(says);
  });
});
