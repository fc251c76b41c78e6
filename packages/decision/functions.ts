/**
 * Owns functions that are content: a DMN file with business knowledge models and nothing else. Each becomes a function of the
 * expression language, with the types it declares; its body sees its parameters, the language's functions and the others of its file.
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import type { FunctionSpec, Language } from '@ganwei/feel/compile';
import { notationOf } from '@ganwei/feel/conform';
import { DmnFile } from './file.ts';
import { readKnowledge } from './reading.ts';
import { readDefinitions } from './xml.ts';

export interface ContentFunction {
  readonly name: string;
  /** types in the notation of feel/type.ts */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly result: string;
  /** `call` passes `world` on and works on the budget of the expression that calls */
  readonly spec: FunctionSpec;
}

/** Names that functions of a file may have although the language has them: it got them after the file had been published. */
export type Taken = (name: string) => boolean;

/** Every function of a file. Throws DefinitionError with all that is wrong in it, circles with their way round. */
export async function loadFunctions(
  source: string,
  language?: Language,
  mayReplace: Taken = () => false,
): Promise<ContentFunction[]> {
  const file = new DmnFile(await readDefinitions(source), language);
  const all = [...file.knowledge.values()];
  const models = file.elements.filter((element) => element.$type === 'dmn:BusinessKnowledgeModel');
  for (const element of file.elements) {
    if (element.$type === 'dmn:Decision') file.complain(element, 'dmn-functions', '函数文件里只能有业务知识模型');
  }
  if (all.length === 0) file.complain(null, 'dmn-functions', '文件里没有业务知识模型');
  if (all.length < models.length) file.complain(null, 'dmn-functions', '函数的名称有重复');
  for (const { name, element } of all) {
    if (language?.functions?.[name] && !mayReplace(name))
      file.complain(element, 'dmn-functions', `已经有函数“${name}”`);
  }
  const problems = unique([...all.flatMap((one) => readKnowledge(file, one)), ...file.problems]);
  if (problems.length) throw new DefinitionError(problems);
  return all.map(({ name, parameters, result, spec }) => ({
    name,
    parameters: parameters.map((one) => ({ name: one.name, type: notationOf(one.type.type) })),
    result: notationOf(result.type),
    spec,
  }));
}

const unique = (problems: readonly Problem[]): Problem[] =>
  problems.filter((one, i) => problems.findIndex((other) => other.message === one.message) === i);
