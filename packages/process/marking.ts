/**
 * Owns the marking: the canonical text of an engine state, which recovers into the engine as it is. Two states that
 * behave alike have the same text, whatever their random ids, clocks and history; a case keeps only the text's digest.
 * Must stay compatible: a marking stored under one release recovers under the next (test/upgrade keeps old ones).
 */

/** Members that tell how a state came about, not what it may do. */
const HISTORY = new Set([
  'consumerTag',
  'correlationId',
  'counters',
  'environment',
  'error',
  'evaluationId',
  'isRecovered',
  'message',
  'messageId',
  'output',
  'redelivered',
  'result',
  'stopped',
  'taken',
  'timestamp',
]);

/** Members whose values are ids the engine made up: `<element id>_<random hex digits>`, with `_0` for an event's definition. */
const ID_MEMBERS = new Set(['executionId', 'sequenceId']);
const RANDOM = /_([0-9a-f]{5,10})(?:_0)?$/;
const HEX = /[0-9a-f]{5,10}/g;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };

/** Canonical text of a state as the engine's `getState` gives it. */
export function markingOf(state: object): string {
  const random = new Set<string>();
  const text = JSON.stringify(canonical(JSON.parse(JSON.stringify(state)) as Json, '', random));
  const names = new Map<string, string>();
  return text.replace(HEX, (id) => {
    if (!random.has(id)) return id;
    const name = names.get(id) ?? names.size.toString(16).padStart(10, '0');
    names.set(id, name);
    return name;
  });
}

function canonical(value: Json, member: string, random: Set<string>): Json {
  if (Array.isArray(value)) return value.map((item) => canonical(item, member, random));
  if (typeof value === 'string' && ID_MEMBERS.has(member)) {
    const id = RANDOM.exec(value)?.[1];
    if (id) random.add(id);
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  const result: { [name: string]: Json } = {};
  for (const name of Object.keys(value).sort()) {
    const inner = value[name];
    if (inner === undefined || HISTORY.has(name)) continue;
    if (name === 'inbound') result[name] = inboundOf(inner, random);
    else if (name === 'messages') result[name] = messagesOf(value, inner, random);
    else result[name] = canonical(inner, name, random);
  }
  return result;
}

/** How a token came in is history, except for a boundary event: there it names the host (and the repeats left). */
function inboundOf(inbound: Json, random: Set<string>): Json {
  const hosts = (inbound as { [name: string]: Json }[]).filter((from) => !from.isSequenceFlow);
  return hosts.map((host) => canonical({ ...host, inbound: undefined }, '', random));
}

interface Stored {
  content?: { id?: string; executionId?: string };
  properties?: { persistent?: boolean };
}

/** Tokens have no order; what is at work comes before its parts. Passing messages are not kept. */
function messagesOf(queue: { [name: string]: Json | undefined }, messages: Json, random: Set<string>): Json {
  const list = (messages as Stored[]).filter(({ properties }) => properties?.persistent !== false);
  if (/^(execute|inbound)-/.test(String(queue.name))) list.sort(byElement);
  return canonical(list as unknown as Json, '', random);
}

function byElement({ content: a }: Stored, { content: b }: Stored): number {
  const [left, right] = [a?.id ?? '', b?.id ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return (a?.executionId ?? '').length - (b?.executionId ?? '').length;
}

/** 128-bit digest (MurmurHash3 x86_128) as 32 hex digits. Not a protection against forgery; texts come from us. */
export function digest(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const h: Four = [0, 0, 0, 0];
  const whole = bytes.length & ~15;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 16) {
    for (let i = 0; i < 4; i++) {
      h[i] = (h[i] as number) ^ scramble(view.getUint32(at + 4 * i, true), i);
      const sum = rotate(h[i] as number, ROTATE_STATE[i] as number) + (h[(i + 1) % 4] as number);
      h[i] = (Math.imul(sum | 0, 5) + (ADD[i] as number)) | 0;
    }
  }
  const tail = new DataView(new ArrayBuffer(16));
  for (let at = whole; at < bytes.length; at++) tail.setUint8(at - whole, bytes[at] ?? 0);
  for (let i = 0; i < 4; i++) h[i] = (h[i] as number) ^ scramble(tail.getUint32(4 * i, true), i) ^ bytes.length;
  spread(h);
  for (let i = 0; i < 4; i++) h[i] = finish(h[i] as number);
  spread(h);
  return h.map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

type Four = [number, number, number, number];
const C: Four = [0x239b961b, 0xab0e9789 | 0, 0x38b34ae5, 0xa1e38b93 | 0];
const ADD: Four = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35 | 0, 0x32ac3b17];
const ROTATE_BLOCK: Four = [15, 16, 17, 18];
const ROTATE_STATE: Four = [19, 17, 15, 13];

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const scramble = (block: number, i: number): number =>
  Math.imul(rotate(Math.imul(block, C[i] as number), ROTATE_BLOCK[i] as number), C[(i + 1) % 4] as number);

function spread(h: Four): void {
  h[0] = (h[0] + h[1] + h[2] + h[3]) | 0;
  for (let i = 1; i < 4; i++) h[i] = ((h[i] as number) + h[0]) | 0;
}

function finish(part: number): number {
  let x = part;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
