/**
 * `npm run test:kill -- --kills 200 --database sqlite|mariadb|two-servers|all --seed N`: kills the server with SIGKILL at random moments
 * while eight people work, then checks that nothing was lost, doubled or left in halves. Prints a table for each database; ends with 1
 * and the details at a violation. Docs: docs/operations.md. The parts stand in scripts/kill/.
 */
import { parseArgs } from 'node:util';
import { run } from './kill/run.mjs';
import { build, machine, packages } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    database: { type: 'string', default: 'all' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** the data stay where they are */
    keep: { type: 'boolean', default: false },
    /** dist/server is tested as it is */
    built: { type: 'boolean', default: false },
  },
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
packages();
machine(['fonts', 'mariadb']);
if (!values.built) build();

const databases = values.database === 'all' ? ['sqlite', 'mariadb', 'two-servers'] : [values.database];
for (const database of databases) {
  const options = { database, kills: Number(values.kills), seed: Number(values.seed) };
  const result = await run({ ...options, say: (line) => console.log(line) });
  print(result);
  if (!values.keep) await result.clear();
  if (result.findings.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
}
process.exit();

function print({ database, seed, findings, total, folder }) {
  console.log(`\n### ${database},种子 ${seed},${Math.round(total.ms / 1000)} 秒\n`);
  const figures = [
    ['强杀（其中对准启动、对准签发）', `${total.kills}(${total.aimed.start}、${total.aimed.letter})`],
    ['启动', total.starts],
    ['被杀时正在运行的排版进程', total.compilers],
    ['请求', total.requests],
    ['其中没有连上', total.closed],
    ['其中办到一半断开', total.cut],
    ['改动', total.changes],
    ['其中重复发送', total.repeated],
    ['其中被拒绝', total.refused],
    ['件（其中子件、撤回）', `${total.cases}(${total.children}、${total.withdrawn})`],
    ['提交', total.submissions],
    ['文书', total.letters],
    ['触发的定时', total.timers],
    ['流转记录', total.history],
    ['推送（其中送达不止一次）', `${total.effects}(${total.again})`],
    ['没有登记的文件（允许）', total.loose],
  ];
  console.log('| 项目 | 数量 |\n|---|---:|');
  for (const [name, value] of figures) console.log(`| ${name} | ${value} |`);
  console.log('\n| 检查 | 规则 | 对象 | 违反 |\n|---|---|---:|---:|');
  for (const { name, rule, counted, violations } of findings)
    console.log(`| ${name} | ${rule} | ${counted} | ${violations.length} |`);
  for (const { name, violations } of findings)
    for (const line of violations.slice(0, 25)) console.error(`  [${name}] ${line}`);
  if (values.keep) console.log(`\n${folder}`);
}
