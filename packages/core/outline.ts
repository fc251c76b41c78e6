/**
 * Owns the outline of a definition: what it consists of as people call it - steps, fields, rules, entries - each with its settings as texts.
 * Every room of a kind draws the outline of its own texts; what two of them have in common is compared once (packages/release/diff.ts).
 */
import type { Words } from './reason.ts';

export type { Words };

/** What something is called in both languages of the pages. */
export const words = (zh: string, en: string): Words => ({ zh, en });

export interface OutlineSetting {
  /** unique within its item */
  readonly key: string;
  readonly label: Words;
  /** as its author wrote it */
  readonly text: string;
  /** compared instead of the text, where that calls something by a name which may change while it stays the same */
  readonly means?: string;
}

export interface OutlineItem {
  /** unique within the definition, and the same in another version of it: a BPMN id, the path of a field, the id of a rule */
  readonly id: string;
  /** the item it stands in; '' at the top */
  readonly parent: string;
  readonly type: Words;
  /** what people call it; '' where it has no name */
  readonly name: string;
  /** where it stands among its siblings says something: a field, a rule, an outcome; not a step, which is where its flows lead */
  readonly ordered: boolean;
  readonly settings: readonly OutlineSetting[];
}

export interface Outline {
  /** parents before what stands in them, siblings in their order */
  readonly items: readonly OutlineItem[];
  /** how it is drawn, where that says nothing about what it means; '' where nothing is drawn */
  readonly drawing: string;
}

/** A setting, where there is one: blank ones are not there. */
export const settingsFrom = (
  entries: readonly (readonly [key: string, label: Words, text: string | undefined])[],
): OutlineSetting[] =>
  entries.flatMap(([key, label, text]) =>
    text === undefined || text.trim() === '' ? [] : [{ key, label, text: text.trim() }],
  );
