/**
 * Owns what a definition is to a release: a kind, a key and a text. What the text means is said by the room of its kind.
 * A release is all definitions of one state; nothing in this room reads a file or a database.
 */
import { DEFINITION_KINDS } from '@ganwei/core/definition';

export type Kind = (typeof DEFINITION_KINDS)[number];

/** In this order each can be read when those before it are known. */
export const KINDS: readonly Kind[] = DEFINITION_KINDS;

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  directory: '通讯录词汇',
  dictionary: '字典',
  calendar: '日历',
  functions: '应用函数',
  form: '表单',
  decision: '决策表',
  letter: '文书模板',
  process: '流程',
  ledger: '台账',
  overview: '概览',
  application: '应用',
  translation: '译文',
  story: '用例',
};

/** Kinds of which every application has its own: two applications may have a form `approval` each. All else is shared by all. */
export const OWNED: readonly Kind[] = ['form', 'decision', 'letter', 'process', 'story'];

export interface Definition {
  readonly kind: Kind;
  /** the application whose it is; left out for what is shared, and always for kinds that no application owns */
  readonly app?: string;
  /** as the definition calls itself, which is the name of its file */
  readonly key: string;
  /** where it was written, for messages: a path below the content folder, or the designer's name of it */
  readonly file: string;
  readonly source: string;
}

/** A definition by what it is called, whatever it says. */
export type Named = Omit<Definition, 'source'>;
