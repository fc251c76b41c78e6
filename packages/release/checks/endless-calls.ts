/**
 * Owns endless-calls: a process whose calls and started cases lead back to itself before a person acts would never end. Where only
 * conditions stand between, it is a warning; at run time the depth is limited (server/case).
 */
import type { ProcessModel } from '@ganwei/process/model';
import { fullKey } from '../keys.ts';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';
import { inputOfType } from '../scope/inputs.ts';
import { checkOf } from './check.ts';

export const endlessCalls = checkOf('endless-calls', 'process', ({ release, definition, value, report }) => {
  const own = fullKey(definition);
  const sure = circleFrom(release, own, 'sure');
  const circle = sure ?? circleFrom(release, own, 'possible');
  if (!circle) return;
  const names = circle.map((key) => `「${release.title('process', key)}」`).join(' → ');
  const message = sure
    ? `流程的调用回到自身，永远不会结束：${names}`
    : `流程的调用可能回到自身，只有分支条件能使它结束：${names}`;
  report({ severity: sure ? 'error' : 'warning', element: value.model.id, message });
});

/** Which ways count: those that every case takes, or those that some case may take. */
type Ways = 'sure' | 'possible';

/** The way back to the process over calls and started cases that are reached before any person acts. */
function circleFrom(release: Release, start: string, ways: Ways): string[] | undefined {
  const visit = (key: string, trail: readonly string[]): string[] | undefined => {
    for (const next of release.ask(CALLED[ways], key)) {
      if (next === start) return [...trail, next];
      if (trail.includes(next)) continue;
      const found = visit(next, [...trail, next]);
      if (found) return found;
    }
    return undefined;
  };
  return visit(start, [start]);
}

/** What a process calls before anybody acts. */
const calledAtOnce = (ways: Ways): Question<readonly string[]> => ({
  name: `called at once, ${ways}`,
  about: 'process',
  answer: (release, key) => [...callsOf(release, key, ways)],
  same: (one, other) => one.join() === other.join(),
});
const CALLED: Readonly<Record<Ways, Question<readonly string[]>>> = {
  sure: calledAtOnce('sure'),
  possible: calledAtOnce('possible'),
};

function callsOf(release: Release, key: string, ways: Ways): Set<string> {
  const model = release.process(key)?.model;
  const called = new Set<string>();
  if (!model) return called;
  for (const id of reachedAtOnce(model, ways)) {
    const { call, service } = model.nodes.get(id) ?? {};
    if (call) called.add(release.full('process', call.process));
    const started = service && inputOfType(release, service, 'process key');
    if (started !== undefined) called.add(release.full('process', started));
  }
  return called;
}

const WAITS = new Set(['user', 'message', 'timer']);

/** Nodes that a case comes to from a start before it waits for a person, a message or a time. */
function reachedAtOnce({ nodes, flows }: ProcessModel, ways: Ways): Set<string> {
  const starts = [...nodes.values()].filter(({ kind, parent }) => kind === 'start' && !parent);
  const seen = new Set(starts.map(({ id }) => id));
  for (const id of seen) {
    const node = nodes.get(id);
    if (!node || WAITS.has(node.kind)) continue;
    const leaving = [...flows.values()].filter(({ source }) => source === id);
    const decided = leaving.length > 1 && node.type !== 'bpmn:ParallelGateway';
    if (decided && ways === 'sure') continue;
    for (const { target } of leaving) seen.add(target);
    for (const inner of nodes.values()) if (inner.parent === id && inner.kind === 'start') seen.add(inner.id);
  }
  return seen;
}
