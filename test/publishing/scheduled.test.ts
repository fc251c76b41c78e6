/** Changes that take effect on a day to come, on both databases where several servers meet. */
import { afterEach, expect, test } from 'vitest';
import { publishDue } from '../../server/publishing/scheduled.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { COLOURS, colours, type Office, office, PROCESS, visitNamed } from './office.ts';

let o: Office;
afterEach(() => o?.w.stop());

const reworded = { ...PROCESS, source: visitNamed('核对') };

test('[CHG8] what is put down for a day takes effect on that day and not before', async () => {
  o = await office({ now: '2026-09-01T09:00' });
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  expect(await o.as('peiwen').publish(id, '2026-09-03')).toEqual({ release: null, findings: [] });
  expect(await o.as('peiwen').view(id)).toMatchObject({ state: 'scheduled', effectiveOn: '2026-09-03' });
  await o.w.at('2026-09-02T23:59');
  expect(await o.step()).toBe('审查');
  await o.w.at('2026-09-03T00:01');
  expect(await o.step()).toBe('核对');
  const view = await o.as('peiwen').view(id);
  expect([view.state, view.release, view.record.at(-1)?.by.id]).toEqual(['published', 2, '']);
  expect((await o.as('peiwen').releases()).rows[0]).toMatchObject({ by: { id: 'peiwen' } });
});

test('[CHG8] taken back from its day it is agreed to as before; nothing is put down for a day that is over', async () => {
  o = await office({ now: '2026-09-01T09:00' });
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  await expect(o.as('peiwen').publish(id, '2026-08-31')).rejects.toThrow('生效日期不能早于今天');
  await o.as('peiwen').publish(id, '2026-09-03');
  await expect(o.as('peiwen').save(id, PROCESS, visitNamed('又改'))).rejects.toThrow('先取消其待生效');
  await o.as('kongwei').withdraw(id, '再等等');
  expect(await o.as('peiwen').view(id)).toMatchObject({ state: 'agreed', effectiveOn: null });
  await o.w.at('2026-09-04T09:00');
  expect(await o.step()).toBe('审查');
  expect((await o.as('peiwen').publish(id)).release).toBe(2);
});

test('[CHG9] a server that was down on the day makes up for it when it starts', async () => {
  o = await office({ now: '2026-09-01T09:00' });
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  await o.as('peiwen').publish(id, '2026-09-03');
  await o.w.at('2026-09-10T08:00');
  expect(await o.step()).toBe('核对');
});

test('[CHG9] of two servers one publishes it', async () => {
  o = await office({ now: '2026-09-01T09:00' });
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  await o.as('peiwen').publish(id, '2026-09-03');
  const { host } = o.w;
  const later = { ...host, now: () => Date.parse('2026-09-03T08:00:00+08:00') };
  expect(await Promise.all([publishDue(later), publishDue(later)])).toEqual([true, true]);
  expect(host.catalogue().release).toBe(2);
  expect((await o.as('peiwen').view(id)).record.filter(({ what }) => what === 'published')).toHaveLength(1);
});

test('[CHG9] what is wrong on the day goes back with the reason, and the business administrators are told', async () => {
  o = await office({ now: '2026-09-01T09:00' });
  const colour = { ...COLOURS, source: colours('绿').source };
  const id = await o.agreed('peiwen', 'kongwei', [reworded, colour]);
  await o.as('peiwen').publish(id, '2026-09-03');
  await o.published('kongwei', 'peiwen', [{ ...COLOURS, source: colours('蓝').source }]);
  await o.w.at('2026-09-03T08:00');
  const view = await o.as('peiwen').view(id);
  expect([view.state, view.effectiveOn, view.record.at(-1)]).toMatchObject([
    'returned',
    null,
    { what: 'returned', by: { id: '' }, words: 'colours 的现行文本已有变化，请先以现行文本为基础修改' },
  ]);
  expect(await o.step()).toBe('审查');
  const { rows } = await inbox(o.w.host, o.w.actor('kongwei'), 'copied', { q: '', limit: 10 });
  expect(rows[0]).toMatchObject({ title: '变更「调整」没有按期生效', from: '系统' });
});
