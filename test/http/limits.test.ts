/** Requests that are too much: counted before anything is made of them, and refused with a sentence [LIM1] [LIM3] [LIM4]. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJson } from '../../server/http/body.ts';
import { Rates } from '../../server/http/rates.ts';
import { type Browser, type Site, site } from './site.ts';

let s: Site;
let starter: Browser;

beforeAll(async () => {
  s = await site();
  starter = await s.signedIn('songqiao');
});
afterAll(() => s?.stop());

const start = (values: string) => `{"process":"review","start":"start","values":${values}}`;
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a body', () => {
  test('[LIM1] 600,000 rows are refused in milliseconds', async () => {
    const text = start(`{"subjects":[${Array.from({ length: 600_000 }, () => '{}').join(',')}]}`);
    const began = performance.now();
    expect(() => readJson(text)).toThrow('内容太大');
    expect(performance.now() - began).toBeLessThan(100);
    const answer = await starter.post('/api/cases', text);
    expect(answer.body).toMatchObject({ status: 413, code: 'input.too-large' });
    expect(answer.text.length).toBeLessThan(1000);
  });

  test.each([
    ['32 levels', nested(33), '嵌套 32 层'],
    ['2,000 entries of one list', `{"a":[${'1,'.repeat(2000)}1]}`, '一个列表或对象 2000 项'],
    [
      '20,000 values',
      `{"a":[${Array.from({ length: 15 }, () => `[${'1,'.repeat(1500)}1]`).join(',')}]}`,
      '一次 20000 个值',
    ],
    ['200 characters of a name', `{"${'k'.repeat(201)}":1}`, '项的名称 200 个字符'],
  ])('[LIM1] more than %s are told from what else it says', async (_, values, sentence) => {
    const answer = await starter.post('/api/cases', start(values));
    expect(answer.body).toMatchObject({ status: 413, code: 'input.too-large' });
    expect(answer.body.detail).toContain(sentence);
  });

  test('[LIM1] brackets, commas and quotes within texts do not count', () => {
    const value = { a: '[{'.repeat(100), b: ','.repeat(5000), c: '"\\"\\\\', d: 'e\\' };
    expect(readJson(JSON.stringify(value))).toEqual(value);
    expect(() => readJson('{"a":"open')).toThrow('JSON');
    expect(() => readJson('"text"')).toThrow('JSON');
    expect(() => readJson('{"\\u005f_proto__":1}')).toThrow('JSON');
    expect(() => readJson(']]]],,,,')).toThrow('JSON');
  });
});

describe('numbers', () => {
  test('[F72] what the machine would keep as another number is refused, and named', async () => {
    const answer = await starter.post('/api/cases', start('{"amount":9007199254740993}'));
    expect(answer.body).toMatchObject({ status: 400, code: 'input.malformed' });
    expect(answer.body.detail).toContain('9007199254740993');
    for (const exact of [
      '0.1',
      '36.50',
      '-1.25e3',
      '1e21',
      '9007199254740991',
      '0',
      '100000000000000000000',
      '1.0000000000000000000',
    ])
      expect(readJson(`{"a":${exact}}`)).toEqual({ a: Number(exact) });
    for (const lost of ['0.12345678901234567891', '123456789012345678', '1e999', '-9007199254740993'])
      expect(() => readJson(`{"a":${lost}}`)).toThrow('存不准确');
    expect(readJson('{"a":"9007199254740993"}')).toEqual({ a: '9007199254740993' });
  });
});

describe('what once was a fault', () => {
  test('[LIM3] values nested 2,140 deep', async () => {
    for (const values of [nested(2140), `{"a":${'['.repeat(2140)}${']'.repeat(2140)}}`]) {
      expect((await starter.post('/api/cases', start(values))).status).toBe(413);
      expect((await starter.put('/api/drafts', start(values))).status).toBe(413);
    }
  });

  test.each([
    {},
    [],
    { at: true, id: 'x' },
    { at: 1 },
    { at: 1, id: 5 },
    { rank: 1, due: null, id: 'x' },
    { value: false, id: 'x' },
    { value: 1, id: 'x', more: 1 },
  ])('[LIM3] a forged mark of a page: %j', async (mark) => {
    const cursor = Buffer.from(JSON.stringify(mark)).toString('base64url');
    const auditor = await s.signedIn('auditadmin');
    const reader = await s.signedIn('gaoyuan');
    const answers = [
      await auditor.get(`/api/audit?cursor=${cursor}`),
      await reader.post('/api/ledgers/REVIEWS/rows', { cursor }),
    ];
    for (const tab of ['todo', 'done', 'started', 'copied'])
      answers.push(await starter.get(`/api/inbox/${tab}?cursor=${cursor}`));
    for (const { body } of answers) expect(body).toMatchObject({ status: 400, code: 'input.malformed' });
  });

  test('[LIM4] a demo clock that no calendar knows', async () => {
    const admin = await s.signedIn('admin');
    const before = s.host.now();
    for (const now of [8.64e15, -8.64e15, 0, Date.UTC(1999, 11, 31), Date.UTC(2101, 0, 1), '9999-01-01']) {
      const answer = await admin.post('/api/demo/clock', { now });
      expect(answer.body).toMatchObject({ status: 400, code: 'input.malformed' });
      expect(s.host.now()).toBe(before);
    }
    expect((await admin.post('/api/demo/clock', { now: Date.UTC(2026, 8, 2) })).status).toBe(200);
  });
});

describe('how often', () => {
  test('[LIM10] whoever searches without a pause is told to wait, and for how long; nobody else is', async () => {
    const hurried = await s.signedIn('luchuan');
    const answers = await Promise.all(Array.from({ length: 160 }, () => hurried.get('/api/people?q=x')));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(120);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ status: 429, code: 'rate.exceeded' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(body.detail).toMatch(/请 \d+ 秒后再试/);
    }
    const other = await s.signedIn('songqiao');
    expect((await other.get('/api/people?q=x')).status).toBe(200);
    expect((await hurried.get('/api/counts')).status).toBe(200);
  });

  test('[LIM10] a bucket fills again with time, each kind of work has its own, and they are not kept for ever', () => {
    const rates = new Rates();
    for (let at = 0; at < 20; at++) rates.take('export', 'a', 0);
    expect(() => rates.take('export', 'a', 0)).toThrow('10 秒');
    rates.take('upload', 'a', 0);
    rates.take('export', 'a', 10_000);
    expect(() => rates.take('export', 'a', 10_001)).toThrow();
    for (let at = 0; at < 30_000; at++) rates.take('search', `address ${at}`, 0);
    expect(rates.size).toBe(20_000);
  });
});
