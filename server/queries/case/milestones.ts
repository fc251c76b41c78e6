/**
 * Owns the milestones of a case: the phases that its process names, which of them are behind, which is under way. Days and names, never a
 * person, a word or the way taken: what anybody may know who knows of the case. Read only. Rule: [READ2].
 */
import type { Answer } from '@ganwei/core/contract';
import { milestoneOf } from '../../catalogue/reading.ts';
import type { Look } from '../look.ts';

type Milestone = Answer<'case'>['milestones'][number];

/** In the order of the process; of an ended case only those it went through. */
export function milestones({ process: { model }, row }: Look): Milestone[] {
  const passed = new Map<string, number>();
  for (const [id, { at }] of Object.entries(row.reached)) {
    const around = milestoneOf(model, id);
    if (around) passed.set(around.id, Math.max(at, passed.get(around.id) ?? 0));
  }
  const current = new Set(Object.values(row.slots).map(({ node }) => milestoneOf(model, node)?.id));
  return [...model.nodes.values()].flatMap(({ id, milestone }): Milestone[] => {
    if (milestone === undefined) return [];
    const at = passed.get(id) ?? null;
    if (current.has(id)) return [{ name: milestone, state: 'current', at: null }];
    if (at === null && row.state !== 'running') return [];
    return [{ name: milestone, state: at === null ? 'ahead' : 'done', at }];
  });
}
