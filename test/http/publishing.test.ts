/** The main way of a change over HTTP, with its status codes, and the demo that goes back to the content folder. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, REVIEW, type Site, site } from './site.ts';

let s: Site;
let author: Browser;
let reviewer: Browser;
beforeAll(async () => {
  s = await site();
  author = await s.signedIn('peiwen');
  reviewer = await s.signedIn('kongwei');
});
afterAll(() => s.stop());

const NAMED = { kind: 'process', app: '', key: 'review' };
const AT = 'kind=process&key=review';
const reworded = (name: string) => REVIEW.source.replace('name="签发"', `name="${name}"`);

describe('a change', () => {
  let id: string;

  test('[CHG1] begins with 200 and is found by whoever may design; a change without a title is no request', async () => {
    expect((await author.post('/api/changes', { title: ' ', reason: 'x' })).status).toBe(400);
    const begun = await author.post('/api/changes', { title: '改名', reason: '统一名称' });
    expect(begun.status).toBe(200);
    id = begun.body.id;
    expect((await reviewer.get(`/api/changes/${id}`)).body).toMatchObject({ state: 'drafting', count: 0 });
    expect((await reviewer.get('/api/changes')).body.rows).toHaveLength(1);
  });

  test('[CHG2] is written with PUT; a text over one that was not seen is 409', async () => {
    const body = { ...NAMED, source: reworded('签批'), revision: 0 };
    const saved = await author.put(`/api/changes/${id}/draft`, body);
    expect([saved.status, saved.body.revision]).toEqual([200, 2]);
    expect((await reviewer.put(`/api/changes/${id}/draft`, body)).status).toBe(409);
    const draft = await reviewer.get(`/api/changes/${id}/draft?${AT}`);
    expect(draft.body).toMatchObject({
      base: REVIEW.source,
      source: reworded('签批'),
      draft: { revision: 2 },
      version: 1,
    });
    const { body: content } = await author.get(`/api/changes/${id}/content`);
    expect(content.definitions.find((one: { key: string }) => one.key === 'review').source).toBe(reworded('签批'));
  });

  test('[CHG20] a name that leaves the folder is 422, a text that is too long 413 or 400', async () => {
    const save = (body: object) =>
      author.put(`/api/changes/${id}/draft`, { ...NAMED, source: 'x', revision: 0, ...body });
    expect((await save({ key: '../x' })).status).toBe(422);
    expect((await save({ key: 'x', source: 'x'.repeat(1_500_001) })).status).toBe(400);
    expect((await save({ key: 'x', source: '长'.repeat(1_400_000) })).status).toBe(413);
    expect((await save({ kind: 'constructor' })).status).toBe(400);
  });

  test('[CHG5] is submitted, agreed to by another person, published and in force', async () => {
    expect((await author.post(`/api/changes/${id}/check`)).body).toEqual({ findings: [] });
    expect((await author.post(`/api/changes/${id}/publish`)).status).toBe(409);
    expect((await author.post(`/api/changes/${id}/submit`)).status).toBe(200);
    const { body } = await reviewer.get(`/api/changes/${id}`);
    const drafts = body.drafts.map(({ kind, app, key, revision }: Record<string, unknown>) => ({
      kind,
      app,
      key,
      revision,
    }));
    expect((await author.post(`/api/changes/${id}/review`, { agree: true, comment: '同意', drafts })).status).toBe(409);
    expect((await reviewer.post(`/api/changes/${id}/review`, { agree: true, comment: '同意', drafts })).status).toBe(
      200,
    );
    expect((await author.post(`/api/changes/${id}/publish`)).body).toEqual({ release: 2, findings: [] });
    const definition = await author.get(`/api/design/definition?${AT}`);
    expect(definition.body).toMatchObject({ version: 2, source: reworded('签批'), ref: { by: { id: 'peiwen' } } });
    expect(definition.body.versions).toHaveLength(2);
    expect((await author.get(`/api/design/definition?${AT}&version=1`)).body.source).toBe(REVIEW.source);
  });

  test('[CHG30] the release goes out as a zip, and comes in again as nothing new', async () => {
    const response = await fetch(`${s.address}/api/releases/2/export`, { headers: { cookie: author.cookie } });
    expect(response.headers.get('content-type')).toBe('application/zip');
    const form = new FormData();
    form.append('file', await response.blob(), 'folder.zip');
    const deployed = await author.send('POST', '/api/changes/deploy', form);
    expect([deployed.status, deployed.body]).toEqual([200, { id: null }]);
  });

  test('[CHG11] everything is 404 for strangers and officers, 401 for nobody at all', async () => {
    for (const person of ['fuzheng', 'admin', 'auditadmin']) {
      const browser = await s.signedIn(person);
      for (const path of ['/api/design', '/api/design/language', '/api/releases', '/api/changes', `/api/changes/${id}`])
        expect([person, path, (await browser.get(path)).status]).toEqual([person, path, 404]);
      expect((await browser.get('/api/session')).body.designs).toBe(false);
      expect((await browser.post('/api/changes', { title: 'x', reason: 'y' })).status).toBe(404);
      expect((await browser.get('/api/releases/1/export')).status).toBe(404);
    }
    expect((await author.get('/api/session')).body.designs).toBe(true);
    expect((await s.browser().get('/api/design')).status).toBe(401);
  });

  test('[CHG12] the audit administrator sees who published what', async () => {
    const { body } = await (await s.signedIn('auditadmin')).get('/api/audit?act=change-published');
    expect(body.rows).toMatchObject([
      { who: { id: 'peiwen' }, name: '改名', fields: [{ field: '流程', after: '.review' }] },
    ]);
  });
});

test('[CHG11] the language of definitions is told by signatures that JSON can say', async () => {
  const { body } = await author.get('/api/design/language');
  const [, notify] = body.services.find(([type]: [string]) => type === 'notify');
  expect(notify.inputs.to).toMatchObject({ required: true });
  const [, person] = body.functions.find(([name]: [string]) => name === 'person');
  expect(person.signatures).toEqual(['person(id: person) -> person record']);
});

test('[V12] the demo restored has no changes and the definitions of the content folder', async () => {
  const { body: begun } = await author.post('/api/changes', { title: '还在写', reason: '草稿' });
  await author.put(`/api/changes/${begun.id}/draft`, { ...NAMED, source: reworded('再改'), revision: 0 });
  expect((await (await s.signedIn('admin')).post('/api/demo/reset')).status).toBe(200);
  author = await s.signedIn('peiwen');
  expect((await author.get('/api/changes')).body.rows).toEqual([]);
  expect((await author.get(`/api/design/definition?${AT}`)).body).toMatchObject({ version: 3, source: REVIEW.source });
});
