/** Owns service-inputs: the service exists, what it needs is given, nothing is given that it does not take, and each input is of its type. */
import type { Environment } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, contextOf, parseType, resolve, type Type } from '@ganwei/feel/type';
import type { ServiceSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { withNames } from '../scope/environment.ts';
import { formType } from '../scope/forms.ts';
import { literalInput } from '../scope/inputs.ts';
import { known, scopeOf } from '../scope/known.ts';
import { asking, checkMembers, checkOf, lacking, type Subject, type Told } from './check.ts';

export const serviceInputs = checkOf('service-inputs', 'process', (subject) => {
  const scope = scopeOf(subject.release, subject.definition.key);
  for (const { id, service } of subject.value.model.nodes.values())
    if (service && scope) checkService(subject, id, service, scope.at(id));
});

function checkService(
  subject: Subject<unknown>,
  element: string,
  settings: ServiceSettings,
  environment: Environment,
): void {
  const { release, report } = subject;
  const say = (told: Told): void => report({ element, ...told });
  const signature = release.services.get(settings.type);
  if (!signature) {
    say(lacking(settings.type, release.services.keys(), { what: '服务类型' }));
    return;
  }
  const given = new Set(settings.inputs.map(({ name }) => name));
  for (const [name, { required, label }] of Object.entries(signature.inputs)) {
    if (required && !given.has(name)) say({ message: `服务「${signature.label}」缺少输入「${name}」（${label}）` });
  }
  const ask = asking(subject, element);
  const types = new Map<string, Type>();
  for (const { name, value } of settings.inputs) {
    const input = signature.inputs[name] ?? signature.inputs['*'];
    if (!input)
      say(lacking(name, Object.keys(signature.inputs), { what: '输入', before: `服务「${signature.label}」` }));
    const raw = signature.raw?.includes(name) ?? false;
    const at = raw ? withNames(environment, [['row', rowType(release, settings)]]) : environment;
    const wanted = raw ? BOOLEAN : input ? resolve(parseType(input.type), environment.named) : ANY;
    types.set(name, ask.expression(`输入「${name}」`, value, at, wanted));
  }
  if (settings.type === 'find') checkMatch(release, settings, types.get('match'), say);
  if (settings.type === 'start') checkStart(release, settings, types.get('values'), say);
}

const rowType = (release: Release, settings: ServiceSettings): Type =>
  known(release).row(literalInput(settings, 'ledger') ?? '');

/** Columns that a search names can be searched. */
function checkMatch(
  release: Release,
  settings: ServiceSettings,
  match: Type | undefined,
  say: (told: Told) => void,
): void {
  const ledger = release.ledger(literalInput(settings, 'ledger') ?? '');
  if (!ledger || match?.kind !== 'context') return;
  const indexed = ledger.columns.filter(({ slot }) => slot !== undefined).map(({ key }) => key);
  for (const name of match.members.keys()) {
    if (!indexed.includes(name))
      say(lacking(name, indexed, { what: '可查找的列', before: `按列查找：台账「${ledger.title}」` }));
  }
}

/** What is given to the start form of another process exists there. */
function checkStart(
  release: Release,
  settings: ServiceSettings,
  values: Type | undefined,
  say: (told: Told) => void,
): void {
  const process = release.process(literalInput(settings, 'process') ?? '');
  const start = literalInput(settings, 'start');
  if (!process || start === undefined) return;
  const starts = [...process.model.nodes.values()].filter(({ kind, parent }) => kind === 'start' && !parent);
  const node = starts.find(({ id }) => id === start);
  if (!node) {
    const there = starts.map(({ id }) => id);
    say(lacking(start, there, { what: '开始事件', before: `流程「${process.model.name}」` }));
    return;
  }
  const there = release.asSeenBy('process', literalInput(settings, 'process') ?? '');
  const form = node.start?.form ?? '';
  const filled = there.isCompiled('form', form);
  const names = scopeOf(there, process.model.id)?.running.names ?? [];
  const taken = filled ? formType(there, form) : contextOf(names);
  checkMembers(say, values ?? ANY, taken, filled ? `表单「${there.title('form', form)}」` : '件中');
}
