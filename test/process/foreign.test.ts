/** Rules [FOR1]-[FOR50]: files of other engines become flows of ours, and nothing of them is dropped without a word. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so other engines write expressions
import { readdirSync, readFileSync } from 'node:fs';
import { DefinitionError } from '@ganwei/core/definition';
import { compileProcess } from '@ganwei/process/compile';
import { type Imported, importBpmn } from '@ganwei/process/foreign/import';
import { areOpposite, feelOf } from '@ganwei/process/foreign/juel';
import { MOST_CHARACTERS, Unreadable } from '@ganwei/process/foreign/source';
import { ruleFor } from '@ganwei/process/foreign/tables';
import { settingOf } from '@ganwei/process/lint/descriptors';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('foreign/', import.meta.url);
const FILES = readdirSync(FOLDER);
const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const functions = Object.fromEntries(
  ['holders', 'head of', 'members', 'has role'].map((name) => [name, { params: [1, 3] as const, call: () => null }]),
);

const wrap = (inner: string, roots = ''): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:flowable="http://flowable.org/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:odd="http://odd.example"
    targetNamespace="t"><process id="p" name="流程">${inner}</process>${roots}</definitions>`;
const line = (...nodes: readonly string[]): string =>
  nodes.join('') +
  nodes
    .slice(1)
    .map(
      (node, index) =>
        `<sequenceFlow id="l${index}" sourceRef="${idIn(nodes[index] as string)}" targetRef="${idIn(node)}"/>`,
    )
    .join('');
const idIn = (node: string): string => /id="([^"]+)"/.exec(node)?.[1] ?? '';
const S = '<startEvent id="s"/>';
const E = '<endEvent id="e"/>';
const user = (attributes = '', inner = ''): string => `<userTask id="u" name="审" ${attributes}>${inner}</userTask>`;
const extension = (inner: string): string => `<extensionElements>${inner}</extensionElements>`;

/** `setting => into: as` and `setting => reason` of what is told about one element. */
const told = ({ became, left }: Imported, element: string): string[] => [
  ...became.filter((one) => one.element === element).map(({ setting, into, as }) => `${setting} => ${into}: ${as}`),
  ...left.filter((one) => one.element === element).map(({ setting, reason }) => `${setting} => ${reason}`),
];

const only = ({ flows }: Imported): string => String(flows[0]?.xml);

async function problemsOf(xml: string): Promise<string[]> {
  try {
    await compileProcess(xml, { functions });
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map(({ rule, element }) => `${rule} ${element}`);
  }
}

describe('what is told', () => {
  test('[FOR1] a file of Camunda 7: groups, forms, dates, timers, votes and conditions become settings of ours', () => {
    const imported = importBpmn(textOf('camunda-7.bpmn'));
    expect(imported.flows.map(({ key, title }) => [key, title])).toEqual([['purchase', '采购审批']]);
    expect(told(imported, 'approve')).toEqual([
      'camunda:dueDate => Task.due: duration("P3D")',
      'camunda:candidateGroups => Task.assignees: holders(case.starterUnit, "management")',
      'camunda:followUpDate => reminder',
      'camunda:asyncBefore => engine',
      'camunda:taskListener => code',
      'camunda:inputOutput => variables',
      'camunda:candidateGroups => role-to-map',
    ]);
    expect(told(imported, 'back')).toContain('camunda:assignee => Task.assignees: case.starter');
    const xml = only(imported);
    expect(xml).toContain('assignees="members" mode="vote" threshold="0.6"');
    expect(xml).toContain('<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">approved = true<');
    expect(xml).toContain('default="no"');
    expect(xml).not.toContain('total');
    expect(imported.left.find(({ reason }) => reason === 'script')).toMatchObject({
      value: 'total = price * 2',
      hint: 'total: price * 2',
    });
  });

  test('[FOR1] a file of Camunda 8: FEEL is taken as it is, calls get their list and values, messages their key', () => {
    const imported = importBpmn(textOf('camunda-8.bpmn'));
    const xml = only(imported);
    expect(xml).toContain('process="ticket" values="{ person: item }" each="travellers"');
    expect(xml).toContain('<ganwei:message correlation="orderId"/>');
    expect(xml).toContain('amount &gt; 1000 and not(urgent)');
    expect(told(imported, 'call')).toEqual([
      'zeebe:taskDefinition => code',
      'zeebe:oddity => unknown',
      ' => service-to-choose',
    ]);
  });

  test('[FOR1] a file of yudao: strategies, buttons, ways to sign and field permissions become settings of ours', () => {
    const imported = importBpmn(textOf('yudao.bpmn'));
    const xml = only(imported);
    expect(xml).toContain('assignees="head of(case.starterUnit)" mode="any"');
    expect(xml).toContain('<ganwei:outcome key="reject" label="不同意" style="danger" comment="required"/>');
    expect(xml).toContain('operations="comment,urge,addSigner"');
    expect(xml).toContain('<ganwei:access path="reason" mode="edit"/>');
    expect(told(imported, 'Activity_1')).toContain('flowable:rejectHandlerType => reject-way');
    expect(told(imported, 'Activity_2')).toContain('flowable:candidateParam => role-to-map');
  });

  test('[FOR2] every foreign attribute and element is told, whatever it is and wherever it stands', () => {
    const foreign = /(?:\s|<)(camunda|flowable|zeebe|activiti|modeler|odd):(\w+)/g;
    const places = [
      '<startEvent id="s" odd:a="1"/>',
      user('odd:b="2"', extension('<odd:c d="3"><odd:f>4</odd:f></odd:c>')),
      '<endEvent id="e"><odd:g/></endEvent>',
    ];
    const odd = wrap(`${extension('<odd:h/>')}${line(...places)}`, '<odd:i/>');
    for (const text of [odd, ...FILES.map(textOf)]) {
      const { became, left } = importBpmn(text);
      const said = [...became, ...left].map(({ setting, value }) => `${setting} ${value}`).join('\n');
      for (const [, prefix, name] of text.matchAll(foreign))
        expect([`${prefix}:${name}`, said.includes(String(name))]).toEqual([`${prefix}:${name}`, true]);
    }
  });

  test('[FOR2] only settings of ours and of BPMN are in what comes out, and importing it again changes nothing', () => {
    for (const file of FILES)
      for (const { xml } of importBpmn(textOf(file)).flows) {
        expect(xml).not.toMatch(/[ <](camunda|flowable|zeebe|activiti|modeler):/);
        const again = importBpmn(xml);
        expect(again.became).toEqual([]);
        expect(again.flows.map((flow) => flow.xml)).toEqual([xml]);
      }
  });

  test('[FOR2] what does not compile has a reason told for each element that is refused', async () => {
    for (const file of FILES) {
      const { flows, left } = importBpmn(textOf(file));
      const named = left.map(({ element }) => element);
      for (const { xml } of flows)
        for (const problem of await problemsOf(xml)) expect(named).toContain(problem.split(' ')[1]);
    }
  });
});

describe('values', () => {
  test('[FOR30] simple conditions of other engines are FEEL; what is not simple is none', () => {
    const cases: Record<string, string | undefined> = {
      '${approved}': 'approved',
      '#{approved == true}': 'approved = true',
      "${amount > 1000 && dept == 'x'}": 'amount > 1000 and dept = "x"',
      '${!(a || b) and c}': 'not(a or b) and c',
      '${not empty list}': 'not(is empty(list))',
      "${execution.getVariable('amount') ge 5}": 'amount >= 5',
      '${form.total - (a - b) * 2 != null}': 'form.total - (a - b) * 2 != null',
      "${state.equals('done')}": 'state = "done"',
      '${n % 2 == 0}': 'modulo(n, 2) = 0',
      '${a > 1 ? b : c}': 'if a > 1 then b else c',
      '=amount > 3 and not(urgent)': 'amount > 3 and not(urgent)',
      '${service.check(execution)}': undefined,
      '${T(java.lang.Runtime).getRuntime().exec("x")}': undefined,
      '${a}${b}': undefined,
      '${a ==}': undefined,
      '=a +': undefined,
    };
    for (const [text, feel] of Object.entries(cases)) expect([text, feelOf(text)]).toEqual([text, feel]);
    expect(feelOf(`\${${'('.repeat(5000)}a${')'.repeat(5000)}}`)).toBeUndefined();
  });

  test('[FOR26] of two branches that exclude each other the second is taken otherwise', () => {
    expect(areOpposite('approved', 'not(approved)')).toBe(true);
    expect(areOpposite('approved = true', 'not(approved)')).toBe(true);
    expect(areOpposite('n > 3', 'n <= 3')).toBe(true);
    expect(areOpposite('n > 3', 'n < 3')).toBe(false);
    expect(areOpposite('a', 'a')).toBe(false);
  });

  test('[FOR32] people and candidates: with an assignee, candidates are those to whom it may be handed over', () => {
    const xml = (attributes: string): string => importBpmn(wrap(line(S, user(attributes), E))).flows[0]?.xml ?? '';
    expect(xml('camunda:assignee="demo" camunda:candidateGroups="a,b"')).toContain(
      'assignees="[&quot;demo&quot;]" candidates="[holders(case.starterUnit, &quot;a&quot;), holders(case.starterUnit, &quot;b&quot;)]"',
    );
    expect(xml('camunda:candidateUsers="${reviewer}, demo"')).toContain('assignees="[reviewer, &quot;demo&quot;]"');
    expect(xml('camunda:assignee="${bean.pick(execution)}"')).not.toContain('assignees=');
  });

  test('[FOR31] dates and spans are FEEL as they are written; what is neither is left', () => {
    const due = (value: string): string =>
      /due="([^"]*)"/.exec(only(importBpmn(wrap(line(S, user(`camunda:dueDate="${value}"`), E)))))?.[1] ?? '';
    expect(due('P3DT2H')).toBe('duration(&quot;P3DT2H&quot;)');
    expect(due('2026-12-01')).toBe('date(&quot;2026-12-01&quot;)');
    expect(due('2026-12-01T09:00:00')).toBe('date and time(&quot;2026-12-01T09:00:00&quot;)');
    expect(due('${deadline}')).toBe('deadline');
    expect(due('tomorrow')).toBe('');
  });

  test('[FOR3] each line of the tables names a setting of ours or a reason; a setting that stands where ours may not is left', () => {
    for (const [prefix, path] of [
      ['camunda', 'dueDate'],
      ['flowable', 'formKey'],
      ['zeebe', 'calledElement@processId'],
    ] as const) {
      const rule = ruleFor(prefix, path);
      expect(rule && 'into' in rule && settingOf(rule.into).label.zh).toMatch(/\p{Script=Han}/u);
    }
    expect(ruleFor('flowable', 'candidateStrategy')).toEqual({ people: 'strategy' });
    expect(ruleFor('camunda', 'candidateStrategy')).toBeUndefined();
    expect(ruleFor('camunda', 'toString')).toBeUndefined();
    const imported = importBpmn(wrap(line('<startEvent id="s" camunda:dueDate="P1D"/>', E)));
    expect(told(imported, 's')).toEqual(['camunda:dueDate => no-equivalent']);
  });

  test('[FOR33] multi-instance user tasks become modes of signing', () => {
    const mode = (attributes: string, condition = ''): string =>
      /mode="(\w+)"/.exec(
        importBpmn(
          wrap(
            line(
              S,
              user(
                '',
                `<multiInstanceLoopCharacteristics ${attributes}>${condition && `<completionCondition>${condition}</completionCondition>`}</multiInstanceLoopCharacteristics>`,
              ),
              E,
            ),
          ),
        ).flows[0]?.xml ?? '',
      )?.[1] ?? '';
    expect(mode('')).toBe('all');
    expect(mode('isSequential="true"')).toBe('sequence');
    expect(mode('', '${nrOfCompletedInstances >= 1}')).toBe('any');
    expect(mode('', '${nrOfCompletedInstances/nrOfInstances > 0.5}')).toBe('vote');
    expect(mode('', '${done.enough(execution)}')).toBe('');
  });
});

describe('the drawing', () => {
  test('[FOR20] ids that ours may not have are given anew, and everything that refers to them goes with them', async () => {
    const text = wrap(
      '<startEvent id="_1"/><sequenceFlow id="2.x" sourceRef="_1" targetRef="任务"/><userTask id="任务"/><sequenceFlow id="g" sourceRef="任务" targetRef="e_0123456789"/><endEvent id="e_0123456789"/>',
    );
    const { flows, became } = importBpmn(text);
    expect(became.filter(({ into }) => into === 'id').map(({ value, as }) => [value, as])).toEqual([
      ['_1', 'n_1'],
      ['2.x', 'n_2_x'],
      ['任务', 'n_'],
      ['e_0123456789', 'e-0123456789'],
    ]);
    expect(await problemsOf(String(flows[0]?.xml))).toEqual(['attributes n_']);
  });

  test('[FOR21] plain and manual tasks are for people; what has no kind of ours stays and is refused with a reason', async () => {
    const { flows, left } = importBpmn(
      wrap(line(S, '<task id="a"/>', '<manualTask id="b"/>', '<scriptTask id="c"/>', E)),
    );
    const xml = String(flows[0]?.xml);
    expect(xml.match(/<bpmn:userTask /g)).toHaveLength(2);
    expect(await problemsOf(xml)).toContain('supported c');
    expect(left).toContainEqual(expect.objectContaining({ element: 'c', reason: 'script' }));
  });

  test('[FOR22] messages and signals that are thrown are sent by a service; signals go to all who wait', () => {
    const roots = '<message id="m" name="已批"/><signal id="g" name="停办"/>';
    const thrown = (definition: string): string =>
      `<intermediateThrowEvent id="t">${definition}</intermediateThrowEvent>`;
    const xml = (node: string): string => String(importBpmn(wrap(line(S, node, E), roots)).flows[0]?.xml);
    const message = xml(thrown('<messageEventDefinition messageRef="m"/>'));
    expect(message).toContain('<bpmn:sendTask id="t" name="已批">');
    expect(message).toContain('<ganwei:input name="name" value="&quot;已批&quot;"/>');
    expect(xml(thrown('<signalEventDefinition signalRef="g"/>'))).toContain(
      '<ganwei:input name="correlation" value="&quot;*&quot;"/>',
    );
    const caught = xml(
      '<intermediateCatchEvent id="t"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>',
    );
    expect(caught).toContain('<ganwei:message correlation="&quot;*&quot;"/>');
    expect(caught).toMatch(/<bpmn:message id="\S+" name="停办"\/>/);
  });

  test('[FOR23] links are lines; a repeated time that ends its step counts once, and no time is below a minute', async () => {
    const { flows, became } = importBpmn(textOf('pools.bpmn'));
    expect(flows[0]?.xml).toContain('sourceRef="send" targetRef="there"');
    expect(became.filter(({ into }) => into === 'linked').map(({ element }) => element)).toEqual(['away', 'there']);
    const timed = importBpmn(textOf('camunda-7.bpmn'));
    expect(timed.flows[0]?.xml).toContain(
      '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1M</bpmn:timeDuration>',
    );
  });

  test('[FOR24] an error that nobody catches is a plain end; one that is caught stays one', () => {
    const raised = '<endEvent id="x"><errorEventDefinition errorRef="no"/></endEvent>';
    const phase = `<subProcess id="a">${line('<startEvent id="is"/>', raised)}</subProcess>`;
    const caught = '<boundaryEvent id="c" attachedToRef="a"><errorEventDefinition errorRef="no"/></boundaryEvent>';
    const root = '<error id="no" errorCode="NO"/>';
    expect(only(importBpmn(wrap(line(S, raised), root)))).not.toContain('errorEventDefinition');
    expect(
      only(importBpmn(wrap(`${line(S, phase, E)}${caught}`, root))).match(/<bpmn:errorEventDefinition /g),
    ).toHaveLength(2);
  });

  test('[FOR40] flows may get other keys and titles; calls inside the file go with them', () => {
    const text = wrap(
      line(S, '<callActivity id="a" calledElement="q"/>', E),
      '<process id="q"><startEvent id="qs"/></process>',
    );
    const { flows } = importBpmn(text, { names: new Map([['q', { key: 'other', title: '另一个' }]]) });
    expect(flows.map(({ first, key }) => [first, key])).toEqual([
      ['p', 'p'],
      ['q', 'other'],
    ]);
    expect(flows[0]?.xml).toContain('<ganwei:call process="other"/>');
  });

  test('[FOR41] groups, roles and posts become the roles that were chosen for them, wherever they stand; the others keep their names and are told', () => {
    const roles = new Map([
      ['mgmt', 'main_leader'],
      ['10', 'office_head'],
    ]);
    const hints = ({ left }: Imported) => left.flatMap(({ reason, hint }) => (reason === 'role-to-map' ? [hint] : []));
    const camunda = importBpmn(wrap(line(S, user('camunda:candidateGroups="mgmt,other"'), E)), { roles });
    expect(only(camunda)).toContain(
      'assignees="[holders(case.starterUnit, &quot;main_leader&quot;), holders(case.starterUnit, &quot;other&quot;)]"',
    );
    expect(hints(camunda)).toEqual(['other']);
    const zeebe = extension('<zeebe:assignmentDefinition candidateGroups="=[&quot;mgmt&quot;]"/>');
    expect(only(importBpmn(wrap(line(S, user('', zeebe), E)), { roles }))).toContain(
      'assignees="holders(case.starterUnit, &quot;main_leader&quot;)"',
    );
    const yudao = user('flowable:candidateStrategy="10" flowable:candidateParam="10,11"');
    const byNumber = importBpmn(wrap(line(S, yudao, E)), { roles });
    expect(only(byNumber)).toContain('holders(case.starterUnit, &quot;office_head&quot;)');
    expect(hints(byNumber)).toEqual(['11']);
    const starters = wrap(line(S, user('camunda:assignee="x"'), E)).replace(
      '<process ',
      '<process camunda:candidateStarterGroups="mgmt" ',
    );
    expect(only(importBpmn(starters, { roles }))).toContain('some role in [&quot;main_leader&quot;] satisfies');
    expect(hints(importBpmn(starters, { roles }))).toEqual([]);
  });

  test('[FOR25] several lines out of a step get the gateway that they mean; starts and ends that are only implied are drawn', async () => {
    const forked = importBpmn(
      wrap(
        `${user('camunda:assignee="${x}"')}<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="u" targetRef="a"/><sequenceFlow id="g" sourceRef="u" targetRef="b"/>`,
      ),
    );
    const xml = String(forked.flows[0]?.xml);
    expect(xml).toContain('<bpmn:parallelGateway id="u_split">');
    expect(xml.match(/<bpmn:endEvent /g)).toHaveLength(2);
    expect(xml.match(/<bpmn:startEvent /g)).toHaveLength(1);
    expect(await problemsOf(xml)).toEqual(['attributes a', 'attributes b']);
  });

  test('[FOR27] each pool with steps is a flow of its own; what they say to each other in the file are messages', () => {
    const { flows, left } = importBpmn(textOf('pools.bpmn'), {
      names: new Map([['check', { key: 'review', title: '复核' }]]),
    });
    expect(flows.map(({ key, title }) => [key, title])).toEqual([
      ['n_1apply', '申请单位'],
      ['review', '复核'],
    ]);
    expect(flows[0]?.xml).toContain('value="&quot;申请书&quot;"');
    expect(flows[1]?.xml).toContain('<bpmn:process id="review" name="复核" isExecutable="true">');
    expect(flows[1]?.xml).toMatch(/<bpmn:message id="(\S+)" name="申请书"\/>[\s\S]*messageRef="\1"/);
    expect(left).toContainEqual(expect.objectContaining({ reason: 'empty-process', name: '公众' }));
  });

  test('[FOR50] everything that is drawn has a place, also what was added or had none', () => {
    for (const file of FILES)
      for (const { xml } of importBpmn(textOf(file)).flows) {
        const drawn = [...xml.matchAll(/bpmnElement="([^"]+)"/g)].map(([, id]) => id);
        const nodes = [
          ...xml.matchAll(/<bpmn:(?!process|definitions|message|signal|error|collaboration)\w+ id="([^"]+)"/g),
        ].map(([, id]) => id);
        expect(drawn).toEqual(expect.arrayContaining(nodes));
        expect(new Set(drawn).size).toBe(drawn.length);
      }
  });
});

describe('bad files', () => {
  const trouble = (text: string): string => {
    try {
      importBpmn(text);
      return '';
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return `${error.trouble} ${error.line}`;
    }
  };

  test('[FOR10] a file that cannot be read is refused with the line and the reason', () => {
    expect(
      trouble('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">\n<process id="p">\n</definitions>'),
    ).toBe('broken 3');
    expect(trouble('<a>\n<b x=1/></a>')).toBe('broken 2');
    expect(trouble('<html/>')).toBe('not-bpmn 1');
    expect(trouble('')).toBe('broken 1');
    expect(trouble('<?xml version="1.0"?>\n<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<d>&a;</d>')).toBe(
      'dtd 2',
    );
    expect(trouble(' '.repeat(MOST_CHARACTERS + 1))).toBe('too-large 0');
    expect(trouble(`<d>${'<x>'.repeat(300)}`)).toBe('too-deep 1');
  });

  test('[FOR11] a file of 5,000 steps is read without hanging, and scripts and listeners of it stay texts in what is told', () => {
    const steps = Array.from({ length: 5000 }, (_, n) => `<userTask id="t${n}" camunda:assignee="a"/>`);
    const before = performance.now();
    const { flows } = importBpmn(wrap(line(S, ...steps, E)));
    expect(performance.now() - before).toBeLessThan(60_000);
    expect(flows[0]?.xml.match(/<bpmn:userTask /g)).toHaveLength(5000);
    const code = 'java.lang.Runtime.getRuntime().exec(1)';
    const listener = `<flowable:executionListener class="${code}"/><flowable:field name="f"><flowable:expression>${code}</flowable:expression></flowable:field>`;
    const imported = importBpmn(
      wrap(line(S, user('', extension(listener)), `<scriptTask id="x"><script>${code}</script></scriptTask>`, E)),
    );
    expect(imported.flows[0]?.xml).not.toContain('Runtime');
    expect(imported.left.filter(({ value }) => value.includes('Runtime')).map(({ reason }) => reason)).toEqual([
      'script',
      'code',
      'code',
    ]);
  }, 120_000);
});
