/**
 * Owns a sandbox while somebody plays in it: what is done there becomes a story, act by act, each with what then stands; a story that is there already
 * may be gone through on the way. What a story cannot say is noted, so that nobody keeps half of a run. Rules: [PLAY3] [PLAY5] [PLAY7] [STORY6] [STORY8].
 */
import { instantOf, localDateTime } from '@ganwei/calendar/zone';
import type { RouteName } from '@ganwei/core/contract';
import { CHANGE_ROUTES } from '@ganwei/core/contract/changes';
import { DEFINITION_ROUTES } from '@ganwei/core/contract/definitions';
import { PLAY_ROUTES } from '@ganwei/core/contract/play';
import { RERECORD_ROUTES } from '@ganwei/core/contract/rerecord';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { ProcessModel } from '@ganwei/process/model';
import { forAll, type Reply } from '@ganwei/release/rerecord';
import { type Act, type Cast, MOST_ACTS, placeText, type Story, storyText } from '@ganwei/release/story';
import { castNamed } from '../catalogue/cast.ts';
import type { Asked, Opening, PlayState } from '../catalogue/sandboxes.ts';
import { everythingWritten, type Played } from '../store/played.ts';
import type { TaskRow } from '../store/rows.ts';
import { Fault, moveClock } from './act.ts';
import { actReason } from './naming.ts';
import { playedAct } from './run-story.ts';
import { type Stage, untilText } from './stage.ts';

/** A request to the pages of the sandbox. */
export interface Heard {
  actor: { id: string };
  params: unknown;
  body: unknown;
}

/** What the routes take, as the contract has read it. */
interface Body {
  process: string;
  start: string;
  values: Record<string, never>;
  case?: string;
  action?: string;
  outcome: string;
  comment?: string;
  to: string;
  resume: 'again' | 'straight';
}

/** What is not there: changes of content, sandboxes within, and signing in, since nobody does. */
const ABSENT: ReadonlySet<string> = new Set([
  ...Object.keys({ ...CHANGE_ROUTES, ...DEFINITION_ROUTES, ...PLAY_ROUTES, ...RERECORD_ROUTES }),
  ...['signIn', 'signOut', 'changePassword', 'factor', 'beginFactor', 'confirmFactor', 'endFactor'],
]);
/** What a story tells of. */
const SAID: readonly RouteName[] = ['startCase', 'submit', 'returnTask', 'transfer', 'claim', 'withdraw'];
/** What staff may do that leads a case elsewhere and no story can say. */
const UNSAID: readonly RouteName[] = ['addSigners'];

export class Play {
  readonly #stage: Stage;
  readonly #opening: Omit<Opening, 'definitions' | 'titles'>;
  readonly #script: Story | null;
  #turn: Promise<unknown> = Promise.resolve();
  #done = 0;
  #differences: readonly Reason[] = [];
  #failed = false;
  #acts: Act[] = [];
  #unkept: Reason | null = null;
  #person: string;
  #asked: string | null = null;

  constructor(stage: Stage, opening: Omit<Opening, 'definitions' | 'titles'>, script: Story | null) {
    this.#stage = stage;
    this.#opening = opening;
    this.#script = script;
    this.#person = opening.as;
  }

  /** [STORY11] Somebody does this step by hand, whoever it waits for. */
  ask({ step, who }: Asked): void {
    [this.#asked, this.#unkept] = [step, because('play.asked')];
    this.playAs(who[0]?.id ?? this.#person);
  }

  /** What was done there last; null: nothing yet. */
  reply(): Reply | null {
    const done = this.#acts.findLast((act) => 'submit' in act && this.#stage.fullStep(act.submit) === this.#asked);
    if (!done || !('submit' in done)) return null;
    const { by, outcome, comment } = done;
    const { host, clock } = this.#stage;
    const own = { person: by, name: host.directory().nameOf(by), today: localDateTime(clock.now).slice(0, 10) };
    return { step: this.#asked ?? '', outcome, comment, values: forAll(done.values, own) as Reply['values'] };
  }

  /** As whom one plays. */
  get person(): string {
    return this.#person;
  }

  playAs(person: string): void {
    if (!this.#stage.host.directory().actor(person)) throw new Refusal('not.found');
    this.#person = person;
  }

  /** [PLAY3] A request of the pages: what it does is an act, and what is due then happens before it is answered. */
  async heard<T>(name: RouteName, asked: Heard, perform: () => Promise<T>): Promise<T> {
    if (ABSENT.has(name)) throw new Refusal('not.found');
    const act = await this.#actOf(name, asked);
    const answer = await perform();
    if (UNSAID.includes(name)) this.#unkept = because('play.unsaid');
    if (act || UNSAID.includes(name)) await this.#stage.settle();
    if (act) await this.#note(act);
    return answer;
  }

  async moveClock(to: string): Promise<void> {
    try {
      moveClock(this.#stage, instantOf(to));
    } catch (error) {
      if (error instanceof Fault) throw new Refusal('play.barred', { reason: error.reason });
      throw error;
    }
    await this.#stage.settle();
    await this.#note({ clock: to });
  }

  /** [PLAY7] One press after the other, and each only from where its page was: the second of two that are sent at once does nothing. */
  next({ how, done }: { how: 'one' | 'on' | 'leave'; done: number }): Promise<void> {
    const next = this.#turn.then(() => (done === this.#done ? this.#next(how) : undefined));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** [STORY8] The next act of the story, or all up to the first that comes about otherwise; what did is accepted by going on. */
  async #next(how: 'one' | 'on' | 'leave'): Promise<void> {
    if (how === 'leave') this.#pass([], false);
    else
      for (let count = 1; (await this.#goOn()) && how === 'on' && count < MOST_AT_ONCE; count++)
        if (this.#differences.length > 0) return;
  }

  /** False: there is none, or it could not be carried out. Then it did not happen: one does it otherwise by hand, or leaves it out. */
  async #goOn(): Promise<boolean> {
    const act = this.#script?.acts[this.#done];
    if (!act) return false;
    const { reasons, found } = await playedAct(this.#stage, act);
    if (!found) {
      [this.#differences, this.#failed] = [reasons, true];
      return false;
    }
    // What the story held nothing against is held nothing against again.
    this.#keep({ ...act, ...(act.expect && { expect: found }) });
    this.#pass(reasons, false);
    return true;
  }

  #pass(differences: readonly Reason[], failed: boolean): void {
    [this.#differences, this.#failed] = [differences, failed];
    if (this.#done < (this.#script?.acts.length ?? 0)) this.#done += 1;
  }

  async #note(act: Act): Promise<void> {
    this.#keep({ ...act, expect: await this.#stage.standing() });
  }

  #keep(act: Act): void {
    if (this.#acts.length >= MOST_ACTS) this.#unkept = because('play.long', { most: MOST_ACTS });
    else this.#acts.push(act);
  }

  /** Undefined: it does nothing that a story tells of. Asked before it is done, while the task is there. */
  async #actOf(name: RouteName, { actor, params, body }: Heard): Promise<Act | undefined> {
    if (!SAID.includes(name)) return undefined;
    const all = await this.#stage.everything();
    const by = actor.id;
    const { id = '' } = (params ?? {}) as { id?: string };
    const { process, start, values, case: of, action, outcome, comment = '', to, resume } = marked(body) as Body;
    switch (name) {
      case 'startCase': {
        const from = of && action ? { of: { case: this.#case(all, of), action } } : {};
        return { by, start: `${this.#stage.written('process', process)}/${start}`, values, ...from };
      }
      case 'submit':
        return { by, submit: this.#step(all, id), outcome, values, comment };
      case 'returnTask':
        return { by, return: this.#step(all, id), to, resume, comment };
      case 'transfer':
        return { by, transfer: this.#step(all, id), to, comment };
      case 'claim':
        return { by, claim: this.#step(all, id) };
      case 'withdraw':
        return { by, withdraw: this.#case(all, id), comment };
      default:
        return undefined;
    }
  }

  #case(all: Played, id: string): string {
    if (!all.cases.some((row) => row.id === id)) throw new Refusal('not.found');
    return placeText(this.#stage.placeOf(all, id));
  }

  #step(all: Played, id: string): string {
    const task = all.tasks.find((one) => one.id === id);
    if (!task) throw new Refusal('not.found');
    return placeText(this.#stage.placeOf(all, task.case_id, task.node));
  }

  /** [STORY6] Its people are those of the story it was played by, else those who took part. `whole`: all there are. */
  async story({ key, title, note }: { key: string; title: string; note: string }, whole: boolean): Promise<string> {
    if (this.#unkept) throw new Refusal('play.barred', { reason: this.#unkept });
    if (this.#acts.length === 0) throw new Refusal('play.barred', { reason: because('play.nothing') });
    const begin = localDateTime(this.#opening.begin).slice(0, 16);
    return storyText({ story: key, title, note, begin, cast: await this.#castOf(key, whole), acts: this.#acts });
  }

  async #castOf(key: string, whole: boolean): Promise<Cast | string> {
    const { cast, castOf, app } = this.#opening;
    // Re-recorded, the story with the people keeps them.
    if (castOf !== null) return castOf === key || castOf === `${app}.${key}` ? cast : castOf;
    return whole ? cast : castNamed(cast, await everythingWritten(this.#stage.host.store.reader));
  }

  async state(): Promise<PlayState> {
    const all = await this.#stage.everything();
    const { host, clock } = this.#stage;
    const models = new Map(
      await Promise.all(
        [...new Set(all.cases.map(({ process }) => process))].map(
          async (key) => [key, (await host.catalogue().process(key)).model] as const,
        ),
      ),
    );
    const caseOf = (id: string | null) => all.cases.find((row) => row.id === id);
    const modelOf = (id: string) => models.get(caseOf(id)?.process ?? '');
    return {
      app: this.#opening.app,
      now: clock.now,
      person: this.#ref(this.#person),
      waiting: all.tasks.map((task) => ({
        flow: modelOf(task.case_id)?.name ?? '',
        step: task.name,
        number: caseOf(task.case_id)?.number ?? '',
        who: all.items
          .filter((item) => item.task_id === task.id && item.state !== 'waiting')
          .map((item) => this.#ref(item.person_id)),
        until: task.due_at === null ? '' : untilText(task.due_at).replace('T', ' '),
        rule: modelOf(task.case_id)?.nodes.get(task.node)?.task?.assignees ?? '',
      })),
      letters: all.letters.map(({ id, number, title, issued_at, issued_by }) => ({
        id,
        number,
        title,
        at: issued_at,
        reader: all.receipts.find((one) => one.letter_id === id && one.person_id !== '')?.person_id ?? issued_by,
      })),
      cases: all.cases.map(({ id, number, title, status, process, state }) => ({
        id,
        number,
        title,
        status: models.get(process)?.case.statuses.find((one) => one.key === status)?.label ?? state,
      })),
      stuck: all.incidents.map(({ case_id, node, detail }) => ({
        step: modelOf(case_id)?.nodes.get(node)?.name ?? node,
        why: detail,
      })),
      acts: await Promise.all(this.#acts.map((act) => actReason(this.#stage, act))),
      unkept: this.#unkept,
      asked: this.#askedIn(all, models),
      script: await this.#scriptState(),
    };
  }

  /** The page of whoever is to do the step; where it waits no more, none. */
  #askedIn({ tasks, cases }: Played, models: ReadonlyMap<string, ProcessModel>): PlayState['asked'] {
    const step = this.#asked;
    if (step === null) return null;
    const fits = ({ case_id, node }: TaskRow): boolean =>
      this.#stage.fullStep(placeText(this.#stage.placeOf({ cases }, case_id, node))) === step;
    const task = tasks.find(fits);
    const process = cases.find(({ id }) => id === task?.case_id)?.process ?? '';
    const name = models.get(process)?.nodes.get(task?.node ?? '')?.name ?? '';
    return { step, name, page: task ? `tasks/${task.id}` : '' };
  }

  async #scriptState(): Promise<PlayState['script']> {
    if (!this.#script) return null;
    const { story: key, title, note, acts } = this.#script;
    const next = acts[this.#done];
    return {
      key,
      title,
      note,
      of: acts.length,
      done: this.#done,
      next: next ? await actReason(this.#stage, next) : null,
      differences: this.#differences,
      failed: this.#failed,
    };
  }

  /** Those whose name, unit or id has these words in it. */
  people(q: string): PlayState['person'][] {
    const found = [...this.#stage.host.directory().people.keys()].map((id) => this.#ref(id));
    return found.filter(({ id, name, unit }) => `${id} ${name} ${unit}`.includes(q.trim())).slice(0, MOST_PEOPLE);
  }

  #ref(id: string): PlayState['person'] {
    const actor = this.#stage.host.directory().actor(id);
    return { id, name: actor?.name ?? id, unit: actor?.unitName ?? '' };
  }
}

const MOST_PEOPLE = 50;

/** Acts that are gone through before it is answered. */
const MOST_AT_ONCE = 40;

/** What was sent, with marks in the place of files. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  if ('sha256' in value && 'id' in value && 'name' in value) return { file: value.name };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
}
