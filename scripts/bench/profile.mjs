/** Owns the reading of a CPU profile of the server: which rooms and which libraries its time goes to. Idle time does not count. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What a file belongs to; the first that fits. */
const PLACES = [
  ['流程引擎', /packages\/process\/|node_modules\/(bpmn-|moddle|smqp)/],
  ['数据库驱动', /node_modules\/(libsql|@libsql|@neon-rs|mysql2|sqlstring|tarn|lru\.min)/],
  ['knex', /node_modules\/(knex|lodash)/],
  ['server/store', /server\/store\//],
  ['表单判定', /packages\/form\//],
  ['FEEL 与日历', /packages\/(feel|calendar)\/|node_modules\/(decimal|@lezer|lezer)/],
  ['server/commands 等', /server\//],
  ['契约解析（zod）', /node_modules\/zod|packages\/core\//],
  ['HTTP(koa、Node)', /node_modules\/|^node:(_?http|net|internal\/(streams|stream_base|http))/],
  ['Node 其余', /^node:/],
];

/** Functions of native code have no file: what they belong to is told by name. */
const NATIVE = [
  ['数据库驱动', /libsql|rows|statement/i],
  ['套接字', /^(write|writev|writeBuffer|writeUtf8String|readStart)/],
  ['垃圾回收', /garbage collector/],
];

/** name of the place -> share of the busy time; the engine also with everything it calls. Built files are read through the maps beside them. */
export function shares(profile) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const maps = new Map([...new Set(profile.nodes.map((node) => node.callFrame.url))].map((url) => [url, mapOf(url)]));
  const placeOf = new Map([...nodes].map(([id, node]) => [id, place(node.callFrame, maps)]));
  const own = new Map();
  let busy = 0;
  let below = 0;
  for (const [index, id] of profile.samples.entries()) {
    const time = profile.timeDeltas[index];
    const { functionName } = nodes.get(id).callFrame;
    if (functionName === '(idle)') continue;
    busy += time;
    own.set(placeOf.get(id), (own.get(placeOf.get(id)) ?? 0) + time);
    for (let at = id; at !== undefined; at = parents.get(at)) {
      if (placeOf.get(at) !== '流程引擎') continue;
      below += time;
      break;
    }
  }
  const table = [...own].map(([name, time]) => [name, time / busy]).sort((a, b) => b[1] - a[1]);
  return { table, engine: below / busy };
}

function mapOf(url) {
  const file = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
  return file && existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function place({ url, functionName, lineNumber, columnNumber }, maps) {
  if (!url) return NATIVE.find(([, names]) => names.test(functionName))?.[0] ?? '运行时（微任务、系统调用）';
  const file = maps.get(url)?.findEntry(lineNumber, columnNumber).originalSource ?? url;
  return PLACES.find(([, files]) => files.test(file))?.[0] ?? '其余';
}
