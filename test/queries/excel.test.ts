/** [Q21] What a workbook would read otherwise. */
import { excelText } from '@ganwei/core/text';
import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { writeTable } from '../../server/directory/workbook.ts';

test('[Q21] `_x0041_` in a text is still `_x0041_` when the workbook has been read', async () => {
  const text = '_x0041_和_x005F_，_x41_不变';
  const [sheet] = await readWorkbook(await writeTable([{ sheet: '表', rows: [['标题'], [text]] }]));
  expect(sheet!.data[1]![0]).toBe(text);
  expect(excelText('普通文字_x')).toBe('普通文字_x');
});
