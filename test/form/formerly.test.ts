/** Rule [REN8]: what was filled in before a field was renamed is found under its newer name. */
import { compileForm } from '@ganwei/form/dialect';
import { formerIn, pathsOf, underNewerNames, withNewerNames } from '@ganwei/form/formerly';
import { expect, test } from 'vitest';

const text = (title: string, formerly?: unknown) => ({
  type: 'string',
  title,
  'x-component': 'Text',
  ...(formerly !== undefined && { 'x-formerly': formerly }),
});
const formOf = (properties: object) => ({ form: 'f', title: '表', schema: { type: 'object', properties } });
const rows = (columns: object, formerly?: string[]) => ({
  type: 'array',
  title: '明细',
  'x-component': 'Table',
  ...(formerly && { 'x-formerly': formerly }),
  items: { type: 'object', properties: columns },
});

test('[REN8] fields, columns of tables and lists of entries are found under the newer name, and nothing is taken away', () => {
  const { fields } = compileForm(
    formOf({ subject: text('事由', ['topic', 'title']), lines: rows({ price: text('单价', ['cost']) }, ['items']) }),
  );
  const former = formerIn(fields);
  const filled = { title: '桌椅', items: [{ cost: '3' }, { price: '4' }] };
  expect(withNewerNames(filled, former)).toEqual({
    ...filled,
    subject: '桌椅',
    lines: [{ cost: '3', price: '3' }, { price: '4' }],
  });
  expect(withNewerNames([filled, null], former)).toMatchObject([{ subject: '桌椅' }, null]);
  const anew = { subject: '电脑', title: '别的' };
  expect(withNewerNames(anew, former)).toEqual(anew);
  expect(formerIn(compileForm(formOf({ subject: text('事由') })).fields)).toEqual([]);
});

test('[REN8] what is judged by the form of now stands under its names alone', () => {
  const { fields } = compileForm(
    formOf({ subject: text('事由', ['topic', 'title']), lines: rows({ price: text('单价', ['cost']) }) }),
  );
  const filled = { title: '旧', topic: '新', other: 1, lines: [{ cost: '3' }] };
  expect(underNewerNames(filled, formerIn(fields))).toEqual({ subject: '新', other: 1, lines: [{ price: '3' }] });
});

test('[REN8] who may not see a field sees it under none of its names', () => {
  const { fields } = compileForm(
    formOf({ subject: text('事由', ['topic']), lines: rows({ price: text('单价', ['cost']) }, ['items']) }),
  );
  const former = formerIn(fields);
  expect(pathsOf(['topic'], former)).toEqual([['subject'], ['topic']]);
  expect(pathsOf(['lines', 'cost'], former)).toHaveLength(4);
  expect(pathsOf(['other', 'cost'], former)).toEqual([['other', 'cost']]);
});
