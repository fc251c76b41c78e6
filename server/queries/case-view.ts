/**
 * Owns the page of a case: its pieces (case/) put together, and its diagram. Everything passes through the person's Reading; nothing else of
 * the case leaves the server. Read only. Rules: [A1] [A2] [A3].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { childCases } from '../store/cases.ts';
import { predict } from './case/ahead.ts';
import { formsOf } from './case/forms.ts';
import { caseHead, parentOf } from './case/head.ts';
import { attachments, letters } from './case/letters.ts';
import { actions, caseOperations } from './case/offers.ts';
import { openTasks } from './case/tasks.ts';
import { timeline } from './case/timeline.ts';
import { lookAt } from './look.ts';

type CaseView = Answer<'case'>;

export async function caseView(host: Host, actor: Actor, id: string): Promise<CaseView> {
  const look = await lookAt(host, actor, id);
  const { row, tx } = look;
  const children = await childCases(tx, id);
  return {
    case: await caseHead(host, row, await parentOf(look)),
    forms: await formsOf(look),
    tasks: openTasks(look),
    children:
      look.reading.whole || look.parts.has('worker') ? await Promise.all(children.map((c) => caseHead(host, c))) : [],
    attachments: await attachments(look),
    letters: await letters(look),
    timeline: await timeline(look),
    operations: caseOperations(look),
    actions: await actions(look, children),
    next: predict(look),
  };
}

export async function diagram(host: Host, actor: Actor, id: string): Promise<Answer<'diagram'>> {
  const look = await lookAt(host, actor, id);
  const reached = look.row.reached;
  const { nodes, flows } = look.process.model;
  return {
    xml: look.process.drawing,
    finished: Object.keys(reached).filter((key) => nodes.has(key)),
    current: look.tasks.map((task) => task.node),
    taken: Object.keys(reached).filter((key) => flows.has(key)),
  };
}
