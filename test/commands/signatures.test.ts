/** Signatures: written by the server, by nobody for somebody else, and held against what was signed. */
import { afterEach, expect, test } from 'vitest';
import { verifyHistory } from '../../server/queries/case/timeline.ts';
import { AGREE, bpmn, end, FORMS, line, outcome, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const paper = {
  form: 'paper',
  title: '签字单',
  schema: {
    type: 'object',
    properties: {
      text: { type: 'string', title: '内容', 'x-component': 'Text' },
      sign: { type: 'object', title: '签名', 'x-component': 'Signature' },
    },
  },
};
const PAPER = { kind: 'form' as const, key: 'paper', file: 'paper.form.json', source: JSON.stringify(paper) };
const process = bpmn(
  'signing',
  [
    start(),
    user(
      'sign',
      '签字',
      `assignees='["fuzheng"]' form="paper" as="paper"`,
      AGREE + outcome('no', '不同意', 'style="danger"'),
    ),
    user('more', '补充', `assignees='["gaoyuan"]' form="paper" as="paper"`, AGREE),
    end(),
    line('start', 'sign', 'more', 'end'),
  ].join('\n'),
  'readers="true"',
);
const sent = (personId: string) => ({ name: '高远', personId, at: '2020-01-01T00:00:00' });
const kept = async (person: string) => {
  const row = await w.host.store.reader('submissions').where({ person_id: person, form: 'paper' }).first();
  return JSON.parse(row.values);
};
async function stage(): Promise<string> {
  w = await world({ content: [...FORMS, PAPER, process] });
  return (await w.as('songqiao').start('signing', { subject: '签字' })).caseId;
}
const verify = (caseId: string) => verifyHistory(w.host, w.actor('songqiao'), caseId);

test('[S73] name, time and hash are the server’s, whatever the browser sends', async () => {
  const caseId = await stage();
  await w.as('fuzheng').submit('签字', 'agree', { text: '同意', sign: sent('fuzheng') });
  const { sign } = await kept('fuzheng');
  expect(sign).toEqual({
    name: '傅正',
    personId: 'fuzheng',
    at: '2026-09-01T09:00:00',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await verify(caseId)).toMatchObject({ intact: true, signatures: 1 });
});

test('[S73] nobody signs for somebody else, also where the form need not be complete; a signature that stood before stays', async () => {
  await stage();
  const forged = w.as('fuzheng').submit('签字', 'agree', { text: '同意', sign: sent('gaoyuan') });
  await expect(forged).rejects.toMatchObject({ fields: [{ path: 'sign', code: 'signer' }] });
  await w.as('fuzheng').submit('签字', 'no', { text: '不同意', sign: sent('gaoyuan') });
  expect((await kept('fuzheng')).sign).toBeUndefined();
  await w.stop();
  await stage();
  await w.as('fuzheng').submit('签字', 'agree', { text: '同意', sign: sent('fuzheng') });
  const { sign } = await kept('fuzheng');
  await w.as('gaoyuan').submit('补充', 'agree', { text: '同意，请抓紧', sign });
  expect((await kept('gaoyuan')).sign).toEqual(sign);
});

test('[S73] [H1] what was submitted and signed cannot be changed in the database without the record telling', async () => {
  const caseId = await stage();
  await w.as('fuzheng').submit('签字', 'agree', { text: '同意', sign: sent('fuzheng') });
  const whole = await kept('fuzheng');
  const change = (values: object) =>
    w.host.store.transaction((tx) =>
      tx('submissions')
        .where({ person_id: 'fuzheng' })
        .update({ values: JSON.stringify(values) }),
    );
  await change({ ...whole, text: '不同意' });
  expect((await verify(caseId)).intact).toBe(false);
  await change({ ...whole, sign: { ...whole.sign, at: '2026-08-31T09:00:00' } });
  expect((await verify(caseId)).intact).toBe(false);
  await change(whole);
  expect((await verify(caseId)).intact).toBe(true);
});
