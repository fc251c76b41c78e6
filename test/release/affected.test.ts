/** On which flows of the shipped content a definition bears. Rules: [CHG40] [CHG41]. */
import path from 'node:path';
import { countsForRunning, flowsUsing } from '@ganwei/release/affected';
import { KINDS } from '@ganwei/release/definition';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { language } from './mutants.ts';

const opened = openRelease(
  readFolder(path.resolve(import.meta.dirname, '../..')),
  openWorkshop(language, BUILT_IN_SERVICES),
);

test('[CHG40] a definition bears on the flows that use it: its forms, tables, letters, ledgers, and dictionaries through the forms', async () => {
  const release = await opened;
  const of = (kind: Parameters<typeof flowsUsing>[1], full: string) => flowsUsing(release, kind, full);
  expect(of('process', 'tolerance.tolerance')).toEqual(['tolerance.tolerance']);
  expect(of('form', 'rectification.rectification-plan')).toEqual(['rectification.rectification']);
  expect(of('decision', 'tolerance.deadline')).toContain('tolerance.tolerance');
  expect(of('letter', 'tolerance.tolerance-decision')).toEqual(['tolerance.tolerance']);
  expect(of('ledger', 'REG-02')).toContain('tolerance.tolerance');
  expect(of('dictionary', 'tolerance-situations')).toContain('tolerance.tolerance');
  expect(of('dictionary', 'tolerance-situations')).not.toContain('rectification.rectification');
});

test('[CHG40] what may be used anywhere bears on every flow', async () => {
  const release = await opened;
  for (const kind of ['directory', 'calendar', 'functions', 'application', 'translation'] as const)
    expect([kind, flowsUsing(release, kind, release.all(kind)[0] ?? '')]).toEqual([kind, null]);
});

test('[CHG41] a case keeps its flow and its forms, and nothing else', () => {
  expect(KINDS.filter((kind) => !countsForRunning(kind))).toEqual(['form', 'process']);
});
