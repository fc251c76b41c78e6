/**
 * Verb: an administrator solves an incident, by naming people for the task or by having it tried again; the answer says what came of it.
 * Rules: [T9] [T4] [S70] [O60] [O61] [O62] [O70].
 */
import { incidentKind, type Result, type Way, waysOf } from '@ganwei/core/incident';
import { because, type Reason, said } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import type { Desk } from '../case/desk.ts';
import { giveStep, stepOf } from '../case/give-step.ts';
import { retry } from '../case/retry.ts';
import { Eligibility, withoutGround } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { type AskedException, askConsent, openConsentOf } from '../store/consents.ts';
import { closeIncident, loadIncident } from '../store/incidents.ts';
import type { IncidentRow } from '../store/rows.ts';
import { fire } from './fire-timer.ts';
import { type Call, perform } from './run.ts';

export interface Solution {
  way: Exclude<Way, 'move'>;
  people: readonly string[];
  comment: string;
}

/** What came of it; `reason`: why it stands still again. */
export interface Solved {
  result: Result;
  reason: Reason | string;
}

/**
 * [O60] Gives the task to named people, or tries again what failed. An incident that stands again stays the same one, with the newer
 * reason [O62]; one that is solved is kept on record.
 */
export async function solveIncident(host: Host, call: Call, id: string, solution: Solution): Promise<Solved> {
  try {
    return await perform(host, { ...call, request: ['solve', id, solution] }, async (desk) => {
      const incident = await loadIncident(desk.tx, id);
      if (!incident) throw new Refusal('not.found');
      if (!waysOf(incidentKind(incident.kind)).includes(solution.way)) throw invalid('way', because('incident.way'));
      if (solution.way === 'retry') return tryAgain(desk, incident, solution.comment);
      if (!(await reassign(desk, incident, solution))) return { result: 'waiting' as const, reason: '' };
      return solved(desk, incident, solution);
    });
  } catch (error) {
    return stillStanding(error);
  }
}

/** What failed when it was tried again is the answer to the administrator, not a refusal of him. */
export function stillStanding(error: unknown): Solved {
  if (!(error instanceof Refusal) || error.code !== 'case.incident') throw error;
  const { detail } = error.params;
  return { result: 'standing', reason: typeof detail === 'object' && 'code' in detail ? detail : said(detail) };
}

/** Tries again what failed; throws what stands in its way. Only what went through, or what nothing can be tried of, is closed. */
export async function tryAgain(desk: Desk, incident: IncidentRow, comment: string): Promise<Solved> {
  const tried = await retry(desk, incident, { comment, fire });
  if (tried.result !== 'solved' && tried.result !== 'closed') return tried;
  return solved(desk, incident, { way: 'retry', comment }, tried.result);
}

export async function solved(
  desk: Desk,
  incident: IncidentRow,
  { way, comment }: Omit<Solution, 'people'>,
  result: Result = 'solved',
): Promise<Solved> {
  // What has been tried may have closed it already.
  await closeIncident(desk.tx, incident, { at: desk.now, by: desk.actor.id, words: comment });
  const file = await desk.open(incident.case_id);
  file.note({
    kind: 'incident-solved',
    node: incident.node,
    detail: { kind: incidentKind(incident.kind), way, comment },
  });
  return { result, reason: '' };
}

/** [S70] holds for the administrator's choice, too. False: the choice is beyond the step's rule and waits for consent [O70]. */
async function reassign(desk: Desk, incident: IncidentRow, { people, comment }: Solution): Promise<boolean> {
  const step = await stepOf(desk, incident);
  const chosen = people.filter((person) => desk.host.directory().actor(person));
  if (chosen.length === 0) throw invalid('people', because('person.none'));
  const { settings, sight } = step;
  const eligibility = new Eligibility({ settings, sight }, desk.actor.id);
  const barred = chosen.map((person) => eligibility.barOf(person)).find((bar) => bar !== undefined);
  if (barred) throw invalid('people', withoutGround(barred));
  const beyond = chosen.map((person) => eligibility.refusalOf(person)).find((reason) => reason !== undefined);
  if (!beyond) {
    await giveStep(desk, step, chosen, { comment });
    return true;
  }
  if (eligibility.isOpenTo()) throw invalid('people', beyond);
  await askException(desk, incident, { people: chosen, comment });
  return false;
}

async function askException(desk: Desk, { id }: IncidentRow, detail: AskedException['detail']): Promise<void> {
  if (await openConsentOf(desk.tx, 'exception', id)) throw invalid('people', because('person.asked'));
  const name = detail.people.map((person) => desk.host.directory().nameOf(person)).join('、');
  await desk.audit('exception-asked', '', { name, reason: detail.comment });
  await askConsent(desk.tx, {
    id: desk.host.newId(),
    kind: 'exception',
    object: id,
    detail,
    asked_by: desk.actor.id,
    asked_at: desk.now,
  });
}

const invalid = (place: string, reason: Reason): Refusal =>
  new Refusal('input.invalid', { count: 1 }, [complaint(place, place, reason)]);
