/**
 * Owns the tables of foreign settings: for each dialect what every setting becomes, or why it is left. A setting of an element is written `name`, an
 * attribute of an extension element `name@attribute`. To support another one, add its line; what has no line is told as unknown. Rules: [FOR2] [FOR3].
 */
import type { Setting } from '../lint/descriptors.ts';
import type { Reason } from './told.ts';
import { type Facts, keyOf, timeOf } from './values.ts';

/** Becomes an attribute of ours, read by `read`; what cannot be read is left for the reason `else`. `map`: a word in it has another name here. */
export interface Becomes {
  readonly into: Setting;
  readonly read: (value: string, facts: Facts) => string | undefined;
  readonly else: Reason;
  readonly map?: Reason;
}

/** Who does a step is said in several settings: they are put together (people.ts). */
export interface Names {
  readonly people:
    | 'assignee'
    | 'users'
    | 'groups'
    | 'collection'
    | 'variable'
    | 'strategy'
    | 'parameter'
    | 'method'
    | 'ratio';
}

/** Needs more than a value: acts.ts does it under this name. */
export interface Acts {
  readonly act:
    | 'initiator'
    | 'starters'
    | 'starterGroups'
    | 'in'
    | 'out'
    | 'mapping'
    | 'decision'
    | 'decisionResult'
    | 'correlation'
    | 'button'
    | 'field'
    | 'return'
    | 'formJson';
}

export type Rule = Becomes | Names | Acts | { readonly left: Reason };

const left = (reason: Reason): Rule => ({ left: reason });
const becomes = (into: Setting, read: Becomes['read'], otherwise: Reason, map?: Reason): Rule => ({
  into,
  read,
  else: otherwise,
  ...(map && { map }),
});
const all = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule]));

const form = becomes('Task.form', (value) => keyOf(value), 'form-key');

/** Camunda 7, Operaton, Flowable, Activiti: one family. */
const ENGINE: Readonly<Record<string, Rule>> = {
  assignee: { people: 'assignee' },
  candidateUsers: { people: 'users' },
  candidateGroups: { people: 'groups' },
  collection: { people: 'collection' },
  elementVariable: { people: 'variable' },
  formKey: form,
  formRef: form,
  dueDate: becomes('Task.due', timeOf, 'expression'),
  initiator: { act: 'initiator' },
  candidateStarterUsers: { act: 'starters' },
  candidateStarterGroups: { act: 'starterGroups' },
  in: { act: 'in' },
  out: { act: 'out' },
  decisionRef: { act: 'decision' },
  'field@decisionTableReferenceKey': { act: 'decision' },
  resultVariable: { act: 'decisionResult' },
  ...all('followUpDate', left('reminder')),
  ...all('formData formProperty formFieldValidation', left('form-fields')),
  ...all(
    'class delegateExpression expression type topic connector field executionListener taskListener eventListener',
    left('code'),
  ),
  ...all(
    'errorEventDefinition mapException httpRequestHandler httpResponseHandler validationHandler resource',
    left('code'),
  ),
  ...all('script', left('script')),
  ...all('skipExpression elementIndexVariable variableAggregation', left('no-equivalent')),
  ...all('priority category owner businessKey terminateAll includeInHistory caseDefinitionKey', left('no-equivalent')),
  ...all('terminateMultiInstance messageExpression signalExpression', left('no-equivalent')),
  ...all(
    'inputOutput variableListenerEventDefinition idVariableName taskIdVariableName resultVariableName',
    left('variables'),
  ),
  ...all(
    'inheritVariables useLocalScopeForOutParameters useLocalScopeForResultVariable autoStoreVariables',
    left('variables'),
  ),
  ...all('ruleVariablesInput rules exclude mapDecisionResult decisionRefBinding decisionRefVersion', left('variables')),
  ...all('errorCodeVariable errorMessageVariable errorMessage errorVariableName', left('variables')),
  ...all('eventInParameter eventOutParameter eventCorrelationParameter eventType channelKey', left('variables')),
  ...all('startEventCorrelationConfiguration triggerEventType sendSynchronously', left('variables')),
  ...all(
    'async asyncBefore asyncAfter asyncLeave noWaitStatesAsyncLeave exclusive triggerable jobPriority taskPriority',
    left('engine'),
  ),
  ...all('failedJobRetryTimeCycle historyTimeToLive historyLevel jobCategory isEagerExecutionFetching', left('engine')),
  ...all(
    'fallbackToDefaultTenant sameDeployment calledElementBinding calledElementVersion calledElementVersionTag',
    left('engine'),
  ),
  ...all(
    'calledElementTenantId calledElementType inheritBusinessKey completeAsync parallelInSameTransaction',
    left('engine'),
  ),
  ...all(
    'isStartableInTasklist versionTag processInstanceName businessCalendarName endDate formRefBinding',
    left('engine'),
  ),
  ...all('formRefVersion diagramRelationId modelerTemplate modelerTemplateVersion modelerTemplateIcon', left('editor')),
  ...all('properties property localization name documentation scope sourceDockerX sourceDockerY', left('editor')),
  ...all('targetDockerX targetDockerY extensionId', left('editor')),
};

/** yudao keeps its own settings as elements of Flowable’s namespace. */
const YUDAO: Readonly<Record<string, Rule>> = {
  candidateStrategy: { people: 'strategy' },
  candidateParam: { people: 'parameter' },
  approveMethod: { people: 'method' },
  approveRatio: { people: 'ratio' },
  buttonsSetting: { act: 'button' },
  fieldsPermission: { act: 'field' },
  rejectReturnTaskId: { act: 'return' },
  reasonRequire: left('no-equivalent'),
  signEnable: left('no-equivalent'),
  approveType: left('no-equivalent'),
  rejectHandlerType: left('reject-way'),
  timeoutHandlerType: left('reminder'),
  boundaryEventType: left('engine'),
  nodeType: left('editor'),
  triggerType: left('code'),
  triggerParam: left('code'),
  childProcessMultiInstanceSourceType: left('engine'),
  ...all('assignStartUserHandlerType assignEmptyHandlerType assignEmptyUserIds', left('nobody')),
};

/** Camunda 8. */
const ZEEBE: Readonly<Record<string, Rule>> = {
  'assignmentDefinition@assignee': { people: 'assignee' },
  'assignmentDefinition@candidateUsers': { people: 'users' },
  'assignmentDefinition@candidateGroups': { people: 'groups' },
  'loopCharacteristics@inputCollection': { people: 'collection' },
  'loopCharacteristics@inputElement': { people: 'variable' },
  ...all('loopCharacteristics@outputCollection loopCharacteristics@outputElement', left('variables')),
  'formDefinition@formKey': form,
  'formDefinition@formId': form,
  'formDefinition@externalReference': left('form-key'),
  'formDefinition@bindingType': left('engine'),
  'formDefinition@versionTag': left('engine'),
  userTaskForm: { act: 'formJson' },
  'taskSchedule@dueDate': becomes('Task.due', timeOf, 'expression'),
  'taskSchedule@followUpDate': left('reminder'),
  'calledElement@processId': becomes('Call.process', (value) => keyOf(value), 'called-to-choose'),
  'calledElement@propagateAllChildVariables': left('variables'),
  'calledElement@propagateAllParentVariables': left('variables'),
  'calledElement@processIdExpression': left('called-to-choose'),
  ...all('calledElement@bindingType calledElement@versionTag', left('engine')),
  'calledDecision@decisionId': { act: 'decision' },
  'calledDecision@resultVariable': { act: 'decisionResult' },
  ...all('calledDecision@bindingType calledDecision@versionTag', left('engine')),
  'subscription@correlationKey': { act: 'correlation' },
  ioMapping: { act: 'mapping' },
  script: left('script'),
  ...all('taskDefinition taskHeaders executionListeners taskListeners linkedResources', left('code')),
  ...all('userTask priorityDefinition properties', left('engine')),
  ...all('modelerTemplate modelerTemplateVersion modelerTemplateIcon versionTag', left('editor')),
};

const EDITORS = all('modeler bioc color', left('editor'));

const TABLES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  camunda: ENGINE,
  operaton: ENGINE,
  activiti: ENGINE,
  flowable: { ...ENGINE, ...YUDAO },
  zeebe: ZEEBE,
};

/** Prefixes of the house whose settings are ours, or are the file’s own matter. */
export const OURS = ['bpmn', 'bpmndi', 'dc', 'di', 'ganwei', 'xsi', 'xml'];

/** What becomes of a setting; undefined: nobody knows it. `path` is without the prefix. */
export function ruleFor(prefix: string, path: string): Rule | undefined {
  const table = TABLES[prefix];
  return table ? (Object.hasOwn(table, path) ? table[path] : undefined) : (EDITORS[prefix] ?? undefined);
}
