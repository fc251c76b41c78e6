/** Mail about what waits: how often, what it tells, and within what the organs of a person allow. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '@ganwei/core/reason';
import { readDirectoryWords } from '@ganwei/release/directory';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseMailing } from '../../server/commands/choose-mailing.ts';
import { mailNews } from '../../server/commands/mail-news.ts';
import { mailing } from '../../server/queries/messages.ts';
import { directoryChanged } from '../../server/store/directory.ts';
import type { Store } from '../../server/store/open.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { demoOrganisation, type World, world } from './world.ts';

const WORDS = {
  kind: 'directory' as const,
  key: 'words',
  file: 'directory.json',
  source: readFileSync(path.resolve(import.meta.dirname, '../../forms/directory.json'), 'utf8'),
};
const ASKED = bpmn(
  'asked',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]' due='add working days(today, 1)'`, AGREE),
    end(),
    line('start', 'check', 'end'),
  ].join('\n'),
);

let w: World;
/** What the units say of mail: unit -> policy. */
async function house(policies: Record<string, string>, address = 'fuzheng@example.gov.cn'): Promise<void> {
  const organisation = structuredClone(demoOrganisation());
  for (const unit of organisation.units) {
    const policy = policies[unit.id];
    if (policy) Object.assign(unit, { attributes: { ...unit.attributes, mailPolicy: policy } });
  }
  const person = organisation.people.find(({ id }) => id === 'fuzheng')!;
  Object.assign(person, { attributes: { ...person.attributes, mail: address } });
  w = await world({ content: [...FORMS, ASKED, WORDS], organisation, now: '2026-09-01T09:00' });
}
beforeEach(() => house({ yc: '允许' }));
afterEach(() => w?.stop());

const choose = (choice: 'never' | 'soon' | 'daily', language: Language = 'zh-CN') =>
  chooseMailing(w.host, { actor: w.actor('fuzheng') }, { choice }, language);
const ask = (subject: string) => w.as('songqiao').start('asked', { subject });
const mails = () => w.delivered.map(({ payload }) => (JSON.parse(payload) as { text: string }).text.split('\n\n')[0]);
const barred = async () =>
  (await mailing(w.host, w.actor('fuzheng'), ({ code }) => String(code))).choices.map((one) => one.barred);
const changeUnit = async (unit: string, mailPolicy: string): Promise<void> => {
  await w.host.store.transaction(async (tx) => {
    await tx('units')
      .where({ id: unit })
      .update({ attributes: JSON.stringify({ mailPolicy }) });
    await directoryChanged(tx);
  });
};

test('[MSG8] thirty tasks are one mail, and the next comes half an hour later at the earliest', async () => {
  await choose('soon');
  for (let n = 0; n < 30; n++) await ask(`事由${n}`);
  await w.at('2026-09-01T09:06');
  expect(mails()).toEqual(['新待办 30 件']);
  await ask('又一件');
  await w.at('2026-09-01T09:30');
  expect(mails()).toHaveLength(1);
  await w.at('2026-09-01T09:40');
  expect(mails()).toEqual(['新待办 30 件', '新待办 1 件']);
  // Nothing new: no mail.
  await w.at('2026-09-01T17:00');
  expect(mails()).toHaveLength(2);
});

test('[MSG7] a mail is in the language in which the person asked for mail', async () => {
  await choose('soon', 'en-US');
  await ask('事由');
  await w.at('2026-09-01T09:06');
  expect(mails()).toEqual(['1 new tasks']);
});

test('[MSG7] a mail says numbers and where to sign in, and nothing of what they are about', async () => {
  await choose('soon');
  const { number } = await ask('绝密的事由');
  await w.at('2026-09-01T10:00');
  const [mail] = w.delivered;
  expect(mail).toMatchObject({ type: 'mail', target: 'fuzheng@example.gov.cn', case_id: null });
  expect(JSON.parse(mail!.payload)).toEqual({
    subject: '待办提醒',
    text: '新待办 1 件\n\n请登录查看：http://localhost/\n本邮件由系统自动发送，在“我的”页面可以改变提醒方式。',
  });
  for (const told of ['绝密', number, '审查', 'asked', '傅正']) expect(mail!.payload).not.toContain(told);
});

test('[MSG8] who wants a summary gets one on the morning of a working day, with what is due and overdue', async () => {
  await choose('daily');
  await ask('一件');
  await w.at('2026-09-01T18:00');
  expect(mails()).toEqual([]);
  await w.at('2026-09-02T08:31');
  expect(mails()).toEqual(['新待办 1 件\n今日到期 1 件']);
  await w.at('2026-09-03T08:31');
  expect(mails()[1]).toBe('已逾期 1 件');
  // On a Saturday nothing, whatever waits.
  await w.at('2026-09-04T08:31');
  await w.at('2026-09-05T08:31');
  expect(mails()).toHaveLength(3);
});

test('[MSG8] who is mailed soon hears on the morning, too, that something is due, once', async () => {
  await choose('soon');
  await ask('一件');
  for (const time of [
    '2026-09-01T09:10',
    '2026-09-02T00:10',
    '2026-09-02T08:00',
    '2026-09-02T08:35',
    '2026-09-02T12:00',
  ])
    await w.at(time);
  expect(mails()).toEqual(['新待办 1 件', '今日到期 1 件']);
});

test('[MSG8] what is done before anybody is told is no news, and to choose again brings no mail sooner', async () => {
  await choose('soon');
  await ask('一件');
  await w.as('fuzheng').submit('审查', 'agree');
  await w.at('2026-09-01T10:00');
  expect(mails()).toEqual([]);
  await ask('两件');
  await w.at('2026-09-01T10:10');
  await ask('三件');
  await choose('daily');
  await choose('soon');
  await w.at('2026-09-01T10:30');
  expect(mails()).toEqual(['新待办 1 件']);
});

test('[MSG8] two servers that look at the same moment write one mail', async () => {
  await choose('soon');
  await ask('一件');
  const { host } = w;
  (w as unknown as { clock: { now: number } }).clock.now += 10 * 60_000;
  const written = await Promise.all([mailNews(host), mailNews(host), mailNews(host)]);
  expect(written.reduce((sum, n) => sum + n)).toBe(1);
  await w.platform.worker.settle();
  expect(mails()).toEqual(['新待办 1 件']);
});

test('[MSG8] a server that dies while it writes has neither mailed nor moved the mark', async () => {
  await choose('soon');
  await ask('一件');
  const store = w.host.store as { transaction: Store['transaction'] };
  const { transaction } = store;
  store.transaction = (work) =>
    transaction(async (tx) => {
      await work(tx);
      throw new Error('killed');
    });
  await w.at('2026-09-01T09:06').catch(() => undefined);
  store.transaction = transaction;
  expect(mails()).toEqual([]);
  await w.at('2026-09-01T09:07');
  await w.at('2026-09-01T09:08');
  expect(mails()).toEqual(['新待办 1 件']);
});

test('[MSG9] where no organ allows mail nobody is mailed, and the choice says why', async () => {
  await w.stop();
  await house({});
  expect(await barred()).toEqual(['', 'mailing.organ', 'mailing.organ']);
  await expect(choose('soon')).rejects.toMatchObject({ code: 'mailing.barred' });
});

test('[MSG9] the nearest unit above decides, and of several posts the strictest', async () => {
  await w.stop();
  await house({ yc: '允许', jw: '只许汇总' });
  expect(await barred()).toEqual(['', 'mailing.organ-daily', '']);
  await w.stop();
  await house({ yc: '不允许', rcb: '允许' });
  expect(await barred()).toEqual(['', 'mailing.organ', 'mailing.organ']);
  await w.stop();
  await house({ yc: '允许' }, '');
  expect(await barred()).toEqual(['', 'mailing.address', 'mailing.address']);
});

test('[MSG9] what an organ has forbidden since is not sent', async () => {
  await choose('soon');
  await ask('一件');
  await changeUnit('jw', '不允许');
  await w.at('2026-09-01T10:00');
  expect(mails()).toEqual([]);
  await changeUnit('jw', '允许');
  await w.at('2026-09-01T11:00');
  expect(mails()).toEqual(['新待办 1 件']);
});

test('[MSG9] what rules mail is an attribute of units, with values it can have', () => {
  const words = JSON.parse(WORDS.source);
  const reading = (mail: object) => () => readDirectoryWords(JSON.stringify({ ...words, mail }));
  expect(reading(words.mail)).not.toThrow();
  expect(reading({ ...words.mail, attribute: 'mailPolity' })).toThrow('没有单位属性「mailPolity」');
  expect(reading({ ...words.mail, daily: '汇总' })).toThrow('没有取值「汇总」');
});
