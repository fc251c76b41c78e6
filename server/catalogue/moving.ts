/**
 * Owns the judgement whether a case may go on by the version of its process that is in force: the preview shows it and the command acts by
 * it, so both ask here. Reads only; what moves with the case is case/move.ts. Rules: [C61] [C62] [PRO19] [S60].
 */
import { DefinitionError } from '@ganwei/core/definition';
import { because, type Reason } from '@ganwei/core/reason';
import { type Instead, migrate } from '@ganwei/process/migrate';
import type { ProcessNode } from '@ganwei/process/model';
import { carry, type Round, RoundFault } from '@ganwei/process/round';
import { loadMarking } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import type { CaseRow, TaskRow } from '../store/rows.ts';
import type { Catalogue } from './catalogue.ts';
import type { ProcessEntry } from './library.ts';
import type { Sight } from './sight.ts';
import { lastSigners, roundOf } from './signing.ts';

/** Where the case stands now. */
export interface Standing {
  row: CaseRow;
  process: ProcessEntry;
  tasks: readonly TaskRow[];
  sight: Sight;
}

/** What the case would go on by. */
export interface Target {
  process: ProcessEntry;
  /** its forms are those of this release */
  release: number;
  marking: string;
  /** of the marking; undefined: the version stays, and so does the marking */
  text?: string;
  /** nodes at which branches wait that need not wait there: the case goes on as soon as it has moved */
  opens: readonly string[];
  /** id of a task -> its round there */
  rounds: ReadonlyMap<string, Round>;
}

/** Either what to go on by, or every reason why not. */
export type Judgement = { target: Target } | { reasons: readonly Reason[] };

/** Is another version, or another release of its forms, in force than the case goes by? */
export function isBehind(catalogue: Catalogue, { process, version, release }: CaseRow): boolean {
  const newest = catalogue.list('process').find(({ key }) => key === process);
  return newest !== undefined && (newest.version !== version || catalogue.release > release);
}

/**
 * [C61] Every place where the case stands must be there, and every signature must mean there what it means here. `instead`: steps that are left
 * for others before [RUN4].
 */
export async function judgeMove(
  tx: Tx,
  catalogue: Catalogue,
  standing: Standing,
  instead?: Instead,
): Promise<Judgement> {
  const { row, process } = standing;
  const next = await inForce(catalogue, row.process);
  if (!next) return { reasons: [because('move.retired')] };
  if (!isBehind(catalogue, row)) return { reasons: [because('move.current')] };
  const { release } = catalogue;
  if (next.version === row.version) {
    return { target: { process: next, release, marking: row.marking, opens: [], rounds: new Map() } };
  }
  const text = await loadMarking(tx, `${process.key}@${process.version}`, row.marking);
  if (text === undefined) throw new Error(`the text of marking ${row.marking} is not stored`);
  const moved = await migrate(text, process.compiled, next.compiled, instead);
  if ('reasons' in moved) return moved;
  const rounds = carryRounds(standing, next);
  return 'reasons' in rounds ? rounds : { target: { process: next, release, ...moved, ...rounds } };
}

/** The version in force; undefined: the process is retired. */
export async function inForce(catalogue: Catalogue, key: string): Promise<ProcessEntry | undefined> {
  try {
    return await catalogue.process(key);
  } catch (error) {
    if (error instanceof DefinitionError) return undefined;
    throw error;
  }
}

/** [S60] The rounds of all open tasks, or who has signed what would not count. */
function carryRounds(
  { process, tasks, sight }: Standing,
  next: ProcessEntry,
): { rounds: Map<string, Round> } | { reasons: Reason[] } {
  const rounds = new Map<string, Round>();
  const reasons: Reason[] = [];
  for (const task of tasks) {
    const [before, after] = [process.model.nodes.get(task.node), next.model.nodes.get(task.node)];
    if (!before?.task || !after?.task) continue;
    const round = roundOf(task, before.task, sight);
    try {
      rounds.set(task.id, carry(round, before.task, { ...after.task, last: lastSigners(after.task, sight) }));
    } catch (error) {
      reasons.push(reasonOf(error, before));
    }
  }
  return reasons.length > 0 ? { reasons } : { rounds };
}

function reasonOf(error: unknown, { name, task }: ProcessNode): Reason {
  if (!(error instanceof RoundFault)) throw error;
  if (error.code !== 'outcome') return because('move.signed', { name });
  const outcome = task?.outcomes.find(({ key }) => key === error.subject)?.label ?? error.subject;
  return because('move.outcome', { name, outcome });
}
