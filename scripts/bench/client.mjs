/**
 * Owns the people of the measurement: they sign in over HTTP, keep their session, start cases and complete tasks, one request after the
 * other. Knows nothing of the server but its API.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';

export const PASSWORD = 'bench-password-1';

/** A client of the server at this port; `close` ends its connections. */
export function makeClient(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  /** One request; the answer's JSON (or text) and headers. Anything but 200 is an error: nothing in a measurement may be refused. */
  const call = (method, path, { body, cookie, csrf } = {}) =>
    new Promise((resolve, reject) => {
      const data = body && JSON.stringify(body);
      const headers = {
        ...(data && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }),
        ...(cookie && { cookie }),
        ...(csrf && { 'x-csrf-token': csrf, 'idempotency-key': randomUUID() }),
      };
      const request = http.request({ port, host: '127.0.0.1', method, path, headers, agent }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          if (response.statusCode !== 200)
            reject(new Error(`${path}: ${response.statusCode} ${bytes.toString().slice(0, 300)}`));
          else resolve({ bytes, headers: response.headers, json: () => JSON.parse(bytes.toString()) });
        });
      });
      request.on('error', reject);
      request.end(data);
    });
  return { call, close: () => agent.destroy() };
}

/** Signs a person in; the session goes with every later call. */
export async function signIn(client, username, password = PASSWORD) {
  const answer = await client.call('POST', '/api/session', { body: { username, password } });
  return { cookie: answer.headers['set-cookie'][0].split(';')[0], csrf: answer.json().csrf };
}

/** One person starts cases and completes every task of them until the time is up; the milliseconds of each completion. */
export async function work(client, session, until) {
  const times = [];
  const post = async (path, body) => (await client.call('POST', path, { body, ...session })).json();
  while (performance.now() < until) {
    const start = { process: 'bench', start: 'start', values: { subject: '测量一件', amount: 12.5 } };
    let moved = await post('/api/cases', start);
    while (moved.state === 'running') {
      const values = { amount: Math.round(Math.random() * 10_000) / 100, text: '情况属实，同意办理。' };
      const started = performance.now();
      moved = await post(`/api/tasks/${moved.next[0].task}/submit`, {
        outcome: 'agree',
        values,
        comment: '同意',
        revision: 1,
      });
      times.push(performance.now() - started);
    }
  }
  return times;
}

/** The value below which the share `q` of the sorted numbers lies. */
export const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

export const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
