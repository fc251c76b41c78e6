/** Owns the list of service types. A type is known to BPMN files as soon as it stands here. */
import { copy } from './copy.ts';
import { decide } from './decide.ts';
import { fail } from './fail.ts';
import { find } from './find.ts';
import { letter } from './letter.ts';
import { mail } from './mail.ts';
import { message } from './message.ts';
import { notify } from './notify.ts';
import { number } from './number.ts';
import { record } from './record.ts';
import type { Service } from './service.ts';
import { set } from './set.ts';
import { start } from './start.ts';
import { endCase, handOver, reschedule, resume, suspend } from './steer.ts';
import { webhook } from './webhook.ts';

export const registry: ReadonlyMap<string, Service> = new Map(
  Object.entries({
    decide,
    number,
    letter,
    copy,
    find,
    fail,
    record,
    start,
    message,
    set,
    notify,
    webhook,
    mail,
    reschedule,
    'end-case': endCase,
    'hand-over': handOver,
    suspend,
    resume,
  }),
);
