/**
 * Owns the streams that pages hold open: who listens, who has been told, when a stream ends. A page is told that something has changed, never what: it
 * asks for that by the routes that know what it may see. Streams are bounded, and none keeps a session or a server alive. Rules: [MSG1] [MSG2] [MSG3] [MSG4].
 */
import { PassThrough, type Readable } from 'node:stream';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { whoIs } from '../identity/local.ts';
import { standings } from '../queries/standings.ts';

export interface LiveOptions {
  /** streams that one person, and all together, may have open */
  perPerson: number;
  most: number;
  /** milliseconds between two signs of life, at which the session is looked at again */
  beat: number;
  /** milliseconds between two looks at what other servers have changed */
  look: number;
}

export interface Live {
  /** A stream for this person while this session lasts. Throws Refusal when there are too many. */
  open(person: string, token: string): Readable;
  /** Something has changed for these people. */
  tell(people: Iterable<string>): void;
  /** Ends all streams and takes no new ones. */
  close(): void;
}

interface Stream {
  person: string;
  token: string;
  out: PassThrough;
}

const USUAL: LiveOptions = { perPerson: 5, most: 2_000, beat: 25_000, look: 20_000 };
/** Many changes at once are told once. */
const TOGETHER = 100;
/** What a page has not taken by then, it does not take any more. */
const LARGEST_DEBT = 4_096;

export function makeLive(host: Host, options: Partial<LiveOptions> = {}): Live {
  return new Streams(host, { ...USUAL, ...options });
}

class Streams implements Live {
  readonly #host: Host;
  readonly #options: LiveOptions;
  readonly #streams = new Set<Stream>();
  readonly #counted = new Map<string, number>();
  readonly #told = new Set<string>();
  /** how it stood with each who listens when it was looked at last */
  #standing = new Map<string, string>();
  #soon: NodeJS.Timeout | undefined;
  #timers: NodeJS.Timeout[] = [];
  #isClosed = false;
  #isLooking = false;

  constructor(host: Host, options: LiveOptions) {
    this.#host = host;
    this.#options = options;
  }

  open(person: string, token: string): Readable {
    const count = this.#counted.get(person) ?? 0;
    if (count >= this.#options.perPerson) throw new Refusal('live.many');
    if (this.#isClosed || this.#streams.size >= this.#options.most) throw new Refusal('live.full');
    const stream = { person, token, out: new PassThrough() };
    this.#counted.set(person, count + 1);
    this.#streams.add(stream);
    stream.out.on('close', () => this.#forget(stream));
    stream.out.on('error', () => undefined);
    // The head of the answer goes out with the first words.
    stream.out.write('retry: 5000\n: open\n\n');
    if (this.#timers.length === 0) this.#start();
    if (count === 0) void this.#look([person]);
    return stream.out;
  }

  tell(people: Iterable<string>): void {
    for (const person of people) if (this.#counted.has(person)) this.#told.add(person);
    if (this.#told.size === 0 || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      const told = new Set(this.#told);
      this.#told.clear();
      for (const stream of this.#streams) if (told.has(stream.person)) this.#say(stream, 'event: counts\ndata: 1\n\n');
    }, TOGETHER);
    this.#soon.unref();
  }

  close(): void {
    this.#isClosed = true;
    this.#rest();
    for (const stream of [...this.#streams]) this.#end(stream);
  }

  #start(): void {
    this.#timers = [
      setInterval(() => void this.#beat(), this.#options.beat).unref(),
      setInterval(() => void this.#look([...this.#counted.keys()]), this.#options.look).unref(),
    ];
  }

  #rest(): void {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#soon);
    this.#timers = [];
    this.#soon = undefined;
  }

  #forget(stream: Stream): void {
    if (!this.#streams.delete(stream)) return;
    const left = (this.#counted.get(stream.person) ?? 1) - 1;
    if (left > 0) this.#counted.set(stream.person, left);
    else {
      this.#counted.delete(stream.person);
      this.#standing.delete(stream.person);
    }
    if (this.#streams.size === 0) this.#rest();
  }

  #say(stream: Stream, words: string): void {
    if (stream.out.writableLength > LARGEST_DEBT) stream.out.destroy();
    else if (!stream.out.writableEnded) stream.out.write(words);
  }

  #end(stream: Stream): void {
    stream.out.end();
    this.#forget(stream);
  }

  /** [MSG3] A sign of life for who may still listen; the end for whose session has ended, here or elsewhere. */
  async #beat(): Promise<void> {
    await Promise.all(
      [...this.#streams].map(async (stream) => {
        // A database that does not answer for a moment ends nobody's session.
        const caller = await whoIs(this.#host, stream.token, true).catch(() => undefined);
        if (caller === null || (caller && caller.actor.id !== stream.person)) {
          this.#say(stream, 'event: end\ndata: 1\n\n');
          this.#end(stream);
        } else this.#say(stream, ': beat\n\n');
      }),
    );
  }

  /** [MSG4] What others have changed, another server or the time of day. */
  async #look(people: readonly string[]): Promise<void> {
    const whole = people.length !== 1;
    if (whole && this.#isLooking) return;
    if (whole) this.#isLooking = true;
    try {
      for (const [person, standing] of await standings(this.#host, people)) {
        const before = this.#standing.get(person);
        if (!this.#counted.has(person)) continue;
        this.#standing.set(person, standing);
        if (before !== undefined && before !== standing) this.tell([person]);
      }
    } catch (error) {
      this.#host.log.warn({ err: error }, 'live: nothing was looked at');
    } finally {
      if (whole) this.#isLooking = false;
    }
  }
}
