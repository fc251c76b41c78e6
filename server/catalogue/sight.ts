/**
 * Owns how the server asks an expression: what it sees by name and what its functions look at belong together, and go together through
 * commands, services and pages. Must never change either. Compiling is the language's (language.ts).
 */
import { feel, peopleIn, type World } from './language.ts';

/** Further names that one expression sees, e.g. `result`, `form`, `item`. */
export type Names = Readonly<Record<string, unknown>>;

export class Sight {
  readonly scope: Names;
  readonly world: World;

  constructor(scope: Names, world: World) {
    this.scope = scope;
    this.world = world;
  }

  /** The value of an expression; throws FeelError. */
  ask(source: string, more?: Names): unknown {
    return feel(source).evaluate(more ? { ...this.scope, ...more } : this.scope, this.world);
  }

  /** Is it true? Anything but true is no. */
  holds(source: string, more?: Names): boolean {
    return this.ask(source, more) === true;
  }

  /** The people it yields, each once, unknown ones left out. */
  people(source: string, more?: Names): string[] {
    return peopleIn(this.ask(source, more), this.world.directory);
  }
}
