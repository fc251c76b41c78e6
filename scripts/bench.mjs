/**
 * `npm run bench` measures everything and prints a report in Markdown; `npm run bench -- speed|pages|size|proof|release|design` measures a part. The load comes
 * from this process on the same machine. docs/performance.md keeps a report and reads it.
 */
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { startMariadb } from './mariadb.mjs';
import { build, machine, packages, root } from './prepare.mjs';

packages();
machine(['fonts', 'mariadb', 'chromium']);
build();

/** A part is loaded when it is asked for: what it stands on has been installed by then. */
const part = async (name) => (await import(`./bench/${name}.mjs`))[name];
const wanted = process.argv.slice(2);
const asked = (name) => wanted.length === 0 || wanted.includes(name);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const sizes = (process.env.BENCH_SIZES ?? '10000,1000000').split(',').map(Number);
const print = (line) => console.log(line);

print(
  `\n${os.cpus().length} 核,${Math.round(os.totalmem() / 2 ** 30)} GB,Node ${process.version};负载与服务器、数据库同在这台机器上;开始时系统负载 ${os.loadavg()[0].toFixed(1)}。`,
);
if (asked('speed')) {
  print('\n## 办理\n');
  const mariadb = await startMariadb({ durable: true });
  await (await part('speed'))({ seconds, mariadb, print });
  await mariadb.stop();
}
if (asked('pages')) {
  print('\n## 页面与已办结的件数\n');
  const mariadb = await startMariadb({ memory: '1G' });
  const worst = await (await part('pages'))({ sizes, mariadb, print });
  print(`\n最大的比:${worst.toFixed(2)}。`);
  await mariadb.stop();
}
if (asked('size')) {
  print('\n## 页面大小(gzip 后的 JavaScript)\n');
  spawnSync(process.execPath, [path.join(root, 'scripts/page-size.mjs')], { stdio: 'inherit' });
}
if (asked('proof')) {
  print('\n## 流程的证明\n');
  await (await part('proof'))({ print });
}
if (asked('release')) {
  print('\n## 发布的检查\n');
  await (await part('release'))({ print });
}
if (asked('design')) {
  print('\n## 编辑器\n');
  await (await part('design'))({ print });
  print('\n## 变更的影响\n');
  await (await part('impact'))({ print, cases: Number(process.env.BENCH_CASES ?? 10_000) });
}
process.exit(0);
