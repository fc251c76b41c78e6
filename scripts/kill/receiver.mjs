/**
 * Owns the other end of the webhooks: takes what is pushed, keeps it by its id as a good receiver does, and now and then takes it
 * without answering well, so that the server has to push again. Refuses what is not signed.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { Webhook } from 'standardwebhooks';
import { pause } from './servers.mjs';

export async function startReceiver(random) {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  /** effect id -> { payload, times } */
  const received = new Map();
  const wrong = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', async () => {
      const id = request.headers['webhook-id'];
      try {
        new Webhook(secret).verify(text, request.headers);
      } catch (error) {
        wrong.push(`${id}: ${error.message}`);
      }
      const known = received.get(id);
      if (known && known.payload !== text) wrong.push(`${id}: another payload under the same id`);
      received.set(id, { payload: text, times: (known?.times ?? 0) + 1 });
      if (random() < 0.3) await pause(random() * 300);
      response.statusCode = random() < 0.03 ? 500 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ taken: id }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    wrong,
    env: { receiver: { url: `http://127.0.0.1:${server.address().port}/`, secret, private: true } },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
