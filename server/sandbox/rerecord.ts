/**
 * Owns recording a story anew in one go: its acts are carried out again and what comes about counts; at a step that no act of it answers the reply of
 * its author is given, and where there is none it stops and asks. What differs from the story is told, act by act. Rules: [STORY10] [STORY11].
 */
import { localDateTime } from '@ganwei/calendar/zone';
import { because, type Reason } from '@ganwei/core/reason';
import {
  type Circumstance,
  forAll,
  forOne,
  inAll,
  type Reply,
  stepOf,
  stepsOf,
  withoutCase,
} from '@ganwei/release/rerecord';
import { type Act, MOST_ACTS, placeOf, type Standing, type Story } from '@ganwei/release/story';
import { differencesOf } from '@ganwei/release/story-difference';
import type { Asked, Rerecorded } from '../catalogue/sandboxes.ts';
import { carryOut, Fault } from './act.ts';
import { actReason, differenceReason, nameOfStep } from './naming.ts';
import type { Stage } from './stage.ts';

/** The story goes on no further. */
type Halt = { asked: Asked } | { stuck: Reason };

/** Records it as far as the replies reach; the stage is left standing there. */
export async function rerecord(
  stage: Stage,
  story: Pick<Story, 'acts'>,
  replies: readonly Reply[],
): Promise<Omit<Rerecorded, 'app' | 'key' | 'text'> & { acts: Act[] }> {
  const recording = new Recording(stage, story, replies);
  const halt = await recording.run();
  return { acts: recording.acts, lines: recording.lines, asked: null, stuck: null, ...halt };
}

/** Signers of one step, one after the other. */
const MOST_SIGNERS = 50;

class Recording {
  readonly acts: Act[] = [];
  readonly lines: Rerecorded['lines'] = [];
  readonly #stage: Stage;
  readonly #script: readonly Act[];
  readonly #known: ReadonlySet<string>;
  readonly #replies: ReadonlyMap<string, Reply>;

  constructor(stage: Stage, story: Pick<Story, 'acts'>, replies: readonly Reply[]) {
    this.#stage = stage;
    this.#script = story.acts;
    this.#known = stepsOf(story);
    this.#replies = new Map(replies.map((reply) => [reply.step, reply]));
  }

  async run(): Promise<Halt | undefined> {
    for (const [index, act] of this.#script.entries()) {
      const halt = await this.#goThrough(act, index);
      if (halt) return halt;
      if (this.acts.length > MOST_ACTS) return { stuck: because('play.long', { most: MOST_ACTS }) };
    }
    return undefined;
  }

  async #goThrough(act: Act, index: number): Promise<Halt | undefined> {
    const line: Rerecorded['lines'][number] = { n: index + 1, act: await actReason(this.#stage, act), told: [] };
    const found = await this.#carryOut(act, line);
    if ('reason' in found) return this.#cannot(act, found.reason, line);
    const standings: [Standing, ...Standing[]] = [found];
    const halt = await this.#replyAll(standings, line);
    if (act.expect && !halt)
      for (const difference of differencesOf(act.expect, inAll(standings)))
        line.told.push(await differenceReason(this.#stage, difference));
    if (line.told.length > 0) this.lines.push(line);
    return halt;
  }

  /** The act as it is, else by whom its step waits for now; each time, if need be, with what the reply for the step has more of. */
  async #carryOut(act: Act, line: Rerecorded['lines'][number]): Promise<Standing | { reason: Reason }> {
    const other = await this.#byOther(act);
    const tried = [act, this.#more(act), other, other && this.#more(other)].flatMap((one) => one ?? []);
    let reason: Reason = because('play.nothing');
    for (const one of tried) {
      try {
        await carryOut(this.#stage, one);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        reason = error.reason;
        continue;
      }
      if (other && 'by' in one && one.by === other.by) line.told.push(this.#otherReason(act, other));
      const found = await this.#stage.standing();
      // What the story held nothing against is held nothing against again.
      this.acts.push({ ...one, ...(act.expect && { expect: found }) });
      return found;
    }
    return { reason };
  }

  /** Somebody else does the step now: what was signed by the one is signed by the other. */
  async #byOther(act: Act): Promise<(Act & { by: string }) | undefined> {
    const step = stepOf(act);
    if (step === undefined || !('by' in act)) return undefined;
    const { waiting } = await this.#stage.standing('look');
    const who = waiting.filter((one) => one.step === step).flatMap((one) => one.who);
    const [by] = who;
    if (by === undefined || who.includes(act.by)) return undefined;
    const own = 'submit' in act && {
      values: forOne(forAll(act.values, this.#circumstance(act.by)), this.#circumstance(by)),
    };
    return { ...act, ...own, by } as Act & { by: string };
  }

  #otherReason(act: Act, { by }: { by: string }): Reason {
    const { directory } = this.#stage.host;
    return because('story.by-other', {
      who: directory().nameOf('by' in act ? act.by : ''),
      found: directory().nameOf(by),
    });
  }

  #more(act: Act): Act | undefined {
    const reply = 'submit' in act ? this.#replyFor(act.submit) : undefined;
    if (!reply || !('submit' in act)) return undefined;
    const values = { ...(this.#own(reply, act.by) as typeof act.values), ...act.values };
    return { ...act, values };
  }

  /** What is over with the step is left out; else somebody has to say what is missing. */
  async #cannot(act: Act, reason: Reason, line: Rerecorded['lines'][number]): Promise<Halt | undefined> {
    const step = stepOf(act);
    if (step !== undefined && !(await this.#isThere(step))) {
      this.lines.push({ ...line, told: [because('story.left-out', { step: placeOf(step).node })] });
      return undefined;
    }
    if ('submit' in act && reason.code === 'story.refused')
      return { asked: await this.#asked(act.submit, [act.by], reason) };
    return { stuck: because('story.at', { n: line.n, act: line.act, what: reason }) };
  }

  async #isThere(step: string): Promise<boolean> {
    const { flow, node } = placeOf(step);
    const key = this.#stage.stored('process', flow);
    return (await this.#stage.host.catalogue().process(key)).model.nodes.has(node);
  }

  /** Steps that the story does not know are answered as soon as they wait. */
  async #replyAll(standings: [Standing, ...Standing[]], line: Rerecorded['lines'][number]): Promise<Halt | undefined> {
    for (let count = 0; count < MOST_SIGNERS; count++) {
      const { waiting } = standings.at(-1) as Standing;
      const next = waiting.find(({ step }) => !this.#known.has(withoutCase(step)));
      if (!next) return undefined;
      const { step, who } = next;
      if (who.length === 0)
        return { stuck: because('story.nobody-for', { step: await nameOfStep(this.#stage, step) }) };
      const reply = this.#replyFor(step);
      if (!reply) return { asked: await this.#asked(step, who, null) };
      const by = who[0] as string;
      const { outcome, comment } = reply;
      const act = { by, submit: step, outcome, comment, values: this.#own(reply, by) as Record<string, never> };
      const reason = await actReason(this.#stage, act);
      const found = await this.#reply(act);
      if ('reason' in found) return { asked: await this.#asked(step, [by], found.reason) };
      standings.push(found);
      line.told.push(because('story.added', { act: reason }));
    }
    return { stuck: because('play.long', { most: MOST_SIGNERS }) };
  }

  async #reply(act: Act): Promise<Standing | { reason: Reason }> {
    try {
      await carryOut(this.#stage, act);
    } catch (error) {
      if (error instanceof Fault) return { reason: error.reason };
      throw error;
    }
    const found = await this.#stage.standing();
    this.acts.push({ ...act, expect: found });
    return found;
  }

  #replyFor(step: string): Reply | undefined {
    return this.#replies.get(this.#stage.fullStep(step));
  }

  #own({ values }: Reply, person: string): unknown {
    return forOne(values, this.#circumstance(person));
  }

  #circumstance(person: string): Circumstance {
    const { host, clock } = this.#stage;
    return { person, name: host.directory().nameOf(person), today: localDateTime(clock.now).slice(0, 10) };
  }

  async #asked(step: string, who: readonly string[], refused: Reason | null): Promise<Asked> {
    const { directory } = this.#stage.host;
    const { flow, node } = placeOf(step);
    const process = await this.#stage.host.catalogue().process(this.#stage.stored('process', flow));
    return {
      step: this.#stage.fullStep(step),
      name: process.model.nodes.get(node)?.name ?? node,
      flow: process.model.name,
      who: who.map((id) => ({ id, name: directory().nameOf(id), unit: directory().actor(id)?.unitName ?? '' })),
      refused,
    };
  }
}
