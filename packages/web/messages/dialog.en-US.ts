/** Owns the English words of the dialogs of a task. */
import type { DialogKey } from './dialog.zh-CN.ts';

export const dialogEn: Readonly<Record<DialogKey, string>> = {
  'return.to': 'Return to',
  'return.resume': 'After the correction',
  'return.again': 'Go all the way again',
  'return.againHint': 'every step in between is done anew',
  'return.straight': 'Come straight back',
  'return.straightHint': 'it returns to this step at once',
  'addSigner.hint': 'They sign this step beside you; the flow goes on when they have.',
  'addSigner.to': 'Signers',
  'transfer.hint': 'The task leaves your list and is handled by the receiver.',
  'transfer.to': 'Receiver',
};
