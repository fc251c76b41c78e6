/**
 * `node scripts/dmn-compliance.mjs <folder> [kind]`: holds packages/decision against a folder of public DMN compliance cases (the layout
 * of dmn-tck/tck: compliance-level-2 and -3, a .dmn file and its test cases in each). Prints how many results are right, a strict error
 * where null is expected, refused when loaded, an error where a value is expected, wrong; with a kind, the cases of that kind.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';
import { root } from './prepare.mjs';

const [folder, wanted] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/dmn-compliance.mjs <folder> [right|strict|refused|error|wrong]');

/** the rooms as they are written, without a build */
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  ssr: { noExternal: [/^@ganwei\//] },
});
const room = (file) => vite.ssrLoadModule(`/packages/${file}.ts`);
const { DefinitionError } = await room('core/definition');
const { bare, DecisionError } = await room('decision/evaluate');
const { readDecisions } = await room('decision/load');
const { equals } = await room('feel/values');
const { readDate, readDateTime, readDuration, readTime } = await room('feel/temporal');

/** not a matter of one file and its expressions: programs in Java, imports of other files, decision services (in other models too) */
const OUT_OF_SCOPE = /0076-feel-external-java|0085-decision-services|0086-import|0089-nested-inputdata-imports/;

const kinds = { right: [], strict: [], refused: [], error: [], wrong: [] };

// ---- the little XML that test cases are written in ---------------------------------------------------------------------

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, code, name) =>
    name ? ENTITIES[name] : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(code)),
  );

/** text -> { tag, attributes, children, text } of the outermost element; prefixes dropped */
function parse(xml) {
  const root = { tag: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
  for (const [, data, closing, tag, attributes, empty, text] of xml.matchAll(token)) {
    const top = open.at(-1);
    if (data !== undefined) top.text += data;
    else if (text !== undefined) top.text += decode(text);
    else if (closing) open.pop();
    else if (tag) {
      const found = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
      const named = Object.fromEntries(found.map(([, key, a, b]) => [key.split(':').at(-1), decode(a ?? b)]));
      const made = { tag: tag.split(':').at(-1), attributes: named, children: [], text: '' };
      top.children.push(made);
      if (!empty) open.push(made);
    }
  }
  return root.children[0];
}

const all = (node, tag) => node.children.filter((child) => child.tag === tag);

/** the value below an inputNode, expected, component or item */
function readValue(node) {
  const [list] = all(node, 'list');
  if (list) return list.attributes.nil === 'true' ? null : all(list, 'item').map(readValue);
  const components = all(node, 'component');
  if (components.length) return Object.fromEntries(components.map((one) => [one.attributes.name, readValue(one)]));
  const [value] = all(node, 'value');
  if (!value || value.attributes.nil === 'true') return null;
  return simple(value.text, value.attributes.type?.split(':').at(-1));
}

function simple(raw, type) {
  const text = raw.trim();
  switch (type) {
    case 'decimal':
    case 'double':
    case 'integer':
    case 'int':
    case 'float':
      return Number(text);
    case 'boolean':
      return text === 'true' || text === '1';
    case 'date':
      return readDate(text) ?? raw;
    case 'dateTime':
      return readDateTime(text) ?? raw;
    case 'time':
      return readTime(text) ?? raw;
    case 'duration':
      return readDuration(text) ?? raw;
    default:
      return raw;
  }
}

// ---- judging -----------------------------------------------------------------------------------------------------------

/** numbers agree in ten digits, the rest is the language's own equality */
function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= Math.abs(b) * 1e-8 + 1e-12;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i]));
  if (isPlain(a) && isPlain(b)) {
    const keys = Object.keys(b);
    return Object.keys(a).length === keys.length && keys.every((key) => key in a && same(a[key], b[key]));
  }
  return equals(a ?? null, b ?? null, () => {}) === true;
}

const isPlain = (value) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function judge(file, scope, name, expected) {
  let decision;
  try {
    decision = file.load(name);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return [expected === null ? 'strict' : 'refused', error.problems.map((one) => one.message).join('; ')];
  }
  try {
    const { result } = decision.evaluate(scope);
    const value = bare(result, decision.hitPolicy === null || decision.outputs.length === 1);
    return same(value, expected)
      ? ['right', '']
      : ['wrong', `${JSON.stringify(value)} instead of ${JSON.stringify(expected)}`];
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    return [expected === null ? 'strict' : 'error', error.message];
  }
}

async function run(level, model) {
  const at = path.join(folder, level, model);
  const files = readdirSync(at);
  const source = files.find((file) => file.endsWith('.dmn'));
  const cases = files.filter((file) => /test.*\.xml$/i.test(file));
  if (!source) return;
  let file;
  let broken = '';
  try {
    file = await readDecisions(readFileSync(path.join(at, source), 'utf8'));
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    broken = error.problems.map((one) => one.message).join('; ');
  }
  for (const test of cases.flatMap((name) => all(parse(readFileSync(path.join(at, name), 'utf8')), 'testCase'))) {
    const scope = Object.fromEntries(all(test, 'inputNode').map((input) => [input.attributes.name, readValue(input)]));
    if (test.attributes.type === 'decisionService') continue;
    for (const node of all(test, 'resultNode')) {
      const [expectation] = all(node, 'expected');
      const expected = expectation ? readValue(expectation) : null;
      const { name } = node.attributes;
      const [kind, why] = file
        ? judge(file, scope, name, expected)
        : [expected === null ? 'strict' : 'refused', broken];
      kinds[kind].push(`${model} ${test.attributes.id} ${name}: ${why}`);
    }
  }
}

for (const level of ['compliance-level-2', 'compliance-level-3']) {
  for (const model of readdirSync(path.join(folder, level)).sort()) {
    if (/^\d/.test(model) && !OUT_OF_SCOPE.test(model)) await run(level, model);
  }
}
const total = Object.values(kinds).reduce((sum, list) => sum + list.length, 0);
for (const [kind, list] of Object.entries(kinds)) {
  console.log(`${kind.padEnd(8)} ${String(list.length).padStart(5)}  ${((list.length / total) * 100).toFixed(1)} %`);
  if (kind === wanted) for (const line of list) console.log(`  ${line}`);
}
console.log(`total    ${String(total).padStart(5)}`);
await vite.close();
