/**
 * Owns the words every part of the contract is written in: ids, instants, references, and the shape of a route.
 * Instants are epoch milliseconds, dates are YYYY-MM-DD texts, ids are opaque texts.
 */
import { z } from 'zod';
import { saysNothing } from '../text.ts';

export const Id = z.string().min(1).max(64);

export const Instant = z.number().int();

export const Json = z.json();

/**
 * A text that the content brings or the house has written down. Both are Chinese; whoever reads English is told it in English
 * (server/http/in-english.ts). What people write, names, and what the directory says are plain texts.
 */
export const Wording = z.string().meta({ id: 'Wording' });

/** Something put together by the content, whose texts are such as far as they are known. */
export const Wordings = z.json().meta({ id: 'Wordings' });

/** A form as packages/form reads it. */
export const FormText = z.json().meta({ id: 'FormText' });

/** The drawing of a process: BPMN with names and notes. */
export const DrawingText = z.string().meta({ id: 'DrawingText' });

/** Values of one form: field name -> value. Checked field by field against the form, not here. */
export const Values = z.record(z.string(), Json);

/** [F70] Something a person says: not empty, and not of blanks only. */
export const Saying = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !saysNothing(text));

export const Comment = z.string().max(4000).default('');

/**
 * The state of a draft that a page knows: its revision (0: nothing was saved yet) and the page itself, a random word of its own. A draft that
 * another page has saved meanwhile is not overwritten.
 */
export const DraftMark = z.object({ revision: z.number().int().min(0), page: z.string().max(64) });

export const Ok = z.object({ ok: z.literal(true) });

export const PersonRef = z.object({ id: z.string(), name: z.string(), unit: z.string() }).meta({ id: 'PersonRef' });

export const UnitRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'UnitRef' });

export const Status = z
  .object({ key: z.string(), label: Wording, tone: z.enum(['running', 'done', 'stopped', 'warning']) })
  .meta({ id: 'Status' });

/** A deadline as people read it: 剩 2 个工作日 / 逾期 1 个工作日. `provisional`: the calendar of that year is not loaded yet (待校准). */
export const Due = z
  .object({
    at: Instant,
    date: z.string(),
    state: z.enum(['normal', 'soon', 'overdue']),
    workingDays: z.number().int(),
    provisional: z.boolean(),
  })
  .meta({ id: 'Due' });

export const FileRef = z
  .object({ id: Id, name: z.string(), size: z.number(), type: z.string(), sha256: z.string() })
  .meta({ id: 'FileRef' });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string(),
    fields: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

/** Work that costs much: how often one caller may ask for it is limited. */
export type Rate = 'upload' | 'export' | 'search' | 'door';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  /** who may call it before any object is loaded */
  access: 'public' | 'session' | 'business-admin' | 'system-admin' | 'security-admin' | 'audit-admin' | 'demo-admin';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType;
  /** counts in the caller's bucket of this kind */
  rate?: Rate;
  /** true: an Idempotency-Key header makes a repetition harmless */
  once?: boolean;
  /**
   * 'file': the answer is a file, not JSON; 'events': it is text/event-stream and does not end; 'redirect': it is an address where the browser goes on;
   * 'upload': the body is multipart/form-data; 'form': it may be application/x-www-form-urlencoded
   */
  stream?: 'file' | 'events' | 'redirect' | 'upload' | 'form';
}

export const byId = z.object({ id: Id });

export const page = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.string().nullable() });
