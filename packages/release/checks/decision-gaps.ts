/** Owns decision-gaps: combinations for which a table has no rule, and rules that overlap, by packages/decision/lint.ts. */
import { lintDecision } from '@ganwei/decision/lint';
import { checkOf } from './check.ts';

export const decisionGaps = checkOf('decision-gaps', 'decision', ({ value, report }) => {
  for (const { element, message, severity } of lintDecision(value)) report({ element, message, severity });
});
