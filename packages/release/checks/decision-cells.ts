/** Owns decision-cells: inputs, cells and results of a table are of the types where it is asked; what it needs is given to it. */
import type { Step } from '@ganwei/decision/evaluate';
import type { Decision } from '@ganwei/decision/load';
import { misfit } from '@ganwei/feel/fit';
import { type Environment, inferUnaryTests } from '@ganwei/feel/infer/infer';
import { printType, type Type } from '@ganwei/feel/type';
import { decisionScope, outputType, stepScopes } from '../scope/decisions.ts';
import { scopeOf } from '../scope/known.ts';
import { serviceAt, usesOf } from '../scope/uses.ts';
import { asking, checkOf, once, parsed, type Subject } from './check.ts';

export const decisionCells = checkOf('decision-cells', 'decision', (subject) => {
  const { release, definition, value, report } = subject;
  const told = once(subject);
  const uses = usesOf(release, 'decision key', definition.key);
  for (const place of uses) {
    const [scope, service] = [scopeOf(release, place.process), serviceAt(release, place)];
    if (!scope || !service) continue;
    const { environment } = decisionScope(release, service, scope.at(place.node));
    for (const { step, environment: at } of stepScopes(release, value, environment)) checkStep(told, step, at);
  }
  if (uses.length === 0) report({ severity: 'warning', element: value.id, message: '没有流程使用这张决策表' });
});

function checkStep(subject: Subject<Decision>, step: Step, at: Environment): void {
  const { table, expression } = step;
  const { release, report, hear } = subject;
  const ask = (element: string) => asking(subject, element);
  ask(step.id).expression('表达式', expression ?? undefined, at, step.type.type);
  for (const column of table?.inputs ?? []) {
    const place = `输入「${column.label}」`;
    const type = ask(step.id).expression(place, column.value.source, at);
    const declared = column.type.type;
    if (misfit(type, declared)) {
      report({ element: step.id, message: `${place}应为${printType(declared)}，实际是${printType(type)}` });
    }
    for (const [index, cell] of column.cells.entries()) {
      const rule = table?.rules[index];
      const wanted: Type = type.kind === 'any' || type.kind === 'null' ? declared : type;
      const found = parsed(() => inferUnaryTests(cell.source, release.language, { ...at, heard: hear }, wanted)) ?? [];
      ask(rule?.id ?? step.id).findings(`第 ${index + 1} 条规则${place}`, cell.source, found);
    }
  }
  for (const column of table?.outputs ?? []) {
    const declared = outputType(column);
    for (const [index, cell] of column.cells.entries()) {
      const rule = table?.rules[index];
      const place = `第 ${index + 1} 条规则的结果「${column.label}」`;
      ask(rule?.id ?? step.id).expression(place, cell?.source, at, declared);
    }
    ask(step.id).expression(`「${column.label}」的默认结果`, column.otherwise?.source, at, declared);
  }
}
