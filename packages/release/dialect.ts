/**
 * Owns the language of a release: that of the platform and the functions that its applications bring. A file may use the
 * functions of another one, in whatever order they are given, but never in a circle; two functions of one name are refused, and so is one that the platform has. Rules: [REL21] [REL64].
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { type ContentFunction, loadFunctions, type Taken } from '@ganwei/decision/functions';
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

/**
 * Adds the functions of these files to a language. Never throws for what an author can get wrong. `published`: the files are in force, and
 * a function that the platform has got since under the same name does not take theirs away; the next check tells of it.
 */
export async function dialectOf(language: Language, files: readonly Source[], published = false): Promise<Dialect> {
  const mayReplace: Taken = (name) => published && language.functions?.[name] !== undefined;
  const functions = new Map<string, readonly ContentFunction[]>();
  let speech: Dialect['language'] = { ...language, functions: { ...language.functions } };
  let waiting = files;
  while (true) {
    const attempts: Attempt[] = [];
    for (const file of waiting) {
      const attempt = await attemptAt(file, speech, mayReplace);
      attempts.push(attempt);
      if (!attempt.found) continue;
      functions.set(file.key, attempt.found);
      const specs = attempt.found.map(({ name, spec }) => [name, spec]);
      speech = { ...speech, functions: { ...speech.functions, ...Object.fromEntries(specs) } };
    }
    const left = attempts.filter(({ found }) => !found);
    if (left.length === 0 || left.length === waiting.length) {
      return { language: speech, functions, problems: left.flatMap(({ problems }) => problems) };
    }
    waiting = left.map(({ file }) => file);
  }
}

interface Attempt {
  readonly file: Source;
  /** undefined: it could not be read */
  readonly found?: readonly ContentFunction[];
  readonly problems: Dialect['problems'];
}

/** A file that uses functions of another one can be read when that one has been. */
async function attemptAt(file: Source, language: Language, mayReplace: Taken): Promise<Attempt> {
  try {
    return { file, found: await loadFunctions(file.source, language, mayReplace), problems: [] };
  } catch (error) {
    const told = error instanceof DefinitionError ? error.problems : [unreadable(error)];
    return { file, problems: told.map((problem) => ({ ...problem, file: file.file })) };
  }
}

const unreadable = (error: unknown): Problem => ({
  severity: 'error',
  rule: 'unreadable',
  element: '（文件）',
  message: `无法读取：${(error as Error).message}`,
});
