/** Walks one case through a process in the words of a story: `complete u`, `fire t`, `error s NO`, `jump u a,b`. */
import { compileProcess } from '@ganwei/process/compile';
import {
  type CompiledProcess,
  type Leaf,
  makeStepper,
  type Stepper,
  type Stimulus,
  type Wait,
} from '@ganwei/process/step';
import { applied } from './playing.ts';

export interface Walk {
  readonly stepper: Stepper;
  readonly texts: Map<string, string>;
  readonly marking: string | null;
  /** does one thing and returns what waits then: slots, sorted; `(end)` when the case has ended */
  go(what: string): Promise<string>;
  last(): Leaf;
}

export async function walk(source: string | CompiledProcess, answers: Record<string, boolean> = {}): Promise<Walk> {
  const process = typeof source === 'string' ? await compileProcess(source) : source;
  const stepper = makeStepper(process);
  const texts = new Map<string, string>();
  let marking: string | null = null;
  let waits = new Map<string, Wait>();
  let leaf: Leaf | undefined;
  return {
    stepper,
    texts,
    get marking() {
      return marking;
    },
    async go(what) {
      const decide = (flow: { id: string }): boolean => answers[flow.id] ?? false;
      leaf = await stepper.step(marking, stimulusOf(what), decide, async (hash) => texts.get(hash));
      if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
      waits = applied(waits, leaf);
      marking = leaf.next;
      return marking === null ? '(end)' : [...waits.keys()].sort().join(' ');
    },
    last: () => leaf as Leaf,
  };
}

export function stimulusOf(what: string): Stimulus {
  const [kind, first = '', second = ''] = what.split(' ');
  if (kind === 'start') return { kind, startEvent: first };
  if (kind === 'jump') return { kind, to: first, cancel: second === '' ? [] : second.split(',') };
  if (kind === 'error') return { kind, slot: first, code: second };
  return { kind: kind as 'complete' | 'fire' | 'message', slot: first };
}
