/** What honest people fill in: the forms of work interviews. */
import type { Values } from '@ganwei/form/model';
import { type Signer, signature } from './fillings.ts';

/** An application by the supervision office; `changes` replace fields. */
export const application = (file: unknown, changes: Values = {}): Values => ({
  title: '滨江片区改造进度滞后',
  addressee: '呈报市委',
  area: '城建',
  objectOrg: 'zjj',
  interviewees: [{ person: 'liangdong', role: '主要负责人' }],
  situations: ['DS2'],
  facts:
    '滨江片区老旧小区改造列入年度重点工作，计划八月底完成六百户主体改造，截至八月三十一日只完成二百一十户，进度滞后百分之六十五；管线迁改、资金拨付两个环节连续三个月没有推进，市委督查室两次现场督查均未见明显改观，群众多次反映。',
  reminders: '宜督函〔2026〕15号',
  evidence: [file],
  ...changes,
});

export const officeOpinion = (): Values => ({ opinion: '情形属实、佐证齐全，拟请主要领导同意启动约谈。' });

/** A plan; whoever is not named comes as in the dossier. */
export const plan = (heldAt: string, changes: Values = {}): Values => ({
  mainInterviewer: 'luowei',
  heldAt,
  place: '市委办公楼三楼会议室',
  jwAttendee: 'zhongli',
  zzbAttendee: 'tangning',
  recorder: 'yuanke',
  agenda: ['说明事由', '说明情况', '提出要求', '表态'].map((step) => ({ step })),
  questions: [{ question: '管线迁改为什么三个月没有推进？' }],
  materials: [{ material: '滨江片区改造情况说明' }],
  ...changes,
});

export const agreed = (): Values => ({ result: '同意' });

export const coming = (): Values => ({ attend: '参加', phone: '0717-0000000' });

/** Who came; `guests`: each interviewee with how he stood. */
export const attendance = (
  heldOn: string,
  guests: Readonly<Record<string, '到' | '未到'>>,
  main = 'luowei',
): Values => ({
  heldOn,
  rows: [
    { person: main, capacity: '主约谈人', arrived: '到', fullTime: '是' },
    { person: 'zhongli', capacity: '纪检机关', arrived: '到', fullTime: '是' },
    { person: 'tangning', capacity: '组织部门', arrived: '到', fullTime: '是' },
    { person: 'yuanke', capacity: '记录人', arrived: '到', fullTime: '是' },
    ...Object.entries(guests).map(([person, arrived]) => ({
      person,
      capacity: '约谈对象',
      arrived,
      ...(arrived === '到' ? { fullTime: '是' } : { excused: '否' }),
    })),
  ],
});

/** Due two months after the interview. */
export const requirements = (heldOn: string): Values[] => {
  const due = new Date(Date.parse(heldOn) + 60 * 86_400_000).toISOString().slice(0, 10);
  return [{ requirement: '完成滨江片区管线迁改', standard: '迁改全部完成并通过验收', due }];
};

export const record = (heldOn: string, changes: Values = {}): Values => ({
  startAt: `${heldOn}T09:00`,
  endAt: `${heldOn}T10:20`,
  segments: [
    { speaker: '主约谈人', content: '滨江片区改造进度严重滞后，请说明原因。' },
    { speaker: '约谈对象', content: '管线迁改协调不够，本人督促不力。' },
    { speaker: '主约谈人', content: '要求一个月内完成管线迁改，十二月底前完成主体改造。' },
    { speaker: '约谈对象', content: '诚恳接受，立即整改。' },
  ],
  problems: '对重点工作抓得不紧，协调推进不力。',
  attitude: '认识到位，表示立即整改。',
  requirements: requirements(heldOn),
  ...changes,
});

export const signed = (signer: Signer): Values => ({ mode: '签字', sign: signature(signer) });

export const closed = (signer: Signer): Values => ({ sign: signature(signer) });

export const circulation = (changes: Values = {}): Values => ({
  scope: ['sjju', 'csfw'],
  content:
    '近日，市委对滨江片区老旧小区改造进度滞后问题进行了约谈。该项目列入年度重点工作，有关单位对管线迁改、资金拨付抓得不紧，三个月没有推进，群众反映强烈。有关负责人表示诚恳接受、立即整改。各单位要引以为戒，对照检查所承担的重点工作，确保按期完成。',
  ...changes,
});

export const review = (date: string, finding: string, changes: Values = {}): Values => ({
  date,
  persons: ['hezhou', 'qiufan'],
  finding,
  opinion: '现场核查，对照整改要求逐项复核。',
  ...changes,
});
