/**
 * Owns process-expressions: every expression of a process uses only what is there at its place, and yields what its place takes,
 * which the table of settings says (packages/process/lint).
 * Inputs of services are looked at in service-inputs.ts, field permissions in access-paths.ts.
 */
import { misfit } from '@ganwei/feel/fit';
import type { Environment } from '@ganwei/feel/infer/infer';
import { BOOLEAN, contextOf, DATE, idOf, listOf, NUMBER, parseType, printType, type Type } from '@ganwei/feel/type';
import type { CompiledProcess } from '@ganwei/process/compile';
import { MOMENT, type Setting, settingOf } from '@ganwei/process/lint/descriptors';
import { wantedTypes } from '@ganwei/process/lint/wanted';
import type {
  Binding,
  CaseAction,
  ProcessModel,
  ProcessNode,
  StartSettings,
  TaskSettings,
} from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { callResult, endedType } from '../scope/data.ts';
import { withNames } from '../scope/environment.ts';
import { formType } from '../scope/forms.ts';
import { known, type ProcessScope, scopeOf } from '../scope/known.ts';
import { serviceResult } from '../scope/services.ts';
import { type Asking, asking, checkMembers, checkOf, type Subject } from './check.ts';

const VOTES = parseType('context<yes: number, no: number, abstain: number, submitted: number, members: number>');

export const processExpressions = checkOf('process-expressions', 'process', (subject) => {
  const scope = scopeOf(subject.release, subject.definition.key);
  if (scope) new ProcessCheck(subject, scope).run();
});

class ProcessCheck {
  readonly #subject: Subject<CompiledProcess>;
  readonly #release: Release;
  readonly #model: ProcessModel;
  readonly #scope: ProcessScope;

  constructor(subject: Subject<CompiledProcess>, scope: ProcessScope) {
    this.#subject = subject;
    this.#release = subject.release;
    this.#model = subject.value.model;
    this.#scope = scope;
  }

  run(): void {
    this.#case();
    for (const action of this.#model.case.actions) this.#action(action);
    for (const flow of this.#model.flows.values()) {
      const name = flow.name || this.#model.nodes.get(flow.source)?.name || flow.source;
      this.#ask(flow.id).expression(`分支「${name}」的条件`, flow.condition, this.#scope.after(flow.source), BOOLEAN);
    }
    for (const node of this.#model.nodes.values()) this.#node(node);
  }

  #ask(element: string): Asking {
    return asking(this.#subject, element);
  }

  /** One setting, by the table of settings: `of` says what it belongs to, where there are several. */
  #setting(element: string, setting: Setting, source: string | undefined, at: Environment, of = ''): Type {
    const { label, wants = 'Any' } = settingOf(setting);
    return this.#wanted(element, of + label.zh, source, at, wants);
  }

  /** An expression of one of several types. */
  #wanted(element: string, place: string, source: string | undefined, at: Environment, wants: string): Type {
    const types = wantedTypes(wants);
    const [only] = types;
    if (types.length === 1) return this.#ask(element).expression(place, source, at, only);
    const given = this.#ask(element).expression(place, source, at);
    if (source !== undefined && types.every((type) => misfit(given, type))) {
      const words = [...new Set(types.map(printType))].join('、');
      this.#subject.report({ element, message: `${place}「${source}」应得出${words}之一，实际是${printType(given)}` });
    }
    return given;
  }

  #case(): void {
    const { title, numberKey, readers, partReaders, withdraw, unitRefers, subjects, matter, disclosed } =
      this.#model.case;
    const { running } = this.#scope;
    const ask = (setting: Setting, source: string | undefined): Type =>
      this.#setting(this.#model.id, setting, source, running);
    ask('Case.title', title);
    ask('Case.numberKey', numberKey);
    ask('Case.readers', readers);
    for (const { who } of partReaders) ask('Reader.who', who);
    ask('Case.withdraw', withdraw);
    ask('Case.unitRefers', unitRefers);
    ask('Case.subjects', subjects);
    ask('Case.matter', matter);
    ask('Case.disclosed', disclosed);
  }

  #action({ key, label, process, who, when, values, outputs }: CaseAction): void {
    const { running } = this.#scope;
    const of = `「${label}」`;
    this.#setting(key, 'Action.who', who, running, of);
    this.#setting(key, 'Action.when', when, running, of);
    const given = this.#setting(key, 'Action.values', values, running, of);
    this.#firstValues(key, `${of}的初始值`, given, process);
    const ended = withNames(running, [['result', endedType(this.#release, process)]]);
    this.#outputs(key, outputs, ended, of);
  }

  #outputs(element: string, outputs: readonly Binding[], at: Environment, of = ''): void {
    for (const { name, value } of outputs) this.#setting(element, 'Output.value', value, at, `${of}写入「${name}」的`);
  }

  /** What is given to the start form of another process exists there. */
  #firstValues(element: string, place: string, given: Type, process: string): void {
    const start = startOf(this.#release, process);
    const there = this.#release.asSeenBy('process', process);
    if (start?.form === undefined || !there.isCompiled('form', start.form)) return;
    const taken = formType(there, start.form);
    const what = `${place}：表单「${there.title('form', start.form)}」`;
    checkMembers((told) => this.#subject.report({ element, ...told }), given, taken, what);
  }

  #node(node: ProcessNode): void {
    const { id, name, start, task, service, call, timer, message } = node;
    const at = this.#scope.at(id);
    if (start) this.#start(id, start);
    if (task) this.#task(node, task);
    if (service) {
      const result = serviceResult(this.#release, service, at, known(this.#release));
      this.#outputs(id, service.outputs, withNames(at, [['result', result]]));
    }
    if (call) {
      const items = this.#setting(id, 'Call.each', call.each, at);
      const inside = withNames(at, [
        ['item', items.kind === 'list' ? items.item : items],
        ['index', NUMBER],
      ]);
      const given = this.#setting(id, 'Call.values', call.values, inside, '子流程的');
      this.#firstValues(id, '子流程的初始值', given, call.process);
      this.#outputs(id, call.outputs, withNames(at, [['result', callResult(this.#release, node)]]));
    }
    this.#wanted(id, `「${name}」的时间`, timer?.at, at, MOMENT);
    this.#setting(id, 'Message.correlation', message?.correlation, at, '消息的');
  }

  #start(id: string, { who, initial, form, message }: StartSettings): void {
    const { starting } = this.#scope;
    this.#setting(id, 'Start.who', who, starting);
    this.#initial(id, this.#setting(id, 'Start.initial', initial, starting), form);
    this.#setting(id, 'Start.correlation', message?.correlation, starting);
  }

  #initial(element: string, given: Type, form: string | undefined): void {
    if (form === undefined || !this.#release.isCompiled('form', form)) return;
    const taken = formType(this.#release, form);
    checkMembers((told) => this.#subject.report({ element, ...told }), given, taken, '初始值：本表单');
  }

  #task({ id }: ProcessNode, task: TaskSettings): void {
    const at = this.#scope.at(id);
    const ask = (setting: Setting, source: string | undefined, around = at, of = ''): Type =>
      this.#setting(id, setting, source, around, of);
    ask('Task.assignees', task.assignees);
    ask('Task.candidates', task.candidates);
    ask('Task.last', task.last);
    ask('Task.due', task.due);
    this.#initial(id, ask('Task.initial', task.initial), task.form);
    ask('Task.quorum', task.quorum);
    ask('Task.threshold', task.threshold, withNames(at, [['votes', VOTES]]));
    ask('Task.audience', task.audience);
    ask('Task.receipt', task.receipt);
    for (const { who, reason } of task.exclusions) ask('Exclude.who', who, at, `「${reason}」`);
    for (const { as, when } of task.shows) ask('Show.when', when, at, `「${as}」`);
    const form = this.#release.isCompiled('form', task.form ?? '') ? formType(this.#release, task.form ?? '') : NOTHING;
    const filling = withNames(at, [['form', form]]);
    for (const { label, when, confirm } of task.outcomes) {
      ask('Outcome.when', when, filling, `选项「${label}」`);
      this.#ask(id).text(`选项「${label}」的${settingOf('Outcome.confirm').label.zh}`, confirm, at);
    }
    const due = withNames(at, [['due', DATE]]);
    for (const { at: moment, to, text } of task.reminders) {
      ask('Remind.at', moment, due, `催办「${text}」的`);
      ask('Remind.to', to, withNames(due, [['doers', listOf(idOf('person'))]]), `催办「${text}」的`);
    }
  }
}

const NOTHING = contextOf([]);

/** Where actions, calls and services start a process: the start without `who` and without message, else the first. */
function startOf(release: Release, key: string): StartSettings | undefined {
  const nodes = [...(release.process(key)?.model.nodes.values() ?? [])];
  const starts = nodes.filter(({ kind, parent }) => kind === 'start' && parent === undefined);
  return (starts.find(({ start }) => !start?.who && !start?.message) ?? starts[0])?.start;
}
