/**
 * Owns what the stories have seen of the processes: outcomes given, timers fired, ends reached; and what there is to see, read from the
 * BPMN itself. What is never seen is not tested.
 */
import { compileEntry } from '../../server/catalogue/library.ts';
import type { World } from '../commands/world.ts';
import { contentLanguage } from '../content/desk.ts';
import { content } from './tolerance-walk.ts';

const PROCESSES = [
  'tolerance',
  'tolerance-withdrawal',
  'tolerance-verify-extension',
  'tolerance-new-violation',
  'decision-review',
];

export const seen = new Set<string>();

/** Takes down what happened on a stage before it is torn down. */
export async function remember(w: World): Promise<void> {
  const { reader } = w.host.store;
  const cases = await reader('cases');
  const process = new Map(cases.map((row) => [row.id, row.process]));
  // The end of a phase ends no case and has no entry in the record: the case remembers that it was reached.
  for (const row of cases) for (const node of Object.keys(JSON.parse(row.reached))) seen.add(`${row.process} ${node}`);
  for (const row of await reader('submissions')) seen.add(`${process.get(row.case_id)} ${row.node} ${row.outcome}`);
  for (const row of await reader('history').whereIn('kind', ['timer', 'ended']))
    seen.add(`${process.get(row.case_id)} ${row.node}`);
}

/** Every outcome of every step, every timer and every end of the processes. */
export async function toBeSeen(): Promise<string[]> {
  const all: string[] = [];
  const language = await contentLanguage();
  for (const { key, source } of content().filter((file) => file.kind === 'process' && PROCESSES.includes(file.key))) {
    const { model } = await compileEntry(source, { key, app: '', version: 1 }, language);
    for (const node of model.nodes.values()) {
      if (node.kind === 'end' || node.kind === 'timer') all.push(`${key} ${node.id}`);
      for (const outcome of node.task?.outcomes ?? []) all.push(`${key} ${node.id} ${outcome.key}`);
    }
  }
  return all;
}
