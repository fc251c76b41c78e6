/**
 * How long the check of a release takes (`npm run bench -- release`): the content folder read for the first time, the same texts again, and
 * one definition changed; then content twenty times as large, in the server's worker thread, and how long the event loop was held up.
 * Loads the house's own sources, not the build; the thread is warm.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { root } from '../prepare.mjs';
import { load } from '../sources.mjs';
import { multiplied } from './many.mjs';

/** The content folder as a release, in a workshop that has compiled nothing yet. */
export async function openContent() {
  const { readFolder } = await load('server/catalogue/folder.ts');
  const { PLATFORM_FUNCTIONS, PlatformLanguage } = await load('server/catalogue/language.ts');
  const { BUILT_IN_SERVICES } = await load('server/services/registry.ts');
  const { openRelease, openWorkshop } = await load('packages/release/release.ts');
  const files = readFolder(root);
  const workshop = openWorkshop(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, BUILT_IN_SERVICES);
  return { files, workshop, openRelease, release: await openRelease(files, workshop) };
}

export async function release({ print }) {
  const { checkRelease } = await load('packages/release/check.ts');
  const timed = async (work) => {
    const from = performance.now();
    const done = await work();
    return [done, (performance.now() - from).toFixed(0)];
  };
  const [opened, first] = await timed(openContent);
  const [found, checked] = await timed(() => checkRelease(opened.release));
  const again = async (files) => checkRelease(await opened.openRelease(files, opened.workshop));
  const [, same] = await timed(() => again(opened.files));
  print(`${opened.files.length} 份定义，${found.length} 条提示。\n`);
  print('| 做什么 | 毫秒 |\n|---|---:|');
  print(`| 读入程序和内容，全部编译 | ${first} |`);
  print(`| 全部检查（含可靠性证明） | ${checked} |`);
  print(`| 什么也没改，再来一次 | ${same} |`);
  for (const changed of largestOf(opened.files)) {
    const [, one] = await timed(() => again(touched(opened.files, changed)));
    print(`| 改了 ${changed.file} | ${one} |`);
    await again(opened.files);
  }
  await beside({ print, timed, files: opened.files });
}

/** The largest definition of each kind, but those of which everything depends on the one. */
function largestOf(files) {
  const kinds = [...new Set(files.map(({ kind }) => kind))].filter((kind) => kind !== 'directory');
  return kinds.map((kind) =>
    files.filter((file) => file.kind === kind).reduce((a, b) => (a.source.length < b.source.length ? b : a)),
  );
}

/** The same files, one of them written anew. */
const touched = (files, changed) =>
  files.map((file) => (file === changed ? { ...file, source: `${file.source}\n` } : file));

/** Content twenty times as large, as the server examines it. */
async function beside({ print, timed, files }) {
  const { makeExaminer } = await load('server/commands/examiner.ts');
  const { PLATFORM_FUNCTIONS } = await load('server/catalogue/language.ts');
  const { BUILT_IN_SERVICES } = await load('server/services/registry.ts');
  const known = { functions: PLATFORM_FUNCTIONS, services: BUILT_IN_SERVICES };
  const examiner = makeExaminer();
  await examiner.examine([], known);
  const many = multiplied(files, 20);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [, once] = await timed(() => examiner.examine(files, known));
  const [{ problems }, all] = await timed(() => examiner.examine(many, known));
  const [, one] = await timed(() => examiner.examine(touched(many, many[0]), known));
  delay.disable();
  await examiner.close();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  print(
    `\n在线程里：${many.length} 份定义（20 倍），${errors} 处错误；事件循环最长停顿 ${(delay.max / 1e6).toFixed(0)} 毫秒。\n`,
  );
  print('| 做什么 | 毫秒 |\n|---|---:|');
  print(`| 随附内容，编译和检查 | ${once} |`);
  print(`| 20 倍的内容，编译和检查 | ${all} |`);
  print(`| 20 倍，改了一份 | ${one} |`);
}
