/**
 * Owns what is told of the way ahead: the next steps of people, as the one predictor of the house gives them (packages/process/ahead.ts),
 * and who would do them, if this person may know. Read only. Rules: [A1] [PRO13].
 */
import type { Answer } from '@ganwei/core/contract';
import { nextSteps } from '@ganwei/process/ahead';
import { isNamed, isOpenTo, seesAll } from '../../catalogue/reading.ts';
import type { Look } from '../look.ts';

type CaseView = Answer<'case'>;

/** The next steps of people after what waits now; who would do them is told only to those who read the whole case. */
export function predict(look: Look): CaseView['next'] {
  const { process, tasks, sight } = look;
  const whole = seesAll(look.reading, 'ahead');
  const waiting = tasks.map((task) => task.node);
  return nextSteps(process.model, waiting, (flow) => settled(look, flow.condition))
    .map(({ node }) => node)
    .filter(({ id, task }) => !waiting.includes(id) && isOpenTo(task, sight) && (whole || isNamed(process.model, id)))
    .slice(0, 4)
    .map(({ id, name, task }) => ({ node: id, name, who: whole ? whoWould(task!.assignees) : '' }));

  function whoWould(source: string): string {
    try {
      const people = sight.people(source);
      return people.length <= 3 ? people.map((person) => look.host.directory().nameOf(person)).join('、') : '';
    } catch {
      // What a later step needs may not be known yet.
      return '';
    }
  }
}

/** What is known of a case from its beginning and never changes. */
const FIXED = ['case.start', 'case.starter', 'case.starterUnit', 'case.startedOn'];

/** A condition over nothing else has its answer now; any other may still change before it is asked. */
function settled(look: Look, condition: string | undefined): boolean | 'unknown' {
  if (condition === undefined) return 'unknown';
  const { paths, rowPaths, functions } = look.sight.language.compile(condition);
  const fixed = functions.length === 0 && rowPaths.length === 0 && paths.every((path) => FIXED.includes(path));
  return fixed ? look.sight.holds(condition) : 'unknown';
}
