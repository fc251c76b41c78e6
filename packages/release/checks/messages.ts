/** Owns messages: a message that nobody sends is never received, one that nobody receives goes nowhere. Both are warnings. */
import { inputOfType } from '../scope/inputs.ts';
import { usesOf } from '../scope/uses.ts';
import { checkOf } from './check.ts';

export const messages = checkOf('messages', 'process', ({ release, value, report }) => {
  for (const { id, service, message, start } of value.model.nodes.values()) {
    const name = service && inputOfType(release, service, 'message name');
    if (name !== undefined && usesOf(release, 'message received', name).length === 0) {
      const text = `没有流程接收消息「${name}」；发送后将记为未送达`;
      report({ severity: 'warning', element: id, message: text });
    }
    const awaited = (message ?? start?.message)?.name;
    if (awaited !== undefined && usesOf(release, 'message name', awaited).length === 0) {
      report({ severity: 'warning', element: id, message: `没有流程发送消息「${awaited}」` });
    }
  }
});
