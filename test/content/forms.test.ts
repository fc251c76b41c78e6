/** Rules [CON1] and [CON2]: the forms of the content are sound, and an honest person can fill them in. */
import { checkForm } from '@ganwei/form/dialect';
import { componentOf } from '@ganwei/form/node';
import { readDictionary } from '@ganwei/release/tables';
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import { COMPLETE } from './complete.ts';
import { content, contentLanguage, judge, openDesk } from './desk.ts';

/** What the case of either process offers to the rules of its forms. */
const NAMES: Record<string, string[]> = {
  tolerance: [
    ...['application', 'approval', 'confirmations', 'acceptance', 'team', 'verification', 'opinions', 'statement'],
    ...['panel', 'decision', 'council', 'minutes', 'leading', 'leadingMinutes', 'influenceReview', 'revisit'],
    ...[
      'authority',
      'suggestion',
      'recipients',
      'decisionLetter',
      'influence',
      'standing',
      'basis',
      'deadlines',
      'principal',
      'principals',
      'shared',
    ],
    ...['rectification', 'receipts', 'withdrawal', 'violation'],
  ],
  rectification: [
    ...['request', 'plan', 'audit', 'progress', 'readings', 'extension', 'closing', 'check', 'lookback'],
    ...['applied', 'sampling', 'term'],
  ],
};

const language = await contentLanguage();

const FORMS = content()
  .filter(({ kind, key }) => kind === 'form' && Object.keys(NAMES).some((process) => key.startsWith(process)))
  .map(({ key, source }) => [key, JSON.parse(source) as Record<string, unknown>] as const);

describe('the definitions', () => {
  test.each(FORMS)('[CON1] %s: no problem, no name that its process does not have', (key, json) => {
    const names = NAMES[key.split('-', 1)[0] ?? ''] ?? [];
    expect(checkForm(json, { names, functions: language.dialect.functions })).toEqual([]);
  });

  test.each(FORMS)('[CON1] %s: every field is called something in Chinese and in English', (_, json) => {
    const nameless = nodesOf(json.schema).filter(
      ([, node]) =>
        componentOf(node) !== 'Note' && !(isLabel(node.title) && node.title['zh-CN'] && node.title['en-US']),
    );
    expect(nameless.map(([path]) => path)).toEqual([]);
    expect(isLabel(json.title)).toBe(true);
  });

  test('[CON1] every dictionary a form uses is there', () => {
    const files = content().filter(({ kind }) => kind === 'dictionary');
    const known = new Set(files.map(({ source }) => readDictionary(source).dictionary));
    const named = FORMS.flatMap(([, json]) => [...JSON.stringify(json).matchAll(/"dictionary":"([^"]+)"/g)]);
    const asked = FORMS.flatMap(([, json]) => [
      ...JSON.stringify(json).matchAll(/dictionary(?: label)?\(\\"([^"\\]+)/g),
    ]);
    const missing = [...named, ...asked].map((match) => match[1] ?? '').filter((key) => !known.has(key));
    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  test('[CON2] there is a complete filling of every form', () => {
    const filled = new Set(COMPLETE.map(([, filling]) => filling().form));
    expect(FORMS.map(([key]) => key).filter((key) => !filled.has(key))).toEqual([]);
  });
});

describe('the fillings', () => {
  let stage: World;
  beforeAll(async () => {
    stage = await openDesk();
  });

  test.each(COMPLETE)('[CON2] %s: a complete filling is accepted without a word', async (_, filling) => {
    const verdict = await judge(stage, filling());
    expect(verdict.errors).toEqual([]);
    expect(verdict.warnings).toEqual([]);
  });
});

type Node = Record<string, unknown>;

const isLabel = (title: unknown): title is Record<string, string> => typeof title === 'object' && title !== null;

/** Every node below a schema with its path. */
function nodesOf(schema: unknown, path = ''): [path: string, node: Node][] {
  const { properties, items } = schema as { properties?: Record<string, Node>; items?: Node };
  const own = Object.entries(properties ?? {}).flatMap(([key, node]): [string, Node][] => [
    [path + key, node],
    ...nodesOf(node, `${path}${key}.`),
  ]);
  return items ? [...own, ...nodesOf(items, path)] : own;
}
