/**
 * How long the proof of a process takes (`npm run bench -- proof`): the shipped ones, and drawings that would explode if their
 * branches were not proved one by one. Loads the house's own sources, not the build.
 */
import { load } from '../sources.mjs';
import { openContent } from './release.mjs';

export async function proof({ print }) {
  const { prove } = await load('packages/process/prove.ts');
  print('| 流程 | 局面 | 步 | 分部 | 毫秒 |\n|---|---:|---:|---:|---:|');
  for (const [name, model] of [...(await shipped()), ...drawn()]) {
    const times = [];
    let result;
    for (let n = 0; n < 3; n++) {
      const from = performance.now();
      result = prove(model);
      times.push(performance.now() - from);
    }
    const findings = result.findings.length > 0 ? `(${result.findings.map(({ rule }) => rule).join()})` : '';
    print(`| ${name}${findings} | ${result.markings} | ${result.moves} | ${result.parts} | ${times[0].toFixed(0)} |`);
  }
}

/** The processes of the content folder. */
async function shipped() {
  const { release } = await openContent();
  return release.keys('process').map((key) => [key, release.process(key).model]);
}

/** Drawings made up here, as models: only what tokens need. */
function drawn() {
  return [
    ['20 个并行分支，各 2 步', forks('bpmn:ParallelGateway', 20, 2)],
    ['10 个包容分支，各 2 步', forks('bpmn:InclusiveGateway', 10, 2)],
    ['20 个并行分支，各 25 步', forks('bpmn:ParallelGateway', 20, 25)],
    ['500 步的链', chain(500)],
    ['10 段，每段 10 个包容分支', chain(10, (draw, id) => fork(draw, id, 'bpmn:InclusiveGateway', 10, 2))],
    ['并行套包容，10 乘 10', nested(10)],
  ];
}

function drawing() {
  const nodes = new Map();
  const flows = new Map();
  return {
    node: (id, type, kind) =>
      nodes.set(id, { id, name: id, type, kind, ...(kind === 'end' && { end: { terminate: false } }) }),
    flow: (source, target, more = {}) => {
      const id = `f${flows.size}`;
      flows.set(id, { id, name: '', source, target, ...more });
    },
    model: () => ({ id: 'p', name: 'p', nodes, flows, case: { statuses: [], actions: [] } }),
  };
}

const user = (draw, id) => {
  draw.node(id, 'bpmn:UserTask', 'user');
  return [id, id];
};

/** Parts one after the other; the first and the last node. */
function line(draw, id, count, part) {
  const parts = Array.from({ length: count }, (_, n) => part(draw, `${id}_${n}`));
  for (let n = 1; n < count; n++) draw.flow(parts[n - 1][1], parts[n][0]);
  return [parts[0][0], parts[count - 1][1]];
}

function fork(draw, id, type, branches, steps, part = user) {
  const [open, close] = [`${id}f`, `${id}j`];
  draw.node(open, type, 'gateway');
  draw.node(close, type, 'gateway');
  for (let n = 0; n < branches; n++) {
    const [first, last] = line(draw, `${id}_${n}`, steps, part);
    const inclusive = type === 'bpmn:InclusiveGateway';
    draw.flow(open, first, inclusive ? (n === 0 ? { isDefault: true } : { condition: `x${n}` }) : {});
    draw.flow(last, close);
  }
  return [open, close];
}

function whole(part) {
  const draw = drawing();
  draw.node('start', 'bpmn:StartEvent', 'start');
  draw.node('end', 'bpmn:EndEvent', 'end');
  const [first, last] = part(draw, 'n');
  draw.flow('start', first);
  draw.flow(last, 'end');
  return draw.model();
}

const forks = (type, branches, steps) => whole((draw, id) => fork(draw, id, type, branches, steps));
const chain = (count, part = user) => whole((draw, id) => line(draw, id, count, part));
const nested = (n) =>
  whole((draw, id) =>
    fork(draw, id, 'bpmn:ParallelGateway', n, 1, (inner, at) => fork(inner, at, 'bpmn:InclusiveGateway', n, 2)),
  );
