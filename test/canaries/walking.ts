/**
 * Owns walking the flows of the release on one world: every shipped story, and further ways that are told in TypeScript. Whatever is started or
 * submitted on the way carries words; whoever has a step says something and attaches something as well. After each act those who are tied to
 * its case are asked for it. Rules: [READ1] [A1].
 */
import { instantOf, localDateTime } from '@ganwei/calendar/zone';
import { Refusal } from '@ganwei/core/refusal';
import type { StartSettings, TaskSettings } from '@ganwei/process/model';
import { type Act, isFileMark, placeOf, readStory } from '@ganwei/release/story';
import { vi } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import type { Moved } from '../../server/commands/moved.ts';
import { startCase } from '../../server/commands/start-case.ts';
import { carryOut } from '../../server/sandbox/act.ts';
import { Stage } from '../../server/sandbox/stage.ts';
import { Person, type World } from '../commands/world.ts';
import { planted, type Word, Words } from './words.ts';

type Values = Record<string, unknown>;

/** How often what was planted may be taken back from fields that do not take it. */
const TRIES = 12;

export class Walking {
  readonly w: World;
  readonly words = new Words();
  /** `flow node` of everything that somebody passed */
  readonly passed = new Set<string>();
  readonly #untouched: (flow: string, thing: string) => boolean;
  /** told after each act */
  readonly #after: (caseId: string) => Promise<void>;
  #cases = new Set<string>();

  /** `untouched`: of these flows, the texts that take no word */
  constructor(w: World, untouched: (flow: string, thing: string) => boolean, after: (caseId: string) => Promise<void>) {
    this.w = w;
    this.#untouched = untouched;
    this.#after = after;
    const walking = this;
    const { submitTo } = Person.prototype;
    vi.spyOn(Person.prototype, 'start').mockImplementation(function (this: Person, process, values, start = 'start') {
      return walking.#start(this, { process, start, values });
    });
    vi.spyOn(Person.prototype, 'submitTo').mockImplementation(function (this: Person, id, outcome, values, comment) {
      return walking.#submit(this, submitTo, { id, outcome, values: values ?? {}, comment: comment ?? '' });
    });
  }

  /** All stories of the content at once, each act when its time has come: clocks go forward only. */
  async stories(content: readonly SourceFile[]): Promise<void> {
    const all = content.filter(({ kind }) => kind === 'story').map((file) => this.#timed(file, content));
    // What begins another story word for word is walked by that one.
    const own = all.filter(({ way }) => !all.some((one) => one.way !== way && one.way.startsWith(way)));
    const acts = own.flatMap(({ acts }) => acts).sort((a, b) => a.at - b.at);
    for (const { at, carry } of acts) {
      if (at > this.w.host.now()) await this.w.at(localDateTime(at).slice(0, 16));
      await carry();
    }
  }

  /** Its acts with their times, and one text of what is done. */
  #timed({ app = '', source }: SourceFile, definitions: readonly SourceFile[]) {
    const { begin, acts } = readStory(source);
    const settle = () => this.w.platform.worker.settle();
    const stage = new StageOfStory({ host: this.w.host, clock: { now: instantOf(begin) }, app, definitions, settle });
    let at = instantOf(begin);
    const timed = acts.map((act) => {
      if ('clock' in act) at = instantOf(act.clock);
      return { at, carry: () => ('clock' in act ? Promise.resolve() : this.#carry(stage, act)) };
    });
    return { acts: timed, way: acts.map((act) => doneBy(stage, act)).join('') };
  }

  async #carry(stage: StageOfStory, act: Exclude<Act, { clock: string }>): Promise<void> {
    const before = new Set(await this.#ids());
    if ('start' in act) {
      const { flow, node } = placeOf(act.start);
      const from = act.of && {
        case: stage.caseAt(await stage.everything(), placeOf(act.of.case))!,
        action: act.of.action,
      };
      const process = stage.stored('process', flow);
      const person = this.w.as(act.by);
      await this.#start(person, { process, start: node, values: act.values, ...from });
    } else if ('submit' in act) {
      const { id } = await stage.taskOf(act.by, act.submit);
      await this.w.as(act.by).submitTo(id, act.outcome, act.values, act.comment);
    } else {
      await carryOut(stage, act);
    }
    await stage.settle();
    for (const id of await this.#ids()) if (!before.has(id)) stage.own.add(id);
  }

  async #ids(): Promise<string[]> {
    return (await this.w.host.store.reader('cases').select('id')).map(({ id }) => String(id));
  }

  async #start(
    person: Person,
    {
      process,
      start,
      values,
      ...from
    }: { process: string; start: string; values: Values; case?: string; action?: string },
  ): Promise<Moved> {
    const { host } = this.w;
    const { model } = await host.catalogue().process(process);
    const settings = model.nodes.get(start)!.start!;
    const moved = await this.#planted(
      { flow: process, caseId: '', step: start, person, settings, release: undefined },
      values,
      async (own) => startCase(host, { actor: person.actor }, { process, start, values: own, ...from }),
    );
    this.passed.add(`${process} ${start}`);
    return moved;
  }

  async #submit(
    person: Person,
    submitTo: Person['submitTo'],
    { id, outcome, values, comment }: { id: string; outcome: string; values: Values; comment: string },
  ): Promise<Moved> {
    const { host } = this.w;
    const { reader } = host.store;
    const task = await reader('tasks').where({ id }).first();
    const { process, release } = await reader('cases').where({ id: task.case_id }).first();
    const { model } = await host.catalogue().process(process);
    const settings = model.nodes.get(task.node)!.task!;
    const at = {
      flow: String(process),
      caseId: String(task.case_id),
      step: String(task.node),
      person,
      settings,
      release,
    };
    await this.#aside(at);
    const said = this.#word(at, `${at.step}/comment`);
    const moved = await this.#planted(at, values, (own) =>
      submitTo.call(person, id, outcome, own, comment ? `${comment}${said}` : said),
    );
    this.passed.add(`${process} ${task.node}`);
    return moved;
  }

  /** Whoever has the step says something to the others and attaches something, where the step lets him. */
  async #aside(at: At): Promise<void> {
    if (!(at.settings as TaskSettings).operations.includes('comment')) return;
    await at.person.comment(at.caseId, `内部说明${this.#word(at, 'comments')}`);
    const file = await at.person.upload(`材料${this.#word(at, 'attachments')}.pdf`);
    await at.person.attach(at.caseId, [file.id]);
  }

  #word({ flow, caseId, person }: At, thing: string): string {
    return this.words.plant({ flow, caseId, thing, by: person.actor.id });
  }

  /** Acts with words in what is filled in; a field that does not take its word goes without. */
  async #planted(at: At, values: Values, act: (values: Values) => Promise<Moved>): Promise<Moved> {
    const { host } = this.w;
    const { form: key, as, access } = at.settings;
    const process = await host.catalogue().process(at.flow);
    const form = key ? (await host.catalogue().form(process.app, key, at.release)).value : undefined;
    const without = new Set<string>();
    const takes = (place: string, path: string): boolean =>
      !without.has(place) && !this.#untouched(at.flow, `${as}.${path}`);
    const words: Word[] = [];
    const word = (path: string): string => {
      const one = { flow: at.flow, caseId: at.caseId, thing: `${as}.${path}`, by: at.person.actor.id };
      words.push(one);
      return this.words.plant(one);
    };
    for (let tries = 0; ; tries += 1) {
      const own = form ? planted({ form, access, takes, word }, values) : values;
      try {
        const moved = await act((await this.#withFiles(at.person, own)) as Values);
        for (const one of words) one.caseId = moved.caseId;
        await this.#moved(moved.caseId);
        return moved;
      } catch (error) {
        const places =
          error instanceof Refusal ? error.fields.map(({ path }) => path.replaceAll(/\[(\d+)\]/g, '.$1')) : [];
        if (places.length === 0 || places.every((place) => without.has(place)) || tries > TRIES)
          throw new Error(
            `${at.flow} ${at.step}: ${error} ${JSON.stringify(error instanceof Refusal && error.fields)}`,
          );
        for (const place of places) without.add(place);
      }
    }
  }

  async #moved(caseId: string): Promise<void> {
    const { reader } = this.w.host.store;
    for (const { id, process, number } of await reader('cases'))
      if (!this.#cases.has(id)) {
        this.#cases.add(id);
        this.words.name(number, { flow: process, caseId: id, thing: 'case', by: '' });
      }
    const flows = new Map((await reader('cases')).map((row) => [row.id, String(row.process)]));
    for (const { number, case_id, template, issued_by } of await reader('letters'))
      this.words.name(number, {
        flow: flows.get(case_id) ?? '',
        caseId: String(case_id),
        thing: `letter/${template}`,
        by: issued_by,
      });
    await this.#after(caseId);
  }

  async #withFiles(person: Person, value: unknown): Promise<unknown> {
    if (isFileMark(value)) return person.upload(value.file);
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.#withFiles(person, one)));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(async ([key, one]) => [key, await this.#withFiles(person, one)]);
    return Object.fromEntries(await Promise.all(members));
  }
}

/** Who does what at which step, with which values; the same in every application. */
function doneBy(stage: Stage, { expect: _, ...act }: Act): string {
  const steps = Object.entries(act).map(([name, value]) => {
    if (name !== 'start' && name !== 'submit') return [name, value];
    const { flow, ...place } = placeOf(String(value));
    return [name, { flow: stage.stored('process', flow), ...place }];
  });
  return `${JSON.stringify(Object.fromEntries(steps))}\n`;
}

interface At {
  flow: string;
  caseId: string;
  step: string;
  person: Person;
  settings: StartSettings | TaskSettings;
  release: number | undefined;
}

/** One story's cases among those of the others. */
class StageOfStory extends Stage {
  readonly own = new Set<string>();

  override async everything() {
    const all = await super.everything();
    const isOwn = (row: { case_id: string | null }): boolean => this.own.has(String(row.case_id));
    return {
      ...all,
      cases: all.cases.filter(({ id }) => this.own.has(id)),
      tasks: all.tasks.filter(isOwn),
      items: all.items.filter(isOwn),
    };
  }

  /** The open task at that step which this person has. */
  async taskOf(person: string, written: string): Promise<{ id: string }> {
    const { cases, tasks, items } = await this.everything();
    const { node, ...place } = placeOf(written);
    const id = this.caseAt({ cases }, { ...place, node: '' });
    const found = tasks.find(
      (task) =>
        task.case_id === id &&
        task.node === node &&
        items.some((item) => item.task_id === task.id && item.person_id === person && item.state !== 'waiting'),
    );
    if (!found) throw new Error(`${person} has no step ${written}; open: ${tasks.map((task) => task.node).join(', ')}`);
    return found;
  }
}
