/** Rules [DES1] [DES2] [DES24]: what the worker of the design centre finds, and what it offers to choose from. */
import { describe, expect, test } from 'vitest';
import { Bench } from '../../packages/web/design/check/bench.ts';
import { offersFor, taken, wordBefore } from '../../packages/web/design/feel/completion.ts';
import { flows, shipped, TOLD } from './content.ts';

const PATIENCE = 240_000;
const [largest] = [...flows()].sort((one, other) => other.source.length - one.source.length);
const flow = largest!;
const open = () => new Bench(shipped(), TOLD, flow.app ?? '', () => performance.now());

describe('the check while one edits', () => {
  test(
    '[DES1] an edit is found out with its place, a name that is nearly right with the right one, and it is gone when it is taken back',
    async () => {
      const bench = open();
      const before = await bench.check();
      expect(before.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const spoilt = flow.source.replace('outcome = "', 'outcom = "');
      expect(spoilt).not.toBe(flow.source);
      bench.replace({ ...flow, source: spoilt });
      const after = await bench.check();
      const found = after.findings.filter(({ severity }) => severity === 'error');
      expect(found.map(({ file }) => file)).toEqual([flow.file]);
      expect(found[0]?.message).toContain('没有「outcom」，是否指「outcome」？');
      expect(flow.source).toContain(`id="${found[0]?.element}"`);
      bench.replace(flow);
      expect((await bench.check()).findings).toEqual(before.findings);
    },
    PATIENCE,
  );

  test(
    '[DES2] names, forms and roles are offered as people know them, also while an edit cannot be read',
    async () => {
      const bench = open();
      const { offered } = await bench.check();
      const forms = offered.definitions.form;
      expect(forms.length).toBeGreaterThan(10);
      expect(forms.every(({ label }) => /\p{Script=Han}/u.test(label))).toBe(true);
      const fields = forms.flatMap(({ value }) => offered.fields[value] ?? []);
      expect(fields.filter(({ path }) => path.includes('[].')).length).toBeGreaterThan(0);
      expect(offered.roles.length).toBeGreaterThan(3);
      const node = /<bpmn:userTask id="([^"]+)"/.exec(flow.source)?.[1] ?? '';
      const standing = { app: flow.app ?? '', process: flow.key, node, left: true };
      const names = bench.names(standing);
      expect(names.map(({ path }) => path)).toEqual(expect.arrayContaining(['outcome', 'case.starter']));
      expect(names.find(({ path }) => path === 'case.starter')?.kind).toBe('person');
      const coded = names.filter(({ values }) => values.length > 0);
      expect(coded.flatMap(({ values }) => values).some(({ label }) => /\p{Script=Han}/u.test(label))).toBe(true);
      bench.replace({ ...flow, source: flow.source.slice(0, 5000) });
      const { findings, unread } = await bench.check();
      expect([findings.some(({ file }) => file === flow.file), unread]).toEqual([true, [flow.file]]);
      expect(bench.names(standing)).toEqual(names);
    },
    PATIENCE,
  );
});

describe('completion', () => {
  const names = ['case.starter', 'case', 'caseload'].map((path) => ({ path, kind: 'any', type: '任意', values: [] }));

  test('[DES24] what begins with the typed letters comes first, and a function is taken with its brackets', () => {
    expect(wordBefore('count(ca', 8)).toBe('ca');
    expect(wordBefore('x = "ca', 7)).toBe('');
    const functions = ['case of(id: case) -> string', 'lower case(text: string) -> string'];
    expect(offersFor('ca', names, functions).map(({ text }) => text)).toEqual([
      'case',
      'case of',
      'caseload',
      'case.starter',
      'lower case',
    ]);
    expect(taken('1 + low', 7, 'low', { text: 'lower case', note: '', call: true })).toEqual({
      text: '1 + lower case()',
      caret: 15,
    });
  });
});
