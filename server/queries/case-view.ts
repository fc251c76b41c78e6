/**
 * Owns the page of a case: its pieces (case/) put together, and its diagram. Everything passes through the person's Reading; nothing else of
 * the case leaves the server. Read only. Rules: [A1] [A2] [A3].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { seesAll } from '../catalogue/reading.ts';
import { childCases } from '../store/cases.ts';
import { predict } from './case/ahead.ts';
import { formsOf } from './case/forms.ts';
import { caseHead, family, parentOf } from './case/head.ts';
import { attachments, letters } from './case/letters.ts';
import { milestones } from './case/milestones.ts';
import { actions, caseOperations } from './case/offers.ts';
import { openTasks } from './case/tasks.ts';
import { timeline } from './case/timeline.ts';
import { lookAt } from './look.ts';
import { hasMatter } from './matter.ts';

type CaseView = Answer<'case'>;

export async function caseView(host: Host, actor: Actor, id: string): Promise<CaseView> {
  const look = await lookAt(host, actor, id);
  const { tx } = look;
  const children = await childCases(tx, id);
  const related = await family(look);
  return {
    case: await caseHead(look, await parentOf(look)),
    forms: await formsOf(look),
    tasks: openTasks(look),
    children: await Promise.all(related.map((child) => caseHead(child))),
    attachments: await attachments(look),
    letters: await letters(look),
    timeline: await timeline(look),
    milestones: milestones(look),
    drawing: seesAll(look.reading, 'drawing'),
    operations: caseOperations(look),
    actions: await actions(look, children),
    next: predict(look),
    matter: await hasMatter(look),
  };
}

/** [READ2] The drawing with the way taken; whoever sees milestones only is told of none. */
export async function diagram(host: Host, actor: Actor, id: string): Promise<Answer<'diagram'>> {
  const look = await lookAt(host, actor, id);
  if (!seesAll(look.reading, 'drawing')) throw new Refusal('not.found');
  const reached = look.row.reached;
  const { nodes, flows } = look.process.model;
  return {
    xml: look.process.drawing,
    finished: Object.keys(reached).filter((key) => nodes.has(key)),
    current: look.tasks.map((task) => task.node),
    taken: Object.keys(reached).filter((key) => flows.has(key)),
  };
}
