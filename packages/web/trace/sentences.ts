/**
 * Owns the sentence that the record says about each kind of entry. The table follows core/history.ts: a kind without a sentence does not
 * compile. Entries of older versions may lack a part; then nothing is said rather than half a sentence. Rule: [H3].
 */
import type { HistoryDetails, HistoryKind } from '@ganwei/core/history';
import type { Language } from '@ganwei/form/model';
import { dateText } from '@ganwei/form/office';
import type { MessageKey, Say } from '../kit/language.tsx';

type Said = readonly [key: MessageKey, params: Readonly<Record<string, string | number | undefined>>];

/** null: head, outcome and comment of the entry say all. */
type Sentence<K extends HistoryKind> = ((detail: Partial<HistoryDetails[K]>, language: Language) => Said) | null;

const SENTENCES: { readonly [K in HistoryKind]: Sentence<K> } = {
  started: null,
  submitted: null,
  returned: ({ to, resume }) => [resume === 'straight' ? 'did.returnedStraight' : 'did.returned', { to }],
  transferred: ({ toName }) => ['did.transferred', { to: toName }],
  claimed: null,
  withdrawn: null,
  commented: null,
  attached: ({ files }) => ['did.attached', { files: files?.join('、') }],
  receipt: null,
  urged: null,
  'signer-added': ({ names }) => ['did.signersAdded', { names }],
  'action-started': ({ action, number }) => ['did.actionStarted', { action, number }],
  'incident-solved': ({ comment }) => ['did.solved', { comment }],
  assigned: ({ names, beyond, agreedBy }) =>
    beyond ? ['did.assignedBeyond', { names, by: agreedBy }] : ['did.assigned', { names }],
  'moved-version': ({ from, to, reason }) => ['did.movedVersion', { from, to, reason }],
  'ended-early': ({ by }) => ['did.endedEarly', { by }],
  rescheduled: moved,
  recalculated: moved,
  'handed-over': ({ toName }) => ['did.handedOver', { to: toName }],
  suspended: ({ reason }) => ['did.suspended', { reason }],
  resumed: ({ days }) => ['did.resumed', { n: days }],
  'action-ended': ({ action, number, result }) => ['did.actionEnded', { action, number, result }],
  timer: null,
  reminded: ({ text }) => ['did.reminded', { text }],
  letter: ({ title, number }) => ['did.letter', { title, number }],
  copied: ({ number, to }) => ['did.copied', { number, n: to }],
  'letter-void': ({ number, reason }) => ['did.letterVoid', { number, reason }],
  decided: ({ name }) => ['did.decided', { name }],
  messaged: null,
  undelivered: null,
  message: null,
  recorded: null,
  'file-known': ({ file, cases }) => ['did.fileKnown', { file, n: cases }],
  notified: ({ text }) => ['did.notified', { text }],
  effect: null,
  noted: ({ text }) => ['did.noted', { text }],
  ended: null,
  'called-off': null,
  'child-ended': ({ number }) => ['did.childEnded', { number }],
  incident: ({ detail }) => ['did.incident', { detail }],
};

function moved({ from, due }: { from?: string | null; due?: string }, language: Language): Said {
  const day = due && dateText(due, language);
  return from ? ['did.rescheduled', { from: dateText(from, language), due: day }] : ['did.dueSet', { due: day }];
}

/** What an entry of a kind that this version does not know can say of itself. */
const unknown = ({ kind }: { kind?: string }): Said => ['did.other', { kind }];

/** An entry of the record as it comes from the server: stored detail is read as what its kind promises, with parts that may be missing. */
export interface Told {
  kind: HistoryKind | 'other';
  /** the step it belongs to; '' for the case as a whole */
  node: string;
  /** null: not for this reader */
  detail: unknown;
}

/** What the person or the house did; '' where the rest of the line says it all, or where this reader may not know. */
export function sentenceOf({ kind, node, detail }: Told, say: Say, language: Language): string {
  const sentence = (kind === 'other' ? unknown : SENTENCES[kind]) as Sentence<HistoryKind>;
  const said = detail === null ? undefined : sentence?.(detail as Partial<HistoryDetails[HistoryKind]>, language);
  if (said) {
    const [key, given] = said;
    const params = Object.entries(given).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
    if (params.length === Object.keys(given).length) return say(key, Object.fromEntries(params));
  }
  // the head names the step, so the kind is still to be said
  return node ? say(`kind.${kind}`) : '';
}
