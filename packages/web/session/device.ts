/**
 * Owns what could not be sent: kept in this browser, sealed under the key of the person (XChaCha20-Poly1305), so that whoever uses the
 * browser next learns neither the text nor what it belongs to. What has been delivered is dropped; what nobody came back for goes after
 * thirty days. Works without a secure context and at once, because a page that is being closed waits for nothing. Loaded when needed (keeper.ts).
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hexToBytes, randomBytes } from '@noble/ciphers/utils.js';
import { newKey } from '../api/client.ts';
import { type Kept, keptAt, keptName, keptNames } from './kept.ts';

const LONGEST = 30 * 86_400_000;
const NONCE = 24;

/** `key` as the session tells it. */
export function openDevice(key: string) {
  const bytes = hexToBytes(key);
  return {
    /** In the place of what was kept for this address before; false when there is no room. */
    put(kept: Kept): boolean {
      const before = entries(bytes).find((entry) => entry.kept.address === kept.address);
      try {
        localStorage.setItem(before?.name ?? keptName(kept.at, newKey()), seal(bytes, kept));
        return true;
      } catch {
        // the quota of the browser; what is there is an older state of the same text and may stay
        return false;
      }
    },
    drop(address: string): void {
      for (const { name, kept } of entries(bytes)) if (kept.address === address) localStorage.removeItem(name);
    },
    /** Newest first. */
    list: (): Kept[] =>
      entries(bytes)
        .map(({ kept }) => kept)
        .sort((a, b) => b.at - a.at),
  };
}

export type Device = ReturnType<typeof openDevice>;

/** Removes what is too old, whoever's it is. */
export function clearOld(now: number): void {
  for (const name of keptNames()) if (!(now - keptAt(name) < LONGEST)) localStorage.removeItem(name);
}

function entries(key: Uint8Array): { name: string; kept: Kept }[] {
  return keptNames().flatMap((name) => {
    const kept = unseal(key, localStorage.getItem(name) ?? '');
    return kept ? [{ name, kept }] : [];
  });
}

function seal(key: Uint8Array, kept: Kept): string {
  const nonce = randomBytes(NONCE);
  const sealed = xchacha20poly1305(key, nonce).encrypt(new TextEncoder().encode(JSON.stringify(kept)));
  return base64(nonce) + base64(sealed);
}

/** Undefined for what belongs to somebody else. */
function unseal(key: Uint8Array, text: string): Kept | undefined {
  try {
    const nonce = bytesOf(text.slice(0, (NONCE / 3) * 4));
    const plain = xchacha20poly1305(key, nonce).decrypt(bytesOf(text.slice((NONCE / 3) * 4)));
    return JSON.parse(new TextDecoder().decode(plain)) as Kept;
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
