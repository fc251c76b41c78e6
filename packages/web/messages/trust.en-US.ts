/** Owns the English words of what is asked before something is sent or somebody is let in; the keys are those of trust.zh-CN.ts. */
import type { TrustKey } from './trust.zh-CN.ts';

export const trustEn: Readonly<Record<TrustKey, string>> = {
  'audience.title': 'Who reads it',
  'audience.organ': 'Those of my organ who work on the case',
  'audience.concerned': 'The persons concerned, too',
  'audience.names': 'Of those on the case, {names} will read it.',
  'audience.nobody': 'Nobody else who has to do with this case will read it.',
  'audience.count': 'Of those on the case, {n} will read it.',
  'audience.readers': 'So can whoever may read the whole case by its process.',
  'factor.title': 'Second factor',
  'factor.note': 'To sign in, the six digits of an authenticator are asked beside the password.',
  'factor.due': 'Administrators set up a second factor before going on.',
  'factor.begin': 'Set up a second factor',
  'factor.password': 'Password',
  'factor.scan': 'Scan this with an authenticator, or type in the secret; then enter the code it shows.',
  'factor.picture': 'Picture for the authenticator to scan',
  'factor.secret': 'Secret',
  'factor.code': 'Code',
  'factor.confirm': 'Set up',
  'factor.codes': 'Recovery codes',
  'factor.codesHint':
    'Without the phone, a recovery code stands in for one code. They are shown this once: write them down and keep them safe.',
  'factor.saved': 'I have kept them',
  'factor.on': 'Set up; {n} recovery codes are left.',
  'factor.end': 'Do without',
  'factor.ended': 'The second factor is gone',
  'factor.required':
    'Administrators cannot do without. Whoever lost the phone has the system administrator ask for a reset, to which the security administrator consents.',
};
