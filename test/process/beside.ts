/** Plays the token game beside the engine: the same things happen with the same answers, and all that is told must be equal. */
import { gameOf, type Move } from '@ganwei/process/game';
import type { ProcessModel } from '@ganwei/process/model';
import type { Leaf, Stimulus } from '@ganwei/process/step';

export interface Beside {
  /** what the game says otherwise than the engine, if anything; after a jump, which the game does not know, nothing */
  follow(stimulus: Stimulus, leaf: Leaf): string | undefined;
  /** the engine has thrown after these answers: what the game does instead of throwing the same, if anything */
  fails(stimulus: Stimulus, asked: readonly [string, boolean][], error: Error): string | undefined;
}

export function beside(model: ProcessModel): Beside {
  const game = gameOf(model);
  let marking: string | null = null;
  let lost = false;
  return {
    follow(stimulus, leaf) {
      lost ||= stimulus.kind === 'jump';
      if (lost || stimulus.kind === 'jump') return undefined;
      const move = game.move(marking, stimulus, replaying(leaf.answers));
      marking = move.next;
      const [ours, theirs] = [toldOf(move), toldOf(leaf)];
      return ours === theirs ? undefined : `the game tells ${ours}\nthe engine ${theirs}`;
    },
    fails(stimulus, asked, error) {
      if (lost || stimulus.kind === 'jump') return undefined;
      try {
        return `the game goes on to ${game.move(marking, stimulus, replaying(asked)).next}, the engine fails: ${error}`;
      } catch (failure) {
        return String(failure) === String(error) ? undefined : `the game fails: ${failure}\nthe engine fails: ${error}`;
      }
    },
  };
}

/** The same answers to the same conditions in the same order. */
function replaying(given: readonly (readonly [flow: string, answer: boolean])[]) {
  const answers = [...given];
  return (flow: { id: string }): boolean => {
    const [asked, answer] = answers.shift() ?? [];
    if (asked !== flow.id) throw new Error(`the game asks ${flow.id}, the engine ${asked}`);
    return answer === true;
  };
}

function toldOf({ next, kept, closed, opened, taken, passed, ends, answers, stuck }: Move | Leaf): string {
  const told = { ended: next === null, kept, closed, opened, taken, passed, ends, answers };
  return JSON.stringify({ ...told, stuck: [...(stuck ?? [])].sort() });
}
