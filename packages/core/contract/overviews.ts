/**
 * Owns the routes of overviews: which there are for a person, and the figures of one, each with the way to its rows.
 */
import { z } from 'zod';
import { LedgerQuery } from './ledgers.ts';
import { Id, Instant, type Route, Wording } from './words.ts';

/** So many of one kind. */
export const OverviewFigure = z
  .object({
    /** what it counts: the value of the column, a month (YYYY-MM), or the part of the chart; null: nothing stands there */
    key: z.string().nullable(),
    label: Wording,
    /** the same of the second column, where the chart has one */
    split: z.string().nullable(),
    splitLabel: Wording,
    value: z.number(),
    /** the rows that were counted */
    ledger: z.string(),
    filters: LedgerQuery.shape.filters,
  })
  .meta({ id: 'OverviewFigure' });

export const OverviewChart = z
  .object({
    key: z.string(),
    title: Wording,
    /** what the figures say; '' without figures */
    statement: Wording,
    unit: Wording,
    kind: z.enum(['bar', 'line', 'pie', 'funnel', 'numbers']),
    /** what it divides by; '' where its figures stand beside each other */
    by: Wording,
    split: Wording,
    isByMonth: z.boolean(),
    /** the rows of a ledger are being written anew: no figures until they are */
    isFilling: z.boolean(),
    figures: z.array(OverviewFigure),
    /** kinds beyond those that are told, and their sum */
    rest: z.object({ kinds: z.number().int(), value: z.number() }).nullable(),
    /** the ledger also lists cases in which one merely takes part; they are not counted */
    participants: z.boolean(),
  })
  .meta({ id: 'OverviewChart' });

export const OverviewView = z
  .object({
    key: z.string(),
    title: Wording,
    description: Wording,
    at: Instant,
    charts: z.array(OverviewChart),
  })
  .meta({ id: 'OverviewView' });

/** Overviews. */
export const OVERVIEW_ROUTES = {
  overviews: {
    method: 'GET',
    path: '/api/overviews',
    summary: '概览目录',
    access: 'session',
    answer: z.array(z.object({ key: z.string(), title: Wording, description: Wording })),
  },
  overview: {
    method: 'GET',
    path: '/api/overviews/:key',
    summary: '概览',
    access: 'session',
    params: z.object({ key: Id }),
    answer: OverviewView,
  },
} as const satisfies Record<string, Route>;
