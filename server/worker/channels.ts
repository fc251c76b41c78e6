/**
 * Owns the outward sockets: webhook (signed, standardwebhooks) and mail (SMTP). A channel delivers one effect or throws; it keeps no state.
 * Must never send more than the effect's payload. Rules: [O2] [O4] every webhook is signed and carries its effect's id.
 */
import { because, said } from '@ganwei/core/reason';
import { createTransport } from 'nodemailer';
import { Webhook } from 'standardwebhooks';
import { payloadOf } from '../store/effects.ts';
import type { EffectRow } from '../store/rows.ts';

/** Effect type -> delivery. The answer of a webhook goes back to a case that waits for it. */
export type Channels = Readonly<Record<string, (effect: EffectRow) => Promise<unknown>>>;

export interface ChannelOptions {
  /** registered addresses: name -> url and signing secret (whsec_…) */
  webhooks: Readonly<Record<string, { url: string; secret: string }>>;
  /** smtp://user:password@host:port, or absent */
  smtp?: string | undefined;
  /** sender address of mails */
  from: string;
}

const PATIENCE = 10_000;

export function makeChannels(options: ChannelOptions): Channels {
  const transport = options.smtp ? createTransport(options.smtp) : undefined;
  return {
    async webhook(effect) {
      const target = options.webhooks[effect.target];
      if (!target) throw new Error(said(because('effect.target', { target: effect.target })));
      const now = new Date();
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'webhook-id': effect.id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(target.secret).sign(effect.id, now, effect.payload),
        },
        body: effect.payload,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = (await response.text()).slice(0, 100_000);
      if (!response.ok) throw new Error(said(because('effect.answer', { status: response.status })));
      return text === '' ? null : asJson(text);
    },
    async mail(effect) {
      if (!transport) throw new Error(said(because('effect.mail')));
      const { subject, text } = payloadOf(effect);
      const sent = await transport.sendMail({
        from: options.from,
        to: effect.target,
        subject,
        text,
        messageId: `<${effect.id}@ganwei>`,
      });
      return { accepted: sent.accepted.length };
    },
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
