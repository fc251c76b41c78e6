/** Texts of definitions that are JSON are changed where they are meant to be, and nowhere else. Rules: [DCL1] [DCT1]. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withEntry, withMoved, withoutEntry, withValue } from '@ganwei/release/json-text';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const textsOf = (folder: string) =>
  readdirSync(path.join(ROOT, folder)).map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8'));
const dictionaries = textsOf('forms/dictionaries');
const calendars = textsOf('processes/calendars');
const changedLines = (one: string, other: string) => {
  const lines = new Set(one.split('\n'));
  return other.split('\n').filter((line) => !lines.has(line)).length;
};

test('[DCT1] entries put in and taken out, moved there and back, leave a dictionary as it was', () => {
  fc.assert(
    fc.property(fc.constantFrom(...dictionaries), fc.nat(), fc.nat(), (source, a, b) => {
      const { items } = JSON.parse(source);
      const [from, to] = [a % items.length, b % items.length];
      const entry = { code: '新', label: '新的一条' };
      const put = withEntry(source, ['items'], from, entry);
      expect(JSON.parse(put).items).toEqual(items.toSpliced(from, 0, entry));
      expect(withoutEntry(put, ['items'], from)).toBe(source);
      const end = withEntry(source, ['items'], 9999, entry);
      expect(withoutEntry(end, ['items'], items.length)).toBe(source);
      const moved = withMoved(source, ['items'], from, to);
      expect(JSON.parse(moved).items[to]).toEqual(items[from]);
      expect(withMoved(moved, ['items'], to, from)).toBe(source);
    }),
  );
});

test('[DCT1] one property is one line, and taken away again the text is as it was', () => {
  fc.assert(
    fc.property(fc.constantFrom(...dictionaries), fc.nat(), fc.string(), (source, a, text) => {
      const { items } = JSON.parse(source);
      const at = a % items.length;
      const said = withValue(source, ['items', at, 'label'], text);
      expect(JSON.parse(said).items[at].label).toBe(text);
      expect(changedLines(source, said)).toBeLessThanOrEqual(1);
      expect(withValue(said, ['items', at, 'label'], items[at].label)).toBe(source);
      const off = withValue(source, ['items', at, 'active'], false);
      expect(JSON.parse(off).items[at].active).toBe(false);
      expect(changedLines(source, off)).toBeLessThanOrEqual(2);
    }),
  );
});

test('[DCL1] a day more in a calendar is a line, and the day less again is the text as it was', () => {
  for (const source of calendars) {
    const { off } = JSON.parse(source) as { off: string[] };
    const more = withValue(source, ['off'], [...off, '2026-12-31']);
    expect(JSON.parse(more).off).toEqual([...off, '2026-12-31']);
    expect(changedLines(source, more)).toBeLessThanOrEqual(2);
    expect(withValue(more, ['off'], off)).toBe(source);
  }
});

test('[DCL1] what is no JSON, or has no such place, stays', () => {
  expect(withValue('{"a": ', ['a'], 1)).toBe('{"a": ');
  expect(withEntry('{"a": 1}', ['b'], 0, 1)).toBe('{"a": 1}');
  expect(withoutEntry('{"a": [1]}', ['a'], 3)).toBe('{"a": [1]}');
});
