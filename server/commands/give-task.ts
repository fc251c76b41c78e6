/**
 * Verb: the business administrator gives a step that waits with one person to another, whom the step's own rule admits. Where nobody fulfils
 * it the step becomes an incident, and an exception needs a second administrator. Rules: [O70] [S70] [O76].
 */
import { because } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import { isMember, replace } from '@ganwei/process/round';
import { keepRound, raiseIncident } from '../case/tasks.ts';
import { Eligibility, withoutGround } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { roundOf } from '../catalogue/signing.ts';
import { openIncidentOf } from '../store/incidents.ts';
import { type Call, perform } from './run.ts';

export interface Gift {
  /** with whom it waits */
  holder: string;
  to: string;
  comment: string;
}

export function giveTask(
  host: Host,
  call: Call,
  id: string,
  { holder, to, comment }: Gift,
): Promise<{ result: 'given' | 'incident' }> {
  return perform(host, { ...call, request: ['give', id, holder, to, comment] }, async (desk) => {
    const open = await desk.openTask(id);
    if (!open) throw new Refusal('not.found');
    const { file, task, items } = open;
    const directory = desk.host.directory();
    const settings = file.node(task.node).task!;
    const sight = file.sight();
    const round = roundOf(task, settings, sight);
    const signed = round.signed.some(({ person }) => person === holder);
    if (!isMember(round, holder) || signed || holder === desk.actor.id || !directory.actor(to))
      throw new Refusal('not.found');
    const eligibility = new Eligibility({ settings, sight, round }, desk.actor.id);
    // whoever must not have it is refused; only where nobody may have it the step becomes an incident
    const refusal = eligibility.refusalOf(to);
    if (refusal && (eligibility.barOf(to) || eligibility.isOpenTo())) throw invalid('to', withoutGround(refusal));
    if (refusal) {
      if (!(await openIncidentOf(desk.tx, file.id, task.id)))
        raiseIncident(desk, file, {
          node: task.node,
          task: task.id,
          kind: 'nobody',
          reason: because('flow.people-left'),
        });
      return { result: 'incident' as const };
    }
    keepRound(desk, file, task, { round: replace(round, holder, to), items, reason: 'transferred', moved: true });
    const [before, after] = [directory.nameOf(holder), directory.nameOf(to)];
    const detail = { people: [to], names: after, beyond: false, agreedBy: '', comment };
    file.note({ kind: 'assigned', node: task.node, detail });
    const change = { name: `${file.row.number} ${task.name}`, reason: comment, fields: [{ field: '', before, after }] };
    await desk.audit('step-assigned', file.row.number, change);
    return { result: 'given' as const };
  });
}

const invalid = (place: string, reason: Parameters<typeof complaint>[2]): Refusal =>
  new Refusal('input.invalid', { count: 1 }, [complaint(place, place, reason)]);
