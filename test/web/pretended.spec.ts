/** A rectification that was only pretended, in the browser: found on site, confirmed by a second person, begun anew, closed only then. */
import { expect } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { act, picture, test } from './stage.ts';
import { ACCEPT, begin, byCalls, byHand, CLOSING, check, moveClock, PLAN, SIGN, TO_SIGNATURE } from './walk.ts';

test('[X6] a false rectification is found on site, confirmed by a second person, begun anew and closed only then', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  await begin(browser, '2026-09-01T09:00:00+08:00');
  await act(browser, 'songqiao', async (visitor) => {
    const values = fill.application(await visitor.file('局长办公会纪要.pdf'));
    await visitor.call('post', '/api/cases', { process: 'tolerance', start: 'byPerson', values });
  });
  await byCalls(browser, [ACCEPT, ...TO_SIGNATURE, SIGN]);
  await byHand(browser, [...PLAN, ...CLOSING]);

  const found = check({
    rows: [{ no: 1, way: ['现场核查'], finding: '虚假整改', note: '制度没有印发，执行记录系事后补造。' }],
    overall: '虚假整改',
    newDue: '2026-10-13',
    opinion: '佐证材料与现场不符，系事后补造，提出虚假整改。',
  });
  await act(browser, 'luchuan', (visitor) =>
    visitor.finish('现场核查', '提出虚假整改', found, '佐证材料与现场不符，系事后补造'),
  );
  await act(browser, 'dingyiming', async (visitor) => {
    await visitor.openTask('虚假整改复核签字');
    await expect(visitor.page.getByText('事后补造').first()).toBeVisible();
    await picture(visitor.page, 'false-1440');
    const secondSign = { name: '丁一鸣', personId: 'dingyiming', at: '2026-09-01T10:00:00' };
    await visitor.finish('虚假整改复核签字', '复核认定', { secondSign });
  });

  await act(browser, 'yinchuan', async (visitor) => {
    await visitor.openTask('组织整改、申请销号');
    await expect(visitor.page.getByText('虚假整改').first()).toBeVisible();
  });
  await moveClock(browser, '2026-09-08T09:00:00+08:00');
  await byHand(browser, CLOSING);
  await act(browser, 'luchuan', async (visitor) => {
    await visitor.finish('现场核查', '同意销号', check({ date: '2026-09-08' }));
    const { rows } = await visitor.call('post', '/api/ledgers/REG-05/rows', {});
    expect(rows).toMatchObject([{ cells: { status: '已销号', falsified: '是', version: 2 } }]);
  });
});
