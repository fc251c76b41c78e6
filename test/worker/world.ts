/**
 * Owns the other end of the wire: a loopback HTTP server that keeps what it is sent and answers as told, a mail sink that speaks just
 * enough SMTP, and a process that uses both.
 */
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { AGREE, bpmn, end, line, service, start, user } from '../commands/content.ts';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Sink<T> {
  readonly port: number;
  readonly received: T[];
  stop(): Promise<void>;
}

export interface HookSink extends Sink<Received> {
  /** what the next requests are answered; the last one counts for all that follow */
  answers: { status: number; body: string }[];
}

export async function hookSink(): Promise<HookSink> {
  const received: Received[] = [];
  const sink = { answers: [{ status: 200, body: '{"ok":true}' }] };
  const server = createHttp((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const answer = sink.answers.length > 1 ? sink.answers.shift()! : sink.answers[0]!;
      response.writeHead(answer.status, { location: 'http://127.0.0.1:1/elsewhere' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(sink, { received, port: (server.address() as AddressInfo).port, stop });
}

/** Takes every mail and keeps its text, headers and all. */
export async function mailSink(): Promise<Sink<string>> {
  const received: string[] = [];
  const server = createTcp((socket) => {
    let buffer = '';
    let mail: string[] | null = null;
    const say = (text: string): void => void socket.write(`${text}\r\n`);
    say('220 sink');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const lines = (buffer + chunk).split('\r\n');
      buffer = lines.pop()!;
      for (const text of lines) {
        if (mail && text === '.') {
          received.push(mail.join('\n'));
          mail = null;
          say('250 kept');
        } else if (mail) mail.push(text);
        else if (/^DATA/i.test(text)) {
          mail = [];
          say('354 go on');
        } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
        else say('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** 发起 → 审查 → a call to the address `archive` that is waited for → 归档 by the person the answer names. */
export const ARCHIVED = bpmn(
  'archived',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]'`, AGREE),
    service(
      'call',
      'webhook',
      { target: '"archive"', event: '"filed"', payload: '{subject: request.subject}', wait: 'true' },
      { shelf: 'result.shelf' },
    ),
    user('file', '归档', 'assignees="[shelf]"', AGREE),
    end(),
    line('start', 'check', 'call', 'file', 'end'),
  ].join('\n'),
);

/** Tells the address `archive` and everybody's mail box without waiting, then takes a number: a service that fails when the amount is above 100. */
export const TOLD = bpmn(
  'told',
  [
    start(),
    service('call', 'webhook', { target: '"archive"', event: '"told"', payload: '{amount: request.amount}' }),
    service('write', 'mail', { to: '["fuzheng"]', subject: '"有新的事项"', text: '"请登录查看。"' }),
    service('count', 'number', { counter: 'if request.amount > 100 then request.amount else "told"' }),
    end(),
    line('start', 'call', 'write', 'count', 'end'),
  ].join('\n'),
);
