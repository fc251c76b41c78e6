/**
 * Owns what a door is: another place that knows people and says who has come, beside the accounts of this house (local.ts). Several doors
 * stand beside one another. A door says who somebody is outside and no more: whose account that is, is linked (links.ts), never guessed
 * by a name. Must never open a session. Rules: [IDP1] [IDP5].
 */

/** Who has come, as it is called outside. */
export interface Outside {
  /** stays the same and belongs to nobody else: what an account is linked with */
  subject: string;
  /** for people who look at the link; nothing depends on it */
  called: string;
  /** by which the other side ends sessions: of a person, or one of them */
  person: string;
  session: string | null;
  /** shown to the other side when this person signs out here */
  hint: string | null;
}

/** One way that was begun; `kept` stays on the server until the browser comes back. */
export interface Begun {
  to: string;
  kept: Readonly<Record<string, string>>;
}

/** Whose sessions the other side ends, and by which message it says so. */
export interface Farewell {
  person: string | null;
  session: string | null;
  /** no message counts twice */
  message: string;
}

export interface Door {
  /** in addresses: small letters, digits and hyphens */
  readonly key: string;
  /** on the button */
  readonly label: string;
  /** Where the browser goes. `silent`: nobody is asked anything there. Throws DoorFault. */
  begin(asked: { callback: string; state: string; silent: boolean }): Promise<Begun>;
  /** Who came back, when everything has been checked. Throws DoorFault. */
  finish(came: { callback: string; query: URLSearchParams; state: string; kept: Begun['kept'] }): Promise<Outside>;
  /** Where a person goes who has signed out here; null: nowhere. Never throws. */
  leave?(hint: string | null, home: string): Promise<string | null>;
  /** What the other side says by itself, when everything has been checked. Throws DoorFault. */
  hear?(message: string): Promise<Farewell>;
}

/** down: nobody answers there · silent: somebody would have to be asked · declined: the other side says no · forged: what came is not right */
export type DoorTrouble = 'down' | 'silent' | 'declined' | 'forged';

/** A door that does not open; the cause is for the log. */
export class DoorFault extends Error {
  override readonly name = 'DoorFault';
  readonly trouble: DoorTrouble;

  constructor(trouble: DoorTrouble, cause: unknown) {
    super(`door: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

export const callbackOf = (door: Door, publicUrl: string): string =>
  `${publicUrl.replace(/\/$/, '')}/api/session/doors/${door.key}/callback`;

/** [IDP6] Doors by their keys; a key that no address can hold, or that is there twice, is a mistake of whoever composes the platform. */
export function doorsOf(doors: readonly Door[]): ReadonlyMap<string, Door> {
  const byKey = new Map(doors.map((door) => [door.key, door]));
  if (byKey.size !== doors.length || doors.some(({ key }) => !/^[a-z][a-z0-9-]{0,31}$/.test(key)))
    throw new Error(`doors: ${doors.map(({ key }) => key).join(', ')}`);
  return byKey;
}

const LONGEST_PATH = 500;

/** [IDP4] A page of ours, or the first one: nobody is sent anywhere else. */
export function ownPath(asked: string): string {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(asked) || asked.length > LONGEST_PATH) return '/';
  const own = new URL(asked, 'http://own.invalid');
  const to = own.pathname + own.search;
  return own.host === 'own.invalid' && !/^\/(\/|api\/|sandbox\/)/.test(to) ? to : '/';
}
