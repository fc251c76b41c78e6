/** Owns the head of a case: what it is called, where it stands, whose it is, what it came from and what came from it. Read only. Rules: [A1] [A60]. */
import type { Answer } from '@ganwei/core/contract';
import { statusOf } from '../../catalogue/case-scope.ts';
import { seesStarter } from '../../catalogue/reading.ts';
import { childCases } from '../../store/cases.ts';
import type { CaseRow } from '../../store/rows.ts';
import { type Look, lookIfAllowed, personRef } from '../look.ts';

type CaseHead = Answer<'case'>['case'];

/** [READ11] Who started it is withheld (empty) from whom the rule book does not show it. */
export async function caseHead({ host, actor, row, reading }: Look, parent?: CaseRow | undefined): Promise<CaseHead> {
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
    starter: seesStarter(reading, model, row, actor.id)
      ? personRef(host, row.starter_id)
      : { id: '', name: '', unit: '' },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    parent: parent ? { id: parent.id, number: parent.number, title: parent.title } : null,
    watermark: model.case.watermark,
  };
}

/** The case it came from, unless it is not this person's to read. */
export async function parentOf({ host, actor, row }: Look): Promise<CaseRow | undefined> {
  return row.parent_id ? (await lookIfAllowed(host, actor, row.parent_id))?.row : undefined;
}

/** [A60] The cases that came from it, as far as this person may open them. */
export async function family({ host, actor, row, tx }: Look): Promise<Look[]> {
  const looks = (await childCases(tx, row.id)).map((child) => lookIfAllowed(host, actor, child.id));
  return (await Promise.all(looks)).flatMap((look) => look ?? []);
}
