/**
 * [LIM11] The worst request of each kind that an ordinary account may send, one after the other, while somebody else asks whether the server
 * lives: nobody waits long, the memory stays, and every refusal is one of the contract's.
 */
import { gzipSync } from 'node:zlib';
import { Problem } from '@ganwei/core/contract';
import { REFUSALS } from '@ganwei/core/refusal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Browser, type Site, site } from './site.ts';

let s: Site;
let person: Browser;
let reader: Browser;

beforeAll(async () => {
  s = await site();
  person = await s.signedIn('songqiao');
  reader = await s.signedIn('gaoyuan');
});
afterAll(() => s?.stop());

/** Milliseconds that the loop may be held: 100 are promised, other programs and this test run on the same processor. */
const HELD = 1000;
const MEMORY = 100 * 1024 ** 2;

const start = (values: string) => `{"process":"review","start":"start","values":${values}}`;
const list = (count: number, one: string) => `[${Array.from({ length: count }, () => one).join(',')}]`;
const names = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join(',')}}`;
const filter = { column: 'subject', op: 'contains', value: '%'.repeat(200) };
const many = { column: 'subject', op: 'in', value: Array.from({ length: 100 }, () => '字'.repeat(200)) };
const json = { 'content-type': 'application/json' };

const cases = (body: string) => () => person.post('/api/cases', body);
const draft = (body: string) => () => person.put('/api/drafts', body);
const rows = (body: object) => () => reader.post('/api/ledgers/REVIEWS/rows', body);

const WORST: readonly [kind: string, send: () => Promise<Answer>][] = [
  ['600,000 empty rows', cases(start(`{"subjects":${list(600_000, '{}')}}`))],
  ['2 MB of brackets', cases('['.repeat(2_000_000))],
  ['2 MB of commas', cases(`[${','.repeat(2_000_000)}`)],
  ['2 MB of quotes that are escaped', cases(`{"a":"${'\\"'.repeat(1_000_000)}`)],
  ['160,000 unknown names', cases(start(names(160_000)))],
  ['as many unknown names as one object may have', cases(start(names(2_000)))],
  ['as many values as a body may have', cases(start(`{"subject":${list(9, list(1_900, '"x"'))}}`))],
  ['a text of 1.9 MB', cases(start(`{"subject":"${'x'.repeat(1_900_000)}"}`))],
  ['a draft of 1.9 MB', draft(start(`{"subject":"${'x'.repeat(1_900_000)}"}`))],
  ['a draft of many values', draft(start(`{"subject":${list(9, list(1_900, '{}'))}}`))],
  ['3 MB', cases(start(`{"subject":"${'x'.repeat(3_000_000)}"}`))],
  ['a name of 1 MB', cases(start(`{"${'k'.repeat(1_000_000)}":1}`))],
  ['ids of people', () => person.get(`/api/people?ids=${'a,'.repeat(999)}`)],
  ['wildcards', () => person.get(`/api/case-refs?q=${'%25'.repeat(50)}&ids=${'a,'.repeat(999)}`)],
  ['a ledger with every filter there may be', rows({ filters: Array.from({ length: 20 }, () => filter), limit: 200 })],
  ['a ledger with long lists to filter by', rows({ filters: Array.from({ length: 20 }, () => many), limit: 200 })],
  ['a mark of a page', rows({ cursor: 'A'.repeat(400) })],
  ['a cookie and a request id of 7 KB each', () => person.get('/api/counts', { 'x-request-id': 'x'.repeat(7000) })],
  [
    'twenty megabytes in twenty kilobytes',
    () =>
      person.send('POST', '/api/cases', new Blob([gzipSync(Buffer.alloc(20_000_000, 32))]).stream(), {
        ...json,
        'content-encoding': 'gzip',
      }),
  ],
];

test.each(WORST)('[LIM11] %s', async (_, send) => {
  const [answer, held, memory] = await watched(send);
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) {
    const problem = Problem.parse(answer.body);
    expect(Object.keys(REFUSALS)).toContain(problem.code);
    expect(problem.status).toBe(answer.status);
  }
  expect(answer.text.length).toBeLessThan(200_000);
  expect(held).toBeLessThan(HELD);
  expect(memory).toBeLessThan(MEMORY);
});

/** The answer, the longest time that `/healthz` took meanwhile, and how much the heap and the buffers grew. */
async function watched(send: () => Promise<Answer>): Promise<[Answer, number, number]> {
  const used = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
  const before = used();
  let [held, most, isOver] = [0, 0, false];
  const other = s.browser();
  const watch = (async () => {
    while (!isOver) {
      const began = performance.now();
      expect((await other.get('/healthz')).status).toBe(200);
      held = Math.max(held, performance.now() - began);
      most = Math.max(most, used() - before);
    }
  })();
  const answer = await send();
  isOver = true;
  await watch;
  return [answer, held, most];
}
