/**
 * Owns the eight people of the kill test: clients over HTTP with real sessions, each doing whatever stands in his to-do list. Every
 * changing request goes into the journal before it is sent, and is repeated under its own key until it is answered: what the journal
 * says was answered must be in the database, exactly once (checks.mjs). They never look at the database.
 */
import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import { deflateSync } from 'node:zlib';
import { pause } from './servers.mjs';

export const PASSWORD = 'kill-test-password-1';
export const PEOPLE = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];

/** An answer that takes longer counts as none, in milliseconds. */
const PATIENCE = 15_000;

/** Refusals that people meet who work beside each other; anything else is a complaint. */
const EXPECTED = new Set([
  'not.found',
  'task.done',
  'task.not-yours',
  'task.stale',
  'task.operation-barred',
  'case.ended',
  'server.busy',
]);

/** What all people share: the journal, and what they tell each other. More cases than `atOnce` at a time are not begun. */
export function makeJournal(random, atOnce) {
  return {
    random,
    atOnce,
    /** requests that change something: { key, person, act, ..., attempts, status, answer } */
    entries: [],
    uploads: [],
    requests: 0,
    /** attempts that met no server, and those that a server had begun and did not answer */
    closed: 0,
    cut: 0,
    refusals: {},
    /** what no client should ever see: 5xx, a lost session, a draft that is not as it was saved */
    complaints: [],
    /** task ids left alone until their timer fires */
    left: new Set(),
    /** cases whose signers wait until the reminder has been seen */
    slow: new Set(),
    reminded: new Set(),
    /** called whenever a letter is about to be issued, so that a kill can be aimed at it */
    onIssue: () => {},
    finishing: false,
    stopped: false,
    /** cases that run now; corrected from outside */
    open: 0,
  };
}

export class Person {
  constructor(id, journal, ports, offset) {
    this.id = id;
    this.journal = journal;
    this.ports = ports;
    this.at = offset % ports.length;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
    this.held = new Set();
  }

  get random() {
    return this.journal.random;
  }

  /** Signs in once; the session must then last for the whole run. */
  async signIn() {
    const answer = await this.#ask('POST', '/api/session', { username: this.id, password: PASSWORD });
    this.cookie = answer.headers['set-cookie'][0].split(';')[0];
    this.csrf = answer.json.csrf;
  }

  async work() {
    const { journal } = this;
    while (!journal.stopped) {
      const { json } = await this.#ask('GET', '/api/inbox/todo?limit=60');
      const doable = (json?.rows ?? []).filter((row) => row.kind === 'task' && !this.#waits(row));
      if (!journal.finishing && journal.open < journal.atOnce && (doable.length === 0 || this.random() < 0.1)) {
        await this.#start();
      } else if (doable.length > 0) await this.#act(doable[Math.floor(this.random() * doable.length)]);
      else await pause(60);
    }
    this.agent.destroy();
  }

  #waits({ node, taskId, caseId }) {
    const { left, slow, reminded } = this.journal;
    return left.has(taskId) || (node === '会签' && slow.has(caseId) && !reminded.has(caseId));
  }

  async #start() {
    const { journal } = this;
    const subject = `事项${String(journal.entries.length).padStart(5, '0')}`;
    const files = this.random() < 0.3 ? [await this.#upload()] : [];
    const amount = Math.round(this.random() * 1_000_000) / 100;
    const key = randomUUID();
    journal.open += 1;
    const values = { subject, amount, mark: key, ...(files.length > 0 && { files }) };
    const body = { process: 'kill', start: 'start', values };
    const entry = await this.#change('start', 'POST', '/api/cases', body, { key, values });
    if (entry.status !== 200) return;
    const { caseId } = entry.answer;
    if (this.random() < 0.4) journal.slow.add(caseId);
    const dice = this.random();
    if (dice < 0.07) await this.#withdraw(caseId);
    else if (dice < 0.15) await this.#comment(caseId);
    else if (dice < 0.2) await this.#attach(caseId);
  }

  async #act(row) {
    const { status, json: view } = await this.#ask('GET', `/api/tasks/${row.taskId}`);
    if (status !== 200) return;
    const { taskId, caseId } = row;
    if (row.pooled && !(await this.#claim(row))) return;
    if (row.node === '审查') {
      const dice = this.random();
      if (dice < 0.12) return void this.journal.left.add(taskId);
      if (dice < 0.2) return this.#transfer(row, view);
    }
    if (row.node === '表决' && this.random() < 0.05) return this.#return(row, view);
    if (view.form && this.random() < 0.15) await this.#draft(taskId);
    await this.#submit(row, view, caseId);
  }

  async #claim({ taskId, caseId }) {
    const entry = await this.#change('claim', 'POST', `/api/tasks/${taskId}/claim`, {}, { caseId, taskId });
    return entry.status === 200;
  }

  async #submit({ taskId, node }, view, caseId) {
    const key = randomUUID();
    const against = node === '表决' && this.random() < 0.12;
    const outcome = view.outcomes.find((o) => (against ? o.style === 'danger' : o.style === 'primary')).key;
    const values = view.form ? { score: Math.floor(this.random() * 100), mark: key } : {};
    const body = { outcome, values, comment: `意见 ${key}`, revision: view.task.revision };
    if (node === '签发') this.journal.onIssue();
    const about = { key, caseId, taskId, outcome, values, node };
    const entry = await this.#change('submit', 'POST', `/api/tasks/${taskId}/submit`, body, about);
    if (entry.status === 200 && node === '知悉催办') this.journal.reminded.add(caseId);
  }

  async #return({ taskId, caseId }, view) {
    const key = randomUUID();
    const body = { to: 'check', resume: 'again', comment: `请重新审查 ${key}`, revision: view.task.revision };
    await this.#change('return', 'POST', `/api/tasks/${taskId}/return`, body, { key, caseId, taskId });
  }

  async #transfer({ taskId, caseId }, view) {
    const key = randomUUID();
    const to = ['k1', 'k2', 'k3'].find((other) => other !== this.id);
    const body = { to, comment: `请代为审查 ${key}`, revision: view.task.revision };
    await this.#change('transfer', 'POST', `/api/tasks/${taskId}/transfer`, body, { key, caseId, taskId });
  }

  async #withdraw(caseId) {
    const key = randomUUID();
    const body = { comment: `撤回 ${key}` };
    await this.#change('withdraw', 'POST', `/api/cases/${caseId}/withdraw`, body, { key, caseId });
  }

  async #comment(caseId) {
    const key = randomUUID();
    const body = { text: `补充说明 ${key}` };
    await this.#change('comment', 'POST', `/api/cases/${caseId}/comments`, body, { key, caseId });
  }

  async #attach(caseId) {
    const file = await this.#upload();
    const body = { files: [file.id] };
    await this.#change('attach', 'POST', `/api/cases/${caseId}/attachments`, body, { caseId, file: file.id });
  }

  /** [W2] What was saved is there afterwards as it was saved, also behind a kill. */
  async #draft(taskId) {
    const draft = { values: { score: Math.floor(this.random() * 100) }, comment: `草稿 ${randomUUID()}` };
    const saved = await this.#ask('PUT', `/api/tasks/${taskId}/draft`, draft);
    if (saved.status !== 200) return;
    await pause(this.random() * 200);
    // A task that somebody sends back in this very moment is shown once more without its draft; the second look tells.
    for (let look = 1; look <= 2; look++) {
      const { status, json } = await this.#ask('GET', `/api/tasks/${taskId}`);
      if (status !== 200 || json.draft?.comment === draft.comment) return;
    }
    this.journal.complaints.push(`${this.id}: draft of task ${taskId} is not as it was saved`);
  }

  /** An upload has no key: one that was not answered may have been kept, and is then nobody's but its uploader's. */
  async #upload() {
    const bytes = picture(this.random);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const boundary = `ganwei${randomUUID()}`;
    const name = '附件.png';
    const body = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const { status, json } = await this.#ask('POST', '/api/files', body, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    if (status !== 200 || json.sha256 !== sha256) this.journal.complaints.push(`${this.id}: upload ${status}`);
    this.journal.uploads.push({ ...json, person: this.id, expected: sha256 });
    return json;
  }

  /** A request that changes something, with its entry in the journal. */
  async #change(act, method, path, body, about) {
    const entry = { key: randomUUID(), ...about, person: this.id, act, attempts: 0, status: null, answer: null };
    this.journal.entries.push(entry);
    const key = { 'idempotency-key': entry.key };
    const { status, json } = await this.#ask(method, path, body, key, entry);
    entry.status = status;
    entry.answer = json;
    if (status === 200 && this.random() < 0.03) {
      const again = await this.#ask(method, path, body, key, entry);
      if (again.status !== 0 && JSON.stringify(again.json) !== JSON.stringify(json)) {
        this.journal.complaints.push(`${this.id}: ${method} ${path} answered otherwise when it was repeated`);
      }
    }
    return entry;
  }

  /** Asks until there is an answer; a server that does not answer is left for the other one, if there is one. */
  async #ask(method, path, body, more = {}, entry = undefined) {
    const { journal } = this;
    const data = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const headers = {
      ...(this.cookie && { cookie: this.cookie }),
      ...(this.csrf && method !== 'GET' && { 'x-csrf-token': this.csrf }),
      ...(data && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }),
      ...more,
    };
    for (;;) {
      journal.requests += 1;
      if (entry) entry.attempts += 1;
      const answer = await once({ agent: this.agent, port: this.ports[this.at], method, path, headers }, data);
      if (answer !== 'closed' && answer !== 'cut') {
        this.#judge(`${method} ${path}`, answer);
        return answer;
      }
      if (journal.stopped) return { status: 0, json: null, headers: {} };
      if (answer === 'closed') journal.closed += 1;
      else journal.cut += 1;
      this.at = (this.at + 1) % this.ports.length;
      await pause(10 + this.random() * 40);
    }
  }

  #judge(what, { status, json }) {
    const { refusals, complaints } = this.journal;
    if (status === 200) return;
    const code = json?.code ?? status;
    refusals[code] = (refusals[code] ?? 0) + 1;
    if (!EXPECTED.has(code)) complaints.push(`${this.id}: ${what} -> ${status} ${code}`);
  }
}

/** One attempt: the answer, `closed` when nobody listened, `cut` when it was not answered in full. */
function once(options, data) {
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', timeout: PATIENCE, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('error', () => resolve('cut'));
      response.on('aborted', () => resolve('cut'));
      response.on('end', () => {
        if (!response.complete) return resolve('cut');
        const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : null;
        resolve({ status: response.statusCode, json, headers: response.headers });
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', ({ code }) => resolve(code === 'ECONNREFUSED' ? 'closed' : 'cut'));
    request.end(data);
  });
}

/** A real PNG of its own noise, so that no two are the same. */
function picture(random) {
  const side = 24;
  const rows = Buffer.concat(
    Array.from({ length: side }, () => Buffer.from([0, ...Array.from({ length: side }, () => random() * 256)])),
  );
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8 + body.length);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), 4 + body.length);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
