/**
 * Owns how the server asks an expression: what it sees by name and what its functions look at belong together, and go together through
 * commands, services and pages. Must never change either. Compiling is the language's (language.ts).
 */
import { type PlatformLanguage, peopleIn, type World } from './language.ts';

/** Further names that one expression sees, e.g. `result`, `form`, `item`. */
export type Names = Readonly<Record<string, unknown>>;

export class Sight {
  readonly language: PlatformLanguage;
  readonly scope: Names;
  readonly world: World;

  constructor(language: PlatformLanguage, scope: Names, world: World) {
    this.language = language;
    this.scope = scope;
    this.world = world;
  }

  /** The value of an expression; throws FeelError. */
  ask(source: string, more?: Names): unknown {
    return this.language.compile(source).evaluate(more ? { ...this.scope, ...more } : this.scope, this.world);
  }

  /** Is it true? Anything but true is no. */
  holds(source: string, more?: Names): boolean {
    return this.ask(source, more) === true;
  }

  /** The value of an expression over half-filled data: what is not there is null. */
  askTolerantly(source: string, more?: Names): unknown {
    return this.language.tolerant(source).evaluate(more ? { ...this.scope, ...more } : this.scope, this.world);
  }

  /** A text with its placeholders filled. */
  render(template: string): string {
    return this.language.template(template).render(this.scope, this.world);
  }

  /** The people it yields, each once, unknown ones left out. */
  people(source: string, more?: Names): string[] {
    return peopleIn(this.ask(source, more), this.world.directory);
  }
}
