import { readFileSync } from 'node:fs';
import { DefinitionError } from '@ganwei/core/definition';
import { compileProcess } from '@ganwei/process/compile';
import { processRules } from '@ganwei/process/lint/rules';
import { describe, expect, test } from 'vitest';
import {
  boundary,
  correlated,
  diagram,
  extension,
  flow,
  node,
  onError,
  onMessage,
  service,
  timer,
  user,
} from './diagram.ts';

const functions = { reached: { params: [1, 1] as const, call: () => true } };
const richSource = readFileSync(new URL('fixtures/rich.bpmn', import.meta.url), 'utf8');
const rich = await compileProcess(richSource, { functions });

/** `rule element` of every problem of a file. */
async function findings(source: string): Promise<string[]> {
  try {
    await compileProcess(source, { functions });
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    expect(error.message).toMatch(/[一-龥]/);
    return error.problems.map(({ rule, element }) => `${rule} ${element}`);
  }
}

/** s -> u -> e, with more beside it */
const line = (more = '', task = user('u'), roots = '', settings = ''): string =>
  diagram(
    `${node('startEvent', 's')}${flow('f1', 's', 'u')}${task}${flow('f2', 'u', 'e')}${node('endEvent', 'e')}${more}`,
    roots,
    settings,
  );
/** s -> g -> (a | b) -> j -> e */
const choice = (attributes: string, a?: string, b?: string): string =>
  diagram(
    `${node('startEvent', 's')}${flow('f1', 's', 'g')}${node('exclusiveGateway', 'g', attributes)}${flow('fa', 'g', 'a', a)}` +
      `${flow('fb', 'g', 'b', b)}${user('a')}${user('b')}${flow('f2', 'a', 'j')}${flow('f3', 'b', 'j')}` +
      `${node('exclusiveGateway', 'j')}${flow('f4', 'j', 'e')}${node('endEvent', 'e')}`,
  );
const task = (attributes: string, children = ''): string =>
  `<userTask id="u">${extension(`<ganwei:task ${attributes}>${children}</ganwei:task>`)}</userTask>`;
const message = '<message id="n" name="note"/>';
const sub = (inner: string): string => `<subProcess id="u">${inner}</subProcess>`;
const inner = `${node('startEvent', 'is')}${flow('i1', 'is', 'iu')}${user('iu')}${flow('i2', 'iu', 'ie')}`;
const raised = `${inner}${node('endEvent', 'ie', '', onError('x'))}`;
const error = '<error id="x" errorCode="NO"/>';
const beside = (event: string): string =>
  `${event}${flow('f8', 't', 'v')}${user('v')}${flow('f9', 'v', 'x2')}${node('endEvent', 'x2')}`;

/** rule, element it is found at, a file that breaks it, a file that does not */
const CASES: [rule: string, at: string, broken: string, right: string][] = [
  ['xml', 'u', line('', '<userTask id="u" colour="red"/>'), line()],
  [
    'xml',
    'xml',
    line('', task('assignees="[]"', '<ganwei:signer/>')),
    line('', task('assignees="[]"', '<ganwei:outcome key="a" label="A"/>')),
  ],
  ['xml', 'xml', '<definitions>', line()],
  ['one-process', 'file', line('').replace('</definitions>', '<process id="p2"/></definitions>'), line()],
  ['supported', 'u', line('', '<scriptTask id="u"/>'), line('', service('u'))],
  [
    'supported',
    'u',
    line('', sub(inner + node('endEvent', 'ie')).replace('id="u"', 'id="u" triggeredByEvent="true"')),
    line('', sub(inner + node('endEvent', 'ie'))),
  ],
  [
    'supported',
    't',
    line(beside(boundary('t', 'u', '<signalEventDefinition/>'))),
    line(beside(boundary('t', 'u', timer('timeDuration', 'P1D')))),
  ],
  ['supported', 't', line(beside(boundary('t', 'u', onError(), false))), line(beside(boundary('t', 'u', onError())))],
  ['ids', 'u_0123456789', line().replaceAll('"u"', '"u_0123456789"'), line().replaceAll('"u"', '"u_0123456789x"')],
  ['ids', 'u.1', line().replaceAll('"u"', '"u.1"'), line().replaceAll('"u"', '"Task-1"')],
  [
    'no-repetition',
    'u',
    line('', user('u').replace('</userTask>', '<multiInstanceLoopCharacteristics/></userTask>')),
    line(),
  ],
  ['start-and-end', 'p', diagram(`${user('u')}${flow('f', 'u', 'e')}${node('endEvent', 'e')}`), line()],
  [
    'start-and-end',
    'u',
    line('', sub(`${inner}${node('endEvent', 'ie')}${node('startEvent', 'is2')}${flow('i3', 'is2', 'iu')}`)),
    line('', sub(inner + node('endEvent', 'ie'))),
  ],
  [
    'dead-end',
    'v',
    line(`${boundary('t', 'u', timer('timeDuration', 'P1D'))}${flow('f8', 't', 'v')}${user('v')}`),
    line(beside(boundary('t', 'u', timer('timeDuration', 'P1D')))),
  ],
  ['unreachable', 'v', line(`${user('v')}${flow('f3', 'v', 'e')}`), line()],
  ['connected', 'f1', line().replace('targetRef="u"', 'targetRef="nobody"'), line()],
  ['gateway-conditions', 'g', choice('', 'x', 'y'), choice('default="fb"', 'x')],
  ['gateway-conditions', 'fa', choice('default="fb"'), choice('default="fb"', 'x')],
  ['condition-place', 'fb', choice('default="fb"', 'x', 'y'), choice('default="fb"', 'x')],
  ['condition-place', 'f1', line().replace(flow('f1', 's', 'u'), flow('f1', 's', 'u', 'x')), line()],
  ['implicit-split', 'u', line(`${flow('f3', 'u', 'v')}${user('v')}${flow('f4', 'v', 'e')}`), line()],
  [
    'error-caught',
    'ie',
    line('', sub(raised), error),
    line(beside(boundary('t', 'u', onError('x'))), sub(raised), error),
  ],
  [
    'error-caught',
    'e',
    line('', user('u'), error).replace(node('endEvent', 'e'), node('endEvent', 'e', '', onError('x'))),
    line(),
  ],
  [
    'restless',
    'g',
    diagram(
      `${node('startEvent', 's')}${flow('f1', 's', 'g')}${node('exclusiveGateway', 'g')}${flow('f2', 'g', 'h')}${node('exclusiveGateway', 'h', 'default="f4"')}${flow('f3', 'h', 'g', 'x')}${flow('f4', 'h', 'e')}${node('endEvent', 'e')}`,
    ),
    choice('default="fb"', 'x'),
  ],
  [
    'event-gateway',
    'a',
    choice('').replace('exclusiveGateway id="g" ></exclusiveGateway', 'eventBasedGateway id="g" ></eventBasedGateway'),
    line(),
  ],
  ['attributes', 'u', line('', task('mode="single"')), line('', task('assignees="[]"'))],
  ['attributes', 'u', line('', task('assignees="[]" mode="majority"')), line('', task('assignees="[]" mode="vote"'))],
  [
    'attributes',
    'u',
    line('', task('assignees="[]" operations="transfer,delete"')),
    line('', task('assignees="[]" operations="transfer, return"')),
  ],
  [
    'attributes',
    'u',
    line('', task('assignees="[]" priority="yes"')),
    line('', task('assignees="[]" priority="true"')),
  ],
  [
    'attributes',
    'u',
    line('', task('assignees="[]"', '<ganwei:outcome key="a" label="A" commentMin="ten"/>')),
    line('', task('assignees="[]"', '<ganwei:outcome key="a" label="A" commentMin="10"/>')),
  ],
  ['settings-place', 'u', line('', '<userTask id="u"/>'), line()],
  [
    'settings-place',
    'e',
    line().replace(node('endEvent', 'e'), node('endEvent', 'e', '', extension('<ganwei:task assignees="[]"/>'))),
    line().replace(node('endEvent', 'e'), node('endEvent', 'e', '', extension('<ganwei:mark/>'))),
  ],
  [
    'unique-keys',
    'u',
    line('', task('assignees="[]"', '<ganwei:outcome key="a" label="A"/><ganwei:outcome key="a" label="B"/>')),
    line('', task('assignees="[]"', '<ganwei:outcome key="a" label="A"/><ganwei:outcome key="b" label="B"/>')),
  ],
  [
    'return-targets',
    'u',
    line('', task('assignees="[]" returnTo="first"')),
    line('', task('assignees="[]" returnTo="u"')),
  ],
  [
    'status-known',
    'u',
    line('', task('assignees="[]" status="open"')),
    line(
      '',
      task('assignees="[]" status="open"'),
      '',
      '<ganwei:case><ganwei:status key="open" label="办理中"/></ganwei:case>',
    ),
  ],
  [
    'timer',
    't',
    line(beside(boundary('t', 'u', '<timerEventDefinition/>'))),
    line(beside(boundary('t', 'u', timer('timeDate', '2030-01-01')))),
  ],
  [
    'timer',
    't',
    line(beside(boundary('t', 'u', timer('timeCycle', 'P1D'), false))),
    line(beside(boundary('t', 'u', timer('timeCycle', 'R/P1D'), false))),
  ],
  [
    'timer',
    't',
    line(beside(boundary('t', 'u', timer('timeCycle', 'R3/P1D')))),
    line(beside(boundary('t', 'u', timer('timeCycle', 'R3/P1D'), false))),
  ],
  [
    'message',
    't',
    line(beside(boundary('t', 'u', onMessage('n'))), user('u'), message),
    line(beside(boundary('t', 'u', correlated + onMessage('n'))), user('u'), message),
  ],
  [
    'message',
    't',
    line(beside(boundary('t', 'u', correlated + onMessage('n'))), user('u'), '<message id="n"/>'),
    line(beside(boundary('t', 'u', correlated + onMessage('n'))), user('u'), message),
  ],
  ['feel', 'u', line('', task('assignees="[1,"')), line('', task('assignees="= [1]"'))],
  ['feel', 'u', line('', task('assignees="head(unit)"')), line('', task('assignees="[reached(1)]"'))],
  ['feel', 'fa', choice('default="fb"', 'amount >'), choice('default="fb"', '= amount > 1')],
  [
    'feel',
    't',
    line(beside(boundary('t', 'u', timer('timeDuration', 'five days')))),
    line(beside(boundary('t', 'u', timer('timeDuration', 'today + duration("P5D")')))),
  ],
];

describe('lint', () => {
  test.each(CASES)('[PRO1] %s is found at %s', async (rule, at, broken, right) => {
    expect(await findings(broken)).toContain(`${rule} ${at}`);
    expect(await findings(right)).toEqual([]);
  });

  test('[PRO1] every rule has an example that breaks it', () => {
    const shown = new Set(CASES.map(([rule]) => rule));
    expect(Object.keys(processRules()).filter((rule) => !shown.has(rule))).toEqual([]);
  });

  test('[PRO1] all problems are reported at once', async () => {
    const source = line('', task('mode="majority" returnTo="first" due="("'));
    expect((await findings(source)).sort()).toEqual(['attributes u', 'attributes u', 'feel u', 'return-targets u']);
  });
});

describe('model', () => {
  test('[PRO2] a user task without outcomes can be submitted, and defaults are as documented', async () => {
    const { model } = await compileProcess(line('', task('assignees="= [x]" form="application"')));
    expect(model.nodes.get('u')?.task).toEqual({
      form: 'application',
      as: 'application',
      list: false,
      confidential: false,
      access: [],
      shows: [],
      assignees: '[x]',
      mode: 'single',
      reminders: [],
      priority: false,
      outcomes: [
        {
          key: 'submit',
          label: '提交',
          style: 'primary',
          comment: 'optional',
          commentMin: 0,
          validates: true,
          positive: true,
        },
      ],
      exclusions: [],
      operations: ['comment', 'urge'],
      returnTo: [],
    });
  });

  test('[PRO2] a negative outcome needs no finished form and a required comment has ten characters', () => {
    const [agree, reject] = rich.model.nodes.get('review')?.task?.outcomes ?? [];
    expect(agree).toMatchObject({ validates: true, positive: true, commentMin: 0 });
    expect(reject).toMatchObject({
      validates: false,
      positive: false,
      comment: 'required',
      commentMin: 10,
      when: 'amount > 0',
    });
  });

  test('[PRO2] timers become one FEEL text and the number of further times', () => {
    expect(rich.model.nodes.get('nudge')).toMatchObject({
      timer: { at: 'duration("P2D")', repeat: 2, interrupting: false },
      attachedTo: 'review',
      interrupting: false,
    });
    expect(rich.model.nodes.get('overdue')?.timer).toEqual({
      at: 'due + duration("P1D")',
      repeat: 0,
      interrupting: true,
    });
    expect(rich.model.nodes.get('silent')?.timer?.at).toBe('date("2030-06-30")');
  });

  test('[PRO2] every node has its kind, its scope and its settings', () => {
    const { nodes, flows } = rich.model;
    expect(nodes.get('store')).toMatchObject({ kind: 'user', parent: 'delivery' });
    expect(nodes.get('reported')?.start?.message).toEqual({ name: 'matter.reported', correlation: 'null' });
    expect(nodes.get('revoked')?.message).toEqual({ name: 'application.revoked', correlation: 'case.number' });
    expect(nodes.get('purchase')?.call).toMatchObject({ process: 'purchase', each: 'application.items' });
    expect(nodes.get('number')?.service?.outputs).toEqual([{ name: 'case.number', value: 'result.number' }]);
    expect(nodes.get('failed')).toMatchObject({ kind: 'other', errorCode: 'REJECTED' });
    expect(nodes.get('finished')?.end).toEqual({ terminate: false, status: 'done' });
    expect(nodes.get('overdue')?.status).toBe('overdue');
    expect(flows.get('f14')?.condition).toBe('review.outcome = "reject"');
    expect(flows.get('f15')?.isDefault).toBe(true);
  });

  test('[PRO3] the digest is that of the text, whatever its line ends', async () => {
    const again = await compileProcess(`\uFEFF${richSource.replace(/\n/g, '\r\n')}`, { functions });
    expect(again.hash).toBe(rich.hash);
    expect((await compileProcess(richSource.replace('审核中', '审理中'), { functions })).hash).not.toBe(rich.hash);
  });

  test('[F2] nothing an author writes enters the engine: no name, no expression, no setting', () => {
    expect(rich.context).not.toMatch(/[一-龥]|application|duration|outcome/);
  });
});

test.each([
  ['timeDuration', 'PT59S', false],
  ['timeDuration', 'duration("PT0S")', false],
  ['timeDuration', '-PT5M', false],
  ['timeCycle', 'R/PT30S', false],
  ['timeCycle', 'R/PT0S', false],
  ['timeDuration', 'PT1M', true],
  ['timeCycle', 'R/P1D', true],
  ['timeDuration', 'duration(text)', true],
] as const)('[PRO18] a timer that is written out lasts a minute at least: %s %s', async (kind, body, right) => {
  const source = diagram(
    `${node('startEvent', 's')}${flow('f1', 's', 'u')}${user('u')}${flow('f2', 'u', 'e')}${node('endEvent', 'e')}` +
      `${boundary('t', 'u', timer(kind, body), false)}${flow('f3', 't', 'x')}${node('endEvent', 'x')}`,
  );
  if (right) await compileProcess(source);
  else await expect(compileProcess(source)).rejects.toThrow('t: 「t」的定时不足一分钟');
});
