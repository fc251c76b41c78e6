/** Owns decision-cells: inputs, cells and results of a table are of the types where it is asked; what it needs is given to it. */
import type { Step } from '@ganwei/decision/evaluate';
import type { Decision } from '@ganwei/decision/load';
import { misfit } from '@ganwei/feel/fit';
import { type Environment, inferUnaryTests } from '@ganwei/feel/infer/infer';
import { printType, type Type } from '@ganwei/feel/type';
import type { Definition } from '../definition.ts';
import type { Release } from '../release.ts';
import { noting } from '../scope/calls.ts';
import { decisionScope, stepScopes } from '../scope/decisions.ts';
import { inputOfType } from '../scope/inputs.ts';
import { asking, type Check, each, once, parsed, type Report } from './check.ts';

export const decisionCells: Check = {
  name: 'decision-cells',
  run(release, report) {
    for (const { definition, value } of each(release, 'decision', release.decision)) {
      const told = once(report);
      let uses = 0;
      for (const environment of usesOf(release, definition.key)) {
        uses++;
        checkDecision(release, told, definition, value, environment);
      }
      if (uses === 0) {
        report(definition, { severity: 'warning', element: value.id, message: '没有流程使用这张决策表' });
      }
    }
  },
};

/** The environments of all service tasks that ask the table. */
function* usesOf(release: Release, key: string): Generator<Environment> {
  for (const process of release.keys('process')) {
    const scope = release.scope(process);
    for (const { id, service } of release.process(process)?.model.nodes.values() ?? []) {
      if (!service || !scope || inputOfType(release, service, 'decision key') !== key) continue;
      yield decisionScope(release, service, scope.at(id)).environment;
    }
  }
}

function checkDecision(
  release: Release,
  report: Report,
  definition: Definition,
  decision: Decision,
  environment: Environment,
): void {
  for (const scoped of stepScopes(release, decision, environment)) {
    checkStep(release, report, definition, scoped.step, scoped.environment);
  }
}

function checkStep(release: Release, report: Report, definition: Definition, step: Step, at: Environment): void {
  const { table, expression } = step;
  const ask = (element: string) => asking(release, report, definition, element);
  ask(step.id).expression('表达式', expression ?? undefined, at, step.type.type);
  for (const column of table?.inputs ?? []) {
    const place = `输入「${column.label}」`;
    const type = ask(step.id).expression(place, column.value.source, at);
    const declared = column.type.type;
    if (misfit(type, declared)) {
      report(definition, { element: step.id, message: `${place}应为${printType(declared)}，实际是${printType(type)}` });
    }
    for (const [index, cell] of column.cells.entries()) {
      const rule = table?.rules[index];
      const wanted: Type = type.kind === 'any' || type.kind === 'null' ? declared : type;
      const found = parsed(() => inferUnaryTests(cell.source, release.language, noting(release, at), wanted)) ?? [];
      ask(rule?.id ?? step.id).findings(`第 ${index + 1} 条规则${place}`, cell.source, found);
    }
  }
  for (const column of table?.outputs ?? []) {
    const declared = column.type.type;
    for (const [index, cell] of column.cells.entries()) {
      const rule = table?.rules[index];
      const place = `第 ${index + 1} 条规则的结果「${column.label}」`;
      ask(rule?.id ?? step.id).expression(place, cell?.source, at, declared);
    }
    ask(step.id).expression(`「${column.label}」的默认结果`, column.otherwise?.source, at, declared);
  }
}
