/**
 * Owns the listening socket: opens it, and closes it without cutting anybody off. Must never know what is served.
 * Rule: [N6] a server that is told to stop finishes what it has begun.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Platform } from './platform.ts';

export interface Listening {
  readonly port: number;
  /** Takes no new requests, lets the running ones finish, then ends the platform. */
  stop(): Promise<void>;
}

/** Running requests are waited for at most this long, in milliseconds. */
const PATIENCE = 10_000;

/** Port 0 takes any free one. */
export async function listen(platform: Platform, port: number): Promise<Listening> {
  const server = createServer(platform.callback());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  platform.start();
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      platform.leave();
      // A connection that has just answered its last request is idle, but kept alive by the browser: looked for again and again.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const deadline = setTimeout(() => server.closeAllConnections(), PATIENCE);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearInterval(idle);
      clearTimeout(deadline);
      await platform.stop();
    },
  };
}
