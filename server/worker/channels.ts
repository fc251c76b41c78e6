/**
 * Owns the outward sockets: webhook (signed, standardwebhooks) and mail (SMTP). A channel delivers one effect or throws; it keeps no state.
 * Must never send more than the effect's payload. Rules: [O2] [O4] every webhook is signed and carries its effect's id.
 */
import { because, said } from '@ganwei/core/reason';
import { createTransport } from 'nodemailer';
import { Webhook } from 'standardwebhooks';
import { payloadOf } from '../store/effects.ts';
import type { EffectRow } from '../store/rows.ts';
import { post } from './post.ts';

/** Effect type -> delivery. The answer of a webhook goes back to a case that waits for it. */
export type Channels = Readonly<Record<string, (effect: EffectRow) => Promise<unknown>>>;

export interface ChannelOptions {
  /** registered addresses: name -> url and signing secret (whsec_…); `private`: it may be on this machine or in a private network */
  webhooks: Readonly<Record<string, { url: string; secret: string; private?: boolean }>>;
  /** smtp://user:password@host:port, or absent */
  smtp?: string | undefined;
  /** sender address of mails */
  from: string;
}

const PATIENCE = 10_000;
/** Bytes of an answer: a few values that a case goes on with. */
const LARGEST_ANSWER = 100_000;
/** A mail server greets, asks and answers many times. */
const PATIENCE_FOR_MAIL = 30_000;

export function makeChannels(options: ChannelOptions): Channels {
  const transport = options.smtp ? createTransport(options.smtp) : undefined;
  return {
    async webhook(effect) {
      const target = options.webhooks[effect.target];
      if (!target) throw new Error(said(because('effect.target', { target: effect.target })));
      const now = new Date();
      const { status, text } = await post(
        target.url,
        {
          'content-type': 'application/json; charset=utf-8',
          'webhook-id': effect.id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(target.secret).sign(effect.id, now, effect.payload),
        },
        effect.payload,
        { patience: PATIENCE, largest: LARGEST_ANSWER, isPrivate: target.private === true },
      );
      if (status < 200 || status > 299) throw new Error(said(because('effect.answer', { status })));
      return text === '' ? null : asJson(text);
    },
    async mail(effect) {
      if (!transport) throw new Error(said(because('effect.mail')));
      const { subject, text } = payloadOf(effect);
      const mail = { from: options.from, to: effect.target, subject, text, messageId: `<${effect.id}@ganwei>` };
      const sent = await within(PATIENCE_FOR_MAIL, transport.sendMail(mail));
      return { accepted: sent.accepted.length };
    },
  };
}

/** [LIM5] The work's result, if it comes in time. */
async function within<T>(patience: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(said(because('effect.late')))), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
