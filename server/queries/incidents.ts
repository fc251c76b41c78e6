/**
 * Owns the administrators' list of cases that stand still, and what moving one to the version in force would mean. Administrators solve
 * incidents without reading cases (三员分立): title, people, days and data stay out. Read only. Rules: [T9] [O60] [C62].
 */

import { SYSTEM } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { incidentKind, type Way, waysOf } from '@ganwei/core/incident';
import type { Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { caseScope, waitingIn } from '../catalogue/case-scope.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import { isBehind, judgeMove } from '../catalogue/moving.ts';
import { loadCase, loadValues } from '../store/cases.ts';
import { loadIncident, openIncidents } from '../store/incidents.ts';
import type { CaseRow, IncidentRow } from '../store/rows.ts';
import { tasksOfCase } from '../store/work.ts';

export async function incidents(host: Host): Promise<Answer<'incidents'>> {
  const tx = host.store.reader;
  return Promise.all(
    (await openIncidents(tx)).map(async (row) => {
      const own = await loadCase(tx, row.case_id);
      const model = own ? (await host.catalogue().process(own.process, own.version)).model : undefined;
      return {
        id: row.id,
        caseId: row.case_id,
        number: own?.number ?? '',
        title: model?.name ?? '',
        node: model?.nodes.get(row.node)?.name ?? row.node,
        kind: incidentKind(row.kind),
        detail: row.detail,
        openedAt: row.opened_at,
        ways: waysNow(host, row, own),
      };
    }),
  );
}

/** A case that goes by what is in force already cannot move. */
function waysNow(host: Host, { kind }: IncidentRow, own: CaseRow | undefined): Way[] {
  const behind = own?.state === 'running' && isBehind(host.catalogue(), own);
  return waysOf(incidentKind(kind)).filter((way) => way !== 'move' || behind);
}

/** [C62] Judged as the act will be; tells the places where the case stands by name, and nothing of what is in it. */
export async function movePreview(
  host: Host,
  id: string,
  say: (reason: Reason) => string,
): Promise<Answer<'movePreview'>> {
  const tx = host.store.reader;
  const incident = await loadIncident(tx, id);
  const row = incident && (await loadCase(tx, incident.case_id));
  if (!row) throw new Refusal('not.found');
  const process = await host.catalogue().process(row.process, row.version);
  const [values, tasks] = [await loadValues(tx, row.id), await tasksOfCase(tx, row.id)];
  const now = host.now();
  const scope = caseScope({ row, process, values, actor: SYSTEM, now, outcome: null });
  const slots = Object.values(row.slots);
  const sight = sightOf(host, now, scope, { reached: row.reached, waiting: waitingIn(slots) });
  const judged = await judgeMove(tx, host.catalogue(), { row, process, tasks, sight });
  return {
    from: row.version,
    to: 'target' in judged ? judged.target.process.version : null,
    release: host.catalogue().release,
    places: slots.map(({ node, kind }) => ({ name: nameOf(process, node), kind })),
    begins: 'target' in judged ? judged.target.begins.map((id) => nameOf(judged.target.process, id)) : [],
    opens: 'target' in judged ? judged.target.opens.map((id) => nameOf(judged.target.process, id)) : [],
    reasons: 'reasons' in judged ? judged.reasons.map((reason) => say(reason)) : [],
  };
}

const nameOf = ({ model }: ProcessEntry, node: string): string => model.nodes.get(node)?.name ?? '';
