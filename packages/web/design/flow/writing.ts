/** Owns what a step of undo is: a command of ours on the stack of bpmn-js, which writes and takes back. Rule: [DES22]. */
import { apply, type Change } from './moddle.ts';
import type { Drawn } from './tools.ts';

/** Changes of settings, and the elements that are drawn anew. */
export interface Writing {
  readonly changes: readonly Change[];
  readonly elements: readonly Drawn[];
  back?: readonly Change[];
}

/** One command of the command stack: writes, and takes back. */
export class WriteHandler {
  execute(context: Writing): readonly Drawn[] {
    context.back = apply(context.changes);
    return context.elements;
  }

  revert(context: Writing): readonly Drawn[] {
    apply(context.back ?? []);
    return context.elements;
  }
}

/** Several changes of the drawing as one command. */
export class ComposeHandler {
  preExecute({ run }: { run(): void }): void {
    run();
  }

  execute(): readonly Drawn[] {
    return [];
  }

  revert(): readonly Drawn[] {
    return [];
  }
}
