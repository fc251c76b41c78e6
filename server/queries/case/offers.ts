/** Owns what a person is offered on a case as a whole: operations, and the buttons that start an attached process. Rules: [C1] [C9] [T12]. */
import type { Answer } from '@ganwei/core/contract';
import { attachedProcess, offeredActions, type Surroundings } from '../../catalogue/actions.ts';
import { isOpenTo } from '../../catalogue/reading.ts';
import type { CaseRow } from '../../store/rows.ts';
import type { Look } from '../look.ts';

type CaseView = Answer<'case'>;

/** The case as the buttons on it see it. */
export const surroundings = ({ actor, row, process, sight }: Look, children: readonly CaseRow[]): Surroundings => ({
  person: actor.id,
  row,
  process,
  sight,
  children,
});

/** [C9] Buttons that start an attached process. */
export async function actions(look: Look, children: readonly CaseRow[]): Promise<CaseView['actions']> {
  const offered = offeredActions(surroundings(look, children));
  return Promise.all(
    offered.map(async (action) => {
      const { process, start } = await attachedProcess(look.host.catalogue(), look.process, action);
      return { key: action.key, label: action.label, process: process.key, start: start.id };
    }),
  );
}

export function caseOperations(look: Look): CaseView['operations'] {
  const { row, process, actor } = look;
  const operations: CaseView['operations'] = [];
  if (row.starter_id === actor.id && row.state === 'running') {
    const allowed = process.model.case.withdraw !== undefined && look.sight.holds(process.model.case.withdraw);
    if (allowed) operations.push({ key: 'withdraw', allowed, reason: '', targets: [] });
  }
  const urgeable = look.tasks.some(({ node }) => {
    const task = process.model.nodes.get(node)?.task;
    return task?.operations.includes('urge') && isOpenTo(task, look.sight);
  });
  const others = look.items.some((item) => item.person_id !== actor.id);
  if (row.state === 'running' && urgeable && others) {
    operations.push({ key: 'urge', allowed: true, reason: '', targets: [] });
  }
  operations.push({ key: 'comment', allowed: true, reason: '', targets: [] });
  operations.push({ key: 'attach', allowed: true, reason: '', targets: [] });
  return operations;
}
