/**
 * Owns what a story (用例) is: who starts a flow, who submits what, when the clock moves, and what is to stand after each act - which steps wait,
 * for whom, until when, which letters are issued, how cases end. Data alone: nothing of it is executed as code. A story brings the people it is
 * played by, so that it says the same whoever works in the house. Rules: [STORY1] [STORY2].
 */
import { instantOf } from '@ganwei/calendar/zone';
import { z } from 'zod';
import { readSource } from './tables.ts';

const Key = z.string().regex(/^[A-Za-z][\w-]{0,60}$/);
const Id = z.string().min(1).max(64);

/** `flow`, `app.flow`, and with `#2` the second case of it in the story. */
const FLOW = String.raw`(?:[a-z][a-z0-9-]{0,60})?\.?[A-Za-z][\w-]{0,60}`;
const CASE = String.raw`${FLOW}(?:#[1-9]\d{0,3})?`;
const OfCase = z.string().regex(new RegExp(`^${CASE}$`));
const Start = z.string().regex(new RegExp(`^${FLOW}/[\\w-]{1,120}$`));
const Step = z.string().regex(new RegExp(`^${CASE}/[\\w-]{1,120}$`));

/** A moment on the wall clock, to the minute. */
const Moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .refine(isMoment);

function isMoment(text: string): boolean {
  try {
    return Number.isFinite(instantOf(text));
  } catch {
    return false;
  }
}

const Values = z.record(z.string(), z.json());
const Comment = z.string().max(4000).default('');

const Attributes = z.record(z.string(), z.json()).default({});

/** Units and people as an organisation is written; they are made up, or were seen in the run that was kept. */
const Cast = z.strictObject({
  units: z
    .array(
      z.strictObject({
        id: Id,
        name: z.string().min(1),
        shortName: z.string().optional(),
        parent: Id.optional(),
        kind: z.string(),
        level: z.string(),
        attributes: Attributes,
        relations: z.record(z.string(), z.string()).default({}),
      }),
    )
    .max(2000),
  people: z
    .array(
      z.strictObject({
        id: Id,
        name: z.string().min(1),
        attributes: Attributes,
        posts: z.array(
          z.strictObject({
            unit: Id,
            title: z.string(),
            roles: z.array(z.string()).default([]),
            attributes: Attributes,
          }),
        ),
      }),
    )
    .min(1)
    .max(2000),
});
export type Cast = z.output<typeof Cast>;

/** What stands after an act. */
const Standing = z.strictObject({
  /** every step that waits, in whatever case of the story; `until`: the last day, or the moment where it is not the end of a day */
  waiting: z.array(z.strictObject({ step: Step, who: z.array(Id), until: z.string().optional() })).default([]),
  /** letters that this act issued */
  issued: z.array(z.strictObject({ letter: z.string(), of: OfCase, number: z.string() })).default([]),
  /** cases that this act brought to their end, with their status */
  ended: z.array(z.strictObject({ case: OfCase, as: z.string() })).default([]),
  /** steps at which something is wrong: an incident is open */
  stuck: z.array(Step).default([]),
});
export type Standing = z.output<typeof Standing>;

const expect = Standing.optional();

const Acts = [
  /** `of`: the case and the action on it that start this one */
  z.strictObject({
    by: Id,
    start: Start,
    of: z.strictObject({ case: OfCase, action: Key }).optional(),
    values: Values.default({}),
    expect,
  }),
  z.strictObject({ by: Id, submit: Step, outcome: z.string(), values: Values.default({}), comment: Comment, expect }),
  z.strictObject({
    by: Id,
    return: Step,
    to: z.string(),
    resume: z.enum(['again', 'straight']),
    comment: Comment,
    expect,
  }),
  z.strictObject({ by: Id, transfer: Step, to: Id, comment: Comment, expect }),
  z.strictObject({ by: Id, claim: Step, expect }),
  z.strictObject({ by: Id, withdraw: OfCase, comment: Comment, expect }),
  z.strictObject({ clock: Moment, expect }),
] as const;
export type Act = z.output<(typeof Acts)[number]>;

/** Acts of one story: it says one thing, and a change waits for all of them. */
export const MOST_ACTS = 200;

const Source = z.strictObject({
  story: Key,
  title: z.string().min(1).max(100),
  note: z.string().max(1000).default(''),
  /** when it begins */
  begin: Moment,
  /** its own people, or the story whose people play it, too */
  cast: z.union([Cast, z.string().min(1)]),
  acts: z.array(z.union(Acts)).min(1).max(MOST_ACTS),
});
export type Story = z.output<typeof Source>;

/** Throws DefinitionError naming the place in the file. */
export const readStory = (source: string): Story => readSource(Source, source);

/** What a case, or a step of one, is called in a story. */
export interface Place {
  flow: string;
  /** which case of the flow, counted from 1 in the order in which they began */
  nth: number;
  /** '' where the case as a whole is meant */
  node: string;
}

export function placeOf(text: string): Place {
  const [head = '', node = ''] = text.split('/');
  const [flow = '', nth = '1'] = head.split('#');
  return { flow, nth: Number(nth), node };
}

export const placeText = ({ flow, nth, node }: Place): string =>
  `${flow}${nth === 1 ? '' : `#${nth}`}${node && `/${node}`}`;

/** The flows that a story names, as it writes them. */
export function flowsOf({ acts }: Story): string[] {
  const places = acts.flatMap((act) => [
    ...('start' in act ? [act.start] : []),
    ...(act.expect?.waiting ?? []).map(({ step }) => step),
    ...(act.expect?.ended ?? []).map((one) => one.case),
  ]);
  return [...new Set(places.map((one) => placeOf(one).flow))];
}

/** A file that is filled in: the story has its name alone, whoever plays it makes one. */
export const isFileMark = (value: unknown): value is { file: string } =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  typeof Reflect.get(value, 'file') === 'string';

const WIDTH = 120;

/** [STORY1] The text of a story as it is kept: what fits on a line stands on one, so that a difference is a line. */
export const storyText = (story: Story): string => `${written(plain(Source.parse(story)), '', 0)}\n`;

/** Without what says nothing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, one]) => one !== undefined && !isIdle(key, one));
  return Object.fromEntries(kept.map(([key, one]) => [key, key === 'values' ? one : plain(one)]));
}

/** Members that mean the same when they are left out. */
const IDLE = ['note', 'comment', 'attributes', 'relations', 'roles', 'values', 'waiting', 'issued', 'ended', 'stuck'];

const isIdle = (key: string, value: unknown): boolean =>
  IDLE.includes(key) && (value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0));

/** `before`: columns that are taken on its line already. */
function written(value: unknown, indent: string, before: number): string {
  const line = inLine(value);
  if (typeof value !== 'object' || value === null || before + columnsOf(line) < WIDTH) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const rows = value.map((one) => deeper + written(one, deeper, deeper.length));
    return `[\n${rows.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, one]) => {
    const head = `${deeper}${JSON.stringify(key)}: `;
    return head + written(one, deeper, columnsOf(head));
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inLine(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A Chinese character takes two. */
const columnsOf = (text: string): number =>
  text.length +
  (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g)
    ?.length ?? 0);
