/**
 * Owns who may start what: a start event by its own rule, or the start of an attached process by an action of a running case.
 * Pages, drafts and the start itself ask the same functions; a process a person may not start is answered like one that does not
 * exist. Rules: [C8] [C9].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { FeelError } from '@ganwei/feel/error';
import type { StartSettings } from '@ganwei/process/model';
import { admitAction, attachedProcess, parentContext, type Surroundings, valuesOfAction } from './actions.ts';
import { actorContext } from './case-scope.ts';
import { type Host, sightOf } from './host.ts';
import type { ProcessEntry } from './library.ts';
import { Sight } from './sight.ts';

/** A start that has been admitted. */
export interface Opening {
  process: ProcessEntry;
  start: string;
  settings: StartSettings;
  /** what the rules of the start form may read */
  sight: Sight;
  /** first values that the action gives; they win over those of the start event */
  given: Record<string, unknown>;
}

interface Named {
  process: string;
  start: string;
}

/** [C8] A start event that admits this person. */
export async function openingOf(host: Host, actor: Actor, { process: key, start }: Named): Promise<Opening> {
  const known = host
    .catalogue()
    .list('process')
    .some((entry) => entry.key === key);
  if (!known) throw new Refusal('not.found');
  const process = await host.catalogue().process(key);
  const settings = process.model.nodes.get(start)?.start;
  if (!settings?.who) throw new Refusal('not.found');
  const sight = startSight(host, actor, { process: process.model.id, start });
  if (!sight.holds(settings.who)) throw new Refusal('case.start-forbidden', { process: process.model.name });
  return { process, start, settings, sight, given: {} };
}

/** [C9] The start of the process attached to an action of a case that this person may read. */
export async function openingByAction(host: Host, actor: Actor, at: Surroundings, key: string): Promise<Opening> {
  const action = admitAction(at, key);
  const { process, start } = await attachedProcess(host.catalogue(), at.process, action);
  const sight = startSight(host, actor, { process: process.model.id, start: start.id }, parentContext(at.row));
  return { process, start: start.id, settings: start.start!, sight, given: valuesOfAction(action, at) };
}

/**
 * What a draft of this start is called: the title the case would have, else the process and the way of starting it. Values of a draft may be
 * anything, so a title that cannot be told is none.
 */
export function draftTitle({ process, settings, sight }: Opening, values: Record<string, unknown>): string {
  const { model, names } = process;
  const usual = settings.label === model.name ? model.name : `${model.name} · ${settings.label}`;
  const unknown = Object.fromEntries(names.map((name) => [name, null]));
  const scope = { ...unknown, parent: null, ...sight.scope, [settings.as]: values };
  try {
    const title = new Sight(sight.language, scope, sight.world).askTolerantly(model.case.title);
    return typeof title === 'string' && title.trim() !== '' ? title : usual;
  } catch (error) {
    if (error instanceof FeelError) return usual;
    throw error;
  }
}

function startSight(host: Host, actor: Actor, named: Named, parent: Record<string, string> | null = null): Sight {
  const own = { ...named, starter: actor.id, starterUnit: actor.unit };
  return sightOf(host, host.now(), { ...personScope(actor, host.now()), parent, case: own });
}

/** What expressions outside any case see: the person and the day. */
export const personScope = (actor: Actor, now: number): Record<string, unknown> => ({
  actor: actorContext(actor),
  today: localDate(now),
});
