/**
 * Owns the call of a service: inputs are evaluated, the service runs in the transaction of the step, outputs go into the case's data,
 * and what it causes (notices, effects, readers, history) is put on the desk. Rules: [P1] [O1].
 */
import { because } from '@ganwei/core/reason';
import { jsonOf } from '@ganwei/feel/json';
import type { ProcessNode } from '@ganwei/process/model';
import { type ServiceAnswer, type ServiceContext, ServiceFault } from '../catalogue/service.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { raiseIncident } from './tasks.ts';

export async function runService(desk: Desk, file: CaseFile, node: ProcessNode): Promise<ServiceAnswer> {
  await desk.firstTime;
  const settings = node.service!;
  const service = desk.host.services.get(settings.type);
  if (!service) throw new ServiceFault('type', because('service.unknown', { type: settings.type }));
  const context = contextFor(desk, file, node.id);
  const inputs: Record<string, unknown> = {};
  for (const { name, value } of settings.inputs) {
    inputs[name] = service.raw?.includes(name) ? value : jsonOf(context.sight.ask(value));
  }
  for (const [name, { required }] of Object.entries(service.inputs)) {
    if (required && (inputs[name] === undefined || inputs[name] === null)) {
      throw new ServiceFault('input', because('service.missing', { node: node.name, name }));
    }
  }
  const answer = await service.run(context, inputs);
  keepAnswer(desk, file, node, answer);
  return answer;
}

export function contextFor(desk: Desk, file: CaseFile, node: string): ServiceContext {
  const { tx, host, actor, now } = desk;
  const { number, title, process } = file.row;
  const { app } = file.process;
  return { tx, host, actor, now, node, case: { id: file.id, number, title, process }, app, sight: file.sight() };
}

/** Outputs, history, notices and effects of an answer. */
export function keepAnswer(desk: Desk, file: CaseFile, node: ProcessNode, answer: ServiceAnswer): void {
  file.takeOver(node.service?.outputs ?? [], answer.result);
  if (answer.status) file.row.status = answer.status;
  for (const note of answer.notes ?? []) {
    file.note({ ...note, node: node.id });
    if (note.kind === 'letter') {
      const { letter: id, number, title } = note.detail;
      desk.letters.push({ id, number, title });
    }
  }
  for (const unit of answer.undelivered ?? []) {
    const reason = because('letter.no-receiver', { unit: desk.host.directory().nameOf(unit) });
    raiseIncident(desk, file, { node: node.id, kind: 'undelivered', reason });
  }
  desk.notices.push(...(answer.notices ?? []));
  desk.effects.push(...(answer.effects ?? []));
  for (const person of answer.readers ?? []) file.changes.people.push({ person, part: 'reader' });
}
