/** Changing a template by hand: one setting, or its text, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blockFor, blocksFor, inserted, type Pickable } from '@ganwei/letter/blocks';
import { bodyLine, bodyOf, type SettingValue, settingsIn, withBody, withSetting } from '@ganwei/letter/edit';
import { LISTS, requiredIn, type SettingName, TEXTS } from '@ganwei/letter/settings';
import { readLetter } from '@ganwei/letter/template';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentLanguage } from '../content/desk.ts';

const { dialect: language } = await contentLanguage();

const ROOT = path.resolve(import.meta.dirname, '../..');
const SHIPPED = readdirSync(path.join(ROOT, 'processes'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.letter.md'))
  .map((file) => readFileSync(path.join(ROOT, 'processes', file), 'utf8'));
const REMARKED = `---
# whose letter it is
letter: note
name: 通知
layout: letter # as the office has it
organ: 市局
title: |
  关于
  通知
copies:
  - 甲局
  - 乙局 # by hand
seal: true
---
正文。
`;
const SOURCES = [...SHIPPED, REMARKED, REMARKED.replaceAll('\n', '\r\n')];

const source = fc.constantFrom(...SOURCES);
const words = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom(
    '= letter.copies',
    '{= 1 }',
    '关于: 通知',
    '# 不是注释',
    'true',
    '1',
    'null',
    ' 空格 ',
    '甲,乙',
    '两\n行',
    '"',
  ),
);
const edit: fc.Arbitrary<[SettingName, SettingValue]> = fc.oneof(
  fc.tuple(fc.constantFrom(...TEXTS), words),
  fc.tuple(fc.constantFrom(...LISTS), fc.oneof(words, fc.array(words, { maxLength: 4 }))),
  fc.tuple(fc.constant('seal' as const), fc.boolean()),
);

describe('settings', () => {
  it('[LTD1] a setting that is set is read again as it was set, and all others and the text stay', () => {
    fc.assert(
      fc.property(source, edit, (before, [name, value]) => {
        const after = withSetting(before, name, value);
        const expected = new Map(settingsIn(before)).set(name, value);
        expect(Object.fromEntries(settingsIn(after) ?? [])).toEqual(Object.fromEntries(expected));
        expect(bodyOf(after)).toBe(bodyOf(before));
      }),
    );
  });

  it('[LTD1] set and taken away again it is as before; what is set already changes no letter', () => {
    fc.assert(
      fc.property(source, edit, (before, [name, value]) => {
        const without = withSetting(before, name, undefined);
        expect(withSetting(withSetting(without, name, value), name, undefined)).toBe(without);
        const own = settingsIn(before)?.get(name);
        expect(withSetting(before, name, own)).toBe(before);
      }),
    );
  });

  it('[LTD1] one changed setting is one changed line; remarks stay', () => {
    const after = withSetting(REMARKED, 'layout', 'document');
    expect(after).toBe(REMARKED.replace('layout: letter #', 'layout: document #'));
    expect(withSetting(REMARKED, 'to', '各单位')).toBe(REMARKED.replace('copies:', 'to: 各单位\ncopies:'));
    expect(withSetting(REMARKED, 'title', '关于通知')).toBe(REMARKED.replace('|\n  关于\n  通知', '关于通知'));
  });

  it('[LTD2] a head that cannot be read is left as it is, and no setting of it is told', () => {
    for (const broken of ['', '正文', '---\nname: [\n---\n正文', '---\n- a\n---\n', '---\na: 1\na: 2\n---\n']) {
      expect(settingsIn(broken)).toBeUndefined();
      expect(withSetting(broken, 'name', '新')).toBe(broken);
    }
  });

  it('[LTD4] what each layout cannot be without is said by the table', () => {
    expect(requiredIn('form')).toEqual(['letter', 'name', 'layout', 'organ', 'title']);
    expect(requiredIn('letter')).toContain('mark');
  });
});

describe('text', () => {
  it('[LTD1] the text is exchanged for another and the head stays', () => {
    fc.assert(
      fc.property(source, fc.string(), (before, body) => {
        const after = withBody(before, body);
        expect([bodyOf(after), settingsIn(after)]).toEqual([body, settingsIn(before)]);
        expect(withBody(after, bodyOf(before))).toBe(before);
      }),
    );
  });

  it('[LTD2] the line at which the text begins is counted in the whole template', () => {
    for (const one of SOURCES) {
      const lines = one.split(/\r?\n/);
      expect(lines.slice(bodyLine(one) - 1).join('\n')).toBe(bodyOf(one).replaceAll('\r\n', '\n'));
    }
  });

  it('[LTD3] whatever is put in for a field, at any place of a line, is a template that can be read', () => {
    const kinds = ['string', 'number', 'boolean', 'date', 'person', 'unit', 'list<string>', 'list<context>'];
    const members = [
      { name: 'what', label: '事项', kind: 'string' },
      { name: 'due', label: '', kind: 'date' },
    ];
    const head = '---\nletter: a\nname: 甲\nlayout: form\norgan: 局\ntitle: 题\n---\n';
    for (const kind of kinds) {
      const field: Pickable = { path: 'request.x', kind, members: kind === 'list<context>' ? members : [] };
      for (const block of blocksFor(field)) {
        for (const text of ['', '一句话', '一句话\n又一句\n']) {
          for (const at of [0, Math.min(2, text.length), text.length]) {
            const { text: body, caret } = inserted(text, at, at, blockFor(block, field));
            expect(() => readLetter(head + body, language)).not.toThrow();
            expect(caret).toBeLessThanOrEqual(body.length);
          }
        }
      }
    }
  });
});
