/** What the worker of the design centre tells whoever writes a letter: what it may use, and values to see its pages with. */
import { expect, test } from 'vitest';
import { Bench } from '../../packages/web/design/check/bench.ts';
import { shipped, TOLD } from './content.ts';

const PATIENCE = 120_000;
const MADE = { person: 'peiwen', unit: 'sj', today: '2026-03-02' };

test(
  '[LTD3] of each letter of an application, what it may use where it is issued is offered with what people call it, and has a made-up value',
  async () => {
    const all = shipped();
    const letters = all.filter(({ kind, app }) => kind === 'letter' && app === 'rectification');
    expect(letters.length).toBeGreaterThan(1);
    const bench = new Bench(all, TOLD, 'rectification', () => performance.now());
    await bench.check();
    for (const { key } of letters) {
      const { names, data } = bench.letter({ letter: key, made: MADE });
      const paths = names.map(({ path }) => path);
      expect([key, paths]).toEqual([key, expect.arrayContaining(['letter.number', 'case.number'])]);
      expect([key, names.some(({ label }) => /\p{Script=Han}/u.test(label))]).toEqual([key, true]);
      const tops = paths.filter((path) => !path.includes('.') && path !== 'letter');
      expect([key, Object.keys(data).toSorted()]).toEqual([key, tops.toSorted()]);
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
      expect([key, JSON.stringify(data).length < 200_000]).toEqual([key, true]);
    }
    expect(bench.letter({ letter: 'no-such-letter', made: MADE })).toEqual({ names: [], data: {} });
  },
  PATIENCE,
);
