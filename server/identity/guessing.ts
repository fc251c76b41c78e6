/**
 * Owns how often a password may be guessed. A guess is counted before the password is looked at, by where it comes from: a browser that has
 * signed in as this person before; anybody else by name and address, by name, and by address. Whoever has used up a lane waits, longer each
 * time, and is answered as for a wrong password. Nobody can lock the account of another: a known browser has a lane of its own.
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies".) Rules: [I2] [I8].
 */
import { createHash } from 'node:crypto';
import { countGuess, forgetLane, isKnownBrowser, pauseLane, uncountGuess } from '../store/guesses.ts';
import type { Tx } from '../store/open.ts';

/** Where a guess comes from. */
export interface Origin {
  /** network address of the browser, as the server or its trusted proxy sees it */
  address: string;
  /** the token of a browser that has signed in before; '' for none */
  browser: string;
}

interface Lane {
  id: string;
  /** guesses that cost nothing */
  free: number;
}

/** A lane that has been quiet for so long begins anew. */
const MEMORY = 60 * 60_000;
const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 15 * 60_000;

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Counted {
  /** the password may be looked at */
  admitted: boolean;
  /** this guess has used up a lane: worth a line in the log */
  paused: boolean;
  /** the lanes it was counted in, the person's own first */
  lanes: readonly Lane[];
}

/** Counts the guess in every lane it comes by. `person` is empty for a name that nobody has. */
export async function count(tx: Tx, username: string, person: string, origin: Origin, now: number): Promise<Counted> {
  const lanes = await lanesOf(tx, username, person, origin);
  let admitted = true;
  let paused = false;
  for (const { id, free } of lanes) {
    const row = await countGuess(tx, id, now, now - MEMORY);
    if (row.paused_until > now) admitted = false;
    else if (row.failures >= free) {
      await pauseLane(tx, id, now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (row.failures - free)));
      paused = true;
    }
  }
  return { admitted, paused: admitted && paused, lanes };
}

/** The password was right: the person's own lane begins anew, in those shared with others this guess did not count. */
export async function forgive(tx: Tx, { lanes: [own, ...shared] }: Counted): Promise<void> {
  if (own) await forgetLane(tx, own.id);
  for (const { id, free } of shared) await uncountGuess(tx, id, free);
}

/** The password was right, but the second factor is still to come: this guess counts nowhere, and nothing begins anew. */
export async function takeBack(tx: Tx, { lanes }: Counted): Promise<void> {
  for (const { id, free } of lanes) await uncountGuess(tx, id, free);
}

async function lanesOf(tx: Tx, username: string, person: string, { address, browser }: Origin): Promise<Lane[]> {
  if (browser && person && (await isKnownBrowser(tx, hashOf(browser), person)))
    return [{ id: hashOf(`browser ${browser}`), free: 10 }];
  return [
    { id: hashOf(`name and address ${username} ${address}`), free: 5 },
    { id: hashOf(`name ${username}`), free: 60 },
    { id: hashOf(`address ${address}`), free: 300 },
  ];
}
