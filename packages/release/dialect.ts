/**
 * Owns the language of a release: that of the platform and the functions that its applications bring. Every file is read by itself, so
 * that none depends on another; two functions of one name are refused. Must never replace what the platform has. Rule: [REL18].
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { type ContentFunction, loadFunctions } from '@ganwei/decision/functions';
import type { FunctionSpec, Language } from '@ganwei/feel/compile';
import type { Definition } from './definition.ts';

/** The language with all functions of all applications; what is wrong with a file leaves out its functions. */
export interface Dialect {
  readonly language: Language & { readonly functions: Readonly<Record<string, FunctionSpec>> };
  /** by the key of their file, which is the application's */
  readonly functions: ReadonlyMap<string, readonly ContentFunction[]>;
  readonly problems: readonly (Problem & { readonly file: string })[];
}

type Source = Pick<Definition, 'key' | 'file' | 'source'>;

/** Adds the functions of these files to a language. Never throws for what an author can get wrong. */
export async function dialectOf(language: Language, files: readonly Source[]): Promise<Dialect> {
  const problems: (Problem & { file: string })[] = [];
  const functions = new Map<string, readonly ContentFunction[]>();
  const specs = new Map<string, FunctionSpec>();
  const home = new Map<string, string>();
  for (const { key, file, source } of files) {
    try {
      const found = await loadFunctions(source, language);
      for (const { name, spec } of found) {
        const other = home.get(name);
        if (other) problems.push({ ...fault(name, `函数“${name}”在 ${other} 里已经有了`), file });
        home.set(name, file);
        specs.set(name, spec);
      }
      functions.set(key, found);
    } catch (error) {
      const told =
        error instanceof DefinitionError ? error.problems : [fault('（文件）', `无法读取：${String(error)}`)];
      problems.push(...told.map((problem) => ({ ...problem, file })));
    }
  }
  return {
    language: { ...language, functions: { ...language.functions, ...Object.fromEntries(specs) } },
    functions,
    problems,
  };
}

const fault = (element: string, message: string): Problem => ({
  severity: 'error',
  rule: 'functions',
  element,
  message,
});
