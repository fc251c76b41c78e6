/**
 * Owns the check of definitions as a whole: each is compiled, then what they say of one another is held together. Nothing takes effect
 * while there is an error. Rules: [V4] [V5].
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { loadDecision } from '@ganwei/decision/load';
import { compileForm } from '@ganwei/form/dialect';
import { readLetter } from '@ganwei/letter/template';
import type { ProcessModel, ProcessNode } from '@ganwei/process/model';
import { CASE_NAMES } from './case-scope.ts';
import type { Kind } from './catalogue.ts';
import type { SourceFile } from './folder.ts';
import { type Functions, PlatformLanguage } from './language.ts';
import { compileEntry, type ProcessEntry } from './library.ts';
import { readCalendar, readDictionary, readLedger } from './tables.ts';

export interface Found extends Problem {
  file: string;
}

export interface Checked {
  problems: Found[];
  /** title of each definition, by `kind/key` */
  titles: Map<string, string>;
}

type Report = (problem: Omit<Problem, 'severity'> & { severity?: Problem['severity'] }) => void;

/** What definitions may use of the house: service types with their inputs, and functions. */
export interface Known {
  services: ReadonlyMap<string, { inputs: object }>;
  functions: Functions;
}

/** Compiles everything and reports all problems with their files. */
export async function checkAll(files: readonly SourceFile[], { services, functions }: Known): Promise<Checked> {
  const language = new PlatformLanguage(functions);
  const problems: Found[] = [];
  const titles = new Map<string, string>();
  const processes: { entry: ProcessEntry; file: string }[] = [];
  const seen = new Map<string, string>();
  for (const { kind, key, file, source } of files) {
    const id = `${kind}/${key}`;
    const other = seen.get(id);
    if (other) problems.push({ severity: 'error', rule: 'twice', element: key, message: `与 ${other} 重名`, file });
    seen.set(id, file);
    try {
      const { title, own, process } = await compile(kind, key, source, language);
      titles.set(id, title);
      if (own !== undefined && own !== key) {
        problems.push({ severity: 'error', rule: 'key', element: own, message: `文件名应与标识「${own}」一致`, file });
      }
      if (process) processes.push({ entry: process, file });
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, file })));
    }
  }
  const known = new Set(seen.keys());
  for (const { entry, file } of processes) {
    const report: Report = (problem) => problems.push({ severity: 'error', ...problem, file });
    checkProcess(entry, known, services, language, report);
  }
  return { problems, titles };
}

interface Compiled {
  title: string;
  /** the key the definition gives itself */
  own?: string;
  process?: ProcessEntry;
}

async function compile(kind: Kind, key: string, source: string, language: PlatformLanguage): Promise<Compiled> {
  const { dialect } = language;
  switch (kind) {
    case 'form': {
      const form = compileForm(parseJson(source), { functions: dialect.functions });
      return { title: typeof form.title === 'string' ? form.title : form.title['zh-CN'], own: form.key };
    }
    case 'process': {
      const process = await compileEntry(source, key, 0, language);
      return { title: process.model.name, own: process.model.id, process };
    }
    case 'decision': {
      const decision = await loadDecision(source, dialect);
      return { title: decision.name, own: decision.id };
    }
    case 'letter': {
      const letter = readLetter(source, dialect);
      return { title: letter.name, own: letter.key };
    }
    case 'ledger': {
      const ledger = readLedger(source, language);
      return { title: ledger.title, own: ledger.ledger };
    }
    case 'dictionary': {
      const dictionary = readDictionary(source);
      return { title: dictionary.title, own: dictionary.dictionary };
    }
    case 'calendar':
      return { title: `${readCalendar(source).year} 年工作日历` };
  }
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const message = `不是合法的 JSON:${(error as Error).message}`;
    throw new DefinitionError([{ severity: 'error', rule: 'json', element: '（文件）', message }]);
  }
}

/** What a process refers to exists, and its expressions use only names the case has. */
function checkProcess(
  entry: ProcessEntry,
  known: ReadonlySet<string>,
  services: ReadonlyMap<string, { inputs: object }>,
  language: PlatformLanguage,
  report: Report,
): void {
  const names = new Set<string>([...entry.names, ...CASE_NAMES]);
  const need = (kind: Kind, key: string, element: string): void => {
    if (!known.has(`${kind}/${key}`)) report({ rule: 'reference', element, message: `引用的「${key}」不存在` });
  };
  const use = (source: string | undefined, element: string, extra: readonly string[] = []): void => {
    if (source === undefined) return;
    for (const name of language.compile(source).names) {
      if (names.has(name) || extra.includes(name)) continue;
      report({ rule: 'unknown-name', element, message: `表达式「${source}」用到了没有的名称「${name}」` });
    }
  };
  const { case: settings, flows, nodes } = entry.model;
  for (const source of [
    settings.title,
    settings.numberKey,
    settings.readers,
    settings.withdraw,
    settings.subjects,
    settings.disclosed,
  ]) {
    use(source, entry.model.id);
  }
  for (const flow of flows.values()) use(flow.condition, flow.id);
  for (const { key, process, who, when, values, outputs } of settings.actions) {
    need('process', process, key);
    for (const source of [who, when, values]) use(source, key);
    for (const { value } of outputs) use(value, key, ['result']);
  }
  for (const node of nodes.values()) checkNode(node, { need, use, report, services, model: entry.model });
}

interface Tools {
  need(kind: Kind, key: string, element: string): void;
  use(source: string | undefined, element: string, extra?: readonly string[]): void;
  report: Report;
  services: ReadonlyMap<string, { inputs: object }>;
  model: ProcessModel;
}

function checkNode(node: ProcessNode, { need, use, report, services }: Tools): void {
  const { id, start, task, service, call, timer, message } = node;
  if (start?.form) need('form', start.form, id);
  use(start?.who, id);
  use(start?.initial, id);
  if (task) {
    if (task.form) need('form', task.form, id);
    for (const source of [task.assignees, task.due, task.initial, task.quorum, task.last, task.audience, task.receipt])
      use(source, id);
    use(task.threshold, id, ['votes']);
    for (const { who } of task.exclusions) use(who, id);
    for (const { when } of task.shows) use(when, id);
    for (const { when } of task.outcomes) use(when, id, ['form']);
    for (const { at, to } of task.reminders) {
      use(at, id, ['due']);
      use(to, id);
    }
  }
  if (service) {
    const known = services.get(service.type);
    if (!known) report({ rule: 'service-type', element: id, message: `没有「${service.type}」这种服务` });
    for (const { value, name } of service.inputs) {
      if (known && !(name in known.inputs) && !('*' in known.inputs)) {
        report({ rule: 'service-input', element: id, message: `服务「${service.type}」没有输入「${name}」` });
      }
      if (name !== 'where') use(value, id);
    }
    for (const { value } of service.outputs) use(value, id, ['result']);
  }
  if (call) {
    need('process', call.process, id);
    use(call.each, id);
    use(call.values, id, ['item', 'index']);
    for (const { value } of call.outputs) use(value, id, ['result']);
  }
  use(timer?.at, id);
  use(message?.correlation, id);
}
