/**
 * Verbs and look at what a change would have made different for finished cases, and would for running ones: begun, looked at while it goes on,
 * cancelled. For whoever may see the change. Numbers only; few cases are told as few, and cases themselves are named to nobody but those who may
 * open them. Each replay is in the audit log, because a draft can be written to ask about people. Rules: [IMP4] [IMP5] [IMP6].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { because, type Language, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { fullKey } from '@ganwei/release/keys';
import { idOf } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { mayReadCase } from '../catalogue/reading.ts';
import { caseFor, involvementOf } from '../catalogue/relation.ts';
import { tell } from '../commands/examine.ts';
import { type Call, run } from '../commands/run.ts';
import { casesNamed } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import { auditChange, type Look, lookAtChange } from './change.ts';
import type { Run, Runs } from './impact-runs.ts';
import type { FlowImpact, FlowNamed, Order } from './impact-work.ts';
import { contentOf, type InForce } from './in-force.ts';
import { examined, type Seen } from './publish-change.ts';

/** Finished cases of one change, at most; several flows share them. */
export const MOST_REPLAYED = 10_000;

/** [IMP5] Fewer are told as few to whoever may not open every one of them. */
const FEW = 5;
/** Cases about which one look asks whether they may be opened. */
const MOST_ASKED = 60;

export async function beginImpact(host: Host, runs: Runs, call: Call, id: string): Promise<void> {
  const look = await lookAtChange(host.store.reader, host, call.actor, id);
  const { row } = look;
  if (row.state === 'published' || row.state === 'withdrawn') throw barred(`change.state.${row.state}`);
  if (runs.isBusyBeside(id)) throw barred('impact.busy');
  const running = runs.of(id);
  if (running && running.state === 'running' && isOf(running, look)) return;
  const seen = await examined(host, look);
  const order = await orderOf(host, seen);
  await run(host, { ...call, request: ['impact', id, row.revision] }, (tx) =>
    auditChange(tx, host, 'change-replayed', row, { by: call.actor.id, definitions: look.drafts }),
  );
  runs.begin({ change: id, revision: row.revision, release: look.inForce.release }, order);
}

export async function cancelImpact(host: Host, runs: Runs, actor: Actor, id: string): Promise<void> {
  await lookAtChange(host.store.reader, host, actor, id);
  runs.stop(id);
}

const barred = (code: 'change.state.published' | 'change.state.withdrawn' | 'impact.busy'): Refusal =>
  new Refusal('change.barred', { act: because('change.act.replay'), reason: because(code) });

const isOf = ({ revision, release }: Run, { row, inForce }: Look): boolean =>
  revision === row.revision && release === inForce.release;

/** The flows on which the drafts bear, and the content with and without them. */
export async function orderOf(host: Host, { look, content, flows }: Seen): Promise<Order> {
  const { inForce, drafts } = look;
  const known = flowsIn(inForce);
  const borne = drafts.map((draft) => flows.get(idOf(draft)) ?? (draft.what === 'retired' ? [] : null));
  const named = new Set(borne.flatMap((own) => own ?? known.map(({ full }) => full)));
  for (const draft of drafts) if (draft.kind === 'process') named.add(fullKey(draft));
  const concerned = known.filter(({ full }) => named.has(full));
  return {
    before: await contentOf(host.store.reader, inForce),
    after: content,
    flows: concerned,
    known,
    told: tell(host),
    now: host.now(),
    most: Math.floor(MOST_REPLAYED / Math.max(1, concerned.length)),
  };
}

const flowsIn = (inForce: InForce): FlowNamed[] =>
  inForce
    .all()
    .flatMap(({ named, entry }) => (named.kind === 'process' ? [{ full: fullKey(named), stored: entry.key }] : []));

// ---- looking ----------------------------------------------------------------------------------------------------------

type Shown = Answer<'impact'>;

export async function impactOf(
  host: Host,
  runs: Runs,
  { actor, id, language }: { actor: Actor; id: string; language: Language },
): Promise<Shown> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  const found = runs.of(id);
  if (!found) return { state: 'none', outdated: false, flows: [] };
  const reader = new Reader(host, actor, found, MOST_ASKED);
  const flows: Shown['flows'] = [];
  for (const flow of found.flows) flows.push(await shown(flow, reader, language));
  return { state: found.state, outdated: !isOf(found, look), flows };
}

async function shown(flow: FlowImpact, reader: Reader, language: Language): Promise<Shown['flows'][number]> {
  const { full, title, total, seen, followed, incomparable, more, moving } = flow;
  const lines: Shown['flows'][number]['lines'] = [];
  for (const { examples, count, ...line } of flow.lines)
    lines.push({ ...line, count: await reader.told(count, examples) });
  const exact = flow.different >= FEW || lines.every(({ count }) => count !== null);
  return {
    process: full,
    title,
    total,
    seen,
    followed,
    different: exact ? flow.different : null,
    incomparable,
    more,
    lines,
    moving: moving && {
      movable: moving.movable,
      barred: moving.barred.map(({ reason, count }) => ({ reason: said(reason, language), count })),
    },
  };
}

/** [IMP5] Those of the examples of a line that this person may open. */
export async function impactCases(
  host: Host,
  runs: Runs,
  { actor, id, process, line }: { actor: Actor; id: string; process: string; line: string },
): Promise<Answer<'impactCases'>> {
  await lookAtChange(host.store.reader, host, actor, id);
  const found = runs.of(id);
  const flow = found?.flows.find(({ full }) => full === process);
  const examples = flow?.lines.find((one) => one.id === line)?.examples ?? [];
  if (!found || examples.length === 0) return { rows: [] };
  const reader = new Reader(host, actor, found, examples.length);
  const own: string[] = [];
  for (const one of examples) if (await reader.mayOpen(one)) own.push(one);
  const rows = await casesNamed(host.store.reader, own);
  return { rows: rows.sort((a, b) => b.started_at - a.started_at).map(({ id: at, number }) => ({ id: at, number })) };
}

/** Whoever looks, and which of the cases he may open: asked once for each, and not for more than so many at a time. */
class Reader {
  readonly #host: Host;
  readonly #actor: Actor;
  readonly #run: Run;
  #left: number;

  constructor(host: Host, actor: Actor, found: Run, most: number) {
    this.#host = host;
    this.#actor = actor;
    this.#run = found;
    this.#left = most;
  }

  /** The number; null where it is few, and he may not open each of them. */
  async told(count: number, examples: readonly string[]): Promise<number | null> {
    if (count >= FEW) return count;
    for (const one of examples) if (!(await this.mayOpen(one))) return null;
    return count;
  }

  async mayOpen(id: string): Promise<boolean> {
    const key = `${this.#actor.id} ${id}`;
    const known = this.#run.readable.get(key);
    if (known !== undefined) return known;
    if (this.#left === 0) return false;
    this.#left -= 1;
    const may = await mayOpen(this.#host.store.reader, this.#host, this.#actor, id);
    this.#run.readable.set(key, may);
    return may;
  }
}

async function mayOpen(tx: Tx, host: Host, actor: Actor, id: string): Promise<boolean> {
  const found = await caseFor(tx, host, actor, id);
  if (!found) return false;
  const { row, sight, process } = found;
  return mayReadCase(await involvementOf(tx, { row, model: process.model, sight, person: actor }));
}
