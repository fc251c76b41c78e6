/**
 * Owns process-expressions: every expression of a process uses only what is there at its place, and yields what its place takes.
 * Inputs of services are looked at in service-inputs.ts, field permissions in access-paths.ts.
 */
import { ANY, BOOLEAN, contextOf, DATE, idOf, listOf, NUMBER, parseType, STRING, type Type } from '@ganwei/feel/type';
import type { CompiledProcess } from '@ganwei/process/compile';
import type { CaseAction, ProcessModel, ProcessNode, StartSettings, TaskSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { callResult, endedType } from '../scope/data.ts';
import { withNames } from '../scope/environment.ts';
import { formType } from '../scope/forms.ts';
import { known, type ProcessScope, scopeOf } from '../scope/known.ts';
import { serviceResult } from '../scope/services.ts';
import { type Asking, asking, checkMembers, checkOf, type Subject } from './check.ts';

const PEOPLE = listOf(listOf(idOf('person')));
const CONTEXT = contextOf([], true);
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

  #case(): void {
    const { title, numberKey, readers, withdraw, subjects, disclosed } = this.#model.case;
    const ask = this.#ask(this.#model.id);
    const { running } = this.#scope;
    ask.expression('标题', title, running, STRING);
    ask.expression('编号前缀', numberKey, running, STRING);
    ask.expression('查阅人', readers, running, BOOLEAN);
    ask.expression('可否撤回', withdraw, running, BOOLEAN);
    ask.expression('当事人', subjects, running, PEOPLE);
    ask.expression('公开条件', disclosed, running, BOOLEAN);
  }

  #action({ key, label, process, who, when, values, outputs }: CaseAction): void {
    const ask = this.#ask(key);
    const { running } = this.#scope;
    ask.expression(`「${label}」谁可以用`, who, running, BOOLEAN);
    ask.expression(`「${label}」何时可用`, when, running, BOOLEAN);
    const given = ask.expression(`「${label}」的初始值`, values, running, CONTEXT);
    this.#firstValues(key, `「${label}」的初始值`, given, process);
    const ended = withNames(running, [['result', endedType(this.#release, process)]]);
    for (const { name, value } of outputs) ask.expression(`「${label}」写入「${name}」`, value, ended);
  }

  /** What is given to the start form of another process exists there. */
  #firstValues(element: string, place: string, given: Type, process: string): void {
    const start = startOf(this.#release, process);
    const there = this.#release.asSeenBy('process', process);
    if (start?.form === undefined || !there.isCompiled('form', start.form)) return;
    const taken = formType(there, start.form);
    const what = `${place}：表单「${there.title('form', start.form)}」`;
    checkMembers((message) => this.#subject.report({ element, message }), given, taken, what);
  }

  #node(node: ProcessNode): void {
    const { id, name, start, task, service, call, timer, message } = node;
    const ask = this.#ask(id);
    const at = this.#scope.at(id);
    if (start) this.#start(ask, id, start);
    if (task) this.#task(ask, node, task);
    if (service) {
      const result = serviceResult(this.#release, service, at, known(this.#release));
      const inside = withNames(at, [['result', result]]);
      for (const output of service.outputs) ask.expression(`写入「${output.name}」`, output.value, inside);
    }
    if (call) {
      const items = ask.expression('逐个办理的列表', call.each, at, listOf(ANY));
      const inside = withNames(at, [
        ['item', items.kind === 'list' ? items.item : items],
        ['index', NUMBER],
      ]);
      this.#firstValues(
        id,
        '子流程的初始值',
        ask.expression('子流程的初始值', call.values, inside, CONTEXT),
        call.process,
      );
      const ended = withNames(at, [['result', callResult(this.#release, node)]]);
      for (const output of call.outputs) ask.expression(`写入「${output.name}」`, output.value, ended);
    }
    this.#moment(id, `「${name}」的时间`, timer?.at, at);
    ask.expression('消息的关联键', message?.correlation, at);
  }

  #start(ask: Asking, id: string, { who, initial, form, message }: StartSettings): void {
    const { starting } = this.#scope;
    ask.expression('谁可以发起', who, starting, BOOLEAN);
    this.#initial(id, ask.expression('初始值', initial, starting, CONTEXT), form);
    ask.expression('消息的关联键', message?.correlation, starting);
  }

  #initial(element: string, given: Type, key: string | undefined): void {
    const form = this.#release.form(key ?? '');
    if (!form) return;
    const taken = formType(this.#release, form.key);
    checkMembers((message) => this.#subject.report({ element, message }), given, taken, '初始值：本表单');
  }

  #task(ask: Asking, { id }: ProcessNode, task: TaskSettings): void {
    const at = this.#scope.at(id);
    ask.expression('办理人', task.assignees, at, PEOPLE);
    ask.expression('可以接办的人', task.candidates, at, PEOPLE);
    ask.expression('最后办理的人', task.last, at, PEOPLE);
    this.#moment(id, '办理期限', task.due, at);
    this.#initial(id, ask.expression('初始值', task.initial, at, CONTEXT), task.form);
    ask.expression('最少人数', task.quorum, at, NUMBER);
    const threshold = ask.expression('通过比例', task.threshold, withNames(at, [['votes', VOTES]]));
    if (!['any', 'null', 'number', 'boolean'].includes(threshold.kind)) {
      this.#subject.report({ element: id, message: `通过比例「${task.threshold}」应得出数字或是否` });
    }
    ask.expression('谁可以看到此步骤', task.audience, at, BOOLEAN);
    ask.expression('签收的文书', task.receipt, at, idOf('letter'));
    for (const { who, reason } of task.exclusions) ask.expression(`回避「${reason}」`, who, at, PEOPLE);
    for (const { as, when } of task.shows) ask.expression(`显示「${as}」的条件`, when, at, BOOLEAN);
    const form = this.#release.form(task.form ?? '');
    const filling = withNames(at, [['form', form ? formType(this.#release, form.key) : contextOf([])]]);
    for (const { label, when, confirm } of task.outcomes) {
      ask.expression(`选项「${label}」的条件`, when, filling, BOOLEAN);
      ask.text(`选项「${label}」的提示`, confirm, at);
    }
    const due = withNames(at, [['due', DATE]]);
    for (const { at: moment, to, text } of task.reminders) {
      this.#moment(id, `催办「${text}」的时间`, moment, due);
      ask.expression(`催办「${text}」的对象`, to, withNames(due, [['doers', listOf(idOf('person'))]]), PEOPLE);
    }
  }

  /** A date, an instant, or a span from now. */
  #moment(element: string, place: string, source: string | undefined, at: ReturnType<ProcessScope['at']>): void {
    const { kind } = this.#ask(element).expression(place, source, at);
    if (MOMENTS.includes(kind) || source === undefined) return;
    this.#subject.report({ element, message: `${place}「${source}」应得出日期、时刻或时长` });
  }
}

const MOMENTS = ['any', 'null', 'date', 'date and time', 'days and time duration', 'years and months duration'];

/** Where actions, calls and services start a process: the start without `who` and without message, else the first. */
function startOf(release: Release, key: string): StartSettings | undefined {
  const nodes = [...(release.process(key)?.model.nodes.values() ?? [])];
  const starts = nodes.filter(({ kind, parent }) => kind === 'start' && parent === undefined);
  return (starts.find(({ start }) => !start?.who && !start?.message) ?? starts[0])?.start;
}
