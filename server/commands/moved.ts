/** Owns what a person reads after an act: where the case went, who has it now, which letters were issued. */
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';

export interface Moved {
  caseId: string;
  number: string;
  state: CaseFile['row']['state'];
  status: { key: string; label: string; tone: 'running' | 'done' | 'stopped' | 'warning' };
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

const STATES = {
  running: { label: '办理中', tone: 'running' },
  ended: { label: '已办结', tone: 'done' },
  withdrawn: { label: '已撤回', tone: 'stopped' },
  suspended: { label: '中止', tone: 'warning' },
} as const;

/** The label of a status key; the state's own word where the process names none. */
export function statusOf(
  statuses: readonly Moved['status'][],
  key: string,
  state: CaseFile['row']['state'],
): Moved['status'] {
  if (state === 'withdrawn') return { key, ...STATES.withdrawn };
  return statuses.find((s) => s.key === key) ?? { key, ...STATES[state] };
}
