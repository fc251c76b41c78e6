/**
 * Owns the English of a release for an answer: of a text, of a form, of a drawing. A form is put into English once, for as long as the release
 * is in force. Must never change what is kept. Rules: [LANG1] [LANG3].
 */
import type { Param, Reason } from '@ganwei/core/reason';
import type { FormDefinition } from '@ganwei/form/model';
import { withTexts } from '@ganwei/form/wordings';
import { drawnIn } from '@ganwei/process/drawing';
import type { Translator } from '@ganwei/release/translator';

export class English {
  /** the English of a text; the text itself where there is none */
  readonly text: (text: string) => string;
  readonly #forms = new WeakMap<object, FormDefinition>();

  constructor(translator: Translator) {
    this.text = translator.say;
  }

  /** A form as packages/form reads it. */
  form(definition: object): FormDefinition {
    const known = this.#forms.get(definition);
    if (known) return known;
    const made = withTexts(definition as FormDefinition, this.text);
    this.#forms.set(definition, made);
    return made;
  }

  drawing(xml: string): string {
    return drawnIn(xml, this.text);
  }

  /** The words of the content in what a reason or refusal names. */
  params(params: Reason['params']): Reason['params'] {
    return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, this.#param(param)]));
  }

  #param(param: Param): Param {
    if (typeof param === 'string') return this.text(param);
    if (typeof param === 'number') return param;
    if (Array.isArray(param)) return param.map(this.text);
    const reason = param as Reason;
    return { ...reason, params: this.params(reason.params) };
  }
}
