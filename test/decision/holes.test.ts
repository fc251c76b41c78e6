/** Gaps of a table as wide as they go, and what fills them. Rules: [DTB20] [DTB21]. */

import { type Hole, holesIn } from '@ganwei/decision/holes';
import { loadDecision } from '@ganwei/decision/load';
import { insertRule } from '@ganwei/decision/sheet/acts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const inXml = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function tableOf(policy: string, types: readonly string[], rules: readonly (readonly string[])[]): string {
  const inputs = types.map(
    (type, i) =>
      `<input label="${'甲乙丙'[i]}"><inputExpression typeRef="${type}"><text>${'abc'[i]}</text></inputExpression></input>`,
  );
  const rows = rules.map((cells, i) => {
    const entries = cells.map((cell) => `<inputEntry><text>${inXml(cell)}</text></inputEntry>`);
    return `<rule id="r${i + 1}">${entries.join('')}<outputEntry><text>${i}</text></outputEntry></rule>`;
  });
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><decision id="t" name="t"><decisionTable id="t-table" hitPolicy="${policy}">${inputs.join('')}<output name="o" typeRef="number"/>${rows.join('')}</decisionTable></decision></definitions>`;
}

const holesOf = async (source: string): Promise<Hole[]> => holesIn(await loadDecision(source));
const cellsOf = async (source: string) =>
  (await holesOf(source)).filter(({ kind }) => kind === 'gap').map(({ cells }) => cells);

describe('gaps', () => {
  test('[DTB20] a gap is told as wide as it goes, and as cells', async () => {
    expect(await cellsOf(tableOf('UNIQUE', ['number'], [['< 10'], ['>= 20']]))).toEqual([['[10..20)']]);
    expect(await cellsOf(tableOf('UNIQUE', ['number'], [['[10..20]']]))).toEqual([['< 10'], ['> 20']]);
    expect(await cellsOf(tableOf('UNIQUE', ['number'], [['< 10'], ['> 10']]))).toEqual([['10']]);
    expect(
      await cellsOf(
        tableOf(
          'FIRST',
          ['string', 'boolean'],
          [
            ['"x"', '-'],
            ['-', 'true'],
          ],
        ),
      ),
    ).toEqual([['not("x")', 'false']]);
    expect(await cellsOf(tableOf('FIRST', ['date'], [['< date("2026-01-01")']]))).toEqual([['>= date("2026-01-01")']]);
    expect(await cellsOf(tableOf('FIRST', ['number'], [['null'], ['< 5']]))).toEqual([['>= 5']]);
    expect(await cellsOf(tableOf('FIRST', ['number'], [['-']]))).toEqual([]);
    expect(await cellsOf(tableOf('COLLECT', ['number'], [['< 5']]))).toEqual([]);
  });

  const cells = {
    number: ['-', '< 10', '>= 10', '[10..20)', '> 20', '15', 'null'],
    string: ['-', '"x"', 'not("x","y")', '"y"'],
    boolean: ['-', 'true', 'false'],
  };
  const column = fc.constantFrom<keyof typeof cells>('number', 'string', 'boolean');
  const drawn = fc
    .array(column, { minLength: 1, maxLength: 3 })
    .chain((types) =>
      fc.tuple(
        fc.constant(types),
        fc.array(fc.tuple(...types.map((type) => fc.constantFrom(...cells[type]))), { minLength: 1, maxLength: 5 }),
      ),
    );

  test('[DTB20] filling every gap leaves none, and no filling meets a rule that was there', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ([types, rules]) => {
        let source = tableOf('FIRST', types, rules);
        const meet = async (text: string) =>
          (await holesOf(text.replace('FIRST', 'UNIQUE'))).filter(({ kind }) => kind === 'overlap').length;
        const overlaps = await meet(source);
        for (const { cells } of (await holesOf(source)).filter(({ kind }) => kind === 'gap'))
          source = insertRule({ source, table: 0 }, 99, [...cells, '7']);
        expect(await cellsOf(source)).toEqual([]);
        expect(await meet(source)).toBe(overlaps);
      }),
      { numRuns: 60 },
    );
  });

  test('[DTB21] rules that meet are told with both and an example', async () => {
    expect(await holesOf(tableOf('UNIQUE', ['number'], [['< 10'], ['>= 5']]))).toEqual([
      { kind: 'overlap', step: 't', rules: ['r1', 'r2'], cells: [], example: expect.stringContaining('甲 =') },
    ]);
  });
});
