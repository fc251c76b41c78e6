/** Owns the head of a case: what it is called, where it stands, whose it is, and what it came from. Read only. Rule: [A1]. */
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { statusOf } from '../../catalogue/case-scope.ts';
import type { Host } from '../../catalogue/host.ts';
import type { CaseRow } from '../../store/rows.ts';
import { type Look, lookAt, personRef } from '../look.ts';

type CaseHead = Answer<'case'>['case'];

export async function caseHead(host: Host, row: CaseRow, parent?: CaseRow | undefined): Promise<CaseHead> {
  const { model } = await host.catalogue().process(row.process, row.version);
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    process: row.process,
    processName: model.name,
    version: row.version,
    status: statusOf(model.case.statuses, row.status, row.state),
    state: row.state,
    starter: personRef(host, row.starter_id),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    parent: parent ? { id: parent.id, number: parent.number, title: parent.title } : null,
  };
}

/** The case it came from, unless it is not this person's to read. */
export async function parentOf({ host, actor, row }: Look): Promise<CaseRow | undefined> {
  if (!row.parent_id) return undefined;
  try {
    return (await lookAt(host, actor, row.parent_id)).row;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
