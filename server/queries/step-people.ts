/**
 * Owns whom a step may be given to, as the choosers show it: those who may, and of the others why not. What is shown is what the verbs will
 * judge (catalogue/eligibility.ts). Read only. Rules: [S70] [O70] [C62].
 */
import { type Actor, SYSTEM } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import type { Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { offered } from '@ganwei/form/offered';
import { caseScope, waitingIn } from '../catalogue/case-scope.ts';
import type { Person } from '../catalogue/directory.ts';
import { Eligibility, type Step, withoutGround } from '../catalogue/eligibility.ts';
import { stepValues } from '../catalogue/first-values.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import { plainLookups } from '../catalogue/lookups.ts';
import { roundOf } from '../catalogue/signing.ts';
import { loadCase, loadValues } from '../store/cases.ts';
import { openConsents } from '../store/consents.ts';
import { loadIncident } from '../store/incidents.ts';
import type { CaseRow, TaskRow } from '../store/rows.ts';
import { loadTask, tasksOfCase } from '../store/work.ts';
import { people } from './lists.ts';
import { lookAt, personRef } from './look.ts';

type People = Answer<'taskPeople'>;

const MOST = 30;

/** Words to look for, and how a reason is said to whoever asks. */
interface Asked {
  q: string;
  say: (reason: Reason) => string;
}

/** For the holder of the task, who passes it on or asks others to sign with him. */
export async function taskPeople(host: Host, actor: Actor, id: string, { q, say }: Asked): Promise<People> {
  const task = await loadTask(host.store.reader, id);
  if (!task) throw new Refusal('not.found');
  const { look, settings } = await heldStep(host, actor, task);
  const { sight } = look;
  const eligibility = new Eligibility({ settings, sight, round: roundOf(task, settings, sight) }, actor.id);
  return { people: listed(host, eligibility, q, say), exception: false };
}

/** [S72] Whom a field of the step's form offers: everybody, unless its rule says whom. */
export async function fieldPeople(
  host: Host,
  actor: Actor,
  { task: id, field, ...query }: ParsedQuery<'people'>,
): Promise<Answer<'people'>> {
  if (!id || !field) return people(host, query);
  const task = await loadTask(host.store.reader, id);
  if (!task) throw new Refusal('not.found');
  const { look, settings } = await heldStep(host, actor, task);
  if (!settings.form) throw new Refusal('not.found');
  const { value: form } = await host.catalogue().form(look.process.app, settings.form, look.row.release);
  const { sight, values } = look;
  const filled = stepValues(host, form, settings, values, sight);
  const world = { ...sight.world, lookups: plainLookups(host) };
  const among = offered(form, field, { values: filled, scope: sight.scope, world });
  return people(host, query, among && new Set(among));
}

/** The step of a task that this person holds. */
async function heldStep(host: Host, actor: Actor, task: TaskRow) {
  const look = await lookAt(host, actor, task.case_id);
  const item = look.items.find((row) => row.task_id === task.id && row.person_id === actor.id);
  const settings = look.process.model.nodes.get(task.node)?.task;
  if (!settings || !item || item.state === 'waiting') throw new Refusal('not.found');
  return { look, settings };
}

/** For the administrator who solves an incident: he learns who has to keep out of it, not why. */
export async function incidentPeople(host: Host, actor: Actor, id: string, { q, say }: Asked): Promise<People> {
  const tx = host.store.reader;
  const incident = await loadIncident(tx, id);
  const row = incident && (await loadCase(tx, incident.case_id));
  const task = row && (await tasksOfCase(tx, row.id)).find((one) => one.id === incident.task_id);
  if (!row || !task) throw new Refusal('not.found');
  const eligibility = new Eligibility(await stepAsItIs(host, row, task.node), actor.id);
  const exception = !eligibility.isOpenTo();
  const words = (reason: Reason): string => {
    if (reason.code === 'person.beyond' && exception) return '';
    return say(withoutGround(reason));
  };
  return { people: listed(host, eligibility, q, words), exception };
}

/** For the administrator who moves a step from one person to another: he learns who may not have it, not why. */
export async function heldTaskPeople(host: Host, actor: Actor, id: string, { q, say }: Asked): Promise<People> {
  const tx = host.store.reader;
  const task = await loadTask(tx, id);
  const row = task && (await loadCase(tx, task.case_id));
  if (!task || !row) throw new Refusal('not.found');
  const step = await stepAsItIs(host, row, task.node);
  const eligibility = new Eligibility({ ...step, round: roundOf(task, step.settings, step.sight) }, actor.id);
  return { people: listed(host, eligibility, q, (reason) => say(withoutGround(reason))), exception: false };
}

/** What the step says and what it sees, asked by the process itself. */
async function stepAsItIs(host: Host, row: CaseRow, node: string): Promise<Step> {
  const process = await host.catalogue().process(row.process, row.version);
  const now = host.now();
  const values = await loadValues(host.store.reader, row.id);
  const scope = caseScope({ row, process, values, actor: SYSTEM, now, outcome: null });
  const waiting = waitingIn(Object.values(row.slots));
  const sight = sightOf(host, now, scope, { reached: row.reached, waiting });
  return { settings: process.model.nodes.get(node)!.task!, sight };
}

/** Whom the rule names, or everybody who answers to the words; those who may come first. */
function listed(host: Host, eligibility: Eligibility, q: string, words: (reason: Reason) => string): People['people'] {
  const { people } = host.directory();
  const known = q ? [...people.values()] : [...eligibility.named].flatMap((id) => people.get(id) ?? []);
  const found = known.filter((person) => person.active && person.posts.length > 0 && answersTo(host, person, q));
  const rows = found.map((person) => {
    const reason = eligibility.refusalOf(person.id);
    return { ...personRef(host, person.id), post: person.posts[0]?.title ?? '', reason: reason ? words(reason) : '' };
  });
  return rows.sort((a, b) => Number(a.reason !== '') - Number(b.reason !== '')).slice(0, MOST);
}

function answersTo(host: Host, person: Person, q: string): boolean {
  if (!q) return true;
  const { name, unit } = personRef(host, person.id);
  return [name, unit, person.username, person.posts[0]?.title ?? ''].some((text) => text.includes(q));
}

/** What waits for a second administrator's consent: which step of which process, nothing of what is in the case. */
export async function askedExceptions(host: Host): Promise<Answer<'exceptions'>> {
  const tx = host.store.reader;
  const rows = await Promise.all(
    (await openConsents(tx, 'exception')).map(async ({ object, detail, asked_by, asked_at }) => {
      const incident = await loadIncident(tx, object);
      const row = incident && (await loadCase(tx, incident.case_id));
      if (!incident || !row) return [];
      const { model } = await host.catalogue().process(row.process, row.version);
      return [
        {
          id: incident.id,
          number: row.number,
          process: model.name,
          node: model.nodes.get(incident.node)?.name ?? incident.node,
          people: detail.people.map((person) => personRef(host, person)),
          reason: detail.comment,
          askedBy: host.directory().nameOf(asked_by),
          askedAt: asked_at,
        },
      ];
    }),
  );
  return rows.flat();
}
