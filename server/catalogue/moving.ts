/**
 * Owns the judgement whether a case may go on by the version of its process that is in force: the preview shows it and the command acts by
 * it, so both ask here. Reads only; what moves with the case is case/move.ts. Rules: [C61] [C62] [PRO19] [S60].
 */
import { DefinitionError } from '@ganwei/core/definition';
import { because, type Reason } from '@ganwei/core/reason';
import { FeelError } from '@ganwei/feel/error';
import { type Instead, type Migration, migrate } from '@ganwei/process/migrate';
import type { ProcessFlow, ProcessNode } from '@ganwei/process/model';
import { carry, type Round, RoundFault } from '@ganwei/process/round';
import { makeStepper, NoWay } from '@ganwei/process/step';
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
  /** flows to branches that begin there beside what waits [C65] */
  branches: readonly string[];
  /** slots that are left for other steps [RUN4] */
  left: readonly string[];
  /** steps that begin with the move, by themselves or beside what waits; not those that stand in for others */
  begins: readonly string[];
  /** id of a task -> its round there */
  rounds: ReadonlyMap<string, Round>;
}

/** Either what to go on by, or every reason why not; `aside`: what might be withdrawn [PRO83]. */
export type Judgement =
  | { target: Target }
  | { reasons: readonly Reason[]; aside?: readonly (readonly [later: string, first: string])[] };

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
    return {
      target: {
        process: next,
        release,
        marking: row.marking,
        opens: [],
        branches: [],
        left: [],
        begins: [],
        rounds: new Map(),
      },
    };
  }
  const text = await loadMarking(tx, `${process.key}@${process.version}`, row.marking);
  if (text === undefined) throw new Error(`the text of marking ${row.marking} is not stored`);
  const moved = await migrate(text, process.compiled, next.compiled, instead);
  if ('reasons' in moved) return moved;
  const staying = standing.tasks.filter(({ slot }) => !moved.left.includes(slot));
  const rounds = carryRounds({ ...standing, tasks: staying }, next);
  if ('reasons' in rounds) return rounds;
  const begun = await begunBy(standing, next, moved);
  if ('reasons' in begun) return begun;
  const begins = begun.begins.filter((node) => ![...(instead?.values() ?? [])].includes(node));
  return { target: { process: next, release, ...moved, ...rounds, begins } };
}

/** [C65] Takes the case up in thought. */
async function begunBy(
  { row, sight }: Standing,
  { compiled }: ProcessEntry,
  { marking, text, opens, branches, left }: Extract<Migration, { marking: string }>,
): Promise<{ begins: string[] } | { reasons: Reason[] }> {
  if (opens.length + branches.length + left.length === 0) return { begins: [] };
  const waits = Object.keys(row.slots).filter((slot) => !left.includes(slot));
  let asked = '';
  const decide = ({ condition = '' }: ProcessFlow): boolean => {
    asked = condition;
    return sight.ask(condition) === true;
  };
  try {
    const stimulus = { kind: 'resume' as const, waits, branches };
    const { opened } = await makeStepper(compiled).step(marking, stimulus, decide, async () => text);
    return { begins: opened.filter(({ host, kind }) => !host && kind !== 'timer').map(({ node }) => node) };
  } catch (error) {
    if (!(error instanceof FeelError || error instanceof NoWay)) throw error;
    return { reasons: [because('move.taking-up', { condition: asked })] };
  }
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
