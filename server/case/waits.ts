/**
 * Owns the rows of what a case waits for besides people and time: messages, calls and external services. Rules: [C6].
 */
import type { ProcessNode } from '@ganwei/process/model';
import type { Wait } from '@ganwei/process/step';
import type { WaitRow } from '../store/rows.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';

/** The row that a message of this name and key will find; answers with its id. */
export function openMessage(desk: Desk, file: CaseFile, wait: Wait, node: ProcessNode): string {
  const { name, correlation } = node.message!;
  const key = correlationKey(file.ask(correlation));
  return openRow(desk, file, wait, { kind: 'message', name, correlation: key, detail: null });
}

/** What the column holds: longer keys are told apart by their first 200 characters, on both databases alike. */
export const correlationKey = (key: unknown): string => String(key ?? '').slice(0, 200);

/** The row of a wait of any kind; answers with its id. */
export function openRow(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  row: Pick<WaitRow, 'kind' | 'name' | 'correlation' | 'detail'>,
): string {
  const id = desk.host.newId();
  file.changes.waits.push({ id, case_id: file.id, slot: wait.slot, node: wait.node, opened_at: desk.now, ...row });
  return id;
}
