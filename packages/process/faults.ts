/**
 * Owns what can go wrong in one step of a process, whoever plays it: the engine (engine.ts) or the token game (game.ts).
 * The messages are for logs; what a person reads is written by those who catch these. Must never import the engine.
 */

/** A gateway none of whose conditions holds and that has no default flow: an incident, never an end. */
export class NoWay extends Error {
  override readonly name = 'NoWay';
  readonly gateway: string;
  constructor(gateway: string) {
    super(`no condition holds at gateway ${gateway} and it has no default flow`);
    this.gateway = gateway;
  }
}

/** An error raised by a wait or an end event that no boundary event catches. */
export class Uncaught extends Error {
  override readonly name = 'Uncaught';
  readonly node: string;
  readonly code: string;
  constructor(node: string, code: string) {
    super(`no boundary event catches the error ${code} of ${node}`);
    this.node = node;
    this.code = code;
  }
}

/** One step that never comes to rest: a circle of nodes none of which waits. */
export class Endless extends Error {
  override readonly name = 'Endless';
  readonly node: string;
  constructor(node: string) {
    super(`a step does not come to rest; it passes ${node} again and again`);
    this.node = node;
  }
}
