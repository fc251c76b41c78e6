/**
 * Owns form-rules: the rules of a form use fields that exist, names that every process offers at the step that uses the form, and yield
 * what their place takes. A rule that reads an unknown name would silently hide a field.
 */
import type { Environment } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, contextOf, listOf, NUMBER, type Type } from '@ganwei/feel/type';
import type { CompiledForm, FieldSchema, FormField } from '@ganwei/form/model';
import type { Question } from '../memory.ts';
import { type Release, split } from '../release.ts';
import { atEase, withNames } from '../scope/environment.ts';
import { fieldType, fieldTypes } from '../scope/forms.ts';
import { scopeOf } from '../scope/known.ts';
import { lookingScope } from '../scope/ledgers.ts';
import { usesOf } from '../scope/uses.ts';
import { type Asking, asking, checkMembers, checkOf, once, type Subject, type Told } from './check.ts';

export const formRules = checkOf('form-rules', 'form', (subject) => {
  const told = once(subject);
  for (const environment of environmentsOf(subject.release, subject.definition.key))
    new FormCheck(told, environment).run();
});

/** Where a form is filled in: at starts and steps of processes. One that is used nowhere is looked at by itself. */
function environmentsOf(release: Release, form: string): Environment[] {
  const found = usesOf(release, 'form key', form).flatMap(({ process, node }) => {
    const scope = scopeOf(release, process);
    if (!scope) return [];
    return release.ask(IS_START, `${node} ${process}`) ? scope.starting : scope.at(node);
  });
  return found.length > 0 ? found : [lookingScope(release)];
}

const IS_START: Question<boolean> = {
  name: 'is start',
  about: 'process',
  answer(release, id) {
    const [node = '', process] = split(id);
    return release.process(process)?.model.nodes.get(node)?.start !== undefined;
  },
};

const NOW: readonly [string, Type] = ['now', { kind: 'date and time' }];

/** A node of the definition with what surrounds it. */
interface Place {
  element: string;
  environment: Environment;
}

class FormCheck {
  readonly #subject: Subject<CompiledForm>;
  readonly #outside: Environment;

  constructor(subject: Subject<CompiledForm>, outside: Environment) {
    this.#subject = subject;
    this.#outside = withNames(atEase(outside), [NOW]);
  }

  run(): void {
    const { definition, fields } = this.#subject.value;
    const root = this.#inside(this.#outside, fields);
    this.#children(definition.schema.properties, '', { element: '', environment: root });
    asking(this.#subject, 'summary').text('摘要', definition.summary, root);
  }

  /** The fields of a container win over what lies around it. */
  #inside(environment: Environment, fields: readonly FormField[]): Environment {
    return withNames(environment, fieldTypes(this.#subject.release, fields));
  }

  #children(properties: FieldSchema['properties'], prefix: string, around: Place): void {
    for (const [key, node] of Object.entries(properties ?? {})) {
      const place = { ...around, element: prefix + key };
      const field = this.#subject.value.byNode.get(node);
      this.#node(node, field, place);
      if (!field) this.#children(node.properties, prefix, around);
      else if (field.kind === 'table') {
        const row = this.#inside(around.environment, field.fields);
        const environment = withNames(row, [['rowNumber', NUMBER]]);
        this.#children(node.items?.properties, `${field.path}[].`, { ...place, environment });
      } else if (field.kind === 'group') {
        const environment = this.#inside(around.environment, field.fields);
        this.#children(node.properties, `${field.path}.`, { ...place, environment });
      }
    }
  }

  #node(node: FieldSchema, field: FormField | undefined, { element, environment }: Place): void {
    const ask = asking(this.#subject, element);
    const rules = node['x-rules'] ?? {};
    ask.expression('显示规则', rules.visible, environment, BOOLEAN);
    ask.expression('必填规则', rules.required, environment, BOOLEAN);
    ask.expression('可编辑规则', rules.editable, environment, BOOLEAN);
    const type = field ? fieldType(this.#subject.release, field) : ANY;
    ask.expression('计算规则', rules.value, environment, shownAs(field, type));
    ask.expression('初始值', rules.initial, environment, type);
    ask.expression('选项规则', rules.options, environment, listOf(ANY));
    this.#rows(ask, rules.rows, field, type, { element, environment });
    for (const { when, message } of rules.errors ?? []) {
      ask.expression('校验规则', when, environment, BOOLEAN);
      ask.text('校验提示', message, environment);
    }
    const text = node['x-component-props']?.text;
    if (node['x-component'] === 'Note' && typeof text === 'string') ask.text('说明文字', text, environment);
  }

  /** The contexts that make fixed rows name columns of the table. */
  #rows(ask: Asking, source: string | undefined, field: FormField | undefined, type: Type, place: Place): void {
    const given = ask.expression('行规则', source, place.environment, listOf(contextOf([], true)));
    if (source === undefined || !field || given.kind !== 'list' || type.kind !== 'list') return;
    const say = (told: Told): void => this.#subject.report({ element: place.element, ...told });
    checkMembers(say, given.item, type.item, '行规则：明细表');
  }
}

/** A computed field takes whatever it can show. */
const shownAs = (field: FormField | undefined, type: Type): Type => (field?.component === 'Text' ? ANY : type);
