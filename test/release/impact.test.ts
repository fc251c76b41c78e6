/** A case replayed on two states of the content at once: what both have in common is worked out once, and that never shows. Rules: [IMP1] [IMP3]. */
import { compareCase, pairOf } from '@ganwei/release/impact/compare';
import { type Ground, groundOf, type Outside } from '@ganwei/release/impact/ground';
import type { Event, RecordedCase, Submitted } from '@ganwei/release/impact/recorded';
import { openRelease, openWorkshop, type Workshop } from '@ganwei/release/release';
import type { Declared } from '@ganwei/release/rename/declared';
import { renamed } from '@ganwei/release/rename/rename';
import { expect, test } from 'vitest';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { AGREE, bpmn, end, FORMS, REFUSE, service, start, user } from '../commands/content.ts';
import { language } from './mutants.ts';

const flow = (id: string, from: string, to: string): string =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;

const LOAN = bpmn(
  'loan',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]' due='today + duration("P3D")'`, AGREE + REFUSE),
    service('rate', 'set', { value: 'request.amount * 2' }, { grade: 'result' }),
    user('approve', '审批', `assignees='["zhongli"]' due='today + duration("P5D")'`, AGREE + REFUSE),
    service('again', 'set', { value: 'grade + 1' }, { grade: 'result' }),
    end(),
    flow('a', 'start', 'check'),
    flow('b', 'check', 'rate'),
    flow('c', 'rate', 'approve'),
    flow('d', 'approve', 'again'),
    flow('e', 'again', 'end'),
  ].join('\n'),
);

const DAY = 86_400_000;
const submitted = (id: string, at: number, values = {}): Submitted => ({
  id,
  person: 'fuzheng',
  outcome: 'agree',
  comment: '',
  values,
  at,
});
const signed = (node: string, at: number): Event => ({
  kind: 'submitted',
  node,
  submitted: submitted(node, at),
  closes: 'agree',
  at,
  person: 'fuzheng',
});

const RECORDED: RecordedCase = {
  id: 'one',
  start: 'start',
  events: [
    { kind: 'started', submitted: submitted('s', DAY, { subject: '事由', amount: 5 }), at: DAY, person: 'songqiao' },
    signed('check', 2 * DAY),
    signed('approve', 3 * DAY),
  ],
  values: new Map(),
  reached: {},
  before: {},
  scope: ({ names, values, at, outcome }) => ({
    ...Object.fromEntries(names.map((name) => [name, values.get(name) ?? null])),
    outcome,
    today: new Date(at).toISOString().slice(0, 10),
  }),
};

const OUTSIDE: Outside = {
  today: '2026-09-01',
  lookups: { person: () => undefined, unit: () => undefined },
  tookPart: '*',
  listed: ({ values }) => values,
  people: (value) => value as string[],
  world: (around) => ({ ...around }),
};

/** The flow as it is and with another text, on which every evaluation is noted. */
async function pair(text: string, other: string) {
  const workshop: Workshop = openWorkshop(language, BUILT_IN_SERVICES);
  const asked: string[] = [];
  const ground = async (source: string): Promise<Ground> => {
    const release = await openRelease([...FORMS, { ...LOAN, source }], workshop);
    const found = groundOf(release, 'loan', OUTSIDE)!;
    const compiled: Ground['compiled'] = (expression) => {
      asked.push(expression);
      return found.compiled(expression);
    };
    return { ...found, compiled };
  };
  expect(LOAN.source).toContain(text);
  return { asked, ...pairOf(await ground(LOAN.source), await ground(LOAN.source.replace(text, other))) };
}

const times = (asked: readonly string[], expression: string): number =>
  asked.filter((one) => one === expression).length;

test('[IMP3] a deadline that differs bears on nothing once its step is done: what comes after is worked out once', async () => {
  const { asked, ...both } = await pair('duration("P3D")', 'duration("P4D")');
  const { differences } = await compareCase(both, RECORDED);
  expect(differences).toEqual([{ kind: 'deadline', node: 'check', shift: 'later' }]);
  expect(times(asked, 'grade + 1')).toBe(1);
});

test('[IMP3] what an assigned value bears on is worked out for both, to the end', async () => {
  const { asked, ...both } = await pair('request.amount * 2', 'request.amount * 3');
  await compareCase(both, RECORDED);
  expect(times(asked, 'grade + 1')).toBe(2);
});

test('[IMP2] what is told is the same as if everything were worked out twice', async () => {
  for (const [text, other] of [
    ['duration("P3D")', 'duration("P4D")'],
    ['duration("P5D")', 'duration("P1D")'],
    ['request.amount * 2', 'request.amount * 3'],
    ['["zhongli"]', '["fuzheng"]'],
    ['grade + 1', 'grade + 2'],
    ['"again" targetRef="end"/>', '"again" targetRef="end" name="末"/>'],
  ] as const) {
    const { asked: _, ...both } = await pair(text, other);
    expect(await compareCase(both, RECORDED), other).toEqual(await compareCase({ ...both, same: false }, RECORDED));
  }
});

test('[IMP1] a call that was cut short goes on as it did: that what it had called ended with it completes nothing', async () => {
  const cut = bpmn(
    'loan',
    [
      start(),
      '<callActivity id="call" name="办理"><extensionElements><ganwei:call process="loan"/></extensionElements></callActivity>',
      '<boundaryEvent id="late" name="到期" attachedToRef="call"><timerEventDefinition><timeDate>date("2026-10-01")</timeDate></timerEventDefinition></boundaryEvent>',
      user('check', '审查', `assignees='["fuzheng"]'`, AGREE),
      end(),
      flow('a', 'start', 'call'),
      flow('b', 'call', 'check'),
      flow('c', 'late', 'check'),
      flow('d', 'check', 'end'),
    ].join('\n'),
  );
  const workshop: Workshop = openWorkshop(language, BUILT_IN_SERVICES);
  const ground = async () => groundOf(await openRelease([...FORMS, cut], workshop), 'loan', OUTSIDE)!;
  const [started] = RECORDED.events;
  const fired: Event = { kind: 'fired', node: 'late', at: 2 * DAY, person: '' };
  const called: Event = { kind: 'called', process: '.loan', at: 2 * DAY, person: '' };
  const both = pairOf(await ground(), await ground());
  const course = (events: readonly Event[]) =>
    compareCase({ ...both, same: false }, { ...RECORDED, events: [started!, ...events] });
  expect(await course([fired, called, signed('check', 3 * DAY)])).toEqual({ differences: [], followed: true });
  expect(await course([fired, { ...called, at: 3 * DAY }])).toEqual({ differences: [], followed: false });
});

test('[REN8] a field that is called otherwise differs in no finished case: it was filled in under the name of then', async () => {
  const workshop: Workshop = openWorkshop(language, BUILT_IN_SERVICES);
  const content = [...FORMS, LOAN];
  const name: Declared = { kind: 'field', in: '.request', path: 'amount', key: 'amount' };
  const made = await renamed(content, name, 'sum', workshop);
  if ('problems' in made) throw new Error(made.problems.map(({ message }) => message).join());
  const after = content.map((one) => made.changed.find(({ file }) => file === one.file) ?? one);
  const [was, is] = await Promise.all(
    [content, after].map(async (one) => groundOf(await openRelease(one, workshop), 'loan', OUTSIDE)!),
  );
  const { differences } = await compareCase(pairOf(was!, is!), RECORDED);
  expect(differences).toEqual([]);
});
