/**
 * docs/reference.md is made from the tables that the program runs by: service types, functions, components, limits. `npx vitest run
 * test/reference.test.ts -u` writes it anew; a table that has changed without it fails here. Rule: [DOC1].
 */
import path from 'node:path';
import { BUILT_IN } from '@ganwei/feel/compile';
import { parseSignature } from '@ganwei/feel/type';
import { COMPONENTS, type ComponentDescriptor, DECORATOR_PROPS, type PropSpec } from '@ganwei/form/components';
import { FORM_FUNCTIONS } from '@ganwei/form/rules';
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
