/** Owns letter-text: placeholders, conditions and loops of a letter use what the case has where the letter is issued. */
import type { Environment } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, listOf, NUMBER } from '@ganwei/feel/type';
import type { Letter, LetterExpression } from '@ganwei/letter/template';
import { withNames } from '../scope/environment.ts';
import { scopeOf } from '../scope/known.ts';
import { letterScope } from '../scope/letters.ts';
import { serviceAt, usesOf } from '../scope/uses.ts';
import { asking, checkOf, once, type Subject } from './check.ts';

export const letterText = checkOf('letter-text', 'letter', (subject) => {
  const { release, definition, value, report } = subject;
  const told = once(subject);
  const uses = usesOf(release, 'letter key', definition.key);
  for (const place of uses) {
    const [scope, service] = [scopeOf(release, place.process), serviceAt(release, place)];
    if (scope && service) checkLetter(told, letterScope(release, service, scope.at(place.node)));
  }
  if (uses.length === 0) report({ severity: 'warning', element: value.key, message: '没有流程签发这份文书' });
});

function checkLetter(subject: Subject<Letter>, environment: Environment): void {
  for (const expression of subject.value.expressions) {
    const ask = asking(subject, `第 ${expression.line} 行`);
    const at = expression.loops.reduce((around, { name, counter, over }) => {
      const items = asking({ ...subject, report: () => {} }, '').expression('', over, around);
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
