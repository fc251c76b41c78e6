/**
 * mail: sends a mail through the outbox to people who have a mail address in the directory (attribute `mail`).
 * It carries no more than a title and a link. Inputs: to (list of people), subject, text.
 */
import { peopleIn } from '../catalogue/language.ts';
import { addressOf } from '../catalogue/mailing.ts';
import type { Service } from '../catalogue/service.ts';
import { textInput } from './inputs.ts';

export const mail: Service = {
  label: '发送邮件',
  inputs: {
    to: { type: 'list<person>', required: true, label: '接收人' },
    subject: { type: 'string', required: true, label: '标题' },
    text: { type: 'string', required: true, label: '内容' },
  },
  result: 'number',
  async run({ host, sight, now, case: own }, inputs) {
    const people = peopleIn(inputs.to, sight.world.directory);
    const addresses = people
      .map((person) => addressOf(sight.world.directory.people.get(person)))
      .filter((address) => address !== '');
    const payload = JSON.stringify({ subject: textInput(inputs, 'subject'), text: textInput(inputs, 'text') });
    return {
      result: addresses.length,
      effects: addresses.map((target) => ({
        id: host.newId(),
        case_id: own.id,
        type: 'mail',
        target,
        payload,
        attempts: 0,
        next_at: now,
        created_at: now,
        error: '',
      })),
      notes: [{ kind: 'effect', detail: { type: 'mail', to: people } }],
    };
  },
};
