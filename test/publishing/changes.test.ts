/** A change from its beginning to the release it becomes: who may what, what is kept, what is refused. */
import { readApplication } from '@ganwei/release/application';
import { rightsOf } from '@ganwei/release/change';
import { type Definition, KINDS } from '@ganwei/release/definition';
import { afterEach, expect, test } from 'vitest';
import { inbox } from '../../server/queries/inbox.ts';
import { COLOURS, CONTENT, colours, type Office, office, PROCESS, VISIT, visitNamed } from './office.ts';

/** The application of visits, changed by whom it says. */
const manifest = (design: object): Definition => ({
  kind: 'application',
  key: 'visits',
  file: 'processes/visits/app.json',
  source: JSON.stringify({
    app: 'visits',
    name: { 'zh-CN': '走访', 'en-US': 'Visits' },
    owner: '办公室',
    roles: [],
    description: '走访',
    design,
  }),
});

const own: Definition = { ...VISIT, app: 'visits', file: 'processes/visits/visit.bpmn' };
const ofVisits = (design: object) => [...CONTENT.filter((one) => one !== VISIT), own, manifest(design)];

let o: Office;
afterEach(() => o?.w.stop());

const green = { ...COLOURS, source: colours('绿').source };
const reworded = { ...PROCESS, source: visitNamed('核对') };

test('[CHG1] a change is begun with its title and reason, and tells what happened to it', async () => {
  o = await office();
  const { id } = await o.as('peiwen').begin(' 调整步骤 ', '窗口反映');
  await o.as('kongwei').comment(id, '请说明期限');
  const view = await o.as('kongwei').view(id);
  expect(view).toMatchObject({
    title: '调整步骤',
    reason: '窗口反映',
    state: 'drafting',
    base: 1,
    count: 0,
    authors: [],
  });
  expect(view.record.map(({ what, by, words }) => [what, by.id, words])).toEqual([
    ['created', 'peiwen', '窗口反映'],
    ['comment', 'kongwei', '请说明期限'],
  ]);
  expect((await o.as('peiwen').list()).rows.map((row) => row.id)).toEqual([id]);
  expect((await o.as('peiwen').list('false')).rows).toEqual([]);
});

test('[CHG2] two write in one change: different definitions side by side, the same one not over what was not seen', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  await o.as('kongwei').save(id, COLOURS, green.source);
  const seen = (await o.as('peiwen').draft(id, PROCESS)).draft!.revision;
  await o.as('kongwei').save(id, PROCESS, visitNamed('复核'), { revision: seen });
  await expect(o.as('peiwen').save(id, PROCESS, visitNamed('初核'), { revision: seen })).rejects.toMatchObject({
    code: 'change.moved',
    message: expect.stringContaining('已由孔维保存（2026-09-01 09:00）'),
  });
  expect((await o.as('peiwen').draft(id, PROCESS)).source).toBe(visitNamed('复核'));
  const { drafts, authors } = await o.as('peiwen').view(id);
  expect(drafts.map(({ key, what, by }) => [key, what, by.id])).toEqual([
    ['colours', 'changed', 'kongwei'],
    ['visit', 'changed', 'kongwei'],
  ]);
  expect(authors.map((author) => author.id).sort()).toEqual(['kongwei', 'peiwen']);
});

test('[CHG2] the lost echo of one’s own saving is no conflict; a draft that was dropped and written anew is another one', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  const { revision } = (await o.as('peiwen').draft(id, PROCESS)).draft!;
  expect(await o.as('peiwen').save(id, PROCESS, reworded.source, { revision: 0 })).toEqual({ revision });
  await o.as('kongwei').drop(id, PROCESS);
  await o.as('kongwei').save(id, PROCESS, visitNamed('复核'));
  await expect(o.as('peiwen').save(id, PROCESS, visitNamed('初核'), { revision })).rejects.toMatchObject({
    code: 'change.moved',
  });
});

test('[CHG3] what is written after the consent takes the consent back', async () => {
  o = await office();
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  await o.as('peiwen').save(id, PROCESS, visitNamed('再核对'));
  const view = await o.as('peiwen').view(id);
  expect(view.state).toBe('drafting');
  expect(view.record.at(-1)).toMatchObject({ what: 'reopened', by: { id: 'peiwen' } });
  await expect(o.as('peiwen').publish(id)).rejects.toMatchObject({ code: 'change.barred' });
  await o.as('peiwen').submit(id);
  await o.as('peiwen').rename(id, '另一个名字');
  expect((await o.as('peiwen').view(id)).state).toBe('drafting');
});

test('[CHG4] the page offers what the command does: nothing is submitted that changes nothing', async () => {
  o = await office();
  const { id } = await o.as('peiwen').begin();
  const may = async (person: string) =>
    Object.fromEntries((await o.as(person).view(id)).may.map(({ act, allowed, reason }) => [act, allowed || reason]));
  expect(await may('peiwen')).toMatchObject({ draft: true, submit: '变更里没有任何改动', review: '变更还在起草' });
  await expect(o.as('peiwen').submit(id)).rejects.toThrow('现在不能送审：变更里没有任何改动。');
  await o.as('peiwen').save(id, PROCESS, VISIT.source);
  await expect(o.as('peiwen').submit(id)).rejects.toThrow('变更里没有任何改动');
  await o.as('peiwen').save(id, PROCESS, reworded.source);
  expect(await may('peiwen')).toMatchObject({ submit: true, publish: '变更还在起草', withdraw: true });
  await o.as('peiwen').submit(id);
  expect(await may('peiwen')).toMatchObject({ review: '您起草了其中的内容，须由他人审核' });
  expect(await may('kongwei')).toMatchObject({ review: true });
  await o.as('peiwen').withdraw(id, '不再需要');
  await expect(o.as('peiwen').save(id, PROCESS, visitNamed('又改'))).rejects.toThrow('变更已经撤销');
  expect((await o.as('peiwen').list('false')).rows.map(({ state }) => state)).toEqual(['withdrawn']);
});

test('[CHG5] nobody is the only pair of eyes on what he wrote; who agrees agrees to what he has seen', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  await o.as('peiwen').submit(id);
  await expect(o.as('peiwen').publish(id)).rejects.toThrow('须经起草人以外的人审核同意');
  await expect(o.as('peiwen').review(id, true)).rejects.toThrow('须由他人审核');
  const seen = await o.as('kongwei').view(id);
  await o.as('peiwen').save(id, PROCESS, visitNamed('偷换'));
  await o.as('peiwen').submit(id);
  await expect(o.as('kongwei').review(id, true, seen)).rejects.toThrow('变更在您打开之后又有修改');
  await o.as('kongwei').review(id, false);
  const { state, record } = await o.as('peiwen').view(id);
  expect([state, record.at(-1)?.words]).toEqual(['returned', '请再斟酌']);
  await expect(o.as('peiwen').publish(id)).rejects.toThrow('变更已被退回');
});

test('[CHG5] what decides, or says who decides or reads, needs the second pair of eyes; an application may do without', async () => {
  const needs = (app: string, design: object) => {
    const { needsFourEyes } = rightsOf(o.w.actor('peiwen'), [readApplication(manifest(design).source)]);
    return KINDS.filter((kind) => needsFourEyes({ kind, app, key: 'visits' }));
  };
  o = await office({ content: ofVisits({ fourEyes: false }) });
  const guarded = ['directory', 'functions', 'decision', 'letter', 'process', 'ledger', 'application'];
  expect(needs('visits', {})).toEqual(guarded);
  expect(needs('visits', { fourEyes: false })).toEqual(['directory', 'ledger', 'application']);
  const id = await o.drafted('peiwen', [{ ...PROCESS, app: 'visits', source: visitNamed('核对') }]);
  await o.as('peiwen').submit(id);
  expect((await o.as('peiwen').publish(id)).release).toBe(2);
});

test('[CHG5] who has only dropped what he wrote has written in it all the same', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  await o.as('kongwei').save(id, COLOURS, green.source);
  await o.as('kongwei').drop(id, COLOURS);
  await o.as('peiwen').submit(id);
  await expect(o.as('kongwei').review(id, true)).rejects.toThrow('须由他人审核');
});

test('[CHG6] published, new cases begin on the new version and running ones end on theirs', async () => {
  o = await office();
  const old = await o.w.as('songqiao').start('visit', { subject: '旧' });
  const release = await o.published('peiwen', 'kongwei', [reworded, green]);
  expect([release, await o.step()]).toEqual([2, '核对']);
  await o.w.as('songqiao').start('visit', { subject: '新' });
  expect((await o.w.as('fuzheng').todo()).map(({ title, node }) => [title, node]).sort()).toEqual([
    ['新', '核对'],
    ['旧', '审查'],
  ]);
  expect((await o.w.as('fuzheng').case(old.caseId)).tasks.map(({ name }) => name)).toEqual(['审查']);
  const [row, first] = (await o.as('peiwen').releases()).rows;
  expect(row).toMatchObject({ id: 2, note: '调整', by: { id: 'peiwen' }, change: { title: '调整' } });
  expect(row?.definitions.map(({ key, version }) => [key, version])).toEqual([
    ['colours', 2],
    ['visit', 2],
  ]);
  expect([first?.by, first?.note]).toEqual([null, '内容目录']);
  expect((await o.as('peiwen').list('false')).rows).toMatchObject([{ state: 'published', release: 2, count: 2 }]);
});

test('[CHG6] what has an error changes nothing, and the error is told with its place', async () => {
  o = await office();
  const id = await o.agreed('peiwen', 'kongwei', [
    { ...PROCESS, source: VISIT.source.replace('["fuzheng"]', 'nobody.knows') },
    green,
  ]);
  const before = await o.w.host.store.reader('definitions').count({ n: '*' });
  const { release, findings } = await o.as('peiwen').publish(id);
  expect(release).toBeNull();
  expect(findings).toMatchObject([{ definition: { ...PROCESS, title: 'visit' }, element: 'check', severity: 'error' }]);
  expect(await o.w.host.store.reader('definitions').count({ n: '*' })).toEqual(before);
  expect((await o.as('peiwen').view(id)).state).toBe('agreed');
  expect((await o.as('peiwen').check(id)).findings).toEqual(findings);
});

test('[CHG6] a dictionary needs no second person: submitted, it is published by whoever may', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [green]);
  await expect(o.as('peiwen').publish(id)).rejects.toThrow('变更还在起草');
  await o.as('peiwen').submit(id);
  expect((await o.as('peiwen').publish(id)).release).toBe(2);
  expect(
    o.w.host
      .catalogue()
      .dictionary('colours')
      ?.items.map(({ label }) => label),
  ).toEqual(['绿']);
});

test('[CHG6] the same request again publishes nothing more and answers as the first time', async () => {
  o = await office();
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  const key = 'publish-once-1';
  const first = await o.as('peiwen').publish(id, null, key);
  expect(await o.as('peiwen').publish(id, null, key)).toEqual(first);
  await expect(o.as('peiwen').publish(id)).rejects.toThrow('变更已经发布');
});

test('[CHG7] what was published beneath a draft is not overwritten: it is behind until somebody has seen both', async () => {
  o = await office();
  const id = await o.agreed('peiwen', 'kongwei', [reworded]);
  await o.published('kongwei', 'peiwen', [{ ...PROCESS, source: visitNamed('查阅') }]);
  const view = await o.as('peiwen').view(id);
  expect(view.drafts.map(({ behind }) => behind)).toEqual([true]);
  await expect(o.as('peiwen').publish(id)).rejects.toThrow('visit 的现行文本已有变化');
  const { base, current, source } = await o.as('peiwen').draft(id, PROCESS);
  expect([base, current, source]).toEqual([VISIT.source, visitNamed('查阅'), reworded.source]);
  await o.as('peiwen').rebase(id, PROCESS, visitNamed('核对并查阅'));
  expect(await o.as('peiwen').view(id)).toMatchObject({ state: 'drafting', base: 2, drafts: [{ behind: false }] });
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  expect((await o.as('peiwen').publish(id)).release).toBe(3);
});

test('[CHG7] a text that is in force by now falls away, and one begun on an older version is behind from the beginning', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded, green]);
  await o.published('kongwei', 'peiwen', [reworded]);
  expect((await o.as('peiwen').view(id)).drafts.map(({ key }) => key)).toEqual(['colours']);
  const other = await o.as('kongwei').begin('另一个');
  await o.as('kongwei').save(other.id, PROCESS, visitNamed('旧页面写的'), { revision: 0, version: 1 });
  expect((await o.as('kongwei').view(other.id)).drafts).toMatchObject([{ key: 'visit', behind: true }]);
});

test('[CHG7] what had fallen away when it was agreed to does not come back when the other release is taken back', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded, green]);
  const release = await o.published('kongwei', 'peiwen', [reworded]);
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  const back = await o.as('peiwen').takeBack(release);
  await o.as('peiwen').submit(back.id);
  await o.as('kongwei').review(back.id, true);
  await o.as('peiwen').publish(back.id);
  await o.as('peiwen').publish(id);
  expect(await o.step()).toBe('审查');
});

test('[CHG7] a draft of what was retired meanwhile is lost to nobody: it is shown as new, and behind', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  await o.published('kongwei', 'peiwen', [{ ...PROCESS, source: null }]);
  expect(o.w.host.catalogue().list('process')).toEqual([]);
  expect((await o.as('peiwen').view(id)).drafts).toMatchObject([{ key: 'visit', what: 'added', behind: true }]);
  await o.as('peiwen').rebase(id, PROCESS, reworded.source);
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  await o.as('peiwen').publish(id);
  expect(await o.step()).toBe('核对');
});

test('[CHG10] an application says which roles draft, review and publish it; its own manifest is the business administrator’s', async () => {
  const design = { draft: ['handler'], review: ['section_chief'], publish: ['section_chief'] };
  o = await office({ content: ofVisits(design) });
  const holder = (role: string) =>
    [...o.w.host.directory().people.values()].find(({ posts }) => posts.some((post) => post.roles.includes(role)))!.id;
  const [author, chief] = [holder('handler'), holder('section_chief')];
  const named = { ...PROCESS, app: 'visits' };
  const { id } = await o.as(author).begin();
  await o.as(author).save(id, named, visitNamed('核对'));
  await expect(o.as(author).save(id, COLOURS, green.source)).rejects.toMatchObject({ code: 'not.allowed' });
  const grab = { kind: 'application' as const, app: '', key: 'visits' };
  await expect(o.as(author).save(id, grab, manifest({}).source)).rejects.toMatchObject({ code: 'not.allowed' });
  await expect(o.as('peiwen').save(id, named, visitNamed('越权'))).rejects.toMatchObject({ code: 'not.allowed' });
  for (const kind of ['functions', 'translation'] as const) {
    await o.as(author).save(id, { kind, app: '', key: 'visits' }, '{}');
    await o.as(author).drop(id, { kind, app: '', key: 'visits' });
  }
  await o.as(author).submit(id);
  await expect(o.as('peiwen').review(id, true)).rejects.toMatchObject({ code: 'not.allowed' });
  await o.as(chief).review(id, true);
  expect((await o.as(chief).publish(id)).release).toBe(2);
  const seen = (await o.as(author).design()).applications.map(({ app, name, mayDraft }) => [app, name, mayDraft]);
  expect(seen).toEqual([
    ['', '', false],
    ['visits', '走访', true],
  ]);
});

test('[CHG11] whoever has no right of design finds nothing: strangers and the three officers', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  for (const person of ['luchuan', 'admin', 'secadmin', 'auditadmin']) {
    const designer = o.as(person);
    for (const ask of [
      () => designer.view(id),
      () => designer.list(),
      () => designer.design(),
      () => designer.releases(),
      () => designer.draft(id, PROCESS),
      () => designer.begin(),
      () => designer.comment(id, '看看'),
      () => designer.check(id),
      () => designer.publish(id),
      () => designer.takeBack(1),
    ])
      await expect(ask(), `${person} ${ask}`).rejects.toMatchObject({ code: 'not.found' });
  }
});

test('[CHG12] every step of a change is in the audit log; many savings of one definition are one entry', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [reworded]);
  for (const step of ['一', '二', '三']) await o.as('peiwen').save(id, PROCESS, visitNamed(step));
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, false);
  await o.as('kongwei').save(id, COLOURS, green.source);
  await o.as('peiwen').withdraw(id);
  expect(await o.audit()).toEqual([
    'change-begun peiwen',
    'change-saved peiwen',
    'change-submitted peiwen',
    'change-returned kongwei',
    'change-saved kongwei',
    'change-withdrawn peiwen',
  ]);
});

test('[CHG13] whoever may review is told that it was submitted, whoever wrote it what came of it; nobody of his own acts', async () => {
  o = await office();
  const told = async (person: string) =>
    (await inbox(o.w.host, o.w.actor(person), 'copied', { q: '', limit: 10 })).rows.map(({ title, node }) => [
      title,
      node,
    ]);
  const id = await o.drafted('peiwen', [reworded]);
  await o.as('peiwen').submit(id);
  expect(await told('kongwei')).toEqual([['变更「调整」已送审', '由裴文送审，请在设计中心查看并审核。']]);
  expect([await told('peiwen'), await told('luchuan'), await told('admin')]).toEqual([[], [], []]);
  await o.as('kongwei').review(id, false);
  expect(await told('peiwen')).toEqual([['变更「调整」被退回', '孔维：请再斟酌']]);
});

test('[CHG20] a draft may be wrong, but it is a text under a name that stays within the folder', async () => {
  o = await office();
  const { id } = await o.as('peiwen').begin();
  await o.as('peiwen').save(id, PROCESS, '<definitions');
  for (const key of ['../evil', 'a/b', 'a.b', '.hidden', 'a\\b', 'functions', 'k'.repeat(65), 'a b', ''])
    await expect(o.as('peiwen').save(id, { kind: 'decision', app: '', key }, 'x'), `key ${key}`).rejects.toMatchObject({
      code: 'definition.invalid',
    });
  for (const named of [
    { ...PROCESS, app: '..' },
    { ...PROCESS, app: 'shared' },
    { ...COLOURS, app: 'visits' },
    { kind: 'directory' as const, app: '', key: 'other' },
  ])
    await expect(o.as('peiwen').save(id, named, 'x')).rejects.toMatchObject({ code: 'definition.invalid' });
  for (const text of ['a\0b', '\ud800'])
    await expect(o.as('peiwen').save(id, COLOURS, text)).rejects.toMatchObject({ code: 'definition.invalid' });
  await o.as('peiwen').save(id, { kind: 'decision', app: '', key: '金额分级' }, 'x');
  expect((await o.as('peiwen').view(id)).drafts.map(({ key }) => key).sort()).toEqual(['visit', '金额分级']);
});

test('[REL26] a code that has been in force stays, switched off at most; going back to before it was there switches it off', async () => {
  o = await office();
  const two = { ...COLOURS, source: colours('红', '蓝').source };
  await o.published('peiwen', 'kongwei', [two]);
  const mistyped = { ...COLOURS, source: two.source.replace('"c1"', '"c2"') };
  const id = await o.drafted('peiwen', [mistyped]);
  const { findings } = await o.as('peiwen').check(id);
  expect(
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, element, message }) => [rule, element, message]),
  ).toEqual([
    [
      'kept-codes',
      'c1',
      '字典条目「蓝」的代码「c1」已经用过，不能去掉或者改写（是否改成了「c2」？）；不再使用的，请停用（active: false）',
    ],
  ]);
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  expect(await o.as('peiwen').publish(id)).toMatchObject({ release: null });

  const back = await o.as('peiwen').takeBack(2);
  const { source } = await o.as('peiwen').draft(back.id, COLOURS);
  expect(JSON.parse(source ?? '').items).toEqual([
    { code: 'c0', label: '红' },
    { code: 'c1', label: '蓝', active: false },
  ]);
  expect((await o.as('peiwen').check(back.id)).findings).toEqual([]);
});

test('[CHG33] a release taken back is a change with the texts of before; what was changed again since is behind', async () => {
  o = await office();
  const added = { kind: 'dictionary' as const, app: '', key: 'shades' };
  const shades = colours('浅').source.replace('colours', 'shades');
  await o.published('peiwen', 'kongwei', [reworded, green, { ...added, source: shades }]);
  await o.published('kongwei', 'peiwen', [{ ...COLOURS, source: colours('蓝').source }]);
  const { id } = await o.as('peiwen').takeBack(2);
  const view = await o.as('peiwen').view(id);
  expect([view.title, view.origin, view.state]).toEqual(['撤回第 2 次发布', 'taken-back', 'drafting']);
  expect(view.drafts.map(({ key, what, behind }) => [key, what, behind])).toEqual([
    ['colours', 'changed', true],
    ['shades', 'retired', false],
    ['visit', 'changed', false],
  ]);
  await o.as('peiwen').drop(id, COLOURS);
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  await o.as('kongwei').publish(id);
  expect([await o.step(), o.w.host.catalogue().dictionary('shades')]).toEqual(['审查', undefined]);
  await expect(o.as('peiwen').takeBack(9)).rejects.toMatchObject({ code: 'not.found' });
  await expect(o.as('peiwen').takeBack(1)).rejects.toThrow('第一次发布之前没有内容');
  await o.published('peiwen', 'kongwei', [{ ...COLOURS, source: colours('红').source }]);
  await expect(o.as('peiwen').takeBack(2)).rejects.toThrow('没有可以撤回的内容');
});
