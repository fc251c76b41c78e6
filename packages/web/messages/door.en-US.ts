/** Owns the English words of signing in through another place and of linking. */
import type { DoorKey } from './door.zh-CN.ts';

export const doorEn: Readonly<Record<DoorKey, string>> = {
  'door.or': 'or',
  'door.enter': 'Sign in with {label}',
  'door.enterElsewhere': 'Sign in with {label} in a new window, then come back to this page',
  'door.mark': 'Reference {mark}.',
  'door.down': 'The identity provider cannot be reached; try again later, or sign in with your account here.',
  'door.declined': 'The identity provider did not agree. Try again, or sign in with your account here.',
  'door.forged':
    'The answer of the identity provider was not right, so you are not signed in. Try again; if it stays so, tell the system administrator the reference.',
  'door.expired': 'This sign-in has expired, or was not begun in this browser. Try again.',
  'door.unlinked':
    'This identity is not linked with an account here. Sign in with your account first and link it on your own page; if you have none, tell your system administrator the reference.',
  'door.left':
    'The linked account is no longer active. If you have questions, tell your system administrator the reference.',
  'door.taken':
    'Not linked: this identity belongs to another account, or your account is linked already. If you have questions, tell the system administrator the reference.',
  'door.linked': 'Linked; from now on you can sign in through the identity provider.',
  'door.code': 'The identity provider knows you. Now enter the code of your authenticator, or a recovery code.',
  'door.codeField': 'Code',
  'door.codeSubmit': 'Go on',
  'door.links': 'Linked identities',
  'door.linksNote': 'Once linked, you can sign in through the provider without your password here.',
  'door.notLinked': 'Not linked',
  'door.isLinked': 'Linked with {called}, {date}',
  'door.link': 'Link',
  'door.linkTitle': 'Link {label}',
  'door.linkNote': 'Enter your password here to show that it is you, then sign in there.',
  'door.linkSubmit': 'Go and link',
  'door.unlink': 'Unlink',
  'door.unlinkTitle': 'Unlink {label}',
  'door.unlinkNote':
    'From now on you can only sign in with your user name and password here; other sessions that came from there end. Enter your password here to show that you can.',
  'door.unlinked.done': 'No longer linked',
  'door.password': 'Password here',
};
