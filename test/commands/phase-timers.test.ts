/** Stories about the timers on the border of a phase: they follow whatever step is open inside. Rule: [PRO70]. */
import { afterEach, expect, test } from 'vitest';
import { CALENDARS } from './calendar-files.ts';
import { AGREE, bpmn, end, FORMS, flow, line, service, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const timer = (id: string, time: string): string =>
  `<boundaryEvent id="${id}" name="${id}" attachedToRef="phase" cancelActivity="false"><timerEventDefinition>${time}</timerEventDefinition></boundaryEvent>`;

/** Two steps in a phase, the second a phase deeper, due after five and ten working days; a timer for the day of either, one for a mere duration. */
const drawn = bpmn(
  'phased',
  [
    start(),
    '<subProcess id="phase" name="阶段"><startEvent id="begin"/>',
    user('draft', '拟稿', `assignees='["luchuan"]' due="add working days(today, 5)"`, AGREE),
    '<subProcess id="within" name="复核"><startEvent id="beginWithin"/>',
    user('review', '复核', `assignees='["luchuan"]' due="add working days(today, 10)"`, AGREE),
    end('reviewed'),
    line('beginWithin', 'review', 'reviewed'),
    '</subProcess>',
    end('written'),
    line('begin', 'draft', 'within', 'written'),
    '</subProcess>',
    timer(
      'late',
      `<timeDate xsi:type="tFormalExpression">get or(get or(due of("draft"), due of("review")), date("2999-12-31"))</timeDate>`,
    ),
    timer('month', '<timeDuration>P30D</timeDuration>'),
    end('told'),
    end(),
    line('start', 'phase', 'end'),
    flow('late', 'told'),
    flow('month', 'told'),
  ].join('\n'),
);
const phased = {
  ...drawn,
  source: drawn.source.replace(
    '</ganwei:case>',
    `<ganwei:action key="extend" label="延期" process="extend" who="true"/></ganwei:case>`,
  ),
};
const extend = bpmn(
  'extend',
  [
    start(),
    service('move', 'reschedule', { case: 'parent.id', node: '"review"', due: 'request.to' }),
    end(),
    line('start', 'move', 'end'),
  ].join('\n'),
);

/** Name of the timer -> when it fires. */
async function timers(): Promise<Record<string, string>> {
  const rows = await w.host.store.reader('timers').orderBy('node');
  return Object.fromEntries(rows.map(({ node, due_at }) => [node, new Date(Number(due_at)).toISOString()]));
}
const fired = async (): Promise<string[]> =>
  (await w.host.store.reader('history').where({ kind: 'timer' }).orderBy('at')).map(({ node }) => String(node));

test('[PRO70] a timer on a phase is due with the step that is open in it, deep inside too; a duration counts from when the phase began', async () => {
  w = await world({ content: [...FORMS, ...CALENDARS, phased, extend] });
  const { caseId } = await w.as('songqiao').start('phased', { subject: '道路改造' });
  const month = '2026-10-01T01:00:00.000Z';
  expect(await timers()).toEqual({ late: '2026-09-08T16:00:00.000Z', month });
  await w.at('2026-09-03T10:00');
  await w.as('luchuan').submit('拟稿', 'agree');
  expect(await timers()).toEqual({ late: '2026-09-17T16:00:00.000Z', month });
  await w.as('songqiao').act(caseId, 'extend', { subject: '延期', to: '2026-09-22' });
  expect(await timers()).toEqual({ late: '2026-09-22T16:00:00.000Z', month });
  await w.at('2026-09-22T23:59');
  expect(await fired()).toEqual([]);
  await w.at('2026-09-23T00:00');
  expect(await fired()).toContain('late');
  expect((await w.as('songqiao').case(caseId)).case.state).toBe('running');
});
