/** Owns the settings of other engines that become more than one attribute: who may start, what a call is given and gives back, decisions, buttons. Rule: [FOR3]. */
import { feelOf, feelOfJuel } from './juel.ts';
import type { Acts } from './tables.ts';
import { append, childOf, isA, settings, type Tag, tag } from './tag.ts';
import type { Report } from './told.ts';
import { type Facts, itemsOf, keyOf, literalsIn, quoted } from './values.ts';

export interface Acting {
  /** the element whose setting it is */
  readonly at: Tag;
  readonly report: Report;
  readonly facts: Facts;
  readonly setting: string;
  readonly value: string;
  /** the extension element, where it is one */
  readonly tag: Tag | undefined;
}

export const ACTS: Readonly<Record<Acts['act'], (acting: Acting) => void>> = {
  initiator: ({ at, report, setting, value }) => report.turned(at, 'starter', 'case.starter', { setting, value }),
  starters: (acting) => mayStart(acting, 'person-to-map', (people) => `actor.id in [${people}]`),
  starterGroups: (acting) =>
    mayStart(
      acting,
      'role-to-map',
      (roles) => `some role in [${roles}] satisfies has role(actor.id, actor.unit, role)`,
    ),
  in: given,
  out: given,
  mapping,
  decision,
  decisionResult: ({ at, report, setting, value }) => {
    const variable = keyOf(value);
    if (!variable || !isA(at, 'businessRuleTask', 'serviceTask')) {
      report.leave(at, 'variables', { setting, value });
      return;
    }
    append(settings(at, 'service'), tag('ganwei:output', { name: variable, value: 'result' }));
    report.turned(at, 'Output.value', `${variable} = result`, { setting, value });
  },
  correlation: ({ at, report, setting, value }) => {
    const feel = feelOf(value);
    const holder = at.name === 'bpmn:message' ? at : settings(at, 'message');
    if (feel === undefined) {
      report.leave(at, 'correlation', { setting, value });
      return;
    }
    // of a message: kept until the events that wait for it are read (events.ts)
    holder.attributes.set('correlation', feel);
    report.turned(at, 'Message.correlation', feel, { setting, value });
  },
  button,
  field,
  return: ({ at, report, setting, value }) => {
    if (value === '') {
      report.leave(at, 'no-equivalent', { setting, value });
      return;
    }
    settings(at, 'task').attributes.set('returnTo', value);
    report.turned(at, 'Task.returnTo', value, { setting, value });
  },
  formJson: ({ at, report, setting, value }) => report.leave(at, 'form-fields', { setting, value }),
};

/** Who may start stands at the process there, at its starts here. */
function mayStart(
  { at, report, setting, value, facts: { roles } }: Acting,
  map: 'person-to-map' | 'role-to-map',
  feel: (words: string) => string,
): void {
  const words = literalsIn(value);
  if (words.length !== itemsOf(value).length || words.length === 0) {
    report.leave(at, 'expression', { setting, value });
    return;
  }
  const ours = (word: string): string | undefined => (map === 'role-to-map' ? roles.get(word) : undefined);
  const who = feel(words.map((word) => quoted(ours(word) ?? word)).join(', '));
  for (const start of at.children.filter(
    (child) => isA(child, 'startEvent') && !childOf(child, 'bpmn:timerEventDefinition'),
  )) {
    const own = settings(start, 'start').attributes;
    const before = own.get('who');
    own.set('who', before === undefined ? who : `${before} or ${who}`);
  }
  report.turned(at, 'Start.who', who, { setting, value });
  for (const word of words) if (ours(word) === undefined) report.leave(at, map, { setting, value, hint: word });
}

const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** `<in source="a" target="b"/>`: what a call is given, `<out …/>`: what it gives back. */
function given({ at, report, setting, value, tag: own }: Acting): void {
  const said = { setting, value };
  const expression = own?.attributes.get('sourceExpression');
  const source = own?.attributes.get('source');
  const feel =
    expression !== undefined ? feelOf(expression) : source !== undefined && NAME.test(source) ? source : undefined;
  const target = own?.attributes.get('target') ?? '';
  if (!isA(at, 'callActivity') || feel === undefined || !NAME.test(target)) {
    report.leave(at, 'variables', said);
    return;
  }
  if (setting.endsWith(':in')) addValue(at, target, feel);
  else append(settings(at, 'call'), tag('ganwei:output', { name: target, value: `result.${feel}` }));
  report.turned(at, setting.endsWith(':in') ? 'Call.values' : 'Output.value', `${target}: ${feel}`, said);
}

function addValue(call: Tag, name: string, feel: string): void {
  const own = settings(call, 'call').attributes;
  const entry = `${name.includes('.') ? quoted(name) : name}: ${feel}`;
  const before = own.get('values');
  own.set('values', before === undefined ? `{ ${entry} }` : before.replace(/ \}$/, `, ${entry} }`));
}

/** Inputs and outputs of Camunda 8; what other steps get is said with their services and forms here. */
function mapping({ at, report, setting, value, tag: own }: Acting): void {
  for (const child of own?.children ?? []) {
    const side = child.name === 'zeebe:input' ? 'in' : 'out';
    const feel = feelOf(child.attributes.get('source') ?? '');
    const target = child.attributes.get('target') ?? '';
    const said = { setting: `${setting}/${child.name}`, value: `${child.attributes.get('source') ?? ''} → ${target}` };
    if (!isA(at, 'callActivity') || feel === undefined || !NAME.test(target)) report.leave(at, 'variables', said);
    else {
      if (side === 'in') addValue(at, target, feel);
      else append(settings(at, 'call'), tag('ganwei:output', { name: target, value: `result.${feel}` }));
      report.turned(at, side === 'in' ? 'Call.values' : 'Output.value', `${target}: ${feel}`, said);
    }
  }
  if ((own?.children ?? []).length === 0) report.leave(at, 'variables', { setting, value });
}

/** A decision table is asked by a service. */
function decision({ at, report, setting, value }: Acting): void {
  const table = keyOf(value.trim().replace(/^=\s*"(.*)"$/, '$1'));
  if (!table || !isA(at, 'businessRuleTask', 'serviceTask')) {
    report.leave(at, 'service-to-choose', { setting, value });
    return;
  }
  const service = settings(at, 'service');
  service.attributes.set('type', 'decide');
  append(service, tag('ganwei:input', { name: 'table', value: quoted(table) }));
  report.turned(at, 'Service.type', `decide(${table})`, { setting, value });
}

/** yudao’s buttons by their numbers: outcomes and operations of ours; the rest is done otherwise here. */
const OUTCOMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1': { key: 'agree', label: '通过', style: 'primary' },
  '2': { key: 'reject', label: '拒绝', style: 'danger', comment: 'required' },
};
const OPERATIONS: Readonly<Record<string, string>> = {
  '3': 'transfer',
  '4': 'transfer',
  '5': 'addSigner',
  '6': 'return',
};

function button({ at, report, setting, value, tag: own }: Acting): void {
  const number = own?.attributes.get('id') ?? '';
  const label = own?.attributes.get('displayName') ?? '';
  const isOn = own?.attributes.get('enable') !== 'false';
  const outcome = OUTCOMES[number];
  const operation = OPERATIONS[number];
  if (!isOn || !isA(at, 'userTask') || (!outcome && !operation)) {
    report.leave(at, 'no-equivalent', { setting, value });
    return;
  }
  const task = settings(at, 'task');
  if (outcome) append(task, tag('ganwei:outcome', { ...outcome, ...(label && { label }) }));
  else if (operation) offer(task, operation);
  report.turned(
    at,
    outcome ? 'outcome' : 'Task.operations',
    outcome ? label || String(outcome.label) : String(operation),
    { setting, value },
  );
}

function offer(task: Tag, operation: string): void {
  const before = (task.attributes.get('operations') ?? 'comment,urge').split(',');
  task.attributes.set('operations', [...new Set([...before, operation])].join(','));
}

/** yudao’s numbers for what may be done with a field. */
const MODES: Readonly<Record<string, string>> = { '1': 'read', '2': 'edit', '3': 'hidden' };

function field({ at, report, setting, value, tag: own }: Acting): void {
  const path = own?.attributes.get('field') ?? '';
  const mode = MODES[own?.attributes.get('permission') ?? ''];
  if (!mode || feelOfJuel(path) === undefined || !isA(at, 'userTask', 'startEvent')) {
    report.leave(at, 'form-fields', { setting, value });
    return;
  }
  append(settings(at, isA(at, 'userTask') ? 'task' : 'start'), tag('ganwei:access', { path, mode }));
  report.turned(at, 'Access.mode', `${path}: ${mode}`, { setting, value });
}
