/**
 * Owns the hashes of passwords: salted scrypt. Hashing takes its time on purpose, so few are reckoned at once - files are read by the same
 * threads - and a queue that has grown too long is refused instead of being waited for. Rules: [I1] [I9].
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@ganwei/core/refusal';

/** scrypt cost: about 50 ms and 16 MB on a small server. OWASP 2023 names N=2^14, r=8, p=5 as one of its minimum settings. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
/** Hashes reckoned at once: half of the threads that Node has for files and hashes together. */
const AT_ONCE = 2;
/** Hashes that wait; at 25 ms each of them the last is done in three seconds. */
const WAITING = 120;

/** Runs work in turn: `atOnce` at a time, `waiting` in the queue; what comes beyond is refused (`server.busy`). */
export function makeTurns(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new Refusal('server.busy');
      await new Promise<void>((go) => queue.push(go));
    } else running++;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}

const inTurn = makeTurns(AT_ONCE, WAITING);

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );

/** `scrypt$salt$key`, both base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`;
}

/** A hash nobody knows the password of: an unknown name takes as long as a known one. */
export const NOBODY = `scrypt$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`;

export async function matches(password: string, stored: string): Promise<boolean> {
  const [kind, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64')), Buffer.from(key, 'base64'));
}

/** A first password: letters and digits that are not mistaken for one another. */
export function firstPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${letters.slice(0, 6)}-${letters.slice(6)}7`;
}
