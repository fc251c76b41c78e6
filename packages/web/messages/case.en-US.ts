/** Owns the English words of the page of a case and of the affair it belongs to. */
import type { CaseKey } from './case.zh-CN.ts';

export const caseEn: Record<CaseKey, string> = {
  'case.startedAt': 'started {at}',
  'case.endedAt': 'ended {at}',
  'case.parent': 'Part of: {title}',
  'case.waiting': 'In progress',
  'case.since': 'since {at}',
  'case.handle': 'Handle',
  'case.children': 'Cases that came of it',
  'case.noForms': 'There are no form contents you may read.',
  'case.urge': 'Urge',
  'case.urgeHint': 'Reminds those who hold the open steps. A reason is optional.',
  'case.urged': 'They have been reminded.',
  'case.comment': 'Add a comment',
  'case.commentHint': 'Comments become part of the record and cannot be changed or deleted.',
  'case.commented': 'Comment added.',
  'case.withdraw': 'Withdraw',
  'case.withdrawHint': 'The case ends; you may start it again. Reason (optional):',
  'case.withdrawn': 'Withdrawn.',
  'case.verify': 'Verify the record',
  'case.intact':
    'Verified: all {n} entries are as they were written, and what the {signed} signatures stand under has not changed.',
  'case.broken':
    'Not verified: the {n} entries or the {signed} signatures differ from their proof. Tell the administrator at once.',
  'matter.link': 'The whole affair',
  'matter.title': '{title}: the whole affair',
  'matter.note': '{n} cases of one affair that you may open, {running} of them running.',
  'matter.alone': 'This is the only one that you may open',
  'matter.aloneHint':
    'What this case gives rise to, and cases that name its number or that of a letter, are listed here; what you may not open is not.',
  'matter.more': 'The affair has many cases; only the earliest are listed.',
  'matter.none': 'None',
  'matter.other': 'Other',
  'matter.period': '{from} to {to}',
  'matter.since': 'since {from}',
  'matter.scale': 'Time',
  'matter.bar': '{title}: {period}',
  'matter.letters': 'Letters',
  'matter.count': '{n}',
};
