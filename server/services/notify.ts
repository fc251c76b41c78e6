/**
 * notify: a notice in the recipients' own list (抄送我的、消息). The recipients may read the case from now on.
 * Inputs: to (list of people), text, title (default the case's title), reads (false: the notice alone, no access to the case).
 */
import { peopleIn } from '../catalogue/language.ts';
import type { Service } from '../catalogue/service.ts';
import { textInput } from './inputs.ts';

export const notify: Service = {
  label: '发送通知',
  inputs: {
    to: { type: 'list<person>', required: true, label: '接收人' },
    text: { type: 'string', required: true, label: '内容' },
    title: { type: 'string', label: '标题' },
    reads: { type: 'boolean', label: '接收人可以查看本件' },
  },
  result: 'list<person>',
  async run({ host, sight, actor, now, case: own }, inputs) {
    const people = peopleIn(inputs.to, sight.world.directory);
    const reads = inputs.reads !== false;
    const text = textInput(inputs, 'text');
    const title = typeof inputs.title === 'string' ? inputs.title : own.title;
    return {
      result: people,
      notices: people.map((person) => ({
        id: host.newId(),
        person_id: person,
        kind: 'notice',
        case_id: reads ? own.id : null,
        title,
        text,
        from_name: actor.name,
        at: now,
        read_at: null,
        letter_id: null,
      })),
      ...(reads && { readers: people }),
      notes: [{ kind: 'notified', detail: { to: people, text } }],
    };
  },
};
