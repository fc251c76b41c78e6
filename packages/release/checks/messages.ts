/** Owns messages: a message that nobody sends is never received, one that nobody receives goes nowhere. Both are warnings. */
import type { Release } from '../release.ts';
import { inputOfType } from '../scope/inputs.ts';
import { type Check, each } from './check.ts';

export const messages: Check = {
  name: 'messages',
  run(release, report) {
    const { sent, received } = namesOf(release);
    for (const { definition, value } of each(release, 'process', release.process)) {
      for (const { id, service, message, start } of value.model.nodes.values()) {
        const name = service && inputOfType(release, service, 'message name');
        if (name !== undefined && !received.has(name)) {
          const text = `没有流程接收消息「${name}」；发送后将记为未送达`;
          report(definition, { severity: 'warning', element: id, message: text });
        }
        const awaited = (message ?? start?.message)?.name;
        if (awaited !== undefined && !sent.has(awaited)) {
          report(definition, { severity: 'warning', element: id, message: `没有流程发送消息「${awaited}」` });
        }
      }
    }
  },
};

function namesOf(release: Release): { sent: Set<string>; received: Set<string> } {
  const sent = new Set<string>();
  const received = new Set<string>();
  for (const { value } of each(release, 'process', release.process)) {
    for (const { service, message, start } of value.model.nodes.values()) {
      const goes = service && inputOfType(release, service, 'message name');
      if (goes !== undefined) sent.add(goes);
      const name = (message ?? start?.message)?.name;
      if (name !== undefined) received.add(name);
    }
  }
  return { sent, received };
}
