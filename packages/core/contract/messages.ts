/**
 * Owns the routes of messages: the stream that tells a page that something has changed, the message centre, and how a person wants mail.
 * The stream carries no content: what has changed is asked for by the routes that know who may see it. Rules: [MSG1] [MSG5] [MSG7].
 */
import { z } from 'zod';
import { Id, Instant, Ok, page, type Route } from './words.ts';
import { InboxRow } from './workbench.ts';

/** How a person is mailed: not at all, soon after something new (put together), or once in the morning of a working day. */
export const MAIL_CHOICES = ['never', 'soon', 'daily'] as const;

/** Messages about one case that are listed together, newest first; about none: one by itself. */
const Group = z.object({ id: Id, rows: z.array(InboxRow), unread: z.number().int() }).meta({ id: 'MessageGroup' });

const Mailing = z
  .object({
    choice: z.enum(MAIL_CHOICES),
    /** in the order they are offered; `barred`: why this one cannot be chosen, '' where it can */
    choices: z.array(z.object({ key: z.enum(MAIL_CHOICES), barred: z.string() })),
    /** where mails go; '' where the directory has no address */
    address: z.string(),
  })
  .meta({ id: 'Mailing' });

/** What reaches a person. */
export const MESSAGE_ROUTES = {
  live: {
    method: 'GET',
    path: '/api/live',
    summary: '有变化时通知页面（事件流）',
    access: 'session',
    /** events `counts` and `end` without content */
    answer: z.string(),
    stream: 'events',
  },
  messages: {
    method: 'GET',
    path: '/api/messages',
    summary: '消息，按件归并',
    access: 'session',
    query: z.object({
      only: z.enum(['unread']).optional(),
      cursor: z.string().max(400).optional(),
      /** so many messages are looked at for one page; those about one case become one line */
      limit: z.coerce.number().int().min(1).max(200).default(60),
    }),
    answer: page(Group),
  },
  readNotices: {
    method: 'POST',
    path: '/api/messages/read',
    summary: '把消息标为已读',
    access: 'session',
    /** `until`: the newest the person has been shown; what has come since stays unread. `case`: those about this case alone */
    body: z.object({ until: Instant, case: Id.optional() }),
    answer: Ok,
  },
  mailing: { method: 'GET', path: '/api/mailing', summary: '我的邮件提醒', access: 'session', answer: Mailing },
  chooseMailing: {
    method: 'PUT',
    path: '/api/mailing',
    summary: '选择邮件提醒的方式',
    access: 'session',
    body: z.object({ choice: z.enum(MAIL_CHOICES) }),
    answer: Ok,
  },
} as const satisfies Record<string, Route>;
