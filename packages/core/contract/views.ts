/**
 * Owns what a person sees of a case: forms, tasks, letters, the timeline, the whole. Never more than he may see (rule A1).
 */
import { z } from 'zod';
import { HISTORY_KINDS } from '../history.ts';
import { OPERATION_KEYS } from '../operations.ts';
import {
  DrawingText,
  Due,
  FileRef,
  FormText,
  Id,
  Instant,
  Json,
  PersonRef,
  Status,
  Values,
  Wording,
  Wordings,
} from './words.ts';

export const Access = z.object({ path: z.string(), mode: z.enum(['hidden', 'read', 'edit', 'required']) });

/** A form with what this person may see of its values. `definition` is the closed dialect of packages/form. */
export const FormView = z
  .object({
    as: z.string(),
    definition: FormText,
    /** one set of values, or several for a form filled by several people */
    values: Values,
    list: z.array(z.object({ by: z.string(), at: Instant, values: Values })).nullable(),
    access: z.array(Access),
    open: z.boolean(),
    summary: Wording,
  })
  .meta({ id: 'FormView' });

export const Outcome = z
  .object({
    key: z.string(),
    label: Wording,
    style: z.enum(['primary', 'default', 'danger']),
    comment: z.enum(['required', 'optional', 'none']),
    commentMin: z.number(),
    validates: z.boolean(),
    when: z.string().nullable(),
    confirm: Wording.nullable(),
  })
  .meta({ id: 'Outcome' });

export const TimelineEntry = z
  .object({
    id: Id,
    at: Instant,
    /** core/history.ts; other: written by another version, `detail.kind` is its word */
    kind: z.enum([...HISTORY_KINDS, 'other']),
    /** a person's act; who it was may be hidden from the reader. house: the process or the server did it by itself */
    by: z.enum(['person', 'house']),
    who: PersonRef.nullable(),
    node: Wording,
    /** milestone within which it happened; '' where there is none */
    phase: Wording,
    outcome: Wording,
    comment: z.string(),
    /** milliseconds the step took, null where that says nothing */
    took: z.number().nullable(),
    /** null: not for this reader */
    detail: z.record(z.string(), Wordings).nullable(),
  })
  .meta({ id: 'TimelineEntry' });

export const OpenTask = z
  .object({
    id: Id,
    node: z.string(),
    name: Wording,
    holders: z.array(PersonRef),
    openedAt: Instant,
    due: Due.nullable(),
    mode: z.string(),
    /** submitted / all, for tasks of several people */
    progress: z.object({ done: z.number(), all: z.number() }),
    mine: z.boolean(),
  })
  .meta({ id: 'OpenTask' });

export const CaseHead = z
  .object({
    id: Id,
    number: z.string(),
    title: Wording,
    process: z.string(),
    processName: Wording,
    version: z.number(),
    status: Status,
    state: z.enum(['running', 'ended', 'withdrawn', 'suspended']),
    starter: PersonRef,
    startedAt: Instant,
    endedAt: Instant.nullable(),
    parent: z.object({ id: z.string(), number: z.string(), title: Wording }).nullable(),
    /** its pages bear the name of whoever looks at them, and the moment */
    watermark: z.boolean(),
  })
  .meta({ id: 'CaseHead' });

export const ReceiptView = z
  .object({
    id: Id,
    kind: z.enum(['to', 'copy']),
    unit: z.string(),
    person: z.string(),
    sentAt: Instant,
    signedAt: Instant.nullable(),
    signedBy: z.string(),
  })
  .meta({ id: 'ReceiptView' });

export const LetterView = z
  .object({
    id: Id,
    number: z.string(),
    title: z.string(),
    organ: z.string(),
    issuedAt: Instant,
    issuedBy: z.string(),
    state: z.enum(['issued', 'void']),
    /** null while it is in force; `ground`: number of the letter by which it was voided, or '' */
    voided: z.object({ at: Instant, reason: z.string(), ground: z.string() }).nullable(),
    pages: z.number(),
    file: FileRef.nullable(),
    sha256: z.string(),
    /** fonts asked for that were not there, and what stood in for them */
    substitutions: z.array(z.string()),
    receipts: z.array(ReceiptView),
  })
  .meta({ id: 'LetterView' });

export const Operation = z
  .object({
    key: z.enum(OPERATION_KEYS),
    allowed: z.boolean(),
    reason: Wording,
    /** return: the steps it may go to */
    targets: z.array(z.object({ node: z.string(), name: Wording, who: z.string() })),
  })
  .meta({ id: 'Operation' });

/** A phase of a case, as far as anybody may know who knows of the case. */
export const Milestone = z
  .object({
    name: Wording,
    state: z.enum(['done', 'current', 'ahead']),
    /** when it was last worked on, null unless it is done */
    at: Instant.nullable(),
  })
  .meta({ id: 'Milestone' });

export const TaskView = z
  .object({
    task: OpenTask.extend({ revision: z.number(), help: Wording, priority: z.boolean(), pooled: z.boolean() }),
    case: CaseHead,
    form: FormView.nullable(),
    /** names a rule of the form may read besides its own fields: actor, case, the visible forms of the case */
    scope: z.record(z.string(), Json),
    shown: z.array(FormView),
    outcomes: z.array(Outcome),
    operations: z.array(Operation),
    draft: z.object({ values: Values, comment: z.string(), revision: z.number().int(), savedAt: Instant }).nullable(),
    attachments: z.array(FileRef.extend({ by: z.string(), at: Instant })),
    letters: z.array(LetterView),
    timeline: z.array(TimelineEntry),
    milestones: z.array(Milestone),
    /** may this person see the drawing with the way taken? */
    drawing: z.boolean(),
    /** the likely next steps and who would do them */
    next: z.array(z.object({ node: z.string(), name: Wording, who: z.string() })),
  })
  .meta({ id: 'TaskView' });

export const CaseView = z
  .object({
    case: CaseHead,
    forms: z.array(FormView),
    tasks: z.array(OpenTask),
    children: z.array(CaseHead),
    attachments: z.array(FileRef.extend({ by: z.string(), at: Instant })),
    letters: z.array(LetterView),
    timeline: z.array(TimelineEntry),
    milestones: z.array(Milestone),
    /** may this person see the drawing with the way taken? */
    drawing: z.boolean(),
    operations: z.array(Operation),
    actions: z.array(z.object({ key: z.string(), label: Wording, process: z.string(), start: z.string() })),
    next: z.array(z.object({ node: z.string(), name: Wording, who: z.string() })),
    /** are there other cases of the same affair that this person may open? */
    matter: z.boolean(),
  })
  .meta({ id: 'CaseView' });

/** An affair seen whole, as far as this person may open its cases; oldest first. */
export const MatterView = z
  .object({
    title: Wording,
    lanes: z.array(z.object({ key: z.string(), title: Wording })),
    cases: z.array(
      z.object({
        case: CaseHead,
        /** of `lanes`, or '' */
        lane: z.string(),
        letters: z.array(z.object({ id: Id, number: z.string(), title: Wording, issuedAt: Instant })),
      }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'MatterView' });

export const Diagram = z
  .object({
    xml: DrawingText,
    /** node ids */
    finished: z.array(z.string()),
    current: z.array(z.string()),
    /** flow ids */
    taken: z.array(z.string()),
  })
  .meta({ id: 'Diagram' });

/** What a person reads after an act: where it went. */
export const Moved = z
  .object({
    caseId: Id,
    number: z.string(),
    state: z.enum(['running', 'ended', 'withdrawn', 'suspended']),
    status: Status,
    next: z.array(z.object({ task: z.string(), name: Wording, who: z.array(z.string()) })),
    letters: z.array(z.object({ id: z.string(), number: z.string(), title: z.string() })),
    /** warnings that did not prevent the act */
    warnings: z.array(Wording),
  })
  .meta({ id: 'Moved' });

export const StartView = z
  .object({
    process: z.string(),
    processName: Wording,
    start: z.string(),
    label: Wording,
    help: Wording,
    form: FormView.nullable(),
    scope: z.record(z.string(), Json),
    draft: z.object({ id: z.string(), revision: z.number().int(), savedAt: Instant }).nullable(),
    /** the case and the action on it that start this one */
    from: z.object({ case: z.string(), action: z.string(), number: z.string(), title: Wording }).nullable(),
  })
  .meta({ id: 'StartView' });
