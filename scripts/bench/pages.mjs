/**
 * Owns the question "does a page get slower with what is finished?": the same requests on 10,000 and on 1,000,000 finished cases, one
 * after the other, by one who sees everything (b1), one who sees two hundred rows (s1) and one who sees a tenth of them (s2). Prints the
 * median of each and the ratio.
 */
import { quantile, signIn, sorted } from './client.mjs';
import { fillMariadb, fillSqlite } from './history.mjs';
import { startServer } from './server.mjs';

const rows = (body) => [
  'POST',
  '/api/ledgers/bench/rows',
  { filters: [], sort: null, cursor: null, limit: 50, ...body },
];
const descending = (column) => ({ sort: { column, descending: true } });
/** a thousand rows of a day that both pasts know */
const day = [
  { column: 'at', op: 'from', value: 1577808000000 },
  { column: 'at', op: 'to', value: 1577808000000 + 1000 * 60000 },
];
const REPEATS = 60;

const PAGES = [
  ['工作台计数', 'b1', ['GET', '/api/counts']],
  ['待办', 'b1', ['GET', '/api/inbox/todo']],
  ['已办', 'b1', ['GET', '/api/inbox/done']],
  ['我发起的', 'b1', ['GET', '/api/inbox/started']],
  ['抄送我的', 'b1', ['GET', '/api/inbox/copied']],
  ['选择关联的件', 'b1', ['GET', '/api/case-refs?process=bench&q=']],
  ['台账首页', 'b1', rows({})],
  ['台账按金额排序', 'b1', rows(descending('amount'))],
  ['台账按编号筛选', 'b1', rows({ filters: [{ column: 'number', op: 'equals', value: 'BENCH-2020-10005000' }] })],
  ['台账按时间筛选', 'b1', rows({ filters: day })],
  [
    '台账导出一千行',
    'b1',
    [
      'POST',
      '/api/ledgers/bench/export',
      {
        filters: day,
        sort: null,
        cursor: null,
        limit: 50,
        columns: ['number', 'subject', 'at'],
        reason: '性能测量之用',
      },
    ],
  ],
  ['台账首页（可见二百行）', 's1', rows({})],
  ['台账按金额排序（可见二百行）', 's1', rows(descending('amount'))],
  ['台账首页（可见十分之一）', 's2', rows({})],
  ['台账按金额排序（可见十分之一）', 's2', rows(descending('amount'))],
];

/** Reads the rows until it has found enough: known to grow (docs/decisions/0009), measured to be known, kept out of the verdict. */
const GROWING = '台账按事由查找一部分文字';
PAGES.push([GROWING, 'b1', rows({ filters: [{ column: 'subject', op: 'contains', value: '量第9999件' }] })]);

/** A server on a past of so many cases; what it needs to be thrown away is its own affair. */
async function sqliteServer(cases) {
  const empty = await startServer();
  await empty.stop({ keep: true });
  fillSqlite(empty.data, cases);
  return startServer({}, { data: empty.data });
}

async function mariadbServer(mariadb, cases) {
  const database = `past${cases}`;
  mariadb.create(database);
  const env = { DATABASE_URL: mariadb.url(database) };
  await (await startServer(env)).stop();
  fillMariadb(mariadb.port, database, cases);
  return startServer(env);
}

/** Milliseconds of each page on each server. The servers take turns, so that whatever else the machine does meets both alike. */
async function medians(servers) {
  const sessions = [];
  for (const { client } of servers) {
    const people = {};
    for (const name of ['b1', 's1', 's2']) people[name] = await signIn(client, name);
    sessions.push(people);
  }
  const found = new Map();
  for (const [name, person, [method, path, body]] of PAGES) {
    const times = servers.map(() => []);
    for (let i = 0; i < (name === GROWING ? 8 : REPEATS); i++) {
      for (const [index, { client }] of servers.entries()) {
        const started = performance.now();
        await client.call(method, path, { ...sessions[index][person], ...(body && { body }) });
        // The first few warm the caches of all alike.
        if (i >= 5) times[index].push(performance.now() - started);
      }
    }
    found.set(
      name,
      times.map((own) => quantile(sorted(own), 0.5)),
    );
  }
  return found;
}

/** `sizes`: two numbers of finished cases. Prints a table for each database and answers with the largest ratio. */
export async function pages({ sizes, mariadb, print }) {
  let worst = 0;
  for (const [database, serve] of [
    ['SQLite', sqliteServer],
    ['MariaDB', (cases) => mariadbServer(mariadb, cases)],
  ]) {
    const servers = [];
    for (const size of sizes) servers.push(await serve(size));
    const found = await medians(servers);
    for (const server of servers) await server.stop();
    print(
      `\n| ${database}:页面(中位数,毫秒) | ${sizes.map((size) => `${size} 件已办结`).join(' | ')} | 比 |\n|---|---|---|---|`,
    );
    for (const [name, [few, many]] of found) {
      if (name !== GROWING) worst = Math.max(worst, many / few);
      print(`| ${name} | ${few.toFixed(1)} | ${many.toFixed(1)} | ${(many / few).toFixed(2)} |`);
    }
  }
  return worst;
}
