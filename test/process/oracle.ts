/** The oracle of blocks.ts: a case as a tree of live blocks. `waiting` and `happen` speak of node ids; nothing else does. */
import type { Block } from './blocks.ts';

export interface Live {
  readonly block: Block;
  readonly done: boolean;
  waiting(): string[];
  /** something that waits happens: completes, fires, arrives or (`!id`) fails; false: not ours */
  happen(what: string): boolean;
  /** makes `target`, a task of this block, the only thing that waits in it */
  enter(target: string): void;
  /** the live parts; `undefined` where a part has not begun */
  readonly parts: readonly (Live | undefined)[];
}

/** What the blocks of one case share: rounds of loops and tokens beside the main line, per scope. */
interface Shared {
  rounds: Map<string, number>;
  side: Map<string, number>;
}

export interface Case {
  waiting(): string[];
  happen(what: string): void;
  readonly done: boolean;
  /** a jump that the blocks give a meaning to: what to cancel and where to go; undefined if there is none to `target` */
  jump(target: string): string[] | undefined;
}

export function newCase(block: Block): Case {
  const rounds = new Map<string, number>();
  const root = scopeOf(block, rounds);
  return {
    waiting: () => root.waiting(),
    happen(what) {
      if (!root.happen(what)) throw new Error(`oracle: ${what} does not wait`);
    },
    get done() {
      return root.done;
    },
    jump(target) {
      const inner = innermostSplit(root.main, target);
      const live = inner ?? root;
      if (!inner && crossesSplit(block, target)) return undefined;
      const cancel = live.waiting();
      live.enter(target);
      return cancel;
    },
  };
}

/** A scope ends when its main line has ended and nothing runs beside it. */
function scopeOf(block: Block, rounds: Map<string, number>): Live & { main: Live } {
  const shared: Shared = { rounds, side: new Map() };
  const begin = (): Live => live(block, shared);
  let main = begin();
  const beside = (): string[] => [...shared.side].filter(([, n]) => n > 0).map(([id]) => id);
  return {
    block,
    get main() {
      return main;
    },
    get parts() {
      return [main];
    },
    get done() {
      return main.done && beside().length === 0;
    },
    waiting: () => [...main.waiting(), ...beside()],
    happen(what) {
      if (main.happen(what)) return true;
      const n = shared.side.get(what) ?? 0;
      shared.side.set(what, Math.max(0, n - 1));
      return n > 0;
    },
    enter(target) {
      shared.side.clear();
      main = begin();
      main.enter(target);
    },
  };
}

function live(block: Block, shared: Shared): Live {
  if (block.kind === 'task') return taskOf(block);
  if (block.kind === 'seq') return seqOf(block, shared);
  if (block.kind === 'par' || block.kind === 'or') return splitOf(block, shared);
  if (block.kind === 'xor') return xorOf(block, shared);
  if (block.kind === 'loop') return loopOf(block, shared);
  if (block.kind === 'sub') return subOf(block, shared);
  return eventsOf(block, shared);
}

/** A live block that only passes on to one part at a time. */
function passing(block: Block, part: () => Live | undefined, more: Partial<Live>): Live {
  const base: Live = {
    block,
    get done() {
      return part()?.done ?? true;
    },
    get parts() {
      return [part()];
    },
    waiting: () => part()?.waiting() ?? [],
    happen: (what) => part()?.happen(what) ?? false,
    enter: (target) => part()?.enter(target),
  };
  return Object.defineProperties(base, Object.getOwnPropertyDescriptors(more));
}

function taskOf(block: Block): Live {
  let done = false;
  return {
    block,
    parts: [],
    get done() {
      return done;
    },
    waiting: () => (done ? [] : [block.id]),
    happen(what) {
      if (done || what !== block.id) return false;
      done = true;
      return true;
    },
    enter() {
      done = false;
    },
  };
}

function seqOf(block: Block, shared: Shared): Live {
  let at = -1;
  let part: Live | undefined;
  const advance = (): void => {
    while (at < block.parts.length && (!part || part.done)) {
      const next = block.parts[++at];
      part = next && live(next, shared);
    }
  };
  advance();
  return passing(block, () => part, {
    happen(what) {
      const ours = part?.happen(what) ?? false;
      advance();
      return ours;
    },
    enter(target) {
      at = block.parts.findIndex((one) => contains(one, target));
      part = live(block.parts[at] as Block, shared);
      part.enter(target);
    },
  });
}

function splitOf(block: Block, shared: Shared): Live {
  const taken = block.parts.map((part, i) =>
    block.kind === 'par' || (block.choice >> i) & 1 ? live(part, shared) : undefined,
  );
  const running = (): Live[] => taken.flatMap((part) => part ?? []);
  const all = (): boolean => running().every((part) => part.done);
  let over = all();
  return {
    block,
    parts: taken,
    get done() {
      return over;
    },
    waiting: () => running().flatMap((part) => part.waiting()),
    happen(what) {
      const ours = !over && running().some((part) => !part.done && part.happen(what));
      over ||= all();
      return ours;
    },
    enter: () => {
      throw new Error('oracle: a split is not entered from outside');
    },
  };
}

function xorOf(block: Block, shared: Shared): Live {
  const start = block.parts[block.choice];
  let part = start && live(start, shared);
  return passing(block, () => part, {
    enter(target) {
      const branch = block.parts.find((one) => contains(one, target)) as Block;
      part = live(branch, shared);
      part.enter(target);
    },
  });
}

function loopOf(block: Block, shared: Shared): Live {
  const body = block.parts[0] as Block;
  let part = live(body, shared);
  let done = false;
  const turn = (): void => {
    if (!part.done) return;
    const rounds = shared.rounds.get(block.id) ?? 0;
    done = rounds >= block.choice;
    shared.rounds.set(block.id, done ? 0 : rounds + 1);
    if (!done) part = live(body, shared);
  };
  return passing(block, () => part, {
    get done() {
      return done;
    },
    happen(what) {
      const ours = !done && part.happen(what);
      if (ours) turn();
      return ours;
    },
    enter(target) {
      done = false;
      part = live(body, shared);
      part.enter(target);
    },
  });
}

function subOf(block: Block, shared: Shared): Live {
  const inner = scopeOf(block.parts[0] as Block, shared.rounds);
  return passing(block, () => inner, {});
}

/** guard: a wait that another event may interrupt; remind: one beside which a task is started; race: whichever comes first */
function eventsOf(block: Block, shared: Shared): Live {
  const { id, kind, choice } = block;
  let open = kind === 'race' ? [`${id}t`, `${id}m`] : kind === 'guard' && choice === 2 ? [id] : [id, `${id}b`];
  let after: Live | undefined;
  let left = choice;
  const beside = block.parts[0]?.id ?? '';
  const follow = (part: number): void => {
    open = [];
    after = live(block.parts[part] as Block, shared);
  };
  return passing(block, () => after, {
    get done() {
      return open.length === 0 && (after?.done ?? true);
    },
    waiting: () => [...open, ...(after?.waiting() ?? [])],
    happen(what) {
      if (after) return after.happen(what);
      if (kind === 'guard' && choice === 2 && what === `!${id}`) follow(0);
      else if (!open.includes(what)) return false;
      else if (kind === 'race') follow(what === `${id}t` ? 0 : 1);
      else if (what === id) open = [];
      else if (kind === 'guard') follow(0);
      else {
        shared.side.set(beside, (shared.side.get(beside) ?? 0) + 1);
        if (left-- === 0) open = [id];
      }
      return true;
    },
    enter(target) {
      follow(block.parts.findIndex((part) => part.id === target));
    },
  });
}

/** Ids of the tasks a jump may go to: those on the main line. */
export const targetsOf = (block: Block): string[] =>
  block.kind === 'task' ? [block.id] : block.kind === 'remind' ? [] : block.parts.flatMap(targetsOf);

const contains = (block: Block, id: string): boolean =>
  (block.kind === 'task' && block.id === id) || block.parts.some((part) => contains(part, id));

/** The running branch of the innermost running split around the target. */
function innermostSplit(root: Live, target: string): Live | undefined {
  let found: Live | undefined;
  const visit = (at: Live): void => {
    if (at.done || !contains(at.block, target)) return;
    for (const part of at.parts) {
      if (!part || !contains(part.block, target)) continue;
      if (at.block.kind === 'par' || at.block.kind === 'or')
        found = crossesSplit(part.block, target) ? undefined : part;
      visit(part);
    }
  };
  visit(root);
  return found;
}

/** Would entering the block at the target begin a split in only one of its branches? */
function crossesSplit(block: Block, target: string): boolean {
  if (block.kind === 'par' || block.kind === 'or') return true;
  const part = block.parts.find((one) => contains(one, target));
  return part !== undefined && part.kind !== 'task' && crossesSplit(part, target);
}
