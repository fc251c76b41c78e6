/**
 * The short form of `npm run test:kill` on SQLite, and the proof that its checks can fail: each test damages a copy of what the run left
 * behind in one way and expects the check whose business it is to say so.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, shortRun, wrong } from './runs.ts';

let result: Result;
beforeAll(async () => {
  result = await shortRun({ database: 'sqlite', kills: 8, seed: 5, atOnce: 6 });
}, 120_000);
afterAll(() => result?.clear());

test('[K1] AS-74: what was answered is there after the kill, what was not is done once when it is sent again [K2] [K3] [K4] [K5] [K6] [K7] [K8] [K9]', () => {
  expect(wrong(result.findings)).toEqual([]);
  expect(result.total.kills).toBe(8);
  for (const what of ['cases', 'submissions', 'letters', 'timers', 'effects', 'children'])
    expect(result.total[what], what).toBeGreaterThan(0);
});

/** What is done to the copy -> the check that must speak, and what it says. */
const DAMAGE: readonly (readonly [what: string, sql: string, check: string, says: RegExp])[] = [
  [
    'a submission is lost',
    `delete from submissions where id = (select min(id) from submissions where outcome = 'agree')`,
    'submissions',
    /lost/,
  ],
  [
    'a submission is there twice',
    `insert into submissions select id || 'x', case_id, task_id, node, round, form, form_version, person_id, outcome, comment, "values", at from submissions where outcome = 'agree' limit 1`,
    'submissions',
    /2 times in the database/,
  ],
  [
    'a value is not what was sent',
    `update submissions set "values" = replace("values", '"score":', '"score":1') where id = (select min(id) from submissions where outcome = 'agree')`,
    'submissions',
    /not as it was sent/,
  ],
  [
    'an entry of the history is changed',
    `update history set detail = '{}' where kind = 'submitted' and seq = (select min(seq) from history where kind = 'submitted')`,
    'history',
    /the chain breaks/,
  ],
  [
    'the end of a history is cut off',
    `delete from history where kind = 'ended' and case_id = (select min(case_id) from history where kind = 'ended')`,
    'history',
    /the chain breaks/,
  ],
  [
    'a number of a letter is skipped',
    `update letters set number = replace(number, '〕1号', '〕999号')`,
    'numbers',
    /stands where 1 should/,
  ],
  ['a counter is behind', `update counters set last = last - 1 where name like 'case/SJ/%'`, 'numbers', /counter at/],
  [
    'a number is used twice',
    `update case_values set value = '2' where name = 'register' and value = '1'`,
    'numbers',
    /2 stands where 1 should/,
  ],
  [
    'a receipt is missing',
    `delete from receipts where id = (select min(id) from receipts)`,
    'letters',
    /recipients are not complete/,
  ],
  ['a letter is half issued', `delete from letters where id = (select min(id) from letters)`, 'letters', /0 letters/],
  [
    'an ended case has an open task',
    `insert into tasks (id, case_id, slot, node, name, round, revision, signing, opened_at, due_provisional, priority) select 'x', id, 's', 'sign', '会签', 1, 1, '{}', 0, 0, 0 from cases where state = 'ended' limit 1`,
    'open work',
    /has open work/,
  ],
  [
    'a timer is overdue',
    `insert into timers (id, case_id, slot, node, kind, due_at, repeat_left) select 'x', id, 's', 'pause', 'flow', started_at, 0 from cases limit 1`,
    'timers',
    /overdue/,
  ],
  [
    'a timer fired twice',
    `insert into history select case_id, seq + 1000, at, kind, person_id, node, detail, hash from history where kind = 'timer' and node = 'pause' limit 1`,
    'timers',
    /fired twice/,
  ],
  [
    'a timer never fired',
    `delete from history where kind = 'timer' and node = 'pause' and case_id = (select min(case_id) from history where node = 'pause')`,
    'timers',
    /never fired/,
  ],
  [
    'an effect stays behind',
    `insert into outbox (id, case_id, type, target, payload, attempts, next_at, created_at, error) select id || 'x', case_id, type, target, payload, 0, 0, 0, '' from outbox_done limit 1`,
    'effects',
    /still in the outbox/,
  ],
  [
    'an effect was lost on the way',
    `update outbox_done set id = id || 'x' where id = (select min(id) from outbox_done)`,
    'effects',
    /never arrived/,
  ],
  ['a child is missing', `update cases set parent_id = null where parent_index = 1`, 'children', /1 children where 2/],
  [
    'a child was joined twice',
    `update case_values set value = replace(value, '["', '["FX-2026-0001","') where name = 'partNumbers'`,
    'children',
    /joined/,
  ],
  [
    'a ledger row lags behind',
    `update ledger_rows set cells = replace(cells, '已办结', '办理中')`,
    'ledger',
    /ledger says status/,
  ],
  [
    'a figure was counted twice',
    `update ledger_sums set n = n + 1 where ledger = 'kill' and cells like '%已办结%'`,
    'figures',
    /figures say/,
  ],
  ['a change of a figure is lost', `delete from ledger_sums where ledger = 'kill'`, 'figures', /figures say/],
  ['a record is missing', `delete from records`, 'ledger', /0 records/],
  [
    'an answer is forgotten',
    `delete from answers where "key" = (select min("key") from answers)`,
    'answers',
    /no answer is kept/,
  ],
  [
    'a signature is missing from a closed task',
    `delete from submissions where id = (select min(id) from submissions where node = 'sign')`,
    'rounds',
    /2 of 3 submissions/,
  ],
  ['an attachment is forgotten', `delete from files where type = 'image/png'`, 'files', /not kept as it was sent/],
  [
    'somebody had to sign in again',
    `insert into sessions (token_hash, person_id, csrf, created_at, expires_at, seen_at)
       select token_hash || 'x', person_id, csrf, created_at, expires_at, seen_at from sessions where person_id = 'k1'`,
    'people',
    /2 sessions/,
  ],
];

test.each(DAMAGE)('[K10] the checks notice when %s', async (_what, sql, check, says) => {
  const copy = copyOfData();
  const database = new Database(path.join(copy, 'ganwei.db'));
  database.exec(sql);
  database.close();
  await expectComplaint(copy, check, says);
});

test('[K10] the checks notice when one byte of a letter is another', async () => {
  const copy = copyOfData();
  // A letter whose server was killed before it was issued is on the disk as well, and nobody misses it.
  for (const letter of blobs(copy).filter((file) => readFileSync(file).subarray(0, 5).toString() === '%PDF-')) {
    const bytes = readFileSync(letter);
    bytes[100] = bytes[100]! ^ 1;
    writeFileSync(letter, bytes);
  }
  await expectComplaint(copy, 'letters', /not what was issued/);
});

test('[K10] the checks notice when an attachment is gone from the disk', async () => {
  const copy = copyOfData();
  const [picture] = blobs(copy).filter((file) => readFileSync(file)[0] === 0x89);
  rmSync(picture!);
  await expectComplaint(copy, 'files', /not on the disk/);
});

let copies = 0;
function copyOfData(): string {
  copies += 1;
  const copy = path.join(result.folder, `copy${copies}`);
  cpSync(path.join(result.folder, 'data'), copy, { recursive: true });
  return copy;
}

const blobs = (data: string): string[] =>
  (readdirSync(path.join(data, 'files'), { recursive: true }) as string[])
    .filter((name) => name.includes(path.sep))
    .map((name) => path.join(data, 'files', name));

async function expectComplaint(data: string, check: string, says: RegExp): Promise<void> {
  const findings = await result.verdict(data);
  expect(wrong(findings.filter(({ name }) => name === check)).join('\n')).toMatch(says);
  rmSync(data, { recursive: true });
}
