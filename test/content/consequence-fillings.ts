/** What honest people fill in: the forms of proposed admonitions and organisational handling. */
import type { Values } from '@ganwei/form/model';

/** A proposal for the deputy head of the housing bureau; `changes` replace fields. */
export const request = (changes: Values = {}): Values => ({
  person: 'songqiao',
  rule: '诫勉',
  count: 2,
  basis: '宜办约谈〔2026〕2号',
  facts: '分管的老旧小区改造进度连续两个季度靠后，2026 年 3 月 12 日、2026 年 9 月 1 日两次被约谈。',
  ...changes,
});

export const facts = (changes: Values = {}): Values => ({
  finding: '属实',
  text: '经查阅约谈记录和督查台账，两次约谈的事实属实，第一次约谈要求的事项有两项未按期完成。',
  ...changes,
});

export const tolerance = (changes: Values = {}): Values => ({
  conclusion: '无容错情形',
  reason: '没有已作出的容错决定，也没有先行先试等可以容错的情形。',
  ...changes,
});

export const statement = (sign: unknown, changes: Values = {}): Values => ({
  waive: false,
  content: '进度滞后有管线资料不全的原因，本人督促不够，愿意承担责任。',
  sign,
  ...changes,
});

export const proposal = (changes: Values = {}): Values => ({
  suggestion: '诫勉（书面）',
  reason: '一年内两次被约谈，事实清楚，本人认识到位，建议给予书面诫勉。',
  ...changes,
});

export const consult = (changes: Values = {}): Values => ({ opinion: '同意', ...changes });

export const meeting = (minutes: unknown, changes: Values = {}): Values => ({
  meetingName: '市委组织部 2026 年第 15 次部务会',
  date: '2026-09-01',
  present: 7,
  inFavour: 7,
  against: 0,
  abstained: 0,
  result: '诫勉（书面）',
  reason: '事实清楚，程序到位，按规定给予书面诫勉，督促整改到位。',
  minutes: [minutes],
  ...changes,
});

export const report = (changes: Values = {}): Values => ({
  organ: '中共湖北省委组织部',
  date: '2026-09-01',
  ...changes,
});
