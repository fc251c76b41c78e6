/**
 * Owns the key under which a browser keeps what a person could not send: the same for him on every device, another for everybody else, known
 * to nobody who is not signed in as him. The server keeps one secret and no keys. Rule: [W5].
 */
import { createHmac, randomBytes } from 'node:crypto';
import { settingOnce } from '../store/definitions.ts';
import type { Store } from '../store/open.ts';

const SECRET = 'device-secret';

/** Answers with the key of a person: 32 bytes as 64 hexadecimal digits. */
export async function makeDeviceKeys(store: Store): Promise<(person: string) => string> {
  const secret = await store.transaction((tx) => settingOnce(tx, SECRET, randomBytes(32).toString('hex')));
  return (person) =>
    createHmac('sha256', Buffer.from(secret, 'hex')).update(`kept on the device:${person}`).digest('hex');
}
