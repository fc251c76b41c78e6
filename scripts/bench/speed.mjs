/** Owns the question "how fast?": completions per second and their times over HTTP, beside the same statements alone. */
import { quantile, signIn, sorted, work } from './client.mjs';
import { mariadbLimits, sqliteLimits } from './limits.mjs';
import { shares } from './profile.mjs';
import { startServer } from './server.mjs';

const PEOPLE = [1, 8, 32];

/** Works `seconds` with 1, 8 and 32 people; then once more with 32 under the profiler, which costs some time itself. */
async function measure(env, seconds) {
  const server = await startServer(env);
  const sessions = [];
  for (let i = 1; i <= 32; i++) sessions.push(await signIn(server.client, `b${i}`));
  const run = async (people, length) => {
    const until = performance.now() + length * 1000;
    return (await Promise.all(sessions.slice(0, people).map((session) => work(server.client, session, until)))).flat();
  };
  await run(8, 3);
  const lines = [];
  for (const people of PEOPLE) {
    const before = await server.ask('cpu');
    const started = performance.now();
    const times = sorted(await run(people, seconds));
    const elapsed = performance.now() - started;
    const after = await server.ask('cpu');
    const cpu = (after.user + after.system - before.user - before.system) / 1000 / times.length;
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => quantile(times, q));
    lines.push({ people, speed: (times.length / elapsed) * 1000, p50, p95, p99, cpu });
  }
  const { rss } = await server.ask('memory');
  await server.ask('profile-start');
  await run(32, 4);
  const profile = await server.ask('profile-stop');
  await server.stop();
  return { lines, rss, profile: shares(profile) };
}

const whole = (number) => Math.round(number).toString();
const percent = (share) => `${(share * 100).toFixed(1)} %`;

export async function speed({ seconds, mariadb, print }) {
  print(
    '一次办理 = 一次提交;每五次办理另有一次发起,其时间算在内。“同样的语句”是同一次负载中驱动收到的语句,单独重放。\n',
  );
  print(
    '| 数据库 | 人数 | 每秒办理 | p50 毫秒 | p95 | p99 | p99/p50 | 每次办理的服务器 CPU 毫秒 | 同样的语句经 knex | 预编译 | 与 knex 之比 |',
  );
  print('|---|---|---|---|---|---|---|---|---|---|---|');
  const sqlite = { name: 'SQLite FULL', ...(await measure({}, seconds)), limits: await sqliteLimits(PEOPLE) };
  table(print, sqlite);
  mariadb.create('speed');
  const maria = {
    name: 'MariaDB',
    ...(await measure({ DATABASE_URL: mariadb.url('speed') }, seconds)),
    limits: await mariadbLimits(mariadb, PEOPLE),
  };
  table(print, maria);
  const { knexAlone, preparedAlone } = sqlite.limits;
  print(
    `\nSQLite 上 32 人的语句若每次办理单独提交(不合并落盘):经 knex 每秒 ${whole(knexAlone)},预编译 ${whole(preparedAlone)}。`,
  );
  for (const { name, limits, rss, profile } of [sqlite, maria]) {
    print(
      `\n${name}:每次办理 ${limits.statements.toFixed(1)} 条语句${limits.messages ? `、${limits.messages.toFixed(1)} 条消息` : ''};负载之后常驻内存 ${whole(rss / 2 ** 20)} MB;流程引擎连同它调用的占 CPU ${percent(profile.engine)}。`,
    );
    print(`CPU 去处：${profile.table.map(([place, share]) => `${place} ${percent(share)}`).join(',')}。`);
  }
}

function table(print, { name, lines, limits }) {
  for (const [index, { people, speed, p50, p95, p99, cpu }] of lines.entries()) {
    const [knex, prepared] = [limits.knex[index], limits.prepared[index]];
    print(
      `| ${name} | ${people} | ${whole(speed)} | ${[p50, p95, p99].map((t) => t.toFixed(1)).join(' | ')} | ${(p99 / p50).toFixed(1)} | ${cpu.toFixed(2)} | ${whole(knex)} | ${whole(prepared)} | ${(speed / knex).toFixed(2)} |`,
    );
  }
}
