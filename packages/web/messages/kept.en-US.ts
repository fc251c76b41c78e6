/** Owns the English words about two states of a draft. */
import type { KeptKey } from './kept.zh-CN.ts';

export const keptEn: Readonly<Record<KeptKey, string>> = {
  'kept.found': 'This device holds text of {at} that was not sent.',
  'kept.moved':
    'This draft was changed on another page or device; nothing has been overwritten. Compare and choose; until then nothing is saved by itself.',
  'kept.choose': 'Compare and choose',
  'kept.drop': 'Discard',
  'kept.anew': 'Save as a new draft',
  'kept.title': 'Compare and choose',
  'kept.hint': '{n} places differ. Choose for each what to keep.',
  'kept.here': 'This page',
  'kept.elsewhere': 'The other one',
  'kept.onDevice': 'Kept on this device',
  'kept.blank': '(empty)',
  'kept.save': 'Save what is chosen',
  'kept.unsent': 'This device holds text that was not sent',
  'kept.open': 'Open',
};
