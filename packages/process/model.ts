/**
 * Owns the shape of a compiled process: what the rest of the house may know of a BPMN file. Pure data, no behaviour.
 * The BPMN itself and the `ganwei:` extension elements are described in lint/descriptors.ts; compile.ts turns one into the other.
 * Every `…: Feel` member is FEEL source text (without a leading `=`), already checked for syntax by compile.ts.
 */

/** FEEL source text. */
export type Feel = string;

/** How the people of one task act together (house §4.2). The engine sees a single wait state in every mode. */
export type SigningMode =
  /** a pool: whoever claims or submits first closes the task */
  | 'single'
  /** everybody has a work item, the first submission decides */
  | 'any'
  /** everybody must submit; the outcome is the first negative one, else the common one */
  | 'all'
  /** one after the other in list order; the first negative outcome ends the round */
  | 'sequence'
  /** everybody votes; the positive outcome wins when its share of all members reaches `threshold` */
  | 'vote'
  /** like `all`, nobody sees another's submission before the task is closed */
  | 'blind';

export type Operation = 'transfer' | 'return' | 'addSigner' | 'comment' | 'urge';
export type AccessMode = 'hidden' | 'read' | 'edit' | 'required';

export interface Outcome {
  key: string;
  label: string;
  style: 'primary' | 'default' | 'danger';
  /** must the person give a reason (at least `commentMin` characters)? */
  comment: 'required' | 'optional' | 'none';
  commentMin: number;
  /** false: values may be incomplete (a return or rejection does not need a finished form) */
  validates: boolean;
  /** counts as consent in the modes all, sequence and vote */
  positive: boolean;
  /** offered only while this holds (FEEL over the case scope and `form`, the values being filled in) */
  when?: Feel;
  /** sentence shown before an irreversible act; `{}` placeholders are FEEL */
  confirm?: string;
}

export interface FieldAccess {
  /** dotted path within the task's form, `items[].price` for a column, `*` for everything not named */
  path: string;
  mode: AccessMode;
}

/** Another form of the case shown at this step. */
export interface ShownForm {
  as: string;
  /** hidden paths of that form at this step */
  hide: string[];
  open: boolean;
  when?: Feel;
}

/** People who must not act on this task (separation of duty). */
export interface Exclusion {
  who: Feel;
  reason: string;
}

export interface Reminder {
  /** instant or date at which to remind; scope has `due` */
  at: Feel;
  /** list of person ids; default: the open work items' holders */
  to?: Feel;
  text: string;
}

export interface TaskSettings {
  /** key of the form filled at this step; absent: only a comment and an outcome */
  form?: string;
  /** name under which its values are kept in the case; default: the form's key */
  as: string;
  /** several submissions are kept as a list (modes all, blind, vote …) */
  list: boolean;
  /** first values offered (FEEL context), evaluated when the task opens */
  initial?: Feel;
  access: FieldAccess[];
  shows: ShownForm[];
  /** FEEL -> list of person ids */
  assignees: Feel;
  /** FEEL -> list of person ids: who else may be given the step by hand (transfer, further signers, an administrator) */
  candidates?: Feel;
  mode: SigningMode;
  /** FEEL -> share 0…1 of all members (vote) */
  threshold?: Feel;
  /** FEEL -> least number of submissions for a valid round (blind, vote) */
  quorum?: Feel;
  /** FEEL -> list of person ids who get their work item only when all others have submitted */
  last?: Feel;
  /** FEEL -> date (means 24:00 of that day) */
  due?: Feel;
  reminders: Reminder[];
  /** sorts to the top of the to-do list */
  priority: boolean;
  outcomes: Outcome[];
  exclusions: Exclusion[];
  operations: Operation[];
  /** node ids a return may go to; empty: any earlier user task of the case */
  returnTo: string[];
  /** help text above the form */
  help?: string;
  /** FEEL -> id of a letter: a positive submission signs the receipts of that letter that are addressed to the person */
  receipt?: Feel;
  /** only these see that the task exists, besides its holders (FEEL boolean over `actor`); absent: as the case */
  audience?: Feel;
  /** named to nobody but its holders and the readers of the case, not even that it was done */
  confidential: boolean;
}

export interface Binding {
  name: string;
  value: Feel;
}

export interface ServiceSettings {
  /** decide, number, letter, copy, record, find, start, message, set, notify, webhook, mail */
  type: string;
  /** named inputs, FEEL over the case scope */
  inputs: Binding[];
  /** `name` is a dotted path in the case data, `value` FEEL over the scope plus `result` */
  outputs: Binding[];
}

/** A call activity starts one child case (or one per element of `each`) and waits until all have ended. */
export interface CallSettings {
  process: string;
  each?: Feel;
  /** first values of the child's start form (FEEL context; `item`, `index` when `each` is given) */
  values: Feel;
  outputs: Binding[];
  /** status (of the child's flow) of a child that ends because the call is cut short */
  cut?: string;
}

/** When a timer is due: FEEL -> date, date and time, or duration from now. */
export interface TimerSettings {
  at: Feel;
  /** 0: once; n: that many more times; -1: for ever. A BPMN cycle `R3/…` fires three times: 2. `at` is evaluated again each time */
  repeat: number;
  /** boundary timers only: the host goes on waiting */
  interrupting: boolean;
}

export interface MessageSettings {
  name: string;
  /** FEEL -> text; a message reaches the case whose key equals the sender's */
  correlation: Feel;
}

export interface StartSettings {
  label: string;
  form?: string;
  as: string;
  access: FieldAccess[];
  initial?: Feel;
  /** FEEL boolean over `actor`: who may start here; absent on starts that only messages, calls or timers use */
  who?: Feel;
  message?: MessageSettings;
  help?: string;
}

export interface EndSettings {
  /** status key shown in ledgers (see CaseSettings.statuses) */
  status?: string;
  terminate: boolean;
}

/**
 * A button on a case that starts an attached process (case action, house §6). The case goes on meanwhile; when the attached
 * case ends, the case remembers it under `key` like a step: times(key), outcome of(key) = status of the end that was reached.
 */
export interface CaseAction {
  key: string;
  label: string;
  process: string;
  who: Feel;
  when: Feel;
  /** FEEL context: first values of the attached process's start form */
  values?: Feel;
  /** may it be used when the case has ended? Otherwise only while it is running */
  afterEnd: boolean;
  /** may several people use it beside one another, each for himself? Otherwise one at a time */
  perPerson: boolean;
  /** taken over into the case's data when the attached case ends; scope has `result` {id, number, status, values} */
  outputs: Binding[];
}

export interface CaseSettings {
  /** FEEL -> text */
  title: Feel;
  /** counter key, FEEL -> text, e.g. "RC-420500"; the number is `{key}-{year}-{0001}` */
  numberKey: Feel;
  category: string;
  description: string;
  icon?: string;
  order: number;
  statuses: { key: string; label: string; tone: 'running' | 'done' | 'stopped' | 'warning' }[];
  /** FEEL boolean over `actor` and the case: who may read it besides those who work or worked on it */
  readers?: Feel;
  /** FEEL boolean: may the starter withdraw now? `reached(nodeId)` tells whether a step was reached */
  withdraw?: Feel;
  /** FEEL -> list of texts: numbers of cases and letters that the case refers to, so that they belong to one affair */
  matter?: Feel;
  /** key of the directory's words `lanes`: where the case stands when its affair is seen whole */
  lane?: string;
  /** do the pages of the case, its tasks and letters bear the name of whoever looks at them, and the moment? */
  watermark: boolean;
  /** FEEL boolean: may people of the unit that started it refer to it in forms? It opens nothing */
  unitRefers?: Feel;
  /** names of values hidden from the starter and the subjects until `disclosed` holds */
  confidential: string[];
  /** FEEL list of person ids: the persons the case is about */
  subjects?: Feel;
  disclosed?: Feel;
  /** who else may see a part of it: things of the rule book (letters, receipts …) and forms by name */
  partReaders: { who: Feel; things: string[]; forms: string[] }[];
  actions: CaseAction[];
}

export type NodeKind =
  | 'start'
  | 'end'
  | 'user'
  | 'service'
  | 'call'
  | 'message'
  | 'timer'
  | 'gateway'
  | 'subprocess'
  | 'other';

export interface ProcessNode {
  id: string;
  /** Chinese name from the diagram; the id where there is none */
  name: string;
  /** BPMN type, e.g. `bpmn:UserTask` */
  type: string;
  kind: NodeKind;
  /** id of the sub-process it lies in, absent at the top */
  parent?: string;
  /** boundary events: the activity they sit on */
  attachedTo?: string;
  /** boundary events: false = the host goes on waiting when the event happens */
  interrupting?: boolean;
  /** error end events: the code they raise; error boundary events: the code they catch, '' = every code */
  errorCode?: string;
  /** status key a case gets when this node opens */
  status?: string;
  /** name under which those who do not read the whole case learn that it is or was there */
  milestone?: string;
  task?: TaskSettings;
  service?: ServiceSettings;
  call?: CallSettings;
  timer?: TimerSettings;
  message?: MessageSettings;
  start?: StartSettings;
  end?: EndSettings;
}

export interface ProcessFlow {
  id: string;
  name: string;
  source: string;
  target: string;
  condition?: Feel;
  /** taken when no other flow of its gateway is */
  isDefault?: boolean;
}

export interface ProcessModel {
  id: string;
  name: string;
  case: CaseSettings;
  nodes: ReadonlyMap<string, ProcessNode>;
  flows: ReadonlyMap<string, ProcessFlow>;
}
