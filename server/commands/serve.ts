/**
 * Owns the call of a service: inputs are evaluated, the service runs in the transaction of the step, outputs go into the case's data,
 * and what it causes (notices, effects, readers, history) is put on the desk. Rules: [P1] [O1].
 */
import type { ProcessNode } from '@ganwei/process/model';
import { feel } from '../catalogue/language.ts';
import { type Service, type ServiceAnswer, type ServiceContext, ServiceFault } from '../services/service.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';

export async function runService(
  desk: Desk,
  file: CaseFile,
  node: ProcessNode,
  services: ReadonlyMap<string, Service>,
): Promise<ServiceAnswer> {
  const settings = node.service!;
  const service = services.get(settings.type);
  if (!service) throw new ServiceFault('type', `没有「${settings.type}」这种服务`);
  const context = contextFor(desk, file, node.id);
  const inputs: Record<string, unknown> = {};
  for (const { name, value } of settings.inputs) {
    inputs[name] = service.raw?.includes(name)
      ? value
      : JSON.parse(JSON.stringify(feel(value).evaluate(context.scope, context.world) ?? null));
  }
  for (const [name, { required }] of Object.entries(service.inputs)) {
    if (required && (inputs[name] === undefined || inputs[name] === null)) {
      throw new ServiceFault('input', `服务「${node.name}」缺少输入「${name}」`);
    }
  }
  const answer = await service.run(context, inputs);
  keepAnswer(desk, file, node, answer);
  return answer;
}

export function contextFor(desk: Desk, file: CaseFile, node: string): ServiceContext {
  return {
    tx: desk.tx,
    host: desk.host,
    world: file.world(desk.host, desk.now),
    actor: desk.actor,
    now: desk.now,
    node,
    case: { id: file.id, number: file.row.number, title: file.row.title, process: file.row.process },
    scope: file.scope(desk.actor, desk.now),
  };
}

/** Outputs, history, notices and effects of an answer. */
export function keepAnswer(desk: Desk, file: CaseFile, node: ProcessNode, answer: ServiceAnswer): void {
  const scope = { ...file.scope(desk.actor, desk.now), result: answer.result };
  const world = file.world(desk.host, desk.now);
  for (const { name, value } of node.service?.outputs ?? []) file.put(name, feel(value).evaluate(scope, world));
  if (answer.status) file.row.status = answer.status;
  for (const note of answer.notes ?? []) {
    file.note({ kind: note.kind, node: node.id, detail: note.detail }, desk.actor, desk.now);
    if (note.kind === 'letter') {
      const { letter: id, number, title } = note.detail as { letter: string; number: string; title: string };
      desk.letters.push({ id, number, title });
    }
  }
  desk.notices.push(...(answer.notices ?? []));
  desk.effects.push(...(answer.effects ?? []));
  for (const person of answer.readers ?? []) file.changes.people.push({ person, part: 'reader' });
}
