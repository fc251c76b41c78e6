/**
 * Verb of the server: when posts have changed, open steps follow them. A step that its rule gives to a post goes to whoever holds the post
 * now; one that is a person's own stays with him; letters and steps that waited for somebody find him. Rules: [CON81] [T9] [L70].
 */
import { SYSTEM } from '@ganwei/core/actor';
import { because } from '@ganwei/core/reason';
import { open, reseat } from '@ganwei/process/round';
import { keepRound, membersOf, raiseIncident } from '../case/tasks.ts';
import { namedBy } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import { loadIncident, openIncidentOf, openIncidents } from '../store/incidents.ts';
import { heldByThoseWhoLeft, itemsOfTask, loadTask } from '../store/work.ts';
import { perform } from './run.ts';
import { stillStanding, tryAgain } from './solve-incident.ts';

/** What waits for people and letters that wait for them. */
const WAITS_FOR_PEOPLE = new Set(['nobody', 'undelivered']);

/** Goes over what people who no longer hold a post have in hand, and over what waits for somebody. */
export async function followPosts(host: Host): Promise<void> {
  const today = host.directory().today;
  for (const task of await heldByThoseWhoLeft(host.store.reader, today)) await follow(host, task);
  for (const { id, kind } of await openIncidents(host.store.reader))
    if (WAITS_FOR_PEOPLE.has(kind)) await find(host, id);
}

/** [CON81] Who is no longer named by the rule of the step gives way to those who are; nobody is: an incident. */
function follow(host: Host, id: string): Promise<void> {
  return perform(host, { actor: SYSTEM }, async (desk) => {
    const task = await loadTask(desk.tx, id);
    if (!task) return;
    const file = await desk.open(task.case_id);
    const settings = file.node(task.node).task!;
    const sight = file.sight();
    const before = roundOf(task, settings, sight);
    const items = await itemsOfTask(desk.tx, id);
    const { members, nobody } = membersOf(file, settings);
    const named = namedBy(settings, sight);
    const left = items.map((item) => item.person_id).filter((person) => !named.has(person) && hasLeft(host, person));
    if (left.length === 0) return;
    const others = before.seats.map((seat) => seat.person).filter((person) => !left.includes(person));
    const people = [...new Set([...others, ...members])];
    const waiting = people.filter((person) => !before.signed.some((signature) => signature.person === person));
    if (waiting.length === 0) {
      if (await openIncidentOf(desk.tx, file.id, id)) return;
      if (before.signed.length === 0)
        keepRound(desk, file, task, { round: open({ mode: settings.mode, people: [] }), items, moved: true });
      raiseIncident(desk, file, {
        node: task.node,
        task: id,
        kind: 'nobody',
        reason: nobody ?? because('flow.people'),
      });
      return;
    }
    const round = reseat(before, people, lastSigners(settings, sight));
    keepRound(desk, file, task, { round, items, moved: true });
    const names = waiting.map((person) => host.directory().nameOf(person)).join('、');
    file.note({
      kind: 'assigned',
      node: task.node,
      detail: { people: waiting, names, beyond: false, agreedBy: '', comment: '' },
    });
  });
}

/** Has a post of his ended, or has he left altogether? */
function hasLeft(host: Host, person: string): boolean {
  const known = host.directory().people.get(person);
  return !known?.active || known.career.length > known.posts.length;
}

async function find(host: Host, id: string): Promise<void> {
  try {
    await perform(host, { actor: SYSTEM }, async (desk) => {
      const incident = await loadIncident(desk.tx, id);
      if (incident) await tryAgain(desk, incident, '');
    });
  } catch (error) {
    stillStanding(error);
  }
}
