/**
 * Owns the check of a release: what must hold before it takes effect. Each check is a file of checks/ of the same name; the server runs
 * them before it publishes, the designer while one draws. A check that fails by itself is a finding, never the end of the others.
 */
import { accessPaths } from './checks/access-paths.ts';
import { type Check, findingsBy } from './checks/check.ts';
import { dataNames } from './checks/data-names.ts';
import { decisionCells } from './checks/decision-cells.ts';
import { decisionGaps } from './checks/decision-gaps.ts';
import { endlessCalls } from './checks/endless-calls.ts';
import { formRules } from './checks/form-rules.ts';
import { formerNames } from './checks/former-names.ts';
import { functionBodies } from './checks/function-bodies.ts';
import { keyOfFile } from './checks/key-of-file.ts';
import { lanes } from './checks/lanes.ts';
import { ledgerColumns } from './checks/ledger-columns.ts';
import { letterText } from './checks/letter-text.ts';
import { limits } from './checks/limits.ts';
import { messages } from './checks/messages.ts';
import { neededRoles } from './checks/needed-roles.ts';
import { overviewCharts } from './checks/overview-charts.ts';
import { processExpressions } from './checks/process-expressions.ts';
import { records } from './checks/records.ts';
import { references } from './checks/references.ts';
import { serviceInputs } from './checks/service-inputs.ts';
import { soundness } from './checks/soundness.ts';
import { storyNames } from './checks/story-names.ts';
import { translations } from './checks/translations.ts';
import { fullKey } from './keys.ts';
import type { Found, Release } from './release.ts';

const EACH: readonly Check[] = [
  limits,
  keyOfFile,
  references,
  neededRoles,
  lanes,
  processExpressions,
  serviceInputs,
  accessPaths,
  dataNames,
  formRules,
  formerNames,
  decisionCells,
  decisionGaps,
  letterText,
  ledgerColumns,
  overviewCharts,
  messages,
  records,
  storyNames,
  translations,
];

export const CHECKS: readonly Check[] = [...EACH, functionBodies(EACH), endlessCalls, soundness];

/** Everything that is wrong with a release, in the order of the checks; errors keep it from taking effect. */
export function checkRelease(release: Release, checks: readonly Check[] = CHECKS): Found[] {
  const found: Found[] = [...release.problems];
  for (const check of checks) {
    for (const definition of release.definitions) {
      const { kind, file } = definition;
      if (check.kind !== 'all' && check.kind !== kind) continue;
      const { problems } = release.ask(findingsBy(check), `${kind}/${fullKey(definition)}`);
      found.push(...problems.map((problem) => ({ ...problem, rule: check.name, file })));
    }
  }
  release.settle();
  return found;
}
