/** Owns letter-text: placeholders, conditions and loops of a letter use what the case has where the letter is issued. */
import type { Environment } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, listOf, NUMBER } from '@ganwei/feel/type';
import type { Letter, LetterExpression } from '@ganwei/letter/template';
import type { Definition } from '../definition.ts';
import type { Release } from '../release.ts';
import { withNames } from '../scope/environment.ts';
import { inputOfType } from '../scope/inputs.ts';
import { letterScope } from '../scope/letters.ts';
import { asking, type Check, each, once, type Report } from './check.ts';

export const letterText: Check = {
  name: 'letter-text',
  run(release, report) {
    for (const { definition, value } of each(release, 'letter', release.letter)) {
      const told = once(report);
      const uses = [...usesOf(release, definition.key)];
      for (const environment of uses) checkLetter(release, told, definition, value, environment);
      if (uses.length === 0) {
        report(definition, { severity: 'warning', element: value.key, message: '没有流程签发这份文书' });
      }
    }
  },
};

/** The environments of all service tasks that issue the letter. */
function* usesOf(release: Release, key: string): Generator<Environment> {
  for (const process of release.keys('process')) {
    const scope = release.scope(process);
    for (const { id, service } of release.process(process)?.model.nodes.values() ?? []) {
      if (!service || !scope || inputOfType(release, service, 'letter key') !== key) continue;
      yield letterScope(release, service, scope.at(id));
    }
  }
}

function checkLetter(
  release: Release,
  report: Report,
  definition: Definition,
  letter: Letter,
  environment: Environment,
): void {
  for (const expression of letter.expressions) {
    const ask = asking(release, report, definition, `第 ${expression.line} 行`);
    const at = expression.loops.reduce((around, { name, counter, over }) => {
      const items = asking(release, () => {}, definition, '').expression('', over, around);
      return withNames(around, [
        [name, items.kind === 'list' ? items.item : items],
        ...(counter === null ? [] : ([[counter, NUMBER]] as const)),
      ]);
    }, environment);
    ask.expression(PLACES[expression.kind], expression.source, at, WANTED[expression.kind]);
  }
}

const PLACES: Readonly<Record<LetterExpression['kind'], string>> = {
  text: '占位',
  condition: '条件',
  loop: '循环',
  list: '列表',
};
const WANTED = { text: ANY, condition: BOOLEAN, loop: listOf(ANY), list: listOf(ANY) } as const;
