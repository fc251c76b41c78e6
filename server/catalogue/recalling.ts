/**
 * Owns what a flow knows of the earlier names of its forms' fields: a case keeps the version of its flow, and what is newer - letters, ledgers, tables, functions -
 * asks for the names of now. The forms of now say how they were called. Found out once for each version of a flow in a release. Rule: [REN8].
 */
import { DefinitionError } from '@ganwei/core/definition';
import { type Former, formerIn } from '@ganwei/form/formerly';
import type { ProcessModel } from '@ganwei/process/model';
import type { Catalogue } from './catalogue.ts';
import type { ProcessEntry } from './library.ts';

export class Recalling {
  readonly #form: Catalogue['form'];
  readonly #entries = new Map<string, Promise<ProcessEntry>>();

  /** `form`: the newest of a key as it is written in an application */
  constructor(form: Catalogue['form']) {
    this.#form = form;
  }

  /** The flow with what its forms were called; itself where nothing was renamed. */
  entry(entry: ProcessEntry): Promise<ProcessEntry> {
    const id = `${entry.key}/${entry.version}`;
    const known = this.#entries.get(id);
    if (known) return known;
    const made = this.#recall(entry);
    this.#entries.set(id, made);
    made.catch(() => this.#entries.delete(id));
    return made;
  }

  async #recall(entry: ProcessEntry): Promise<ProcessEntry> {
    const former = new Map<string, readonly Former[]>();
    for (const [form, as] of filledForms(entry.model)) {
      const found = formerIn(await this.#fieldsOf(entry.app, form));
      if (found.length > 0) former.set(as, [...(former.get(as) ?? []), ...found]);
    }
    return former.size === 0 ? entry : { ...entry, former };
  }

  /** Of a form that is no longer there nothing was renamed. */
  async #fieldsOf(app: string, form: string) {
    try {
      return (await this.#form(app, form)).value.fields;
    } catch (error) {
      if (error instanceof DefinitionError) return [];
      throw error;
    }
  }
}

/** The forms that people fill in, each with the name under which the case keeps it. */
function filledForms({ nodes }: ProcessModel): [form: string, as: string][] {
  return [...nodes.values()].flatMap(({ start, task }) =>
    [start, task].flatMap((step): [string, string][] => (step?.form ? [[step.form, step.as]] : [])),
  );
}
