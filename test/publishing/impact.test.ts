/** What a change would have made different: finished cases replayed with it, told in numbers, and to whom. Rules: [IMP2] [IMP3] [IMP4] [IMP5] [IMP6]. */
import type { Definition } from '@ganwei/release/definition';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtChange } from '../../server/publishing/change.ts';
import { beginImpact, cancelImpact, impactCases, impactOf, orderOf } from '../../server/publishing/impact.ts';
import { Runs } from '../../server/publishing/impact-runs.ts';
import { type FlowImpact, replayCases } from '../../server/publishing/impact-work.ts';
import { examined } from '../../server/publishing/publish-change.ts';
import { auditPage } from '../../server/store/record.ts';
import { AGREE, bpmn, end, FORMS, REFUSE, service, start, user } from '../commands/content.ts';
import { type Office, office } from './office.ts';

const link = (id: string, from: string, to: string, condition = '', more = ''): string =>
  condition
    ? `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" ${more}><conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression></sequenceFlow>`
    : `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" ${more}/>`;

/** A loan: the table says how it is looked at; large ones go to zhongli, whose step has a limit and a timer on it. */
const LOAN = bpmn(
  'loan',
  [
    start(),
    service('rate', 'decide', { table: '"limit"', amount: 'request.amount' }, { grade: 'result' }),
    '<exclusiveGateway id="size" name="金额" default="small"/>',
    user('check', '审查', `assignees='["fuzheng"]' form="opinion" due='today + duration("P3D")'`, AGREE + REFUSE),
    user('approve', '审批', `assignees='["zhongli"]' due='today + duration("P5D")'`, AGREE + REFUSE),
    '<boundaryEvent id="late" name="逾期" attachedToRef="approve"><timerEventDefinition id="t"><timeDuration xsi:type="tFormalExpression">duration("P9D")</timeDuration></timerEventDefinition></boundaryEvent>',
    end(),
    end('over', 'done'),
    link('a', 'start', 'rate'),
    link('b', 'rate', 'size'),
    link('large', 'size', 'approve', 'request.amount &gt; 100'),
    link('small', 'size', 'check'),
    link('c', 'approve', 'end'),
    link('d', 'check', 'end'),
    link('e', 'late', 'over'),
  ].join('\n'),
  `readers='has role(actor.id, actor.unit, "main_leader")'`,
);

const LIMIT: Definition = {
  kind: 'decision',
  key: 'limit',
  file: 'limit.dmn',
  source: `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://ganwei.dev">
<decision id="limit" name="限额"><variable name="limit"/><decisionTable hitPolicy="FIRST">
<input id="i" label="金额"><inputExpression><text>amount</text></inputExpression></input><output id="o" name="limit"/>
<rule id="r1"><inputEntry><text>&gt; 500</text></inputEntry><outputEntry><text>"high"</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>
</decisionTable></decision></definitions>`,
};

const FLOW = { kind: 'process', app: '', key: 'loan' } as const;
const loan = (from: string, to: string) => {
  if (!LOAN.source.includes(from)) throw new Error(`no ${from}`);
  return { ...FLOW, source: LOAN.source.replace(from, to) };
};

let o: Office;
let runs: Runs;

/** Seven small loans, one with bad words; six large ones, of which one was late. */
async function lent(): Promise<void> {
  const { w } = o;
  for (let n = 1; n <= 7; n++) {
    await w.as('songqiao').start('loan', { subject: `私密事由${n}`, amount: n * 10 });
    await w
      .as('fuzheng')
      .submit(
        '审查',
        n === 7 ? 'refuse' : 'agree',
        { score: n },
        n === 7 ? '材料与事由不符，不同意。请补充后再报。' : '',
      );
  }
  for (let n = 1; n <= 6; n++) {
    await w.as('songqiao').start('loan', { subject: `大额事由${n}`, amount: n * 200 });
    if (n < 6) await w.as('zhongli').submit('审批', 'agree');
  }
  await w.at('2026-09-20T09:00');
}

beforeAll(async () => {
  o = await office({ content: [...FORMS, LOAN, LIMIT], now: '2026-09-01T09:00' });
  runs = new Runs(o.w.host);
  await lent();
});
afterAll(async () => {
  await runs.close();
  await o.w.stop();
});

const found = async (...texts: readonly { kind: Definition['kind']; app: string; key: string; source: string }[]) => {
  const { host } = o.w;
  const id = await o.drafted('peiwen', texts);
  const look = await lookAtChange(host.store.reader, host, o.w.actor('peiwen'), id);
  let flows: FlowImpact[] = [];
  await replayCases(host.store.reader, await orderOf(host, await examined(host, look)), (told) => {
    flows = told;
  });
  expect(flows).toHaveLength(1);
  return flows[0]!;
};
const lines = ({ lines: all }: FlowImpact) =>
  all.map(({ examples: _examples, id: _id, ...line }) =>
    Object.fromEntries(Object.entries(line).filter(([, value]) => value !== '' && String(value) !== '')),
  );

describe('what is told', () => {
  test('[IMP2] a change of words alone makes nothing different, and every case is followed to its end', async () => {
    expect(await found(loan('name="审查"', 'name="初审"'))).toMatchObject({
      total: 13,
      seen: 13,
      followed: 13,
      different: 0,
      lines: [],
    });
  });

  test('[IMP3] another condition: which cases go another way, where, and where to', async () => {
    const flow = await found(loan('request.amount &gt; 100', 'request.amount &gt; 500'));
    expect(lines(flow)).toEqual([
      { kind: 'way', node: 'size', name: '金额', before: ['审批'], after: ['审查'], count: 2 },
    ]);
    expect(flow.different).toBe(2);
  });

  test('[IMP3] other people get a step; or nobody does', async () => {
    expect(lines(await found(loan('["zhongli"]', '["sumin"]')))).toEqual([
      { kind: 'person', node: 'approve', name: '审批', count: 6 },
    ]);
    expect(lines(await found(loan('["zhongli"]', '[]')))).toEqual([
      { kind: 'person', node: 'approve', name: '审批', detail: 'nobody', count: 6 },
    ]);
  });

  test('[IMP3] a field is missing, or no longer taken, by its name and never with a value', async () => {
    const { source } = FORMS[1]!;
    const stricter = source.replace('"maximum":10', '"maximum":5');
    expect(lines(await found({ kind: 'form', app: '', key: 'opinion', source: stricter }))).toEqual([
      { kind: 'field', node: 'check', name: '审查', field: '评分', detail: 'refused', count: 1 },
    ]);
    const more = source.replace(
      '"properties":{',
      '"properties":{"why":{"type":"string","title":"依据","required":true,"x-component":"Text"},',
    );
    expect(lines(await found({ kind: 'form', app: '', key: 'opinion', source: more }))).toEqual([
      { kind: 'field', node: 'check', name: '审查', field: '依据', detail: 'missing', count: 6 },
    ]);
  });

  test('[IMP3] another deadline, earlier or later; the opinion that would be missing', async () => {
    expect(lines(await found(loan('duration("P3D")', 'duration("P2D")')))).toEqual([
      { kind: 'deadline', node: 'check', name: '审查', detail: 'earlier', count: 7 },
    ]);
    expect(lines(await found(loan('key="agree" label="同意"', 'key="agree" comment="required" label="同意"')))).toEqual(
      [{ kind: 'field', node: 'check', name: '审查', detail: 'missing', count: 6 }],
    );
  });

  test('[IMP3] a timer that goes off later: what happened then would not have happened', async () => {
    expect(lines(await found(loan('duration("P9D")', 'duration("P30D")')))).toEqual(
      expect.arrayContaining([
        { kind: 'deadline', node: 'late', name: '逾期', detail: 'later', count: 6 },
        { kind: 'way', node: 'late', name: '逾期', before: ['结束'], count: 1 },
      ]),
    );
  });

  test('[IMP3] a decision gives another result', async () => {
    const draft = {
      kind: 'decision',
      app: '',
      key: 'limit',
      source: LIMIT.source.replace('&gt; 500', '&gt; 300'),
    } as const;
    expect(lines(await found(draft))).toEqual([{ kind: 'result', node: 'rate', name: 'rate', count: 1 }]);
  });

  test('[IMP3] what was decided can no longer be; who began may no longer begin; the flow stands still', async () => {
    expect(lines(await found(loan(AGREE + REFUSE, AGREE)))).toEqual([
      { kind: 'break', node: 'check', name: '审查', detail: 'outcome', count: 1 },
    ]);
    expect(lines(await found(loan('who="true"', `who='actor.id = "fuzheng"'`)))).toEqual([
      { kind: 'break', node: 'start', name: '发起', detail: 'start', count: 13 },
    ]);
    expect(lines(await found(loan('request.amount &gt; 100', 'request.subject')))).toEqual([
      { kind: 'break', node: 'size', name: '金额', detail: 'standstill', count: 13 },
    ]);
  });

  test('[IMP6] of running cases: how many could be moved, and what keeps the others', async () => {
    await o.w.as('songqiao').start('loan', { subject: '在办', amount: 5 });
    await o.w.as('songqiao').start('loan', { subject: '在办', amount: 500 });
    const { moving } = await found({
      ...FLOW,
      source: LOAN.source.replaceAll('"check"', '"verify"'),
    });
    expect(moving).toEqual({
      movable: 1,
      barred: [{ count: 1, reason: expect.objectContaining({ code: 'move.step-gone' }) }],
    });
  });
});

describe('to whom', () => {
  const settled = async (person: string, id: string) => {
    const look = () => impactOf(o.w.host, runs, { actor: o.w.actor(person), id, language: 'zh-CN' });
    for (let seen = await look(); ; seen = await look()) {
      if (seen.state !== 'running') return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const begun = async (source = loan('request.amount &gt; 100', 'request.amount &gt; 500')) => {
    const id = await o.drafted('peiwen', [source]);
    await beginImpact(o.w.host, runs, { actor: o.w.actor('peiwen') }, id);
    return id;
  };

  test('[IMP4] it is done in a thread of its own, and is in the audit log; what was written since makes it outdated', async () => {
    const id = await begun();
    const seen = await settled('peiwen', id);
    expect(seen).toMatchObject({
      state: 'done',
      outdated: false,
      flows: [{ process: '.loan', seen: 13, followed: 13 }],
    });
    const [entry] = await auditPage(o.w.host.store.reader, { act: 'change-replayed', limit: 1 });
    expect(entry).toMatchObject({ person_id: 'peiwen', object: id });
    await o.as('peiwen').save(id, FLOW, loan('name="审查"', 'name="初审"').source);
    expect(await settled('peiwen', id)).toMatchObject({ outdated: true });
  }, 120_000);

  test('[IMP5] few cases are few to whoever may not open them, and none of them is named to him', async () => {
    const id = await begun();
    const { flows } = await settled('peiwen', id);
    expect(flows[0]).toMatchObject({ different: null, lines: [{ kind: 'way', count: null }] });
    expect(JSON.stringify(flows)).not.toMatch(/事由|songqiao|宋桥|zhongli|中立/);
    const line = { id, process: '.loan', line: flows[0]!.lines[0]!.id };
    expect(await impactCases(o.w.host, runs, { actor: o.w.actor('peiwen'), ...line })).toEqual({ rows: [] });
  }, 120_000);

  test('[IMP5] the officers and all others learn nothing', async () => {
    const id = await o.drafted('peiwen', [loan('name="审查"', 'name="初审"')]);
    for (const person of ['songqiao', 'admin', 'secadmin', 'auditadmin']) {
      const actor = o.w.actor(person);
      const asked = [
        beginImpact(o.w.host, runs, { actor }, id),
        impactOf(o.w.host, runs, { actor, id, language: 'zh-CN' }),
        cancelImpact(o.w.host, runs, actor, id),
        impactCases(o.w.host, runs, { actor, id, process: '.loan', line: '0' }),
      ];
      for (const one of asked) await expect(one, person).rejects.toMatchObject({ code: 'not.found' });
    }
  });

  test('[IMP4] it can be stopped, and another change waits until it is', async () => {
    const id = await begun();
    const other = await o.drafted('kongwei', [loan('name="审查"', 'name="初审"')]);
    await expect(beginImpact(o.w.host, runs, { actor: o.w.actor('kongwei') }, other)).rejects.toMatchObject({
      code: 'change.barred',
    });
    await cancelImpact(o.w.host, runs, o.w.actor('peiwen'), id);
    expect((await settled('peiwen', id)).state).toBe('stopped');
    await beginImpact(o.w.host, runs, { actor: o.w.actor('kongwei') }, other);
    await cancelImpact(o.w.host, runs, o.w.actor('kongwei'), other);
  }, 60_000);
});
