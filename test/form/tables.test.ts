/** Rules [F17]-[F19], [T3], [A1]: rows and cells of detail tables, and what may leave the server. */
import { project } from '@ganwei/form/access';
import type { FieldSchema, Values } from '@ganwei/form/model';
import { initialValues } from '@ganwei/form/values';
import { describe, expect, test } from 'vitest';
import { codesOf, formOf, LOOKUPS, loadForm, SCOPE, submit } from './world.ts';

const text: FieldSchema = { type: 'string', title: '文本' };

describe('tables', () => {
  const review = loadForm('review');
  const opened = initialValues(review, { scope: SCOPE, lookups: LOOKUPS });

  test('[F17] a rule gives the rows: people fill the other columns and cannot invent or drop a row', () => {
    expect(opened.checks).toEqual([
      { item: 'c1', weight: 1 },
      { item: 'c2', weight: 2 },
    ]);
    const { values } = submit(
      review,
      {
        checks: [
          { item: 'c2', weight: 77, answer: 'ok' },
          { item: 'c9', answer: 'ok' },
        ],
      },
      { stored: opened },
    );
    expect(values.checks).toEqual([
      { item: 'c1', weight: 1 },
      { item: 'c2', weight: 2, answer: 'ok' },
    ]);
    expect(values.score).toBe(2);
  });

  test('[F17] each person writes only the row that a rule gives him', () => {
    const stored = { ...opened, members: ['p1', 'p2'], votes: [{ member: 'p1' }, { member: 'p2', vote: 'yes' }] };
    const submitted = {
      ...stored,
      votes: [
        { member: 'p1', vote: 'no' },
        { member: 'p2', vote: 'no' },
      ],
    };
    expect(submit(review, submitted, { stored }).values.votes).toEqual([
      { member: 'p1', vote: 'no' },
      { member: 'p2', vote: 'yes' },
    ]);
  });

  const table = formOf({
    rows: {
      type: 'array',
      title: '名单',
      'x-component-props': { rowKey: 'who' },
      items: {
        type: 'object',
        properties: { who: text, note: { type: 'string', title: '批注' }, mark: { type: 'string', title: '评分' } },
      },
    },
  });
  const stored = {
    rows: [
      { who: 'a', note: 'n1', mark: 'm1' },
      { who: 'b', note: 'n2', mark: 'm2' },
    ],
  };

  test('[F18] hidden and read-only cells stay with their row when rows are deleted or moved', () => {
    const access = [
      { path: 'rows[].note', mode: 'hidden' as const },
      { path: 'rows[].mark', mode: 'read' as const },
    ];
    const shown = project(table, stored, access).rows as Values[];
    expect(shown).toEqual([
      { who: 'a', mark: 'm1', $row: 0 },
      { who: 'b', mark: 'm2', $row: 1 },
    ]);
    const sent = { rows: [{ ...shown[1], who: 'B' }, { who: 'c' }] };
    const verdict = submit(table, sent, { stored, access });
    expect(codesOf(verdict)).toEqual([]);
    expect(verdict.values.rows).toEqual([{ who: 'B', note: 'n2', mark: 'm2' }, { who: 'c' }]);
  });

  test('[F18] a forged cell of a row is named with its row', () => {
    const access = [{ path: 'rows[].mark', mode: 'read' as const }];
    const sent = {
      rows: [
        { who: 'a', mark: 'm1' },
        { who: 'b', mark: 'better' },
      ],
    };
    expect(codesOf(submit(table, sent, { stored, access }))).toEqual(['rows.1.mark:forged']);
  });

  test('[T3] in a table that may only be read, one editable column can be filled but no row added', () => {
    const access = [
      { path: '*', mode: 'read' as const },
      { path: 'rows[].mark', mode: 'edit' as const },
    ];
    const sent = { rows: [{ ...stored.rows[0], mark: 'x' }, { ...stored.rows[1] }] };
    expect(submit(table, sent, { stored, access }).values.rows).toEqual([
      { ...stored.rows[0], mark: 'x' },
      stored.rows[1],
    ]);
    const more = submit(table, { rows: [...sent.rows, { who: 'c' }] }, { stored, access });
    expect(codesOf(more)).toEqual(['rows:forged']);
  });

  test('[F18] two rows with the same key are refused by row number', () => {
    const verdict = submit(table, { rows: [{ who: 'a' }, { who: 'b' }, { who: 'a' }] });
    expect(verdict.errors[0]).toMatchObject({
      path: 'rows',
      code: 'duplicate',
      message: '第 3 行与第 1 行的「文本」重复',
    });
  });

  test('[F18] a table never grows without bounds', () => {
    const rows = Array.from({ length: 201 }, (_, index) => ({ who: `w${index}` }));
    expect(codesOf(submit(table, { rows }))).toEqual(['rows:maxItems']);
  });
});

describe('what leaves the server', () => {
  test('[A1] project cuts hidden values out, whole groups and columns included', () => {
    const visit = loadForm('visit');
    const values = { way: 'visit', visitor: { name: '甲', phone: '13800138000' }, topics: ['a'], stray: 1 };
    expect(project(visit, values, [{ path: 'visitor', mode: 'hidden' }])).toEqual({ way: 'visit', topics: ['a'] });
    expect(project(visit, values, [{ path: 'visitor.phone', mode: 'hidden' }])).toEqual({
      way: 'visit',
      visitor: { name: '甲' },
      topics: ['a'],
    });
  });

  test('[F19] a computed field that a later step cannot influence keeps the value it had', () => {
    const form = formOf({
      day: { type: 'string', title: '日期', 'x-component': 'Date', 'x-rules': { value: 'today' } },
      note: text,
    });
    const access = [
      { path: '*', mode: 'read' as const },
      { path: 'note', mode: 'edit' as const },
    ];
    const verdict = submit(form, { note: 'x' }, { access, stored: { day: '2025-01-01' } });
    expect(verdict.values).toEqual({ day: '2025-01-01', note: 'x' });
    expect(submit(form, { note: 'x' }, { stored: { day: '2025-01-01' } }).values.day).toBe('2026-11-23');
  });
});
