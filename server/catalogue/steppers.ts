/**
 * Owns the steps that a platform remembers, a stepper for each compiled process. A stepper knows which markings are stored, and they are stored in
 * one database: platforms may share what is compiled (library.ts), never this. Rules: [P3] [LIB3].
 */
import { type CompiledProcess, makeStepper, type Stepper } from '@ganwei/process/step';

export class Steppers {
  readonly #made = new WeakMap<CompiledProcess, Stepper>();

  of(process: CompiledProcess): Stepper {
    const made = this.#made.get(process) ?? makeStepper(process);
    this.#made.set(process, made);
    return made;
  }
}
