/** Malformed content at the start of a server: it never takes effect, the log says where and why, and yesterday's release goes on. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { AGREE, bpmn, end, line, start, user } from '../commands/content.ts';
import { CONTENT, PASSWORD, REVIEW, type Site, site } from './site.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'ganwei-content-'));

const form = (properties: object): string =>
  JSON.stringify({ form: 'bad', title: '坏', schema: { type: 'object', properties } });
const steps = (middle: string, ...more: string[]): string =>
  bpmn('bad', [start(''), middle, end(), ...(more.length > 0 ? more : [line('start', 'x', 'end')])].join('\n')).source;

/** kind of file, what is wrong with it, the source, and what the log must name besides the file */
const BAD: readonly (readonly [name: string, kind: SourceFile['kind'], file: string, source: string, named: RegExp])[] =
  [
    ['a BPMN file that is no XML', 'process', 'bad.bpmn', '<definitions', /不是有效的 BPMN/],
    [
      'a task that shows a form that does not exist [V5]',
      'process',
      'bad.bpmn',
      steps(user('x', '审', `assignees='["fuzheng"]' form="missing"`, AGREE)),
      /x.*missing/,
    ],
    [
      'an expression with a name that nobody knows [V5]',
      'process',
      'bad.bpmn',
      steps(user('x', '审', 'assignees="[nobody.knows]"', AGREE)),
      /x.*nobody/,
    ],
    [
      'a step that cannot be reached',
      'process',
      'bad.bpmn',
      steps(user('x', '审', `assignees='["fuzheng"]'`, AGREE), line('start', 'end')),
      /x/,
    ],
    [
      'a service that does not exist',
      'process',
      'bad.bpmn',
      steps(
        '<serviceTask id="x" name="服务"><extensionElements><ganwei:service type="shell"/></extensionElements></serviceTask>',
      ),
      /x.*shell/,
    ],
    [
      'a script',
      'process',
      'bad.bpmn',
      steps('<scriptTask id="x" name="脚本" scriptFormat="javascript"><script>process.exit()</script></scriptTask>'),
      /x/,
    ],
    ['a form that is no JSON', 'form', 'bad.form.json', '{"form": "bad",', /JSON/],
    [
      'a form with an unknown component',
      'form',
      'bad.form.json',
      form({ a: { type: 'string', title: '甲', 'x-component': 'Html' } }),
      /a.*Html/,
    ],
    [
      'a form with a field called __proto__',
      'form',
      'bad.form.json',
      '{"form":"bad","title":"坏","schema":{"type":"object","properties":{"__proto__":{"type":"string","title":"甲","x-component":"Text"}}}}',
      /__proto__/,
    ],
    [
      'a form rule that is no expression',
      'form',
      'bad.form.json',
      form({ a: { type: 'string', title: '甲', 'x-component': 'Text', 'x-rules': { visible: 'b = = 1' } } }),
      /a/,
    ],
    ['a decision table that is no XML', 'decision', 'bad.dmn', '<definitions><decision', /不是有效的 DMN/],
    ['a decision cell that is no expression', 'decision', 'bad.dmn', dmn('&gt; &gt; 3'), /r1.第 1 条规则/],
    [
      'a letter with an unknown entry at its head',
      'letter',
      'bad.letter.md',
      '---\nletter: bad\nname: 函\nlayout: letter\ncolour: red\n---\n正文\n',
      /第 5 行.*colour/,
    ],
    [
      'a letter whose block is not closed',
      'letter',
      'bad.letter.md',
      '---\nletter: bad\nname: 函\nlayout: letter\nmark: 某机关\norgan: 某机关\ntitle: 标题\n---\n{if true}\n正文\n',
      /第 9 行.*end/,
    ],
    [
      'a ledger that sorts by a column it has not',
      'ledger',
      'bad.ledger.json',
      JSON.stringify({
        ledger: 'bad',
        title: '坏',
        source: { kind: 'letter' },
        columns: [{ key: 'a', label: '甲', value: 'letter.number' }],
        who: 'true',
        sort: { column: 'b', descending: false },
      }),
      /sort/,
    ],
    [
      'a dictionary with a code twice',
      'dictionary',
      'dictionaries/bad.json',
      JSON.stringify({
        dictionary: 'bad',
        title: '坏',
        items: [
          { code: 'a', label: '一' },
          { code: 'a', label: '二' },
        ],
      }),
      /a/,
    ],
  ];

test.each(BAD)(
  '[V4] %s: the last good release goes on, and the log names file, place and reason',
  async (_name, kind, file, source, named) => {
    const dataFolder = folder();
    let s: Site = await site({ dataFolder });
    const started = await (await s.signedIn('songqiao')).start({ subject: '在办' });
    const good = await s.host.store.reader('definitions').orderBy(['kind', 'key']);
    await s.stop();

    s = await site({ dataFolder, content: [...CONTENT, { kind, key: 'bad', file, source }] });
    const errors = s.log.filter((entry) => entry.level === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]!.detail).toMatchObject({ file, element: expect.stringMatching(/./) });
    expect(errors.map((entry) => entry.message).join('\n')).toMatch(named);
    expect(errors.every((entry) => /[一-龥]/.test(entry.message))).toBe(true);
    expect(await s.host.store.reader('definitions').orderBy(['kind', 'key'])).toEqual(good);
    const checker = await s.signedIn('fuzheng');
    const { id, revision } = await checker.task();
    const moved = await checker.post(`/api/tasks/${id}/submit`, {
      outcome: 'agree',
      values: {},
      comment: '',
      revision,
    });
    expect(moved.body).toMatchObject({ caseId: started.body.caseId, state: 'running' });
    await s.stop();
  },
);

test('[V4] one bad file holds back the whole folder: good changes beside it do not take effect either, and later all at once [V2]', async () => {
  const dataFolder = folder();
  let s = await site({ dataFolder });
  await s.stop();
  const renamed = { ...REVIEW, source: REVIEW.source.replace('name="review"', 'name="改名"') };
  const changed = CONTENT.map((file) => (file.key === 'review' ? renamed : file));
  const bad: SourceFile = { kind: 'form', key: 'bad', file: 'bad.form.json', source: '{' };
  s = await site({ dataFolder, content: [...changed, bad] });
  expect(s.host.catalogue().release).toBe(1);
  await s.stop();
  s = await site({ dataFolder, content: changed });
  expect(s.host.catalogue().release).toBe(2);
  expect(s.host.catalogue().list('process')).toEqual([{ key: 'review', title: '改名', version: 2 }]);
  await s.stop();
});

test('[V4] with bad content and no release to fall back on, it does not start and says why', async () => {
  const bad: SourceFile = { kind: 'form', key: 'bad', file: 'bad.form.json', source: '{' };
  await expect(site({ content: [...CONTENT, bad] })).rejects.toThrow(
    /内容有误，且没有可用的旧版本：bad\.form\.json .*JSON/,
  );
});

test('[P2] a case ends on the version it was started with, which never changes [V1]; new ones start on the new one', async () => {
  const dataFolder = folder();
  let s = await site({ dataFolder });
  const old = await (await s.signedIn('songqiao')).start({ subject: '旧版在办' });
  await s.stop();
  const short = bpmn(
    'review',
    [start(), user('check', '审查', `assignees='["fuzheng"]'`, AGREE), end(), line('start', 'check', 'end')].join('\n'),
  );
  s = await site({ dataFolder, content: CONTENT.map((file) => (file.key === 'review' ? short : file)) });
  const fresh = await (await s.signedIn('songqiao')).start({ subject: '新版' });
  const checker = await s.browser();
  await checker.signIn('fuzheng', PASSWORD);
  const { rows } = (await checker.get('/api/inbox/todo')).body;
  const submit = async (caseId: string) => {
    const { taskId } = rows.find((row: { caseId: string }) => row.caseId === caseId);
    const { revision } = (await checker.get(`/api/tasks/${taskId}`)).body.task;
    return checker.post(`/api/tasks/${taskId}/submit`, { outcome: 'agree', values: {}, comment: '', revision });
  };
  expect((await submit(old.body.caseId)).body.state).toBe('running');
  expect((await submit(fresh.body.caseId)).body.state).toBe('ended');
  await s.stop();
});

/** A decision table of one rule with this input cell. */
function dmn(cell: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://ganwei.dev">
<decision id="bad" name="坏"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="数"><inputExpression id="ie" typeRef="number"><text>n</text></inputExpression></input>
<output id="o" name="r" typeRef="string"/>
<rule id="r1"><inputEntry id="e1"><text>${cell}</text></inputEntry><outputEntry id="oe1"><text>"a"</text></outputEntry></rule>
</decisionTable></decision></definitions>`;
}

test('[V7] while a good release exists the server serves first, and then says that the new content is not in force', async () => {
  const dataFolder = folder();
  let s: Site = await site({ dataFolder });
  await s.stop();
  const bad: SourceFile = { kind: 'form', key: 'bad', file: 'bad.form.json', source: '{' };
  s = await site({ dataFolder, content: [...CONTENT, bad], contentLater: true });
  expect(s.log.filter(({ level }) => level === 'error')).toEqual([]);
  expect((await (await s.signedIn('songqiao')).start({ subject: '新办' })).status).toBe(200);
  const { release, problems } = await s.platform.takeContent();
  expect(release).toBeNull();
  expect(problems[0]).toMatchObject({ file: 'bad.form.json', severity: 'error' });
  expect(s.log.find(({ level }) => level === 'error')?.message).toContain('bad.form.json');
  await s.stop();
});
