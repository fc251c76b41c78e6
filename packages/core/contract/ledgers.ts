/**
 * Owns the routes of ledgers: the list, the columns, the rows, the export.
 */
import { z } from 'zod';
import { byId, Id, Ok, type Route, Saying, Wording, Wordings } from './words.ts';

export const LedgerColumn = z
  .object({
    key: z.string(),
    label: Wording,
    type: z.enum(['text', 'number', 'money', 'date', 'datetime', 'choice', 'case']),
    filter: z.enum(['none', 'contains', 'equals', 'range', 'choice']),
    sortable: z.boolean(),
    shown: z.boolean(),
    width: z.number(),
    choices: z.array(z.object({ value: z.string(), label: Wording })),
    total: z.boolean(),
  })
  .meta({ id: 'LedgerColumn' });

export const LedgerView = z
  .object({
    key: z.string(),
    title: Wording,
    description: Wording,
    columns: z.array(LedgerColumn),
    exports: z.boolean(),
  })
  .meta({ id: 'LedgerView' });

export const LedgerQuery = z.object({
  filters: z
    .array(
      z.object({
        column: z.string().max(64),
        op: z.enum(['contains', 'equals', 'from', 'to', 'in', 'empty']),
        value: z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(100)]),
      }),
    )
    .max(20)
    .default([]),
  sort: z
    .object({ column: z.string().max(64), descending: z.boolean() })
    .nullable()
    .default(null),
  cursor: z.string().max(400).nullable().default(null),
  /** only rows that the person sees by his duties, as figures count them; not those of cases in which he merely takes part */
  counted: z.boolean().default(false),
  limit: z.number().int().min(1).max(200).default(20),
});

/** Columns, conditions and order as a person has set them up. */
const Arranged = {
  columns: z.array(z.string().max(64)).min(1).max(60),
  filters: LedgerQuery.shape.filters,
  sort: LedgerQuery.shape.sort,
};

export const SavedView = z.object({ id: Id, name: z.string(), ...Arranged }).meta({ id: 'SavedView' });

export const LedgerRow = z
  .object({ id: z.string(), caseId: z.string().nullable(), cells: z.record(z.string(), Wordings) })
  .meta({ id: 'LedgerRow' });

/** Ledgers. */
export const LEDGER_ROUTES = {
  ledgers: {
    method: 'GET',
    path: '/api/ledgers',
    summary: '台账目录',
    access: 'session',
    answer: z.array(z.object({ key: z.string(), title: Wording, description: Wording })),
  },
  ledger: {
    method: 'GET',
    path: '/api/ledgers/:key',
    summary: '台账',
    access: 'session',
    params: z.object({ key: Id }),
    answer: LedgerView,
  },
  ledgerRows: {
    method: 'POST',
    path: '/api/ledgers/:key/rows',
    rate: 'search',
    summary: '台账行',
    access: 'session',
    params: z.object({ key: Id }),
    body: LedgerQuery,
    answer: z.object({
      rows: z.array(LedgerRow),
      next: z.string().nullable(),
      count: z.number(),
      counted: z.boolean(),
      totals: z.record(z.string(), z.number()),
    }),
  },
  ledgerViews: {
    method: 'GET',
    path: '/api/ledgers/:key/views',
    summary: '我保存的台账视图',
    access: 'session',
    params: z.object({ key: Id }),
    answer: z.array(SavedView),
  },
  keepLedgerView: {
    method: 'PUT',
    path: '/api/ledgers/:key/views',
    summary: '保存台账视图',
    access: 'session',
    params: z.object({ key: Id }),
    body: z.object({ name: Saying(40), ...Arranged }),
    answer: z.object({ id: Id }),
  },
  dropLedgerView: {
    method: 'DELETE',
    path: '/api/ledger-views/:id',
    summary: '删除台账视图',
    access: 'session',
    params: byId,
    answer: Ok,
  },
  exportLedger: {
    method: 'POST',
    path: '/api/ledgers/:key/export',
    rate: 'export',
    summary: '导出台账',
    access: 'session',
    params: z.object({ key: Id }),
    body: LedgerQuery.extend({ columns: z.array(z.string().max(64)).min(1).max(60), reason: z.string().max(200) }),
    stream: 'file',
    answer: z.any(),
  },
} as const satisfies Record<string, Route>;
