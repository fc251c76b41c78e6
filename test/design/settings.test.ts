/** Rules [DES12] [DES13] [DES21] [DES22] [DES30] [DES31]: settings are written where packages/process reads them, and a flow that is opened and saved stays the same. */
import { compileProcess } from '@ganwei/process/compile';
import {
  type AttributeDescriptor,
  type ElementDescriptor,
  moddleDescriptor,
  SETTINGS,
  type SettingsName,
} from '@ganwei/process/lint/descriptors';
import { groupsOf, settingsFor, wordOf } from '@ganwei/process/lint/panel';
import { isA, textOf } from '@ganwei/process/lint/tree';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import type { Found } from '../../packages/web/design/check/told.ts';
import { mayStandOn, reviving } from '../../packages/web/design/flow/copying.ts';
import { concerns, mendOf } from '../../packages/web/design/flow/findings.ts';
import {
  apply,
  at,
  attributeChanges,
  type Create,
  copied,
  inside,
  itemsAt,
  listChanges,
  type Moddle,
  type Place,
  placeOf,
  written,
} from '../../packages/web/design/flow/moddle.ts';
import { PLATFORM_FUNCTIONS } from '../../server/catalogue/language.ts';
import { contentLanguage } from '../content/desk.ts';
import { flows } from './content.ts';

interface Library {
  create(type: string, values?: object): Moddle;
  fromXML(xml: string): Promise<{ rootElement: Moddle }>;
  toXML(element: Moddle, options: object): Promise<{ xml: string }>;
}
const library = new BpmnModdle({ ganwei: moddleDescriptor() }) as unknown as Library;
const create: Create = (type, values) => library.create(type, values ?? {});
const reread = async (node: Moddle): Promise<Moddle> => {
  const process = create('bpmn:Process', { id: 'p', flowElements: isA(node, 'bpmn:Process') ? [] : [node] });
  const root = create('bpmn:Definitions', { rootElements: [isA(node, 'bpmn:Process') ? node : process] });
  const { rootElement } = await library.fromXML((await library.toXML(root, { format: true })).xml);
  const [read] = rootElement.get('rootElements') as Moddle[];
  return isA(node, 'bpmn:Process') ? read! : (read!.get('flowElements') as Moddle[])[0]!;
};

const ALL = Object.entries(SETTINGS) as [SettingsName, ElementDescriptor][];
const TOP = ALL.filter(([, { on }]) => on !== undefined);
/** A text of the kind that an attribute takes. */
const sample = ({ kind, values = ['x'] }: AttributeDescriptor): string =>
  ({
    feel: 'a.b > 1 and c = "d & <e>"',
    template: '办结 {= a }',
    text: '一行\n两行',
    number: '3',
    flag: 'true',
    key: 'k',
    names: 'a,b',
    choice: values[0]!,
    choices: values.join(','),
  })[kind];

describe('the table of settings before people', () => {
  test('[DES21] every setting has its place: each attribute and list stands in one group', () => {
    for (const [name, { attributes, lists = {} }] of TOP) {
      const held = groupsOf(name).flatMap(({ holds }) => holds);
      expect([name, [...held].sort()]).toEqual([name, [...Object.keys(attributes), ...Object.keys(lists)].sort()]);
    }
  });

  test('[DES21] every word of a closed list is said in both languages', () => {
    for (const [name, { attributes }] of ALL)
      for (const [attribute, { kind, values = [] }] of Object.entries(attributes))
        if (kind === 'choice' || kind === 'choices')
          for (const value of values) {
            const { zh, en } = wordOf(name, attribute, value);
            expect([name, attribute, value, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([
              name,
              attribute,
              value,
              true,
              false,
            ]);
          }
  });

  test('[DES21] a step of people has the settings of tasks and its mark, a gateway only its mark', () => {
    const of = (type: string) => settingsFor((one) => isA(create(type), one));
    expect(of('bpmn:UserTask')).toEqual(['Task', 'Mark']);
    expect(of('bpmn:ParallelGateway')).toEqual(['Mark']);
    expect(of('bpmn:TextAnnotation')).toEqual([]);
  });
});

describe('writing settings', () => {
  test('[DES22] every attribute, also within lists, is written where it is read, and taken away without a trace', async () => {
    const places = (name: SettingsName, place: Place, type: string): [Place, string][] =>
      Object.entries((SETTINGS[type as SettingsName] as ElementDescriptor).lists ?? {}).flatMap(([list, inner]) => [
        [inside(place, list, 0), inner] as [Place, string],
        ...places(name, inside(place, list, 0), inner),
      ]);
    const seen = new Set<string>();
    for (const [name, { on = [] }] of TOP) {
      const type = on[0] === 'bpmn:FlowNode' ? 'bpmn:ParallelGateway' : on[0]!;
      for (const [place, inner] of [[placeOf(name), name] as [Place, string], ...places(name, placeOf(name), name)]) {
        for (const [attribute, descriptor] of Object.entries(
          (SETTINGS[inner as SettingsName] as ElementDescriptor).attributes,
        )) {
          const node = create(type, { id: 'n' });
          fill(node, place);
          apply(attributeChanges(node, place, attribute, sample(descriptor), create));
          expect([name, inner, attribute, written(await reread(node), place, attribute)]).toEqual([
            name,
            inner,
            attribute,
            sample(descriptor),
          ]);
          apply(attributeChanges(node, place, attribute, '', create));
          expect(written(node, place, attribute)).toBe('');
          if (place.path.length === 0) expect(node.get('extensionElements')).toBeUndefined();
          seen.add(`${inner}.${attribute}`);
        }
      }
    }
    expect([...seen].sort()).toEqual(
      ALL.flatMap(([name, { attributes }]) => Object.keys(attributes).map((one) => `${name}.${one}`)).sort(),
    );
  });

  /** Puts an item at each step of the path. */
  function fill(node: Moddle, { settings, path }: Place): void {
    for (let step = 0; step < path.length; step += 2) {
      const holder: Place = { settings, path: path.slice(0, step) };
      const type = (SETTINGS[typeAt(holder)] as ElementDescriptor).lists?.[String(path[step])];
      apply(listChanges(node, holder, String(path[step]), [create(`ganwei:${type}`)], create));
    }
  }
  const typeAt = ({ settings, path }: Place): SettingsName =>
    path.reduce<SettingsName>(
      (type, part) =>
        typeof part === 'number' ? type : ((SETTINGS[type] as ElementDescriptor).lists?.[part] as SettingsName),
      settings,
    );

  test('[DES22] changes are taken back as they were made, the first last', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const place = placeOf('Task');
    const first = apply(attributeChanges(node, place, 'form', 'f', create));
    const second = apply(listChanges(node, place, 'outcomes', [create('ganwei:Outcome', { key: 'a' })], create));
    expect(itemsAt(node, place, 'outcomes')).toHaveLength(1);
    apply(second);
    expect(itemsAt(node, place, 'outcomes')).toHaveLength(0);
    expect(written(node, place, 'form')).toBe('f');
    apply(first);
    expect(at(node, place)).toBeUndefined();
  });

  test('[DES22] what was written beside ours by others stays', () => {
    const other = create('ganwei:Mark', { milestone: 'm' });
    const node = create('bpmn:UserTask', {
      id: 'n',
      extensionElements: create('bpmn:ExtensionElements', { values: [other] }),
    });
    apply(attributeChanges(node, placeOf('Task'), 'form', 'f', create));
    apply(attributeChanges(node, placeOf('Task'), 'form', '', create));
    expect(written(node, placeOf('Mark'), 'milestone')).toBe('m');
  });

  test('[DES12] a copied item is another one, with all that is in it', () => {
    const inner = create('ganwei:Output', { name: 'a', value: 'b' });
    const item = create('ganwei:Action', { key: 'k', outputs: [inner] });
    const copy = copied(item, create);
    expect([textOf(copy, 'key'), (copy.get('outputs') as Moddle[]).map((one) => one.get('value'))]).toEqual([
      'k',
      ['b'],
    ]);
    (copy.get('outputs') as Moddle[])[0]!.set('value', 'c');
    expect(inner.get('value')).toBe('b');
  });

  test('[DES12] copied elements are elements again when they are read from text, and settings stay behind where they may not stand', () => {
    const task = create('bpmn:UserTask', { id: 'n', name: '受理' });
    apply(attributeChanges(task, placeOf('Task'), 'due', 'duration("P1D")', create));
    const text = JSON.stringify({ 0: [{ id: 'n', businessObject: task }] });
    const tree = JSON.parse(text, reviving(library)) as { 0: { businessObject: Moddle }[] };
    const read = tree[0][0]!.businessObject;
    expect([isA(read, 'bpmn:UserTask'), written(read, placeOf('Task'), 'due')]).toEqual([true, 'duration("P1D")']);
    expect([
      mayStandOn('ganwei:Task', task),
      mayStandOn('ganwei:Service', task),
      mayStandOn('ganwei:Mark', task),
    ]).toEqual([true, false, true]);
  });
});

describe('a flow that is opened and saved', () => {
  test('[DES13] every shipped flow means the same afterwards', async () => {
    const { dialect } = await contentLanguage();
    for (const { source, file } of flows()) {
      const { rootElement } = await library.fromXML(source);
      const { xml } = await library.toXML(rootElement, { format: true });
      const compile = async (text: string) => (await compileProcess(text, { functions: dialect.functions })).model;
      expect([file, await compile(xml)]).toEqual([file, await compile(source)]);
      const again = await library.fromXML(xml);
      expect((await library.toXML(again.rootElement, { format: true })).xml).toBe(xml);
    }
  });
});

describe('mending', () => {
  const finding = (change: Partial<Found>): Found => ({
    severity: 'error',
    rule: 'r',
    file: 'f',
    element: 'n',
    message: '',
    ...change,
  });

  test('[DES31] the nearest right name takes the place of the wrong one, whole names only', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    apply(attributeChanges(node, placeOf('Task'), 'due', 'amuont + amuonts + x.amuont', create));
    const mend = mendOf(finding({ message: '没有「amuont」，是否指「amount」？' }), node)!;
    const back = apply(mend.changes);
    expect([mend.to, written(node, placeOf('Task'), 'due')]).toEqual(['amount', 'amount + amuonts + x.amount']);
    apply(back);
    expect(written(node, placeOf('Task'), 'due')).toBe('amuont + amuonts + x.amuont');
    expect(mendOf(finding({ message: '没有「nowhere」' }), node)).toBeUndefined();
  });

  test('[DES31] the one branch without a condition becomes the default; of two, only a person can say which', () => {
    const flow = (id: string, body?: string) =>
      create('bpmn:SequenceFlow', {
        id,
        ...(body && { conditionExpression: create('bpmn:FormalExpression', { body }) }),
      });
    const gateway = (...outgoing: Moddle[]) => create('bpmn:ExclusiveGateway', { id: 'n', outgoing });
    const missing = finding({ rule: 'gateway-conditions' });
    const [yes, no] = [flow('yes', 'a = 1'), flow('no')];
    const node = gateway(yes, no);
    apply(mendOf(missing, node)!.changes);
    expect(node.get('default')).toBe(no);
    expect(mendOf(missing, gateway(flow('a'), flow('b')))).toBeUndefined();
  });

  test('[DES30] a finding leads to the control it is about', () => {
    const due = finding({ message: '办理期限「amuont」：没有「amuont」' });
    expect([concerns(due, '办理期限', 'due', 'amuont'), concerns(due, '办理人', 'assignees', '')]).toEqual([
      true,
      false,
    ]);
    const when = finding({ message: '选项「同意」何时可用「a.b」：没有「a」' });
    expect([concerns(when, '何时可用', 'when', 'a.b'), concerns(when, '何时可用', 'when', 'c')]).toEqual([true, false]);
    expect(concerns(finding({ message: 'ganwei:task 没有填写办理人 assignees。' }), '办理人', 'assignees', '')).toBe(
      true,
    );
  });
});

test('[DES41] the functions of the platform are known to the builders by their names', () => {
  expect(Object.keys(PLATFORM_FUNCTIONS)).toEqual(
    expect.arrayContaining([
      'holders',
      'holders below',
      'holders above',
      'done by',
      'head of',
      'superior of',
      'first of',
    ]),
  );
});
