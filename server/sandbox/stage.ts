/**
 * Owns a sandbox as stories see it: its cases by the order in which they began, what waits for whom and until when, and what an act has brought.
 * Keys are written as the application of the story writes them. Rules: [STORY3] [STORY4].
 */
import { dayOfDeadline, endOfDay, localDateTime } from '@ganwei/calendar/zone';
import type { Definition, Kind } from '@ganwei/release/definition';
import { fullKey, writtenIn } from '@ganwei/release/keys';
import { type Place, placeOf, placeText, type Standing } from '@ganwei/release/story';
import { Entries, storedKeys } from '../catalogue/entries.ts';
import type { Host } from '../catalogue/host.ts';
import { everythingPlayed, type Played } from '../store/played.ts';

export interface Clock {
  now: number;
}

export class Stage {
  readonly host: Host;
  readonly clock: Clock;
  /** the application in which keys are written */
  readonly app: string;
  readonly #settle: () => Promise<unknown>;
  /** `kind/stored key` -> full key */
  readonly #full: ReadonlyMap<string, string>;
  /** letters and ends that have been told */
  readonly #told = new Set<string>();

  constructor(given: {
    host: Host;
    clock: Clock;
    app: string;
    definitions: readonly Definition[];
    settle: () => Promise<unknown>;
  }) {
    this.host = given.host;
    this.clock = given.clock;
    this.app = given.app;
    this.#settle = given.settle;
    const stored = storedKeys(given.definitions, new Entries([], []));
    this.#full = new Map([...stored].map(([definition, key]) => [`${definition.kind}/${key}`, fullKey(definition)]));
  }

  /** Everything that is due by now happens. */
  async settle(): Promise<void> {
    await this.host.refresh();
    await this.#settle();
  }

  everything(): Promise<Played> {
    return everythingPlayed(this.host.store.reader);
  }

  /** The key under which it is stored. */
  stored(kind: Kind, written: string): string {
    return this.host.catalogue().resolve(kind, this.app, written);
  }

  /** As the application of the story writes a stored key. */
  written(kind: Kind, stored: string): string {
    return writtenIn(this.app, this.#full.get(`${kind}/${stored}`) ?? stored);
  }

  /** `app.flow/node`, whichever case. */
  fullStep(step: string): string {
    const { flow, node } = placeOf(step);
    const stored = this.stored('process', flow);
    return `${this.#full.get(`process/${stored}`) ?? stored}/${node}`;
  }

  /** What a case of the sandbox is called in a story; with a node, a step of it. */
  placeOf({ cases }: Pick<Played, 'cases'>, id: string, node = ''): Place {
    const own = cases.find((row) => row.id === id)!;
    const nth = cases.filter((row) => row.process === own.process).indexOf(own) + 1;
    return { flow: this.written('process', own.process), nth, node };
  }

  /** Undefined where there is none. */
  caseAt({ cases }: Pick<Played, 'cases'>, { flow, nth }: Place): string | undefined {
    const process = this.stored('process', flow);
    return cases.filter((row) => row.process === process)[nth - 1]?.id;
  }

  /** What stands now; letters and ends are told once, by the act that brought them. `look`: they are not told by this. */
  async standing(how: 'tell' | 'look' = 'tell'): Promise<Standing> {
    const all = await this.everything();
    const text = (id: string, node = '') => placeText(this.placeOf(all, id, node));
    const isNew = ({ id }: { id: string }): boolean => !this.#told.has(id);
    const letters = all.letters.filter(isNew);
    const ended = all.cases.filter((row) => row.ended_at !== null).filter(isNew);
    if (how === 'tell') for (const { id } of [...letters, ...ended]) this.#told.add(id);
    return {
      waiting: all.tasks
        .map((task) => ({
          step: text(task.case_id, task.node),
          who: all.items.filter((item) => item.task_id === task.id && item.state !== 'waiting').map((i) => i.person_id),
          ...(task.due_at !== null && { until: untilText(task.due_at) }),
        }))
        .map((one) => ({ ...one, who: one.who.sort() }))
        .sort((a, b) => compare(a.step, b.step) || compare(a.who.join(), b.who.join())),
      issued: letters.map(({ case_id, template, number }) => ({
        letter: this.#letter(all, case_id, template),
        of: case_id === null ? '' : text(case_id),
        number,
      })),
      ended: ended.map(({ id, status }) => ({ case: text(id), as: status })),
      stuck: all.incidents.map(({ case_id, node }) => text(case_id, node)).sort(),
    };
  }

  /** A letter is named in the application of its case. */
  #letter({ cases }: Played, id: string | null, template: string): string {
    const process = cases.find((row) => row.id === id)?.process ?? '';
    const full = this.#full.get(`process/${process}`) ?? '';
    const stored = this.host.catalogue().resolve('letter', full.slice(0, Math.max(0, full.indexOf('.'))), template);
    return this.written('letter', stored);
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The last day; the moment where the deadline is not the end of a day. */
export function untilText(due: number): string {
  const day = dayOfDeadline(due);
  return endOfDay(day) === due ? day : localDateTime(due).slice(0, 16);
}
