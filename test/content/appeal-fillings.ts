/** What honest people fill in: the forms of appeals. */
import type { Values } from '@ganwei/form/model';

const REASONS =
  '原决定认定的事实有出入：会议记录写明分段探挖、专人旁站，本人当日在现场组织抢修和赔付，这些情况原决定没有采信，也没有说明理由。';
/** `receivedAt`: when the decision was received; `changes` replace fields. */
export const request = (receivedAt: string, more: Values = {}): Values => ({
  receivedAt,
  request: '请求受理容错申请。',
  reasons: REASONS,
  ...more,
});
export const check = (reviewer = 'shaoning'): Values => ({
  reviewers: [reviewer],
  opinion: '符合规定，指派人员复核。',
});
export const findings = (proposal: string): Values => ({
  facts: '调阅了原件的会议记录、现场记录和赔付凭证，向参会同志核对，与申请人所说一致。',
  heard: '当面听取申请人意见，形成笔录。',
  proposal,
  reason: '原决定没有说明不予采信的理由，应当按照查明的事实重新认定。',
});
export const verdict = (result: string, more: Values = {}): Values => ({
  result,
  reason: '复核查明的情况与原决定认定的事实对照，结论依据充分，程序符合规定。',
  ...more,
});
