/**
 * Content is examined in a thread of its own: with the same result as here, while the event loop is free, and whatever becomes of that
 * thread is a finding that keeps the release in force. Rule: [REL63].
 */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS } from '../../server/catalogue/language.ts';
import { examine, type Known } from '../../server/commands/examine.ts';
import { type Examiner, type ExaminerOptions, makeExaminer } from '../../server/commands/examiner.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { world } from '../commands/world.ts';

const base = readFolder(path.join(import.meta.dirname, 'base'));
const wrong = base.map((one) => ({
  ...one,
  source: one.source.replace('request.deposit > 100', 'reqest.deposit > 100'),
}));
const known: Known = { functions: PLATFORM_FUNCTIONS, services: BUILT_IN_SERVICES };
const PATIENCE = 180_000;

const open: Examiner[] = [];
function examiner(options: ExaminerOptions = {}): Examiner {
  const made = makeExaminer(options);
  open.push(made);
  return made;
}
afterAll(() => Promise.all(open.map((one) => one.close())));

test(
  '[REL63] the thread finds what is found here, and meanwhile this one is free',
  async () => {
    const { examine: beside } = examiner();
    await beside(base, known); // the thread has loaded the program
    const before = performance.eventLoopUtilization();
    const found = await beside(wrong, known);
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
    expect(found).toEqual(await examine(wrong, known));
    expect(found.problems.map(({ element }) => element)).toEqual(['remark']);
  },
  PATIENCE,
);

test(
  '[REL63] the functions and services of a host program are known to the thread by their signatures',
  async () => {
    const grade = { params: [1, 1], signatures: ['grade of(id: person) -> string'], call: () => 'A' } as const;
    const file = base.find(({ key }) => key === 'loan-check');
    const uses = (text: string) =>
      base.map((one) => (one === file ? { ...one, source: one.source.replace('request.deposit > 100', text) } : one));
    const host: Known = { ...known, functions: { ...PLATFORM_FUNCTIONS, 'grade of': grade } };
    const { examine: beside } = examiner();
    expect((await beside(uses('grade of(actor.id) = \\"A\\"'), host)).problems).toEqual([]);
    expect((await beside(uses('grade of(actor.unit) = \\"A\\"'), host)).problems).toHaveLength(1);
  },
  PATIENCE,
);

test.each([
  ['takes too long', { timeoutMs: 1 }, base, /超过 1 秒没有完成/],
  ['needs too much memory', { megabytes: 6 }, base, /内存不足/],
  ['breaks', {}, [null] as never, /检查未能完成/],
])(
  '[REL63] a check that %s is a finding, and the release in force stays',
  async (_, options, content, says) => {
    const w = await world({ content: base });
    const failing = { ...w.host, examine: () => examiner(options).examine(content, w.host) };
    const { release, problems } = await takeFolder(failing, [...base].reverse());
    expect([release, problems.map(({ message }) => message).join()]).toEqual([null, expect.stringMatching(says)]);
    expect(w.host.catalogue().release).toBe(1);
    await w.stop();
  },
  PATIENCE,
);
