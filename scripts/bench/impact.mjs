/**
 * How long it takes to hold a change against 10,000 finished cases (BENCH_CASES), and what the desk feels of it (`npm run bench -- design`). A case of the
 * largest flow is walked from the application to the last visit by the stories' own steps, and its rows copied, so that each case has the
 * record of a real one; then the built server replays them with a changed flow while eight people work.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { root } from '../prepare.mjs';
import { load } from '../sources.mjs';
import { quantile, signIn, sorted, work } from './client.mjs';
import { startServer } from './server.mjs';

const PEOPLE = 8;
/** of everybody in the world of the stories (test/commands/world.ts) */
const PASSWORD = 'test-password-1';
/** Milliseconds of work before, and beside: a replay of 10,000 cases takes longer. */
const WORKING = 20_000;

export async function impact({ print, cases }) {
  const content = bothContents();
  const data = await impactData(content, cases);
  const server = await startServer({ CONTENT_DIR: content }, { data });
  try {
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, (_, i) => signIn(server.client, `b${i + 1}`, PASSWORD)),
    );
    const worked = async (length) => {
      const until = performance.now() + length;
      return sorted((await Promise.all(people.map((one) => work(server.client, one, until)))).flat());
    };
    await worked(5000);
    const alone = await worked(WORKING);
    const done = await begun(server.client);
    const beside = await worked(WORKING);
    const { seconds, flow } = await done();
    const p = (times, q) => quantile(times, q).toFixed(1);
    print('| 核对 | 件 | 走到底 | 有不同 | 用时（秒） | 办理 p50 / p99：单独 | 办理 p50 / p99：核对时 |');
    print('|---|---:|---:|---:|---:|---|---|');
    print(
      `| ${flow.title} | ${flow.seen} | ${flow.followed} | ${flow.different} | ${seconds.toFixed(1)} | ${p(alone, 0.5)} / ${p(alone, 0.99)} | ${p(beside, 0.5)} / ${p(beside, 0.99)} |`,
    );
  } finally {
    await server.stop();
    rmSync(content, { recursive: true, force: true });
  }
}

/** A business administrator drafts another flow and begins. What is answered waits for the end, looking as a page does. */
async function begun(client) {
  const session = await signIn(client, 'peiwen', PASSWORD);
  const call = async (method, at, body) => (await client.call(method, at, { body, ...session })).json();
  const { id } = await call('POST', '/api/changes', { title: '核对', reason: '测量' });
  const source = readFileSync(path.join(root, 'processes/tolerance/tolerance.bpmn'), 'utf8');
  // Somebody else reviews, two days later.
  const changed = source
    .replace('holders(related unit(authority.unit, "reviewOffice"), "reviewer")', '["zhongli"]')
    .replace('add working days(today, deadlines.review)', 'add working days(today, deadlines.review + 2)');
  const named = { kind: 'process', app: 'tolerance', key: 'tolerance', revision: 0 };
  await call('PUT', `/api/changes/${id}/draft`, { ...named, source: changed });
  const began = performance.now();
  await call('POST', `/api/changes/${id}/impact`, {});
  return async () => {
    for (;;) {
      const { state, flows } = await call('GET', `/api/changes/${id}/impact`);
      if (state !== 'running') return { seconds: (performance.now() - began) / 1000, flow: flows[0] };
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
}

/** The content as delivered, and that of the measurement beside it, in one folder. */
export function bothContents() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ganwei-bench-content-'));
  for (const part of ['forms', 'processes'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  const bench = path.join(root, 'bench/content');
  for (const part of ['forms/bench.ledger.json', 'forms/note.form.json', 'processes/bench'])
    cpSync(path.join(bench, part), path.join(folder, part), { recursive: true });
  const organisation = (at) => JSON.parse(readFileSync(path.join(at, 'forms/demo/organisation.json'), 'utf8'));
  const [own, theirs] = [organisation(root), organisation(bench)];
  const joined = { units: [...own.units, ...theirs.units], people: [...own.people, ...theirs.people] };
  writeFileSync(path.join(folder, 'forms/demo/organisation.json'), JSON.stringify(joined));
  return folder;
}

/** A data folder with so many finished cases. */
export async function impactData(content, cases) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'ganwei-bench-'));
  const { readFolder } = await load('server/catalogue/folder.ts');
  const { finishedCase } = await load('test/stories/whole-case.ts');
  const { world } = await load('test/commands/world.ts');
  const organisation = JSON.parse(readFileSync(path.join(content, 'forms/demo/organisation.json'), 'utf8'));
  const w = await world({ content: readFolder(content), organisation, now: '2026-09-01T09:00', dataFolder: data });
  const walked = await finishedCase(w);
  await w.stop();
  multiply(path.join(data, 'ganwei.db'), walked, cases);
  return data;
}

/** Columns that name a case, by table; what lies beside it keeps its own ids, which are told apart by their end. */
const COPIED = {
  cases: ['id', 'number'],
  case_values: ['case_id'],
  case_people: ['case_id'],
  tasks_done: ['id', 'case_id'],
  submissions: ['id', 'case_id', 'task_id'],
  history: ['case_id'],
};

function multiply(file, id, cases) {
  const Database = createRequire(import.meta.url)('libsql');
  const database = new Database(file);
  database.exec(`pragma synchronous = off; create temp table seq as
    with recursive s(n) as (select 1 union all select n + 1 from s where n < ${cases - 1}) select n from s;`);
  for (const [table, own] of Object.entries(COPIED))
    copy(database, table, own, `${table}.${table === 'cases' ? 'id' : 'case_id'} = '${id}'`);
  copy(database, 'cases', ['id', 'number', 'parent_id'], `cases.parent_id = '${id}'`);
  // What was submitted is found by the history.
  const submission = "json_extract(detail, '$.submission')";
  database.exec(`update history set detail = json_set(detail, '$.submission', ${submission} || substr(case_id, ${id.length + 1}))
    where case_id like '${id}-%' and ${submission} is not null;`);
  database.close();
}

function copy(database, table, own, where) {
  const columns = database
    .prepare(`select name from pragma_table_info('${table}')`)
    .all([])
    .map(({ name }) => name);
  const values = columns.map((name) =>
    own.includes(name) ? `case when ${name} = '' then '' else ${name} || '-' || n end` : `\`${name}\``,
  );
  database.exec(
    `insert into ${table} (${columns.map((name) => `\`${name}\``).join(', ')}) select ${values.join(', ')} from ${table}, seq where ${where};`,
  );
}
