/**
 * Owns one HTTP request to a registered address: bounded in time and in the size of the answer that is read, never redirected, and never to an
 * address of this machine or of a private network that the operator has not named. Must never know what is sent. Rules: [O4] [LIM5].
 */
import { lookup } from 'node:dns/promises';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { because, said } from '@ganwei/core/reason';

export interface Answered {
  status: number;
  text: string;
}

export interface PostLimits {
  /** milliseconds until the whole answer is there */
  patience: number;
  /** bytes of the answer; more are not read, the connection is dropped */
  largest: number;
  /** may addresses of this machine and of private networks be reached? */
  isPrivate: boolean;
}

/** Sends the text; throws an Error with a sentence when it did not arrive or the answer is beyond its limits. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  text: string,
  limits: PostLimits,
): Promise<Answered> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const deadline = AbortSignal.timeout(limits.patience);
  const { address, family } = isIP(host) ? { address: host, family: isIP(host) } : await resolved(host, deadline);
  if (!limits.isPrivate && PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4'))
    throw new Error(said(because('effect.private')));
  // The address that was judged is the one that is called: the name is not looked up again.
  return exchange(target, { headers, text, address, family, deadline, largest: limits.largest });
}

/** This machine, private networks, and what is not the address of one machine at all. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

async function resolved(host: string, deadline: AbortSignal): Promise<{ address: string; family: number }> {
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(new Error(said(because('effect.late')))), { once: true });
  });
  return Promise.race([lookup(host), late]);
}

interface Exchange {
  headers: Readonly<Record<string, string>>;
  text: string;
  address: string;
  family: number;
  deadline: AbortSignal;
  largest: number;
}

function exchange(target: URL, sent: Exchange): Promise<Answered> {
  const { address, family, deadline, largest } = sent;
  const send = target.protocol === 'https:' ? secure : plain;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(deadline.aborted ? new Error(said(because('effect.late'))) : error);
    const request = send(target, {
      method: 'POST',
      headers: { ...sent.headers, 'content-length': Buffer.byteLength(sent.text) },
      signal: deadline,
      agent: false,
      lookup: (_, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= largest) chunks.push(chunk);
        else request.destroy(new Error(said(because('effect.large', { most: largest }))));
      });
      response.on('error', fail);
      response.on('close', () => fail(new Error(said(because('effect.cut-short')))));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.end(sent.text);
  });
}
