/** The yearly notice is read, and what is not understood is told. Rules: [DCL10] [DCL11]. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, weekday } from '@ganwei/calendar/dates';
import { readNotice } from '@ganwei/calendar/notice';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const NOTICE = `国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

test('[DCL10] the notice of 2026 gives the calendar of 2026', () => {
  const file = path.resolve(import.meta.dirname, '../../processes/calendars/cn-2026.json');
  const { year, off, work } = JSON.parse(readFileSync(file, 'utf8'));
  const notice = readNotice(NOTICE, 2030);
  expect(notice).toMatchObject({ year, off, work, doubts: [] });
  expect(notice.understood).toHaveLength(11);
});

const NAMES = '一二三四五六日';
const spoken = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${NAMES[weekday(day) - 1]}）`;

test('[DCL10] whatever span and weekend a notice names is read as it was meant', () => {
  fc.assert(
    fc.property(fc.nat({ max: 340 }), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 50 }), (start, length, week) => {
      const from = addDays('2027-01-01', start);
      const days = Array.from({ length }, (_, n) => addDays(from, n));
      const work = addDays('2027-01-02', week * 7);
      fc.pre(!days.includes(work) && days.every((day) => day.startsWith('2027')));
      const end = length > 1 ? `至${spoken(days.at(-1)!)}` : '';
      const text = `关于2027年部分节假日安排的通知\n一、节日：${spoken(from)}${end}放假，共${length}天。${spoken(work)}上班。`;
      expect(readNotice(text, 2000)).toMatchObject({ year: 2027, off: days, work: [work], doubts: [] });
    }),
  );
});

test('[DCL11] what contradicts itself or is not understood is told, never guessed', () => {
  const of = (text: string) => readNotice(`2026年放假：${text}`, 2026).doubts.map(({ why }) => why);
  expect(of('1月1日（周五）放假。')).toEqual(['weekday']);
  expect(of('1月1日至3日放假，共4天。')).toEqual(['count']);
  expect(of('2月30日放假。')).toContain('no-day');
  expect(of('1月5日上班。')).toEqual(['not-weekend']);
  expect(of('元月初放假，到8月某日。')).toContain('unread');
  expect(readNotice('你好', 2026).doubts.map(({ why }) => why)).toEqual(['no-year', 'unread']);
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readNotice(text, 2026)));
});

test('[DCL10] a file with lists is read, each year by itself', () => {
  const lists = JSON.stringify({ off: ['2025-01-01', '2026-01-01', 'x'], work: ['2026-01-04'] });
  expect(readNotice(lists, 2026)).toMatchObject({
    year: 2026,
    off: ['2026-01-01'],
    work: ['2026-01-04'],
    doubts: [{ text: 'x', why: 'no-day' }],
  });
});
