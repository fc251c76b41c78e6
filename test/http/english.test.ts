/** The English of the content: put into answers where the contract marks its texts, for whoever reads English, and nowhere else. */
import { ROUTES } from '@ganwei/core/contract';
import { Translator } from '@ganwei/release/translator';
import { afterEach, expect, test } from 'vitest';
import { inEnglish } from '../../server/http/in-english.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { AGREE, bpmn, end, FORMS, line, REFUSE, start, user } from '../commands/content.ts';
import { CONTENT, type Site, site } from './site.ts';

let s: Site;
afterEach(() => s?.stop());

const ENGLISH = { 'accept-language': 'en-US' };
const translation = (texts: Record<string, string>) => ({
  kind: 'translation' as const,
  key: 'shared',
  file: 'processes/shared/en-US.json',
  source: JSON.stringify({ translation: 'shared', language: 'en-US', texts }),
});

const WORDS = translation({
  审查: 'Review',
  同意: 'Agree',
  签发: 'Sign',
  审查台账: 'Reviews',
  '「{1}」的审查': 'Review of {1}',
});

test('[LANG1] steps, outcomes and ledgers are told in English to whoever reads it, and in Chinese to everybody else', async () => {
  s = await site({ content: [...CONTENT, WORDS] });
  const songqiao = await s.signedIn('songqiao');
  await songqiao.start({ subject: '审查' });
  const fuzheng = await s.signedIn('fuzheng');
  const { id } = await fuzheng.task();
  const english = (await fuzheng.get(`/api/tasks/${id}`, ENGLISH)).body;
  expect(english.task.name).toBe('Review');
  expect(english.outcomes[0].label).toBe('Agree');
  expect((await fuzheng.get('/api/inbox/todo', ENGLISH)).body.rows[0].node).toBe('Review');
  expect((await fuzheng.get('/api/ledgers/REVIEWS', ENGLISH)).body.title).toBe('Reviews');
  const chinese = (await fuzheng.get(`/api/tasks/${id}`)).body;
  expect([chinese.task.name, chinese.outcomes[0].label]).toEqual(['审查', '同意']);
});

test('[LANG3] what a person wrote stays as it was, although the content says the same', async () => {
  s = await site({ content: [...CONTENT, WORDS] });
  const songqiao = await s.signedIn('songqiao');
  const { body } = await songqiao.start({ subject: '审查' });
  const view = (await songqiao.get(`/api/cases/${body.caseId}`, ENGLISH)).body;
  expect(view.forms[0].values.subject).toBe('审查');
});

test('[LANG3] a text that was put together is known by its fixed parts, and what stands in the holes is told likewise', () => {
  const { say } = new Translator([
    ['整改延期：{1}', 'Extension: {1}'],
    ['{1}整改', 'Rectification of {1}'],
    ['共 {= count(items) } 项，请阅', '{= count(items) } items to read'],
    ['第 {n} 项，属于{what}', '{what}: item {n}'],
    ['房屋', 'Housing'],
  ]);
  expect(say('整改延期：房屋整改')).toBe('Extension: Rectification of Housing');
  expect(say('共 3 项，请阅')).toBe('3 items to read');
  expect(say('第 2 项，属于房屋')).toBe('Housing: item 2');
  expect(say('第 2 项，属于张三')).toBe('张三: item 2');
  expect(say('别的事情')).toBe('别的事情');
});

test('[LANG3] a text of many holes is recognised or not in a moment, however long it is', () => {
  const holes = Array.from({ length: 20 }, (_, index) => `甲乙{h${index}}`).join('');
  const { say } = new Translator([[`${holes}终点`, holes.replaceAll('甲乙', 'ab')]]);
  const began = performance.now();
  expect(say('甲乙'.repeat(50_000))).toBe('甲乙'.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(200);
});

test('[LANG1] a refusal names the words of the content in English', async () => {
  const barred = bpmn(
    'barred',
    [
      start(),
      user(
        'check',
        '审查',
        `assignees='["fuzheng"]'`,
        `${AGREE}${REFUSE}<ganwei:exclude who='["gaoyuan"]' reason="审查"/>`,
      ),
      end(),
      line('start', 'check', 'end'),
    ].join('\n'),
  );
  s = await site({ content: [...FORMS, barred, WORDS] });
  const english = s.host.catalogue().english.params({ reason: '审查', who: ['同意', '张三'], n: 3 });
  expect(english).toEqual({ reason: 'Review', who: ['Agree', '张三'], n: 3 });
});

test('[LANG4] a case that goes on with a text of before goes on in English; a translation takes effect with its release', async () => {
  s = await site({ content: [...CONTENT, WORDS] });
  const { text } = s.host.catalogue().english;
  expect(text('审查')).toBe('Review');
  const later = [...CONTENT, translation({ 同意: 'Consent', 签发: 'Sign', 审查台账: 'Reviews' })];
  expect((await takeFolder(s.host, later)).release).toBe(2);
  await s.host.refresh();
  const now = s.host.catalogue().english.text;
  expect([now('审查'), now('同意')]).toEqual(['Review', 'Consent']);
});

test('[LANG1] answers without texts of the content are not touched, and the routes that have some are known by the contract', () => {
  expect(inEnglish(ROUTES.counts.answer)).toBeUndefined();
  expect(inEnglish(ROUTES.people.answer)).toBeUndefined();
  const told = Object.entries(ROUTES).flatMap(([name, { answer }]) => (inEnglish(answer) ? [name] : []));
  expect(told).toEqual(
    expect.arrayContaining(['task', 'case', 'diagram', 'inbox', 'startables', 'ledger', 'dictionary']),
  );
});
