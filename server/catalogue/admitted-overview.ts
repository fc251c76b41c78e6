/**
 * Owns which charts of an overview are there for a person: those over ledgers that are for him, by columns he sees, of which a rule gives him rows.
 * An overview without such a chart does not exist for him, nor does one that is not his. Rules: [OVW2] [A1].
 */
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { type Asked, askedBy, type Chart, measured, type Overview } from '@ganwei/release/overviews';
import { type Summary, summaryFor } from '@ganwei/release/sums';
import type { Ledger, LedgerColumn } from '@ganwei/release/tables';
import type { Visibility } from '../store/ledger-pages.ts';
import { sightFor } from './admitted-ledger.ts';
import type { Host } from './host.ts';
import type { Sight } from './sight.ts';
import { visibleRows } from './visible-rows.ts';

/** What a chart asks of a ledger, admitted. */
export interface Admitted {
  asked: Asked;
  ledger: Ledger;
  summary: Summary;
  visible: Visibility;
  column(key: string): LedgerColumn;
}

export interface AdmittedChart {
  chart: Chart;
  /** the divided ledger, or the parts that this person sees, in order */
  asks: readonly (Admitted & { part: Chart['parts'][number] | undefined })[];
}

export interface AdmittedOverview {
  overview: Overview;
  sight: Sight;
  charts: readonly AdmittedChart[];
}

/** Those that have something for this person. */
export function overviewsFor(host: Host, actor: Actor): AdmittedOverview[] {
  const sight = sightFor(host, actor);
  return host
    .catalogue()
    .overviews()
    .filter(({ who }) => sight.holds(who))
    .map((overview) => ({ overview, sight, charts: chartsFor(host, sight, overview) }))
    .filter(({ charts }) => charts.length > 0);
}

export function admittedOverview(host: Host, actor: Actor, key: string): AdmittedOverview {
  const found = overviewsFor(host, actor).find(({ overview }) => overview.overview === key);
  if (!found) throw new Refusal('not.found');
  return found;
}

function chartsFor(host: Host, sight: Sight, { charts }: Overview): AdmittedChart[] {
  return charts
    .map((chart) => ({
      chart,
      asks: askedBy(chart).flatMap((asked, at) => {
        const admitted = admit(host, sight, asked);
        return admitted ? [{ ...admitted, part: chart.parts[at] }] : [];
      }),
    }))
    .filter(({ asks }) => asks.length > 0);
}

function admit(host: Host, sight: Sight, asked: Asked): Admitted | undefined {
  const ledger = host
    .catalogue()
    .ledgers()
    .find((one) => one.ledger === asked.ledger);
  if (!ledger || !sight.holds(ledger.who)) return undefined;
  const by = [...asked.by, ...asked.where.map((condition) => condition.column)];
  const of = measured(asked.measure);
  const column = (key: string): LedgerColumn | undefined => ledger.columns.find((one) => one.key === key);
  for (const key of [...by, ...of]) {
    const who = column(key)?.who;
    if (who !== undefined && !sight.holds(who)) return undefined;
  }
  const summary = summaryFor(ledger, by, of);
  const visible = visibleRows(ledger, sight, null);
  if (!summary || (!visible.all && visible.alternatives.length === 0)) return undefined;
  return { asked, ledger, summary, visible, column: (key) => column(key)! };
}
