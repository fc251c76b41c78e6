/**
 * Owns who would get a step today, for whoever is drawing it: the expression of its assignees over a case that nobody has begun, with a starter
 * and values that the author gives. What an author may learn by it he may learn by playing: names, units, posts and roles, no attribute of a
 * person, nothing of any case. Read only. Rules: [DES72] [LIM1].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { mayDraft } from '@ganwei/release/change';
import { caseScope } from '../catalogue/case-scope.ts';
import { withoutAttributes } from '../catalogue/cast.ts';
import type { Host } from '../catalogue/host.ts';
import { peopleIn, type World } from '../catalogue/language.ts';
import { personRef } from '../queries/look.ts';
import { lookAtChange } from './change.ts';

/** More than these are counted, not named. */
const MOST_NAMED = 20;

type Body = ParsedBody<'assignedToday'>;

/** Throws Refusal for whoever may not draft there; what is wrong with the expression is part of the answer. */
export async function assignedToday(
  host: Host,
  actor: Actor,
  id: string,
  { app, flow, people, starter, values, doneBy }: Body,
): Promise<Answer<'assignedToday'>> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  const refused = mayDraft(look.facts, look.rights, { kind: 'process', app, key: flow });
  if (refused) throw refused;
  const directory = withoutAttributes(host.directory());
  const begins = directory.actor(starter ?? actor.id);
  if (!begins) throw new Refusal('not.found');
  const now = host.now();
  const reached = Object.fromEntries(doneBy.map(({ step, person }) => [step, { count: 1, at: now, by: [person] }]));
  const world: World = { directory, calendar: host.catalogue().calendar, today: localDate(now), reached };
  const tried = host.catalogue().language.tried(people, (expression, spend) => {
    const scope = caseScope({
      row: notBegun(begins, now),
      process: { names: expression.names, model: { id: flow } },
      values: nested(values),
      actor: begins,
      now,
      outcome: null,
    });
    const found = peopleIn(expression.evaluate(scope, world, spend), directory);
    return { found, needs: needsOf(expression, values) };
  });
  const { found, needs } = 'used' in tried ? tried.used : { found: [], needs: [] };
  return {
    starter: personRef(host, begins.id),
    people: found.slice(0, MOST_NAMED).map((person) => personRef(host, person)),
    more: Math.max(0, found.length - MOST_NAMED),
    needs,
    wrong: 'wrong' in tried ? tried.wrong : '',
    functionsDrafted: look.drafts.some(({ kind }) => kind === 'functions'),
  };
}

const notBegun = ({ id, unit }: Actor, now: number) => ({
  id: '',
  number: '',
  title: '',
  starter_id: id,
  starter_unit: unit,
  start: '',
  status: '',
  state: 'running' as const,
  started_at: now,
  parent_id: null,
});

type Given = Body['values'];

/** `a.b` with its value becomes `a`, a context with the member `b`. */
function nested(values: Given): Map<string, unknown> {
  const all: Record<string, unknown> = Object.create(null);
  for (const { path, value } of values) {
    const names = path.split('.');
    const last = names.pop() as string;
    const context = names.reduce(memberOf, all);
    context[last] ??= value;
  }
  return new Map(Object.entries(all));
}

/** The context of this name within another; made where there is none. */
function memberOf(context: Record<string, unknown>, name: string): Record<string, unknown> {
  const inner = context[name];
  if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return inner as Record<string, unknown>;
  const made: Record<string, unknown> = Object.create(null);
  context[name] = made;
  return made;
}

/** What every case has from its beginning. */
const ALWAYS = ['case', 'actor', 'outcome', 'today'];

/** Paths of the case that the expression reads and nobody has given a value for: what only a case that is begun can tell. */
function needsOf({ paths }: { readonly paths: readonly string[] }, values: Given): string[] {
  const known = new Set([...ALWAYS, ...values.map(({ path }) => path)]);
  const isGiven = (path: string): boolean =>
    path.split('.').some((_, n, parts) => known.has(parts.slice(0, n + 1).join('.')));
  return [...new Set(paths)].filter((path) => !isGiven(path));
}
