/** Owns the list of the service types that come with the platform. To add one: write one file here and name it below. */

import type { Service } from '../catalogue/service.ts';
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
import { set } from './set.ts';
import { start } from './start.ts';
import { endCase, handOver, reschedule, resume, suspend, useAction } from './steer.ts';
import { voidLetter } from './void-letter.ts';
import { webhook } from './webhook.ts';

export const BUILT_IN_SERVICES: ReadonlyMap<string, Service> = new Map(
  Object.entries({
    decide,
    number,
    letter,
    copy,
    'void-letter': voidLetter,
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
    'use-action': useAction,
  }),
);
