/** Owns decision-gaps: combinations for which a table has no rule, and rules that overlap, by packages/decision/lint.ts. */
import { lintDecision } from '@ganwei/decision/lint';
import { type Check, each } from './check.ts';

export const decisionGaps: Check = {
  name: 'decision-gaps',
  run(release, report) {
    for (const { definition, value } of each(release, 'decision', release.decision)) {
      for (const { element, message, severity } of lintDecision(value))
        report(definition, { element, message, severity });
    }
  },
};
