/** Decision tables as they are written: what is changed, and that nothing else is. Rules: [DTB1] [DTB2] [DTB3]. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadDecision } from '@ganwei/decision/load';
import {
  copyRule,
  insertColumn,
  insertRule,
  moveColumn,
  moveRule,
  removeColumn,
  removeRule,
  setCell,
  setColumn,
  setPolicy,
  setRules,
} from '@ganwei/decision/sheet/acts';
import { printMarkup, readMarkup } from '@ganwei/decision/sheet/markup';
import { otherLogic, sheetsIn } from '@ganwei/decision/sheet/sheet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../processes');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dmn'))
  .map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
const tables = files.flatMap((source) =>
  (sheetsIn(source) ?? []).map((sheet, table) => ({ at: { source, table }, sheet })),
);

const anyTable = fc.constantFrom(...tables);
const linesThatDiffer = (before: string, after: string): number => {
  const [one, other] = [before.split('\n'), after.split('\n')];
  return one.length === other.length ? one.filter((line, index) => line !== other[index]).length : -1;
};
const only = (source: string, table: number) => sheetsIn(source)![table]!;

describe('texts', () => {
  test('[DTB1] what was read is printed to the letter, comments and prefixes too', () => {
    for (const source of files) expect(printMarkup(readMarkup(source)!)).toBe(source);
    const foreign = `<?xml version="1.0"?><!-- a --><d:definitions a='>' ><d:x/>\n<!-- <d:y> --> t <![CDATA[<z>]]></d:definitions>\n`;
    expect(printMarkup(readMarkup(foreign)!)).toBe(foreign);
    expect(readMarkup('<a><b></a>')).toBeUndefined();
  });

  test('[DTB1] one cell is one line; the cell back again is the text as it was', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), fc.nat(), fc.string({ unit: 'grapheme', maxLength: 20 }), (one, r, c, said) => {
        const { at, sheet } = one;
        const text = said.replace(/[^\P{C}]/gu, '').trim();
        const [row, column] = [r % sheet.rules.length, c % sheet.columns.length];
        const before = sheet.rules[row]!.cells[column]!;
        const after = setCell(at, row, column, text);
        expect(only(after, at.table).rules[row]!.cells[column]).toBe(text);
        expect(linesThatDiffer(at.source, after)).toBeLessThanOrEqual(1);
        expect(setCell({ ...at, source: after }, row, column, before)).toBe(at.source);
      }),
    );
  });

  test('[DTB2] a rule put in and taken out, moved there and back, leaves the text as it was', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), fc.nat(), ({ at, sheet }, r, t) => {
        const rows = sheet.rules.length;
        const [row, to] = [r % rows, t % rows];
        const put = insertRule(at, row);
        expect(only(put, at.table).rules).toHaveLength(rows + 1);
        expect(new Set(only(put, at.table).rules.map(({ id }) => id)).size).toBe(rows + 1);
        expect(removeRule({ ...at, source: put }, row)).toBe(at.source);
        const gone = moveRule(at, row, to);
        expect(only(gone, at.table).rules[to]).toEqual(sheet.rules[row]);
        expect(only(moveRule({ ...at, source: gone }, to, row), at.table).rules).toEqual(sheet.rules);
      }),
    );
  });

  test('[DTB2] a copied rule says the same under an id of its own', () => {
    for (const { at, sheet } of tables) {
      const [first, second] = only(copyRule(at, 0), at.table).rules;
      expect(second!.cells).toEqual(first!.cells);
      expect(second!.id).not.toBe(first!.id);
      expect(sheet.rules.map(({ id }) => id)).not.toContain(second!.id);
    }
  });

  test('[DTB3] a column has a cell in every rule; put in and taken out, moved there and back, nothing is left of it', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.constantFrom('input', 'output', 'note'),
        fc.nat({ max: 4 }),
        ({ at, sheet }, kind, place) => {
          const of = (source: string) => only(source, at.table).columns.filter((one) => one.kind === kind);
          const width = of(at.source).length;
          const index = Math.min(place, width);
          const put = insertColumn(at, kind, index, {
            label: '新列',
            name: 'more',
            expression: 'more',
            type: 'string',
          });
          const widened = only(put, at.table);
          expect(of(put)[index]).toMatchObject({ label: '新列' });
          expect(widened.rules.every(({ cells }) => cells.length === widened.columns.length)).toBe(true);
          const back = only(removeColumn({ ...at, source: put }, kind, index), at.table);
          expect(back).toEqual(sheet);
          if (width < 2) return;
          const gone = moveColumn(at, kind, 0, width - 1);
          expect(only(moveColumn({ ...at, source: gone }, kind, width - 1, 0), at.table)).toEqual(sheet);
        },
      ),
    );
  });

  test('[DTB3] the last output stays', () => {
    const one = tables.find(({ sheet }) => sheet.columns.filter(({ kind }) => kind === 'output').length === 1)!;
    expect(removeColumn(one.at, 'output', 0)).toBe(one.at.source);
  });

  test('[DTB3] what is said of columns and of the hit policy is read as it was said', () => {
    const { at } = tables[0]!;
    const words = { label: '甲 < 乙', expression: 'a > 1', type: 'boolean', allowed: 'true,false' };
    const said = only(setColumn(at, 'input', 0, words), at.table);
    expect(said.columns[0]).toMatchObject(words);
    const outputs = said.columns.filter(({ kind }) => kind === 'output').length;
    expect(outputs).toBeGreaterThan(0);
    const otherwise = setColumn(at, 'output', 0, { otherwise: '"x"', allowed: '' });
    expect(only(otherwise, at.table).columns.find(({ kind }) => kind === 'output')).toMatchObject({
      otherwise: '"x"',
      allowed: '',
    });
    expect(only(setPolicy(at, 'COLLECT', 'SUM'), at.table)).toMatchObject({ policy: 'COLLECT', aggregation: 'SUM' });
    expect(only(setPolicy(at, 'FIRST'), at.table)).toMatchObject({ policy: 'FIRST', aggregation: '' });
  });

  test('[DTB2] rows of a sheet take the place of the rules; rows that say the same stay as they are written', () => {
    for (const { at, sheet } of tables) {
      const rows = sheet.rules.map(({ cells }) => cells);
      expect(setRules(at, rows)).toBe(at.source);
      const more = [...rows, rows[0]!];
      expect(only(setRules(at, more), at.table).rules.map(({ cells }) => cells)).toEqual(more);
      expect(only(setRules(at, rows.slice(0, 1)), at.table).rules).toEqual(sheet.rules.slice(0, 1));
    }
  });

  test('[DTB9] a text whose tags do not meet has no tables; what is no table is counted', () => {
    expect(sheetsIn('<a><b></a>')).toBeUndefined();
    const decision = '<decision id="a"><literalExpression><text>1</text></literalExpression></decision>';
    expect(sheetsIn(`<definitions>${decision}</definitions>`)).toEqual([]);
    expect(otherLogic(`<definitions>${decision}</definitions>`)).toBe(1);
    for (const { at } of tables.slice(0, 3)) expect(otherLogic(at.source)).toBeGreaterThanOrEqual(0);
  });

  test('[DTB2] what the acts make is a decision that the platform loads', async () => {
    const { at } = tables.find(({ sheet }) => sheet.id === 'reminder-approver')!;
    const wide = insertColumn(at, 'input', 9, { label: '金额', expression: 'important', type: 'boolean' });
    const put = insertRule({ ...at, source: wide }, 0, ['"x"', 'true', '-', '"city_main"', '说明']);
    const decision = await loadDecision(put);
    expect(decision.rules).toHaveLength(3);
    expect(decision.evaluate({ sponsor: 'x', important: true }).matched).toEqual(['reminder-approver-3']);
  });
});
