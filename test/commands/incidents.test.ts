/** Cases that stand still: what trying again tells, and how a mistake in content is repaired under a running case. */
import { said } from '@ganwei/core/reason';
import { afterEach, describe, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { type Service, ServiceFault } from '../../server/catalogue/service.ts';
import { moveCase } from '../../server/commands/move-case.ts';
import { solveIncident } from '../../server/commands/solve-incident.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { incidents, movePreview } from '../../server/queries/incidents.ts';
import { AGREE, bpmn, end, FORMS, line, outcome, service, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

/** A service that cannot work while something is wrong. */
let wrong = '';
const moody: Service = {
  label: '看天',
  inputs: {},
  result: 'Null',
  async run() {
    if (wrong) throw new ServiceFault('wrong', wrong);
    return { result: null };
  },
};
/** Whom the function of the host program names. */
let named: string[] = [];
const functions = { 'whoever it is': { params: [0, 0] as const, call: () => named } };

async function stage(...content: SourceFile[]): Promise<void> {
  w = await world({ content: [...FORMS, ...content], services: { moody }, functions });
}
const admin = () => ({ actor: w.actor('peiwen') });
const retry = (id: string) => solveIncident(w.host, admin(), id, { way: 'retry', people: [], comment: '已处理' });
const only = async () => {
  const all = await incidents(w.host);
  expect(all).toHaveLength(1);
  return all[0]!;
};

/** A step with a deadline, behind which the moody service stands. */
const late = bpmn(
  'late',
  [
    start(),
    user('fill', '补正', 'assignees="case.starter"', AGREE),
    '<boundaryEvent id="over" name="逾期" attachedToRef="fill"><timerEventDefinition><timeDate>add working days(today, 2)</timeDate></timerEventDefinition></boundaryEvent>',
    service('sky', 'moody', {}),
    user('last', '收尾', `assignees='["fuzheng"]'`, AGREE),
    end(),
    line('start', 'fill', 'end'),
    line('over', 'sky', 'last', 'end'),
  ].join('\n'),
);

describe('trying again', () => {
  test('[O60] a timer that fails is tried at once: it stands again for the new reason, or goes through', async () => {
    await stage(late);
    await w.as('songqiao').start('late', { subject: '补正' });
    wrong = '下雨';
    await w.at('2026-09-04T09:00');
    const incident = await only();
    expect(incident).toMatchObject({ kind: 'standstill', detail: '下雨' });
    wrong = '打雷';
    expect(await retry(incident.id)).toEqual({ result: 'standing', reason: '打雷' });
    expect(await only()).toMatchObject({ id: incident.id, detail: '打雷' });
    wrong = '';
    expect(await retry(incident.id)).toEqual({ result: 'solved', reason: '' });
    expect(await incidents(w.host)).toEqual([]);
    expect(await w.host.store.reader('incidents_done')).toMatchObject([{ id: incident.id }]);
    await w.as('fuzheng').submit('收尾', 'agree');
  });

  test('[O62] what fails again by itself is the same incident, and it ends when that goes through', async () => {
    await stage(late);
    await w.as('songqiao').start('late', { subject: '补正' });
    wrong = '下雨';
    await w.at('2026-09-04T09:00');
    const { id } = await only();
    wrong = '还在下';
    await w.at('2026-09-04T11:00');
    await w.at('2026-09-04T13:00');
    expect(await only()).toMatchObject({ id, detail: '还在下' });
    wrong = '';
    await w.at('2026-09-04T15:00');
    expect(await incidents(w.host)).toEqual([]);
  });

  const signed = bpmn(
    'signed',
    [
      start(),
      user('sign', '签发', `assignees='["fuzheng"]'`, AGREE),
      service('sky', 'moody', {}),
      end(),
      line('start', 'sign', 'sky', 'end'),
    ].join('\n'),
  );

  test('[O61] what a person submitted is asked of him again, and the incident ends when he has done it', async () => {
    await stage(signed);
    await w.as('songqiao').start('signed', { subject: '签发' });
    wrong = '下雨';
    for (const detail of ['下雨', '打雷']) {
      wrong = detail;
      await expect(w.as('fuzheng').submit('签发', 'agree')).rejects.toMatchObject({ code: 'case.incident' });
    }
    const incident = await only();
    expect(incident.detail).toBe('打雷');
    expect(await retry(incident.id)).toEqual({ result: 'asked', reason: '' });
    expect((await only()).id).toBe(incident.id);
    const notices = await w.host.store.reader('notices').where({ kind: 'again' });
    expect(notices).toMatchObject([{ person_id: 'fuzheng', text: expect.stringContaining('签发') }]);
    wrong = '';
    await w.as('fuzheng').submit('签发', 'agree');
    expect(await incidents(w.host)).toEqual([]);
    expect(await w.host.store.reader('incidents_done')).toMatchObject([{ id: incident.id, solved_by: 'fuzheng' }]);
  });

  test('[O60] people who could not be found are looked for again', async () => {
    const open = bpmn(
      'open',
      [start(), user('do', '承办', 'assignees="whoever it is()"', AGREE), end(), line('start', 'do', 'end')].join('\n'),
    );
    await stage(open);
    named = [];
    await w.as('songqiao').start('open', { subject: '承办' });
    const { id } = await only();
    expect(await retry(id)).toMatchObject({ result: 'standing', reason: { code: 'flow.people' } });
    await only();
    named = ['fuzheng'];
    expect(await retry(id)).toMatchObject({ result: 'solved' });
    expect(await incidents(w.host)).toEqual([]);
    await w.as('fuzheng').submit('承办', 'agree');
  });

  test('[O60] a way that a kind does not have is refused', async () => {
    await stage(signed);
    await w.as('songqiao').start('signed', { subject: '签发' });
    wrong = '下雨';
    await expect(w.as('fuzheng').submit('签发', 'agree')).rejects.toMatchObject({ code: 'case.incident' });
    const { id } = await only();
    await expect(w.as('peiwen').solve(id, ['luchuan'])).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'way', code: 'way' }],
    });
    expect(await w.as('luchuan').todo()).toEqual([]);
    await only();
  });
});

describe('another version', () => {
  const REFUSE_TOO = AGREE + outcome('refuse', '不同意');
  interface Drawn {
    who: string;
    name?: string;
    due?: string;
    step?: string;
    outcomes?: string;
    mode?: string;
    timer?: string;
  }
  const drawn = ({ who, name = '承办', due = 'add working days(today, 5)', step = 'do', ...more }: Drawn) =>
    bpmn(
      'repaired',
      [
        start(),
        user(
          step,
          name,
          `assignees='${who}' due="${due}" mode="${more.mode ?? 'single'}"`,
          more.outcomes ?? REFUSE_TOO,
        ),
        `<boundaryEvent id="over" name="逾期" attachedToRef="${step}" cancelActivity="false"><timerEventDefinition><timeDate>${more.timer ?? 'add working days(today, 9)'}</timeDate></timerEventDefinition></boundaryEvent>`,
        user('late', '督办', `assignees='["luchuan"]'`, AGREE),
        end(),
        line('start', step, 'end'),
        line('over', 'late', 'end'),
      ].join('\n'),
    );
  const publish = async (...content: SourceFile[]) => {
    const { problems } = await takeFolder(w.host, [...FORMS, ...content]);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    await w.host.refresh();
  };
  const preview = (id: string) => movePreview(w.host, id, said);
  const move = async (id: string, reason = '第一版写错了承办人') =>
    moveCase(w.host, admin(), id, { release: w.host.catalogue().release, reason });

  test('[C61] a case that stands still goes on by the corrected version, from where it stood, and its record says so', async () => {
    await stage(drawn({ who: '[]' }));
    const { caseId } = await w.as('songqiao').start('repaired', { subject: '承办' });
    const { id, ways } = await only();
    expect(ways).not.toContain('move');
    await publish(drawn({ who: '["fuzheng"]', name: '重新承办' }));
    expect((await only()).ways).toContain('move');
    expect(await preview(id)).toEqual({
      from: 1,
      to: 2,
      release: 2,
      places: expect.arrayContaining([
        { name: '承办', kind: 'user' },
        { name: '逾期', kind: 'timer' },
      ]),
      opens: [],
      begins: [],
      reasons: [],
    });
    expect(await move(id)).toEqual({ result: 'solved', reason: '' });
    expect(await incidents(w.host)).toEqual([]);
    expect(await w.as('fuzheng').todo()).toMatchObject([{ node: '重新承办' }]);
    await w.as('fuzheng').submit('重新承办', 'agree');
    expect((await w.as('fuzheng').case(caseId)).case.version).toBe(2);
    const [entry] = await w.host.store.reader('history').where({ case_id: caseId, kind: 'moved-version' });
    expect(entry.person_id).toBe('peiwen');
    expect(JSON.parse(entry.detail)).toEqual({ from: 1, to: 2, reason: '第一版写错了承办人' });
    expect(await w.host.store.reader('audit').where({ act: 'case-moved' })).toMatchObject([{ person_id: 'peiwen' }]);
  });

  test('[C61] where a place is missing the case stays as it is, and the reason is told in words', async () => {
    await stage(drawn({ who: '[]' }));
    await w.as('songqiao').start('repaired', { subject: '承办' });
    const { id } = await only();
    await publish(drawn({ who: '["fuzheng"]', step: 'other' }));
    const { reasons, to } = await preview(id);
    expect({ reasons, to }).toEqual({
      reasons: ['新版本里没有步骤「承办」', '「逾期」在新版本里换了类型或位置'],
      to: null,
    });
    const [cases, tasks] = [await w.host.store.reader('cases'), await w.host.store.reader('tasks')];
    await expect(move(id)).rejects.toMatchObject({
      code: 'case.not-movable',
      message: '此件不能迁移到现行版本：新版本里没有步骤「承办」。',
    });
    expect([await w.host.store.reader('cases'), await w.host.store.reader('tasks')]).toEqual([cases, tasks]);
    await only();
  });

  test('[C61] only a business administrator moves a case, and only to what he was shown', async () => {
    await stage(drawn({ who: '[]' }));
    await w.as('songqiao').start('repaired', { subject: '承办' });
    const { id } = await only();
    await publish(drawn({ who: '["fuzheng"]' }));
    const moving = { release: 2, reason: '改正' };
    await expect(moveCase(w.host, { actor: w.actor('songqiao') }, id, moving)).rejects.toMatchObject({
      code: 'not.allowed',
    });
    await publish(drawn({ who: '["luchuan"]' }));
    await expect(moveCase(w.host, admin(), id, moving)).rejects.toMatchObject({ code: 'task.stale' });
    expect(await w.as('fuzheng').todo()).toEqual([]);
  });

  test('[C62] preview and list tell the places where the case stands, and nothing of what is in it', async () => {
    await stage(drawn({ who: '[]' }));
    await w.as('songqiao').start('repaired', { subject: '不得外传的事由' });
    const { id } = await only();
    await publish(drawn({ who: '["fuzheng"]' }));
    expect(JSON.stringify([await preview(id), await incidents(w.host)])).not.toMatch(/不得外传|songqiao|宋乔/);
  });

  /** A case whose step fuzheng has, with an incident that the test puts there. */
  const standing = async (first: Drawn, next: Drawn): Promise<string> => {
    await stage(drawn(first));
    const { caseId } = await w.as('songqiao').start('repaired', { subject: '承办' });
    const incident = {
      id: 'i1',
      case_id: caseId,
      task_id: null,
      node: 'do',
      kind: 'standstill',
      detail: '',
      opened_at: 0,
    };
    await w.host.store.transaction((tx) => tx('incidents').insert(incident));
    w.at('2026-09-03T09:00');
    await publish(drawn(next));
    return 'i1';
  };
  const dueOf = async () => (await w.as('fuzheng').view('承办')).task.due?.date;
  const timer = async () => (await w.host.store.reader('timers').where({ node: 'over' }).first()).due_at;

  test('[C63] a day that the new version reckons in another way is reckoned from when the step was opened', async () => {
    const who = '["fuzheng"]';
    const id = await standing(
      { who },
      { who, due: 'add working days(today, 7)', timer: 'add working days(today, 12)' },
    );
    const before = await timer();
    expect(await dueOf()).toBe('2026-09-08');
    expect(await move(id)).toMatchObject({ result: 'closed' });
    expect(await dueOf()).toBe('2026-09-10');
    expect((await timer()) - before).toBe(3 * 86_400_000);
  });

  test('[C63] a day that is written as before stays, also one that was put off', async () => {
    const who = '["fuzheng"]';
    const id = await standing({ who }, { who, name: '承办' });
    await publish(drawn({ who, outcomes: REFUSE_TOO + outcome('more', '再议') }));
    const until = Date.parse('2026-09-20T24:00:00+08:00');
    await w.host.store.transaction(async (tx) => {
      await tx('tasks').update({ due_at: until });
      await tx('timers').where({ node: 'over' }).update({ due_at: until });
    });
    await move(id);
    expect([await dueOf(), await timer()]).toEqual(['2026-09-20', until]);
    await w.as('fuzheng').submit('承办', 'more');
  });

  test('[S60] people and signatures of a round move with it; what would change their meaning is refused', async () => {
    const who = '["fuzheng","gaoyuan"]';
    const id = await standing({ who, mode: 'all' }, { who, mode: 'all', outcomes: outcome('done', '办结') });
    await w.as('fuzheng').submit('承办', 'agree');
    expect((await preview(id)).reasons).toEqual(['「承办」已有人选了「同意」，新版本没有这一选项']);
    await publish(drawn({ who, mode: 'sequence' }));
    expect((await preview(id)).reasons).toEqual(['「承办」已有人签署，而新版本改了签署方式']);
    await publish(drawn({ who: '["luchuan"]', mode: 'all', name: '会签' }));
    expect(await move(id)).toMatchObject({ result: 'closed' });
    expect((await w.as('gaoyuan').view('会签')).task.progress).toEqual({ done: 1, all: 2 });
    expect((await w.as('gaoyuan').submit('会签', 'agree')).state).toBe('ended');
  });
});

describe('a join that waits for ever', () => {
  /** One of two ways is taken; `join` stands behind both of them. */
  const drawn = (join: string): SourceFile =>
    bpmn(
      'meeting',
      [
        start(),
        '<exclusiveGateway id="split" name="是否重大" default="small"/>',
        user('large', '会办', `assignees='["fuzheng"]'`, AGREE),
        user('little', '简办', `assignees='["fuzheng"]'`, AGREE),
        `<${join} id="joined" name="汇合"/>`,
        '<exclusiveGateway id="behind" name="是否上报" default="no"/>',
        user('above', '上报', `assignees='["luchuan"]'`, AGREE),
        end(),
        line('start', 'split'),
        '<sequenceFlow id="big" sourceRef="split" targetRef="large"><conditionExpression xsi:type="tFormalExpression">request.amount > 100</conditionExpression></sequenceFlow>',
        '<sequenceFlow id="small" sourceRef="split" targetRef="little"/>',
        '<sequenceFlow id="fromLarge" sourceRef="large" targetRef="joined"/><sequenceFlow id="fromLittle" sourceRef="little" targetRef="joined"/>',
        line('joined', 'behind'),
        '<sequenceFlow id="yes" sourceRef="behind" targetRef="above"><conditionExpression xsi:type="tFormalExpression">request.amount > 1000</conditionExpression></sequenceFlow>',
        '<sequenceFlow id="no" sourceRef="behind" targetRef="end"/>',
        line('above', 'end'),
      ].join('\n'),
    );
  /** Published before the check knew of such joins. */
  async function standing(amount: number): Promise<{ id: string; caseId: string }> {
    w = await world({ content: FORMS });
    const unseen = async () => ({ problems: [], titles: new Map<string, string>(), flows: new Map() });
    await takeFolder({ ...w.host, examine: unseen }, [...FORMS, drawn('parallelGateway')]);
    await w.host.refresh();
    const { caseId } = await w.as('songqiao').start('meeting', { subject: '会办', amount });
    await w.as('fuzheng').submit('会办', 'agree');
    return { id: (await only()).id, caseId };
  }
  const mended = async (join = 'exclusiveGateway') => {
    const { problems } = await takeFolder(w.host, [...FORMS, drawn(join)]);
    expect(problems).toEqual([]);
    await w.host.refresh();
  };
  const move = (id: string) =>
    moveCase(w.host, admin(), id, { release: w.host.catalogue().release, reason: '汇合画错了' });

  test('[C64] goes on when it has moved to a version that does not wait, by its own data; the preview says so', async () => {
    const { id, caseId } = await standing(5000);
    expect(await retry(id)).toMatchObject({ result: 'standing', reason: { code: 'flow.stuck' } });
    await mended();
    expect(await movePreview(w.host, id, said)).toEqual({
      from: 1,
      to: 2,
      release: 3,
      places: [],
      opens: ['汇合'],
      begins: ['上报'],
      reasons: [],
    });
    expect(await move(id)).toEqual({ result: 'solved', reason: '' });
    expect(await incidents(w.host)).toEqual([]);
    expect((await w.as('luchuan').todo()).map(({ node }) => node)).toEqual(['上报']);
    expect((await w.as('luchuan').submit('上报', 'agree')).state).toBe('ended');
    const kinds = await w.host.store.reader('history').where({ case_id: caseId }).orderBy('seq');
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['moved-version', 'incident-solved', 'ended']),
    );
  });

  test('[C64] a case with nothing left to do ends by the move', async () => {
    const { id, caseId } = await standing(500);
    await mended('inclusiveGateway');
    expect(await move(id)).toEqual({ result: 'solved', reason: '' });
    expect(await w.host.store.reader('cases').where({ id: caseId }).first()).toMatchObject({
      state: 'ended',
      version: 2,
    });
  });
});
