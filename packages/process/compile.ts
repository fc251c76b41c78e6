/**
 * Owns the way from BPMN text to a process that can run: parse, check whole, read the model, write the engine's context.
 * Refuses with every problem at once. Never runs anything of the file; what it does not understand it refuses.
 */

import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { bpmn } from './bpmn.ts';
import { engineContext } from './context.ts';
import { type Element, type Functions, processRules, runRules } from './lint/rules.ts';
import { processesOf } from './lint/structure.ts';
import { digest } from './marking.ts';
import { readModel } from './read.ts';
import type { CompiledProcess } from './run.ts';

export type { CompiledProcess } from './run.ts';

export interface CompileOptions {
  /** functions that FEEL texts may call besides the built-in ones */
  functions?: Functions;
}

/** Throws DefinitionError with all problems found. */
export async function compileProcess(xml: string, options: CompileOptions = {}): Promise<CompiledProcess> {
  const source = xml
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  const { root, problems } = await parse(source);
  if (root) problems.push(...runRules(root, processRules(options.functions)));
  const process = root && processesOf(root)[0];
  if (!process || problems.length > 0) throw new DefinitionError(problems);
  const model = readModel(process);
  return { model, context: engineContext(model), hash: digest(source) };
}

interface Parsed {
  rootElement: Element;
  warnings: readonly Warning[];
}

interface Warning {
  message: string;
  element?: { id?: string };
}

/** What the parser only warns about (unknown elements and attributes, loose references) is refused here. */
async function parse(source: string): Promise<{ root?: Element; problems: Problem[] }> {
  const problem = (message: string, element = 'xml'): Problem => ({
    severity: 'error',
    rule: 'xml',
    element,
    message: inChinese(message),
  });
  try {
    const parsed = (await bpmn.fromXML(source)) as unknown as Parsed;
    const problems = parsed.warnings.map(({ message, element }) => problem(message, element?.id));
    return { root: parsed.rootElement, problems };
  } catch (error) {
    const warnings = (error as { warnings?: readonly Warning[] }).warnings;
    if (!warnings) throw error;
    return { problems: [problem((error as Error).message)] };
  }
}

const SENTENCES: readonly [pattern: RegExp, sentence: string][] = [
  [/^unknown attribute <(.+)>/, '不认识的属性「$1」。'],
  [/^unresolved reference <(.+)>/, '引用了不存在的元素「$1」。'],
  [/duplicate ID <(.+)>/, '标识「$1」重复。'],
  [/illegal ID <(.+)>/, '标识「$1」不可用。'],
  [/^unparsable content <(\S+?)\s*\/?>[\s\S]*unknown type/, '不认识的元素 <$1>。'],
];

function inChinese(message: string): string {
  for (const [pattern, sentence] of SENTENCES) {
    const found = pattern.exec(message);
    if (found) return sentence.replace('$1', String(found[1]));
  }
  return `文件不是有效的 BPMN:${message.replace(/\s+/g, ' ')}`;
}
