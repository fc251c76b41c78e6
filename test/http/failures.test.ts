/** What every failure becomes: the table of docs/ERRORS.md, row by row. A service of the host program throws what the row names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ArgumentError } from '@ganwei/calendar/dates';
import { DefinitionError } from '@ganwei/core/definition';
import { because } from '@ganwei/core/reason';
import { Conflict, Refusal } from '@ganwei/core/refusal';
import { DecisionError } from '@ganwei/decision/evaluate';
import { BudgetError, FeelError } from '@ganwei/feel/error';
import { RoundFault } from '@ganwei/process/round';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Standstill } from '../../server/case/standstill.ts';
import { type Service, ServiceFault } from '../../server/catalogue/service.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from '../commands/content.ts';
import { type Browser, type Site, site } from './site.ts';

let thrown: () => Error;
let tried = 0;
const faulty: Service = {
  label: '出错',
  inputs: {},
  result: 'Null',
  async run() {
    tried += 1;
    throw thrown();
  },
};
const process = bpmn(
  'faults',
  [
    start(),
    user('sign', '签发', `assignees='["fuzheng"]'`, AGREE),
    service('fails', 'faulty', {}),
    end(),
    line('start', 'sign', 'fails', 'end'),
  ].join('\n'),
);

/** Name in the table -> how it comes to be thrown. */
const FAILURES: Readonly<Record<string, () => Error>> = {
  Refusal: () => new Refusal('letter.blocked', { reason: because('letter.gone') }),
  Conflict: () => new Conflict('somebody else'),
  Standstill: () => new Standstill('fails', because('flow.no-way')),
  ServiceFault: () => new ServiceFault('broken', '坏了'),
  FeelError: () => new FeelError('算不出来', 'x'),
  BudgetError: () => new BudgetError('太多'),
  DecisionError: () => new DecisionError('两条同时成立', 't'),
  ArgumentError: () => new ArgumentError('不是日期'),
  DefinitionError: () => new DefinitionError([{ severity: 'error', rule: 'missing', element: 'x', message: '没有' }]),
  RoundFault: () => new RoundFault('member', 'a'),
  Error: () => new TypeError('a bug'),
};
/** Thrown below the service `letter`, which makes faults of them: [L60]. */
const WITHIN_LETTER = ['PrintFault', 'LetterTooLong'];

const book = readFileSync(path.resolve(import.meta.dirname, '../../docs/ERRORS.md'), 'utf8');
const rows = [...book.matchAll(/^\| `([A-Z]\w+)` \| (.+) \|$/gm)].map(([, name, rest]) => {
  const [, answer = '', incident = '', retry = '', log = ''] = rest!.split(' | ');
  return { name: name!, answer, incident, retry, log };
});

let s: Site;
let starter: Browser;
let signer: Browser;
beforeAll(async () => {
  s = await site({ content: [...FORMS, process], services: { faulty } });
  starter = await s.signedIn('songqiao');
  signer = await s.signedIn('fuzheng');
});
afterAll(() => s?.stop());

test('[N61] the table names every failure, and no other', () => {
  expect(rows.map(({ name }) => name).sort()).toEqual([...Object.keys(FAILURES), ...WITHIN_LETTER].sort());
});

test.each(rows.filter(({ name }) => !WITHIN_LETTER.includes(name)))('[N61] $name', async (row) => {
  thrown = FAILURES[row.name]!;
  const values = { subject: row.name };
  const { body: began } = await starter.post('/api/cases', { process: 'faults', start: 'start', values });
  const [before, logged] = [await s.rows(), s.log.length];
  tried = 0;
  const answer = await signer.post(`/api/tasks/${began.next[0].task}/submit`, {
    ...{ outcome: 'agree', values: {}, comment: '', revision: 1 },
  });
  const [, status, code] = /(\d{3}) `([\w.-]+)`/.exec(row.answer) ?? [];
  expect(answer.body).toMatchObject(
    status ? { status: Number(status), code } : { status: 409, code: 'letter.blocked' },
  );
  // Nothing has changed but that the administrator knows.
  expect({ ...(await s.rows()), incidents: 0 }).toEqual({ ...before, incidents: 0 });
  const incidents = await s.host.store.reader('incidents').where({ case_id: began.caseId });
  expect(incidents.map(({ kind }) => `\`${kind}\``)).toEqual(
    row.incident === '无' ? [] : [row.incident.split('，')[0]],
  );
  expect(tried > 1).toBe(row.retry.startsWith('自动'));
  const errors = s.log.slice(logged).filter(({ level }) => level === 'error');
  expect(errors.length > 0).toBe(row.log.startsWith('错误'));
});
