/**
 * Every check of packages/release against the content in base/: with its fixture of the same name it finds what it must, where it must,
 * and it finds nothing in what is right. Rules [REL2] to [REL15], one to a check.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notationOf } from '@ganwei/feel/conform';
import { CHECKS, checkRelease } from '@ganwei/release/check';
import type { Check } from '@ganwei/release/checks/check';
import type { Definition } from '@ganwei/release/definition';
import { dialectOf } from '@ganwei/release/dialect';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { known } from '@ganwei/release/scope/known';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';

interface Edit {
  file: string;
  find: string;
  put?: string;
  repeat?: number;
}
interface Invalid extends Edit {
  element?: string;
  severity?: 'warning';
  message: string;
}
interface Fixture {
  /** what stands beside the content of base/, by its path */
  with?: Record<string, unknown>;
  valid: Edit[];
  invalid: Invalid[];
}

const HERE = import.meta.dirname;
const base = readFolder(path.join(HERE, 'base'));
const LANGUAGE = new PlatformLanguage(PLATFORM_FUNCTIONS).dialect;
const workshop = openWorkshop(LANGUAGE, BUILT_IN_SERVICES);
const check = async (definitions: readonly Definition[]) => checkRelease(await openRelease(definitions, workshop));

const fixture = (name: string): Fixture =>
  JSON.parse(readFileSync(path.join(HERE, `fixtures/${name}.json`), 'utf8')) as Fixture;

function edited({ file, find, put = '', repeat }: Edit, more: readonly Definition[] = []): Definition[] {
  const all = [...base, ...more];
  const target = all.find((definition) => path.basename(definition.file) === file);
  if (!target?.source.includes(find)) throw new Error(`${file} has no ${find}`);
  const source = target.source.replace(find, () => (repeat ? find.repeat(repeat) : put));
  return all.map((definition) => (definition === target ? { ...definition, source } : definition));
}

const translation = (file: string, texts: unknown): Definition => ({
  kind: 'translation',
  key: path.basename(path.dirname(file)),
  file,
  source: JSON.stringify(texts),
});

/** The rule of docs/RULES.md for each check, in the order in which they run. */
const RULES: Readonly<Record<string, string>> = {
  limits: '[REL2]',
  'key-of-file': '[REL3]',
  references: '[REL4]',
  'needed-roles': '[REL23]',
  lanes: '[REL25]',
  'function-bodies': '[REL24]',
  'process-expressions': '[REL5]',
  'service-inputs': '[REL6]',
  'access-paths': '[REL7]',
  'form-rules': '[REL8]',
  'decision-cells': '[REL9]',
  'decision-gaps': '[REL10]',
  'letter-text': '[REL11]',
  'ledger-columns': '[REL12]',
  'overview-charts': '[OVW1]',
  messages: '[REL13]',
  records: '[REL14]',
  'story-names': '[STORY2]',
  'data-names': '[REL19]',
  'endless-calls': '[REL15]',
  'former-names': '[REN9]',
  soundness: '[REL18]',
  translations: '[LANG2]',
};

test('[REL1] one check is one file, one rule and one fixture, under one name', () => {
  const names = CHECKS.map(({ name }) => name).sort();
  const files = (folder: string, ending: string) =>
    readdirSync(path.resolve(HERE, folder))
      .filter((file) => file !== 'check.ts')
      .map((file) => file.replace(ending, ''))
      .sort();
  expect(files('../../packages/release/checks', '.ts')).toEqual(names);
  expect(files('fixtures', '.json')).toEqual(names);
  expect(Object.keys(RULES).sort()).toEqual(names);
});

test('[REL1] the sound content has no finding', async () => {
  expect(await check(base)).toEqual([]);
});

describe.each(Object.entries(RULES))('%s', (name, rule) => {
  const { valid, invalid, with: beside = {} } = fixture(name);
  const more = Object.entries(beside).map(([file, texts]) => translation(file, texts));
  test.each(invalid)(`${rule} $file: $find -> $put`, async (edit) => {
    const found = (await check(edited(edit, more))).filter((one) => one.rule === name);
    const { element, severity = 'error', message } = edit;
    expect(found).toContainEqual(
      expect.objectContaining({ severity, message: expect.stringContaining(message), ...(element && { element }) }),
    );
  });
  test.each(valid)(`${rule} right: $file: $find -> $put`, async (edit) => {
    expect((await check(edited(edit, more))).filter((one) => one.rule === name)).toEqual([]);
  });
});

test('[REL60] a message brings what its senders write, a book holds what is put down in it; of others nothing is known', async () => {
  const { message, record } = known(await openRelease(base, workshop));
  expect(notationOf(message('loan.seen'))).toBe('context<remark: string>');
  expect(notationOf(record('inspections'))).toBe('context<remark: string, on: date>');
  expect([message('nobody'), record('nowhere')].map(notationOf)).toEqual(['context<...>', 'context<...>']);
});

test('[REL62] a body is held against what all its callers give together, also inside a boxed table', async () => {
  const table = (cell: string): Definition[] =>
    edited({
      file: 'functions.dmn',
      find: '<literalExpression id="counter-for-e"><text>if asked.urgency = "加急" then "急借" else "借"</text></literalExpression>',
      put: `<decisionTable hitPolicy="FIRST"><input><inputExpression><text>asked.urgency</text></inputExpression></input><output name="value"/>
        <rule id="a"><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>"急借"</text></outputEntry></rule>
        <rule id="b"><inputEntry><text>-</text></inputEntry><outputEntry><text>"借"</text></outputEntry></rule></decisionTable>`,
    });
  expect(await check(table('"加急"'))).toEqual([]);
  expect(await check(table('"特急"'))).toMatchObject([{ rule: 'function-bodies', element: 'counter for' }]);
  const other = edited({
    file: 'loan.bpmn',
    find: 'title="request.reason"',
    put: 'title="counter for({urgency: &quot;特急&quot;})"',
  });
  const both = other.map((one) =>
    one.kind === 'functions' ? (table('"特急"').find(({ kind }) => kind === 'functions') as Definition) : one,
  );
  expect(await check(both)).toEqual([]);
});

test('[REL16] a check that breaks is a finding, and the others go on', async () => {
  const broken: Check = {
    name: 'broken',
    kind: 'directory',
    run: () => {
      throw new Error('kaputt');
    },
  };
  const last = CHECKS.find(({ name }) => name === 'messages') as (typeof CHECKS)[number];
  const release = await openRelease(edited(fixture('messages').invalid[0] as Invalid), workshop);
  const found = checkRelease(release, [broken, last]);
  expect(found.map(({ rule }) => rule)).toEqual(['broken', 'messages', 'messages']);
  expect(found[0]?.message).toContain('kaputt');
});

test('[REL16] whatever a definition contains, reading it ends in a finding, not in an exception', async () => {
  const kinds = [
    'directory',
    'dictionary',
    'calendar',
    'form',
    'decision',
    'letter',
    'process',
    'ledger',
    'overview',
  ] as const;
  const texts = ['', '{', '<', '[]', 'null', '<a/>', '---\n---', '{"form":{}}', '\u0000', '{"items":[{"code":1}]}'];
  for (const kind of kinds) {
    for (const source of texts) {
      const release = await openRelease([{ kind, key: 'x', file: 'x', source }], workshop);
      expect(release.problems.length, `${kind} ${source}`).toBeGreaterThan(0);
    }
  }
});

test('[REL17] a definition that has not changed is not compiled again', async () => {
  const fresh = openWorkshop(LANGUAGE, BUILT_IN_SERVICES);
  const before = await openRelease(base, fresh);
  const after = await openRelease(edited(fixture('messages').invalid[0] as Invalid), fresh);
  expect(after.process('loan.inspection')).toBe(before.process('loan.inspection'));
  expect(after.process('loan.loan')).not.toBe(before.process('loan.loan'));
});

/** A file of application functions as an author writes it. */
const functions = (body: string, app = 'loan'): Definition => ({
  kind: 'functions',
  key: app,
  file: `processes/${app}/functions.dmn`,
  source: `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="函数" namespace="http://ganwei.dev/test">
    <itemDefinition id="unit" name="unit"><typeRef>string</typeRef></itemDefinition>
    <businessKnowledgeModel id="store" name="store of"><variable name="store of"/><encapsulatedLogic>
    <formalParameter name="unit" typeRef="unit"/><literalExpression typeRef="unit"><text>${body}</text></literalExpression>
    </encapsulatedLogic></businessKnowledgeModel></definitions>`,
});
const STORE = 'related unit(unit, "store")';
const using = (call: string): Definition[] =>
  edited({ file: 'loan.bpmn', find: 'related unit(case.starterUnit, "store")', put: call });

test('[REL21] a function of the application may be called like one of the platform, with its types', async () => {
  expect(await check([...using('store of(case.starterUnit)'), functions(STORE)])).toEqual([]);
  const wrong = await check([...using('store of(case.starter)'), functions(STORE)]);
  expect(wrong).toMatchObject([{ rule: 'process-expressions', element: 'approve' }]);
  const release = await openRelease([...base, functions(STORE)], workshop);
  expect(release.functions('loan')?.map(({ spec }) => spec.signatures)).toEqual([['store of(unit: unit) -> unit']]);
});

test('[REL21] functions of one name, of the platform’s name, or with unknown names are refused', async () => {
  const told = async (...more: Definition[]) => (await check([...base, ...more])).map(({ message }) => message);
  const twin = functions(STORE, 'other');
  expect((await told(functions(STORE), twin)).join()).toContain('已经有函数“store of”');
  const user = { ...twin, source: twin.source.replaceAll('store of', 'own store').replace(STORE, 'store of(unit)') };
  expect(await told(user, functions(STORE))).toEqual([]);
  expect((await told(user)).join()).toContain('store of');
  expect((await told(functions('somewhere'))).join()).toContain('不是参数的“somewhere”');
  const taken = { ...functions(STORE), source: functions(STORE).source.replaceAll('store of', 'head of') };
  expect((await told(taken)).join()).toContain('已经有函数“head of”');
});

test('[REL64] what is in force keeps its function when the platform gets one of the same name; the next check tells of it', async () => {
  const host = { params: [1, 1], signatures: ['store of(unit: unit) -> string'], call: () => 'platform' } as const;
  const later = { ...LANGUAGE, functions: { ...LANGUAGE.functions, 'store of': host } };
  const inForce = await dialectOf(later, [functions(STORE)], true);
  expect([inForce.problems, inForce.language.functions['store of']?.signatures]).toEqual([
    [],
    ['store of(unit: unit) -> unit'],
  ]);
  const again = await openRelease([...base, functions(STORE)], openWorkshop(later, BUILT_IN_SERVICES));
  expect(again.problems.map(({ message }) => message).join()).toContain('已经有函数“store of”');
});

test('[REL21] another text of the functions compiles everything anew, the same text nothing', async () => {
  const fresh = openWorkshop(LANGUAGE, BUILT_IN_SERVICES);
  const first = await openRelease([...base, functions(STORE)], fresh);
  const same = await openRelease([...edited(fixture('messages').invalid[0] as Invalid), functions(STORE)], fresh);
  const other = await openRelease([...base, functions('unit')], fresh);
  expect(same.process('loan.inspection')).toBe(first.process('loan.inspection'));
  expect(other.process('loan.inspection')).not.toBe(first.process('loan.inspection'));
});

test('[REL22] the manifest of an application is read under the name of its folder, and a malformed one is told', async () => {
  const rest = base.filter(({ kind }) => kind !== 'application');
  const manifest = (more: object): Definition => ({
    kind: 'application',
    key: 'loan',
    file: 'processes/loan/app.json',
    source: JSON.stringify({
      app: 'loan',
      name: { 'zh-CN': '借用', 'en-US': 'Loans' },
      owner: '库房',
      roles: ['keeper', 'head'],
      description: '借用物品',
      ...more,
    }),
  });
  const right = await openRelease([...rest, manifest({})], workshop);
  expect(right.application('loan')?.roles).toEqual(['keeper', 'head']);
  expect(right.title('application', 'loan')).toBe('借用');
  expect(await check([...rest, manifest({ owner: '' })])).toMatchObject([{ element: 'owner' }]);
  expect(await check([...rest, manifest({ app: 'other' })])).toMatchObject([{ rule: 'key-of-file' }]);
});

/** The same definitions again, as those of another application. */
const again = (app: string): Definition[] =>
  base.flatMap((one) => (one.app === undefined ? [] : { ...one, app, file: one.file.replace('/loan/', `/${app}/`) }));

test('[KEY1] another application may have the same keys; within one a key is given once', async () => {
  expect(await check([...base, ...again('leave')])).toEqual([]);
  const told = await check([...base, ...again('leave'), ...again('leave')]);
  expect(new Set(told.map(({ rule }) => rule))).toEqual(new Set(['twice']));
});

test('[KEY1] what another application has is found under its full key alone, and a wrong short one tells of it', async () => {
  const named = (process: string): Definition[] =>
    edited({ file: 'loans.ledger.json', find: '"loan.loan"', put: `"${process}"` });
  expect(await check(named('loan.loan'))).toEqual([]);
  const told = (await check(named('loan'))).map(({ message }) => message);
  expect(told).toContain('没有流程「loan」，是否指「loan.loan」？');
  const shared = base.map(({ app: _, ...one }) => one);
  expect((await check([...shared, ...again('leave')])).filter(({ severity }) => severity === 'error')).not.toEqual([]);
});

test('[KEY1] a form that two applications fill is checked as each of them fills it', async () => {
  const others = again('leave').map((one) =>
    one.key === 'loan-request' ? { ...one, source: one.source.replaceAll('"reason"', '"cause"') } : one,
  );
  const told = await check([...base, ...others]);
  expect(told.length).toBeGreaterThan(0);
  expect(told.every(({ file }) => file.includes('/leave/'))).toBe(true);
});

test('[KEY1] a form of another application is filled under its full key, with the types it has there', async () => {
  const desk = base.flatMap((one): Definition[] => {
    if (one.key !== 'inspection') return [];
    expect(one.source).toContain('form="inspection-note"');
    const source = one.source.replaceAll('form="inspection-note"', 'form="loan.inspection-note"');
    return [{ ...one, app: 'desk', file: 'processes/desk/inspection.bpmn', source }];
  });
  const errors = async (definitions: readonly Definition[]): Promise<string[]> =>
    (await check(definitions)).filter(({ severity }) => severity === 'error').map(({ message }) => message);
  expect(await errors([...base, ...desk])).toEqual([]);
  const wrong = desk.map((one) => ({ ...one, source: one.source.replaceAll('.remark', '.remrak') }));
  expect((await errors([...base, ...wrong])).join()).toContain('是否指「remark」');
});
