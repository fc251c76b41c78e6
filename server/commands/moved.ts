/** Owns what a person reads after an act: where the case went, who has it now, which letters were issued. */
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import { type StatusView, statusOf } from '../catalogue/case-scope.ts';

export interface Moved {
  caseId: string;
  number: string;
  state: CaseFile['row']['state'];
  status: StatusView;
  next: { task: string; name: string; who: string[] }[];
  letters: { id: string; number: string; title: string }[];
  warnings: string[];
}

export function moved(desk: Desk, file: CaseFile): Moved {
  const { row, changes } = file;
  const directory = desk.host.directory();
  return {
    caseId: file.id,
    number: row.number,
    state: row.state,
    status: statusOf(file.process.model.case.statuses, row.status, row.state),
    next: changes.tasks
      .filter((task) => !changes.closedTasks.has(task.id))
      .map((task) => ({
        task: task.id,
        name: task.name,
        who: changes.items.filter((item) => item.task_id === task.id).map((item) => directory.nameOf(item.person_id)),
      })),
    letters: desk.letters.map(({ id, number, title }) => ({ id, number, title })),
    warnings: desk.warnings,
  };
}
