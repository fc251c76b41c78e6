/**
 * docs/reference.md is made from the tables that the program runs by: service types, functions, components, limits. `npx vitest run
 * test/reference.test.ts -u` writes it anew; a table that has changed without it fails here. Rule: [DOC1].
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUILT_IN } from '@ganwei/feel/compile';
import { notationOf } from '@ganwei/feel/conform';
import { parseSignature, parseType } from '@ganwei/feel/type';
import { COMPONENTS, type ComponentDescriptor, DECORATOR_PROPS, type PropSpec } from '@ganwei/form/components';
import { FORM_FUNCTIONS } from '@ganwei/form/rules';
import {
  type AttributeDescriptor,
  type ElementDescriptor,
  moddleDescriptor,
  SETTINGS,
} from '@ganwei/process/lint/descriptors';
import { wantedTypes } from '@ganwei/process/lint/wanted';
import { CHECKS } from '@ganwei/release/check';
import { MOST_CHARACTERS, MOST_DEFINITIONS, MOST_NODES } from '@ganwei/release/checks/limits';
import { expect, test } from 'vitest';
import { PLATFORM_FUNCTIONS } from '../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../server/services/registry.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const services = (): string =>
  [...BUILT_IN_SERVICES]
    .map(([type, { label, inputs, result }]) => {
      const rows = Object.entries(inputs).map(([name, { type: wanted, required, label: what }]) => [
        `\`${name}\``,
        what,
        `\`${wanted}\``,
        required ? '必需' : '',
      ]);
      return `### \`${type}\` ${label}\n\n结果：\`${result}\`\n\n${table(['输入', '含义', '类型', ''], rows)}`;
    })
    .join('\n\n');

type Signed = Readonly<Record<string, { readonly signatures?: readonly string[] }>>;
const functions = (specs: Signed): string => {
  const signatures = Object.values(specs).flatMap(({ signatures: own }) => own ?? []);
  for (const one of signatures) parseSignature(one);
  return signatures.map((one) => `- \`${one}\``).join('\n');
};

const settingsOf = (props: Readonly<Record<string, PropSpec>>): string =>
  Object.entries(props)
    .map(([name, { label, values }]) => `\`${name}\` ${label}${values ? `（${values.join('、')}）` : ''}`)
    .join('；');

const PLACES = {
  feel: 'FEEL',
  template: '文字，可含占位',
  text: '文字',
  key: '标识',
  names: '标识，逗号分隔',
  number: '整数',
  flag: '是否',
} as const;
const holds = ({ kind, wants, values = [] }: AttributeDescriptor): string => {
  if (kind === 'choice' || kind === 'choices') return values.map((one) => `\`${one}\``).join('、');
  return wants === undefined ? PLACES[kind] : `FEEL → \`${wants}\``;
};

const settings = (): string =>
  Object.entries<ElementDescriptor>(SETTINGS)
    .map(([name, { label, on, attributes, lists = {} }]) => {
      const place = on ? `写在 ${on.map((one) => `\`${one}\``).join('、')} 上。` : '写在别的设置里。';
      const inside = Object.values(lists).map((one) => `\`ganwei:${lowered(one)}\``);
      const rows = Object.entries(attributes).map(([key, one]) => [
        `\`${key}\``,
        one.label.zh,
        holds(one),
        one.required ? '必需' : '',
        one.help ?? '',
      ]);
      const more = inside.length > 0 ? `其中可写 ${inside.join('、')}。` : '';
      return `### \`ganwei:${lowered(name)}\` ${label.zh}\n\n${place}${more}\n\n${table(['属性', '含义', '内容', '', '说明'], rows)}`;
    })
    .join('\n\n');
const lowered = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

const components = (): string =>
  table(
    ['组件', '名称', '值的类型', '限制', '设置'],
    Object.entries(COMPONENTS as Readonly<Record<string, ComponentDescriptor>>).map(([name, one]) => [
      `\`${name}\``,
      one.label['zh-CN'],
      one.types.join('、'),
      one.limits.join('、'),
      settingsOf(one.props),
    ]),
  );

test('[DOC1] the reference says what the program has: services, functions, components, checks and limits', async () => {
  const page = `# 参考

本页由程序的表生成（\`test/reference.test.ts\`），请勿手改。类型的写法见 [FEEL](feel.md)。

## 服务类型

${services()}

## 流程的设置

${settings()}

## 函数

### 平台的函数（流程、决策表、文书、台账、表单）

${functions(PLATFORM_FUNCTIONS)}

### 表单规则另有的函数

${functions(FORM_FUNCTIONS)}

### 标准函数

${functions(BUILT_IN as Signed)}

## 表单组件

${components()}

每个字段都可以设置：${settingsOf(DECORATOR_PROPS)}。

## 发布前的检查

${CHECKS.map(({ name }) => `- \`${name}\``).join('\n')}

各项检查的含义见 [规则](RULES.md) 的「发布的检查」。上限：一份定义 ${MOST_CHARACTERS} 字，一次发布 ${MOST_DEFINITIONS} 份定义，一个流程 ${MOST_NODES} 个节点。
`;
  await expect(page).toMatchFileSnapshot(path.resolve(import.meta.dirname, '../docs/reference.md'));
});

test('[MOD60] moddle.json says what the table of settings says', async () => {
  const json = `${JSON.stringify(moddleDescriptor(), null, 2)}\n`;
  await expect(json).toMatchFileSnapshot(path.resolve(import.meta.dirname, '../packages/process/moddle.json'));
});

test('[MOD60] every setting is read, and what expressions of settings want are types', () => {
  const read = readFileSync(path.resolve(import.meta.dirname, '../packages/process/read.ts'), 'utf8');
  const settings = readFileSync(path.resolve(import.meta.dirname, '../packages/process/lint/settings.ts'), 'utf8');
  const members = Object.values<ElementDescriptor>(SETTINGS).flatMap(({ attributes, lists = {} }) => [
    ...Object.keys(attributes),
    ...Object.keys(lists),
  ]);
  expect(members.filter((member) => !`${read}${settings}`.includes(`'${member}'`))).toEqual([]);
  for (const { attributes } of Object.values<ElementDescriptor>(SETTINGS))
    for (const { kind, wants } of Object.values(attributes))
      expect(kind === 'feel' ? wantedTypes(wants ?? '').map(notationOf) : wants).toEqual(
        kind === 'feel' ? wants?.split(' | ').map((one) => notationOf(parseType(one))) : undefined,
      );
});
