/**
 * Random block-structured processes and their oracle: what must wait after anything that happens, computed from the blocks
 * alone, with nothing of BPMN in it. The room's central test plays the same case on both.
 */
import {
  boundary,
  call,
  correlated,
  diagram,
  flow,
  node,
  onError,
  onMessage,
  service,
  timer,
  user,
} from './diagram.ts';

export interface Block {
  kind: 'task' | 'seq' | 'par' | 'xor' | 'or' | 'loop' | 'sub' | 'guard' | 'remind' | 'race';
  id: string;
  parts: Block[];
  /** xor: branch taken (one that is not there is an empty flow); or: bits of branches taken; loop: further rounds; guard: what interrupts; remind: further times */
  choice: number;
}

export type Random = () => number;

/** A repeatable source of numbers 0…1. */
export function randomFrom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export const below = (random: Random, n: number): number => Math.floor(random() * n);

/** A random process of nested blocks, no new ones after `size`; `events` adds timers, messages, errors and races. */
export function randomBlock(random: Random, events: boolean, size = 12): Block {
  let count = 0;
  const make = (kind: Block['kind'], parts: Block[], choice = 0): Block => ({
    kind,
    id: `${kind[0]}${count++}`,
    parts,
    choice,
  });
  const several = (n: number, depth: number): Block[] => Array.from({ length: n }, () => any(depth - 1));
  const any = (depth: number): Block => {
    const dice = random();
    if (depth <= 0 || count >= size || dice < 0.26) return events ? event() : make('task', []);
    if (dice < 0.48) return make('seq', several(2 + below(random, 2), depth));
    if (dice < 0.64) return make('par', several(2 + below(random, 2), depth));
    if (dice < 0.75) return make('xor', several(1 + below(random, 2), depth), below(random, 2));
    if (dice < 0.85) return make('loop', [make('seq', [any(depth - 1), make('task', [])])], below(random, 3));
    if (dice < 0.93) return make('or', several(3, depth), below(random, 8));
    return make('sub', several(1, depth));
  };
  const event = (): Block => {
    const dice = random();
    if (dice < 0.4) return make('task', [], below(random, 3));
    if (dice < 0.65) return make('guard', [make('task', [])], below(random, 3));
    if (dice < 0.85) return make('remind', [make('task', [])], below(random, 3));
    return make('race', [make('task', []), make('task', [])]);
  };
  return make('seq', [any(size < 6 ? 2 : 3), make('task', [])]);
}

/** The block as a BPMN file. */
export function fileOf(block: Block): string {
  let flows = 0;
  const link = (from: string, to: string, condition?: string): string => flow(`f${flows++}`, from, to, condition);
  const drawn = draw(block, link, () => `f${flows++}`);
  const body = `${node('startEvent', 'start')}${node('endEvent', 'end')}${drawn.xml}${link('start', drawn.first)}${link(drawn.last, 'end')}`;
  return diagram(body, '<message id="m" name="note"/><error id="e" errorCode="NO"/>');
}

interface Drawn {
  xml: string;
  first: string;
  last: string;
}

type Link = (from: string, to: string, condition?: string) => string;

function draw(block: Block, link: Link, nextFlow: () => string): Drawn {
  const { id, kind, choice } = block;
  const parts = block.parts.map((part) => draw(part, link, nextFlow));
  const inside = parts.map(({ xml }) => xml).join('');
  const [one, two] = parts as [Drawn, Drawn | undefined];
  const [fork, join] = [`${id}f`, `${id}j`];
  const gates = (type: string, standard = ''): string =>
    `${node(type, fork, standard && `default="${standard}"`)}${node(type, join)}`;
  const branches = (condition: (i: number) => string | undefined): string =>
    parts.map((part, i) => `${link(fork, part.first, condition(i))}${link(part.last, join)}`).join('');
  const ends = { first: fork, last: join };
  switch (kind) {
    case 'task':
      return { xml: [user, service, call][choice]?.(id) ?? '', first: id, last: id };
    case 'seq': {
      const links = parts.slice(1).map((part, i) => link((parts[i] as Drawn).last, part.first));
      return { xml: inside + links.join(''), first: one.first, last: (parts.at(-1) as Drawn).last };
    }
    case 'par':
      return { xml: `${gates('parallelGateway')}${inside}${branches(() => undefined)}`, ...ends };
    case 'xor': {
      const standard = nextFlow();
      const second = !two
        ? flow(standard, fork, join)
        : `${two.xml}${flow(standard, fork, two.first)}${link(two.last, join)}`;
      const first = `${one.xml}${link(fork, one.first, `is_${choice}_0`)}${link(one.last, join)}`;
      return { xml: `${gates('exclusiveGateway', standard)}${first}${second}`, ...ends };
    }
    case 'or': {
      const standard = nextFlow();
      const taken = branches((i) => `bit_${choice}_${i}`);
      return { xml: `${gates('inclusiveGateway', standard)}${inside}${taken}${flow(standard, fork, join)}`, ...ends };
    }
    case 'loop': {
      const standard = nextFlow();
      const again = node('exclusiveGateway', `${id}b`, `default="${standard}"`);
      const circle = `${link(fork, one.first)}${link(one.last, `${id}b`)}${link(`${id}b`, fork, `again_${id}_${choice}`)}`;
      return {
        xml: `${gates('exclusiveGateway')}${again}${inside}${circle}${flow(standard, `${id}b`, join)}`,
        ...ends,
      };
    }
    case 'sub': {
      const border = `${node('startEvent', `${id}s`)}${node('endEvent', `${id}e`)}`;
      const links = `${link(`${id}s`, one.first)}${link(one.last, `${id}e`)}`;
      return { xml: node('subProcess', id, '', border + inside + links), first: id, last: id };
    }
    default:
      return drawEvents(block, one, two, link);
  }
}

const GUARDS = [timer('timeDuration', 'P1D'), correlated + onMessage('m'), onError('e')];

function drawEvents({ id, kind, choice }: Block, one: Drawn, two: Drawn | undefined, link: Link): Drawn {
  const join = `${id}j`;
  if (kind === 'guard') {
    const guard = boundary(`${id}b`, id, GUARDS[choice] as string);
    const links = `${link(id, join)}${link(`${id}b`, one.first)}${link(one.last, join)}`;
    return { xml: `${service(id)}${guard}${one.xml}${node('exclusiveGateway', join)}${links}`, first: id, last: join };
  }
  if (kind === 'remind') {
    const cycle = choice === 0 ? timer('timeDuration', 'P1D') : timer('timeCycle', `R${choice + 1}/P1D`);
    const links = `${link(`${id}b`, one.first)}${link(one.last, `${id}e`)}`;
    const side = `${boundary(`${id}b`, id, cycle, false)}${one.xml}${node('endEvent', `${id}e`)}${links}`;
    return { xml: `${user(id)}${side}`, first: id, last: id };
  }
  const events =
    node('intermediateCatchEvent', `${id}t`, '', timer('timeDate', '2030-01-01')) +
    node('intermediateCatchEvent', `${id}m`, '', correlated + onMessage('m'));
  const other = two as Drawn;
  const links =
    `${link(id, `${id}t`)}${link(id, `${id}m`)}${link(`${id}t`, one.first)}${link(`${id}m`, other.first)}` +
    `${link(one.last, join)}${link(other.last, join)}`;
  const gates = `${node('eventBasedGateway', id)}${node('exclusiveGateway', join)}`;
  return { xml: gates + events + one.xml + other.xml + links, first: id, last: join };
}

/** The answer to a condition of such a file. `rounds` counts the rounds of every loop and belongs to one case. */
export function answer(condition: string, rounds: Map<string, number>): boolean {
  const [what, a, b] = condition.split('_') as [string, string, string];
  if (what === 'is') return a === b;
  if (what === 'bit') return ((Number(a) >> Number(b)) & 1) === 1;
  const done = rounds.get(a) ?? 0;
  rounds.set(a, done < Number(b) ? done + 1 : 0);
  return done < Number(b);
}
