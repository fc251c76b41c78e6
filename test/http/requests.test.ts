/** Requests as they must not be: malformed, forged, late, doubled. Each is refused with a sentence, and nothing changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Browser, type Site, site } from './site.ts';

let s: Site;
let starter: Browser;
let checker: Browser;

beforeAll(async () => {
  s = await site();
  starter = await s.signedIn('songqiao');
  checker = await s.signedIn('fuzheng');
});
afterAll(() => s?.stop());

/** The answer of a request that must leave every row as it was. */
async function refused(request: () => Promise<Answer>): Promise<Answer> {
  const before = await s.rows();
  const answer = await request();
  expect(await s.rows()).toEqual(before);
  return answer;
}

describe('the shape of a refusal', () => {
  test('[N1] problem+json: a code, a Chinese sentence, and the id under which the log has it', async () => {
    const answer = await refused(() => starter.get('/api/tasks/unknown', { 'x-request-id': 'request-0001' }));
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: '没有找到您要的内容，可能已被移走，或您无权查看。',
      status: 404,
      code: 'not.found',
      detail: '没有找到您要的内容，可能已被移走，或您无权查看。',
      fields: [],
      requestId: 'request-0001',
    });
    expect(answer.headers.get('x-request-id')).toBe('request-0001');
    expect(s.log.some((line) => line.detail.requestId === 'request-0001')).toBe(true);
  });

  test('[N62] a body that is not said to be JSON is not guessed at', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await refused(() => starter.post('/api/cases', '{"process":"review"}', { 'content-type': type }));
      expect([type, answer.status, answer.body.code]).toEqual([type, 415, 'input.media-type']);
    }
  });

  test('[N1] in English for whoever asks for English', async () => {
    const answer = await starter.get('/api/tasks/unknown', { 'accept-language': 'en-US,en;q=0.9' });
    expect(answer.body.detail).toBe('Not found, or not yours to see.');
    const plain = await starter.get('/api/tasks/unknown', { 'accept-language': 'en' });
    expect(plain.body.detail).toBe('Not found, or not yours to see.');
    const chinese = await starter.get('/api/tasks/unknown', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' });
    expect(chinese.body.detail).toContain('没有找到');
  });

  test('[N60] the reason within a sentence is in the reader’s language, too', async () => {
    const english = { 'accept-language': 'en' };
    const page = await starter.get('/api/inbox/todo?cursor=x', english);
    expect(page.body.detail).toBe('Malformed request: invalid page mark.');
    const json = await starter.post('/api/cases', '{"process":', english);
    expect(json.body.detail).toBe('Malformed request: the body is no JSON.');
    const places = await starter.get('/api/inbox/todo?limit=100000', english);
    expect(places.body.detail).toBe('Malformed request: not as required: limit.');
    expect((await starter.get('/api/inbox/todo?limit=100000')).body.detail).toBe(
      '请求的格式不正确：limit 不符合要求。',
    );
  });

  test('[N1] a fault of ours tells an id and nothing of its cause; the cause is in the log', async () => {
    await s.host.store.transaction((tx) => tx.schema.renameTable('notices', 'notices_away'));
    const answer = await starter.get('/api/counts');
    await s.host.store.transaction((tx) => tx.schema.renameTable('notices_away', 'notices'));
    expect(answer.body).toMatchObject({ status: 500, code: 'server.fault' });
    expect(answer.text).not.toMatch(/notices|sql|\.ts|node_modules/i);
    const line = s.log.find((entry) => entry.message === 'bug')!;
    expect(String(line.detail.err)).toContain('notices');
    expect(answer.body.detail).toContain(String(line.detail.requestId).slice(0, 8));
  });
});

describe('bodies', () => {
  test('[N3] what is no JSON, or no object, is refused', async () => {
    for (const body of ['{"process":', '[]', '"text"', 'null', '']) {
      const answer = await refused(() => starter.post('/api/cases', body));
      expect(answer.body).toMatchObject({ status: 400, code: 'input.malformed' });
    }
  });

  test('[N3] names that reach into the machine are refused, wherever they stand', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"process":"review","start":"start","values":{"subject":"购置设备","${name}":{"polluted":true}}}`;
      const answer = await refused(() => starter.post('/api/cases', body));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('[N3] more than 2 MB is refused', async () => {
    const answer = await refused(() => starter.start({ subject: 'x'.repeat(2 * 1024 * 1024) }));
    expect(answer.body).toMatchObject({ status: 413, code: 'input.too-large' });
    expect(answer.body.detail).toContain('2 MB');
  });

  test('[N3] a field the form does not have, and one it has but wrongly filled, are refused at their place', async () => {
    const unknown = await refused(() => starter.start({ subject: '购置设备', surplus: 1 }));
    expect(unknown.body).toMatchObject({ status: 422, fields: [{ path: 'surplus' }] });
    const wrong = await refused(() => starter.start({ amount: -1, from: '2026-09-02', to: '2026-09-01' }));
    expect(wrong.body.code).toBe('input.invalid');
    expect(wrong.body.fields.map((field: { path: string }) => field.path).sort()).toEqual(['amount', 'subject', 'to']);
    expect(wrong.body.fields.every((field: { message: string }) => /[一-龥]/.test(field.message))).toBe(true);
  });

  test('[N3] complaints do not repeat what was sent', async () => {
    const answer = await refused(() => starter.post('/api/cases', { process: '<script>alert(1)</script>'.repeat(9) }));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('script');
  });

  test('[N3] a route that the contract does not name does not exist, nor does one with another method', async () => {
    expect((await refused(() => starter.get('/api/everything'))).body.code).toBe('not.found');
    expect((await refused(() => starter.send('DELETE', '/api/cases/1'))).body.code).toBe('not.found');
    expect((await refused(() => starter.get('/api/../api/nothing'))).body.code).toBe('not.found');
    expect((await refused(() => starter.get('/api/inbox/everything'))).body.code).toBe('input.malformed');
    expect((await refused(() => starter.get('/api/inbox/todo?cursor=x'))).body.code).toBe('input.malformed');
    expect((await refused(() => starter.get('/api/inbox/todo?limit=100000'))).body.code).toBe('input.malformed');
  });
});

describe('a task', () => {
  test('[T5] a page that is out of date is refused', async () => {
    await starter.start({ subject: '过期页面' });
    const { id, revision } = await checker.task();
    const late = { outcome: 'agree', values: {}, comment: '', revision: revision + 1 };
    const answer = await refused(() => checker.post(`/api/tasks/${id}/submit`, late));
    expect(answer.body).toMatchObject({ status: 409, code: 'task.stale' });
  });

  test('[T2] somebody else’s task does not exist for a stranger, and is not the starter’s to decide', async () => {
    await starter.start({ subject: '他人的任务' });
    const { id, revision } = await checker.task();
    const body = { outcome: 'agree', values: {}, comment: '', revision };
    const stranger = await s.signedIn('guqing');
    expect((await refused(() => stranger.get(`/api/tasks/${id}`))).body.code).toBe('not.found');
    expect((await refused(() => stranger.post(`/api/tasks/${id}/submit`, body))).body.code).toBe('not.found');
    expect((await refused(() => starter.post(`/api/tasks/${id}/submit`, body))).body.code).toBe('task.not-yours');
    const foreign = await refused(() => checker.post(`/api/tasks/${id}/submit`, { ...body, outcome: 'shred' }));
    expect(foreign.body.code).toBe('task.outcome-unknown');
  });

  test('[T8] a double click with one key is one submission, and both clicks get the same answer', async () => {
    const started = await starter.start({ subject: '双击' }, { 'idempotency-key': 'start-double-click' });
    const { id, revision } = await checker.task();
    const click = () =>
      checker.post(
        `/api/tasks/${id}/submit`,
        { outcome: 'agree', values: {}, comment: '', revision },
        { 'idempotency-key': 'click-0001' },
      );
    const [one, two, three] = await Promise.all([click(), click(), click()]);
    expect(one.status).toBe(200);
    expect([two.body, three.body]).toEqual([one.body, one.body]);
    expect(await s.host.store.reader('submissions').where({ task_id: id })).toHaveLength(1);
    const again = await refused(() => starter.start({ subject: '双击' }, { 'idempotency-key': 'start-double-click' }));
    expect(again.body).toEqual(started.body);
    const other = await refused(() => starter.start({ subject: '别的' }, { 'idempotency-key': 'start-double-click' }));
    expect(other.body.code).toBe('key.reused');
    const bad = await refused(() => starter.start({ subject: '别的' }, { 'idempotency-key': 'a b' }));
    expect(bad.body.code).toBe('input.malformed');
  });

  test('[T1] a task that is closed says who closed it', async () => {
    await starter.start({ subject: '已办的任务' });
    const { id, revision } = await checker.task();
    const body = { outcome: 'agree', values: {}, comment: '', revision };
    expect((await checker.post(`/api/tasks/${id}/submit`, body)).status).toBe(200);
    const answer = await refused(() => checker.post(`/api/tasks/${id}/submit`, body));
    expect(answer.body).toMatchObject({ status: 409, code: 'task.done', detail: '此任务已由您办理，无需重复提交。' });
  });

  test('[W1] a draft is its author’s alone', async () => {
    const saved = await starter.send('PUT', '/api/drafts', {
      process: 'review',
      start: 'start',
      values: { subject: '稿' },
    });
    expect(saved.status).toBe(200);
    const theirs = { id: saved.body.id, process: 'review', start: 'start', values: { subject: '改' } };
    expect((await refused(() => checker.send('PUT', '/api/drafts', theirs))).body.code).toBe('draft.gone');
    expect((await refused(() => checker.send('DELETE', `/api/drafts/${saved.body.id}`))).body.code).toBe('draft.gone');
    expect((await starter.send('DELETE', `/api/drafts/${saved.body.id}`)).status).toBe(200);
  });

  const keep = (more: object, subject: string) =>
    starter.send('PUT', '/api/drafts', { process: 'review', start: 'start', values: { subject }, ...more });

  test('[W3] what another page has saved is neither overwritten nor submitted by a page that has not seen it', async () => {
    const { body: first } = await keep({ page: 'A' }, '甲页');
    expect(first.revision).toBe(1);
    const seen = { id: first.id, revision: first.revision };
    expect((await keep({ ...seen, page: 'B' }, '乙页')).body.revision).toBe(2);
    const overtaken = await refused(() => keep({ ...seen, page: 'A' }, '甲页又写'));
    expect(overtaken.body).toMatchObject({ status: 409, code: 'draft.moved' });
    const view = await starter.get(`/api/processes/review/starts/start?draft=${first.id}`);
    expect(view.body).toMatchObject({ draft: { revision: 2 }, form: { values: { subject: '乙页' } } });
    const start = (mark: object) =>
      starter.start({ subject: '甲页' }, {}, { draft: { id: first.id, page: 'A', ...mark } });
    expect((await refused(() => start({ revision: 1 }))).body.code).toBe('draft.moved');
    expect((await start({ revision: 2 })).status).toBe(200);
    expect((await refused(() => start({ revision: 2 }))).body.code).toBe('draft.gone');
  });

  test('[W3] a page whose last saving was not answered is not in conflict with itself', async () => {
    const { body: first } = await keep({ page: 'A' }, '甲');
    await keep({ id: first.id, revision: 1, page: 'A' }, '甲甲');
    expect((await keep({ id: first.id, revision: 1, page: 'A' }, '甲甲甲')).body.revision).toBe(3);
  });

  test('[W3] the draft of a task is guarded like that of a start', async () => {
    await starter.start({ subject: '两个页面' });
    const { id, revision } = await checker.task();
    const save = (mark: object, comment: string) =>
      checker.send('PUT', `/api/tasks/${id}/draft`, { values: {}, comment, ...mark });
    expect((await save({ page: 'A', revision: 0 }, '一')).body.revision).toBe(1);
    expect((await refused(() => save({ page: 'B', revision: 0 }, '二'))).body.code).toBe('draft.moved');
    const submit = (draft: object) =>
      checker.post(`/api/tasks/${id}/submit`, { outcome: 'agree', values: {}, comment: '', revision, draft });
    expect((await refused(() => submit({ page: 'B', revision: 0 }))).body.code).toBe('draft.moved');
    expect((await submit({ page: 'B', revision: 1 })).status).toBe(200);
  });

  test('[W4] drafts are told apart by the title the case would have, and what may be started offers to go on with them', async () => {
    const { body: saved } = await keep({}, '东山口袋公园');
    const rows = (await starter.get('/api/inbox/drafts')).body.rows;
    const row = rows.find((one: { id: string }) => one.id === saved.id);
    expect(row).toMatchObject({
      title: '东山口袋公园',
      process: 'review',
      start: { process: 'review', start: 'start' },
    });
    const [offered] = (await starter.get('/api/processes')).body;
    expect(offered.drafts[0]).toMatchObject({ id: saved.id, title: '东山口袋公园' });
    const [theirs] = (await checker.get('/api/processes')).body;
    expect(theirs.drafts).toEqual([]);
    await keep({ id: saved.id, revision: 1 }, '');
    const [blank] = (await starter.get('/api/inbox/drafts')).body.rows;
    expect(blank.title).not.toBe('');
  });

  test('[W5] the key of what a browser keeps is the person’s own, on every device the same', async () => {
    const key = async (browser: Browser) => (await browser.get('/api/session')).body.deviceKey;
    const mine = await key(starter);
    expect(mine).toMatch(/^[0-9a-f]{64}$/);
    expect(await key(await s.signedIn('songqiao'))).toBe(mine);
    expect(await key(checker)).not.toBe(mine);
  });
});

describe('a ledger', () => {
  test('[A1] a ledger that is not for this person does not exist for him', async () => {
    const stranger = await s.signedIn('guqing');
    expect((await stranger.get('/api/ledgers')).body).toEqual([]);
    expect((await refused(() => stranger.get('/api/ledgers/REVIEWS'))).body.code).toBe('not.found');
    expect((await refused(() => stranger.post('/api/ledgers/REVIEWS/rows', {}))).body.code).toBe('not.found');
  });

  test('[R3] an export needs the right and a reason, and leaves a trace', async () => {
    const body = { columns: ['number', 'subject'], reason: '季度统计分析' };
    expect((await refused(() => starter.post('/api/ledgers/REVIEWS/export', body))).body.code).toBe('not.allowed');
    const admitted = await s.signedIn('gaoyuan');
    const short = await refused(() => admitted.post('/api/ledgers/REVIEWS/export', { ...body, reason: '看' }));
    expect(short.body.code).toBe('export.reason');
    const made = await admitted.post('/api/ledgers/REVIEWS/export', body);
    expect(made.status).toBe(200);
    expect(made.text.startsWith('PK')).toBe(true);
    const [trace] = await s.host.store.reader('audit').where({ act: 'export', person_id: 'gaoyuan' });
    expect(JSON.parse(trace.detail)).toMatchObject({ ledger: 'REVIEWS', reason: '季度统计分析' });
  });

  test('[R4] the audit administrator sees who exported what and why, and cannot open what was exported', async () => {
    const auditor = s.host.directory();
    const [person] = [...auditor.people.values()].filter(({ duties }) => duties.includes('audit-admin'));
    const audit = await s.signedIn(person!.username);
    const log = await audit.get('/api/audit?act=export');
    expect(log.body.rows).toMatchObject([
      { act: 'export', who: { id: 'gaoyuan' }, object: '审查台账', reason: '季度统计分析', rows: expect.any(Number) },
    ]);
    expect(JSON.stringify(log.body)).not.toContain('双击');
    const { rows } = (await starter.post('/api/ledgers/REVIEWS/rows', {})).body;
    expect((await refused(() => audit.get(`/api/cases/${rows[0].caseId}`))).body.code).toBe('not.found');
    expect((await (await s.signedIn('gaoyuan')).get('/api/audit')).body.code).toBe('not.allowed');
  });

  test('[R31] the audit log is exported for a reason, as it was asked for, and says so itself', async () => {
    const [person] = [...s.host.directory().people.values()].filter(({ duties }) => duties.includes('audit-admin'));
    const audit = await s.signedIn(person!.username);
    const body = { act: 'export', reason: '年度检查' };
    expect((await refused(() => audit.post('/api/audit/export', { ...body, reason: '看' }))).body.code).toBe(
      'export.reason',
    );
    const made = await audit.send('POST', '/api/audit/export', body);
    expect([made.status, made.text.startsWith('PK')]).toEqual([200, true]);
    const { rows } = (await audit.get('/api/audit?act=export')).body;
    expect(rows[0]).toMatchObject({ who: { id: person!.id }, object: '审计日志', reason: '年度检查', rows: 1 });
    const other = await s.signedIn('gaoyuan');
    expect((await refused(() => other.post('/api/audit/export', body))).body.code).toBe('not.allowed');
  });

  test('[LIM21] more than an export holds is refused, and nobody is handed a part for the whole', async () => {
    const rows = Array.from({ length: 20_001 }, (_, at) => ({
      ledger: 'REVIEWS',
      id: `r${at}`,
      case_id: null,
      cells: '{}',
      created_at: 0,
      t1: `甲${at}`,
    }));
    await s.host.store.transaction(async (tx) => {
      for (let at = 0; at < rows.length; at += 500) await tx('ledger_rows').insert(rows.slice(at, at + 500));
    });
    const admitted = await s.signedIn('gaoyuan');
    const body = { columns: ['number', 'number'], reason: '季度统计分析' };
    const answer = await refused(() => admitted.post('/api/ledgers/REVIEWS/export', body));
    expect(answer.body).toMatchObject({ code: 'export.large', detail: '一次至多导出 20000 行，请缩小范围后再导出。' });
    await s.host.store.transaction((tx) => tx('ledger_rows').where({ case_id: null }).whereLike('id', 'r%').delete());
  });

  test('[PAGE53] the tree of units is gone down one level after the other', async () => {
    const top = (await starter.get('/api/units?parent=')).body;
    expect(top.length).toBeGreaterThan(0);
    const [above] = top.filter(({ below }: { below: boolean }) => below);
    const next = (await starter.get(`/api/units?parent=${above.id}`)).body;
    expect(next.length).toBeGreaterThan(0);
    for (const { id } of next) expect(s.host.directory().units.get(id)?.parent).toBe(above.id);
    const [leaf] = [...s.host.directory().units.values()].filter(
      ({ id }) => ![...s.host.directory().units.values()].some(({ parent }) => parent === id),
    );
    expect((await starter.get(`/api/units?parent=${leaf!.id}`)).body).toEqual([]);
  });

  test('[R33] a view is kept under its name for its person alone, and lets nobody see a ledger that is not his', async () => {
    const at = '/api/ledgers/REVIEWS/views';
    const filters = [{ column: 'subject', op: 'contains', value: '双击' }];
    const view = {
      name: '我的',
      columns: ['subject', 'secret'],
      filters,
      sort: { column: 'number', descending: false },
    };
    const kept = await starter.put(at, view);
    expect(kept.status).toBe(200);
    expect((await starter.get(at)).body).toEqual([{ ...view, id: kept.body.id, columns: ['subject'] }]);
    expect((await starter.put(at, { ...view, filters: [], sort: null })).body.id).toBe(kept.body.id);
    expect((await starter.get(at)).body).toMatchObject([{ filters: [], sort: null }]);
    expect((await refused(() => starter.put(at, { ...view, columns: ['secret'] }))).body.code).toBe('input.malformed');
    const other = await s.signedIn('gaoyuan');
    expect((await other.get(at)).body).toEqual([]);
    expect((await other.send('DELETE', `/api/ledger-views/${kept.body.id}`)).status).toBe(404);
    const stranger = await s.signedIn('guqing');
    expect((await refused(() => stranger.put(at, view))).body.code).toBe('not.found');
    expect((await refused(() => stranger.get(at))).body.code).toBe('not.found');
    for (let more = 0; more < 19; more++) await starter.put(at, { ...view, name: `视图${more}` });
    expect((await refused(() => starter.put(at, { ...view, name: '第二十一个' }))).body.code).toBe('input.too-large');
    expect((await starter.send('DELETE', `/api/ledger-views/${kept.body.id}`)).status).toBe(200);
    expect((await starter.get(at)).body).toHaveLength(19);
  });

  test('[N3] filters name columns that can be filtered, and nothing else', async () => {
    const ask = (filter: object) => starter.post('/api/ledgers/REVIEWS/rows', { filters: [filter] });
    for (const column of ['secret', 'cells', 't1', "number' or 1=1 --"]) {
      const answer = await refused(() => ask({ column, op: 'contains', value: 'x' }));
      expect(answer.body.code).toBe('input.malformed');
    }
    const found = await ask({ column: 'subject', op: 'contains', value: '双击' });
    expect(found.body.rows).toHaveLength(1);
  });
});
