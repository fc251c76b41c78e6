/** The schema: reached once, kept as text beside the tests, and never touched by a program older than itself. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { insertCase, startedCases } from '../../server/store/cases.ts';
import { folderTexts } from '../../server/store/changes.ts';
import { addDefinitions, addOwners } from '../../server/store/definitions.ts';
import { putLedgerRow } from '../../server/store/ledgers.ts';
import { MIGRATIONS, migrate } from '../../server/store/migrations/index.ts';
import { openStore } from '../../server/store/open.ts';
import { onBoth } from './both.ts';
import { caseRow } from './rows.ts';
import { schemaText } from './schema.ts';

onBoth('the schema', (stage) => {
  test('[STO3] is what test/store/schema.*.sql says: a change of it shows as a difference of that file', async () => {
    const { store } = stage;
    const file = path.join(import.meta.dirname, `schema.${store.dialect}.sql`);
    await expect(await schemaText(store)).toMatchFileSnapshot(file);
  });

  test('[STO4] migrations applied a second time change nothing', async () => {
    const { store } = stage;
    const before = [await schemaText(store), await store.reader('migrations')];
    await store.transaction((tx) => migrate(tx, store.dialect));
    expect([await schemaText(store), await store.reader('migrations')]).toEqual(before);
    expect(before[1]).toHaveLength(MIGRATIONS.length);
  });

  test('[S8] tasks that are open when rounds begin to be kept whole keep their people and what they have signed', async () => {
    const { store } = stage;
    const task = { id: 't1', case_id: 'c1', slot: 's', node: 'n', name: '会签', round: 1, revision: 1, opened_at: 1 };
    const share = { case_id: 'c1', task_id: 't1', node: 'n', round: 1, form: '', form_version: 1, comment: '' };
    await store.transaction(async (tx) => {
      await tx.schema.raw('alter table tasks add column members text');
      await tx.schema.raw('alter table tasks drop column signing');
      await tx('migrations').where({ name: '0003-signing' }).delete();
      await tx('tasks').insert({ ...task, members: '["a","b"]', due_provisional: false, priority: false });
      await tx('submissions').insert({ ...share, id: 's1', person_id: 'a', outcome: 'agree', values: '{}', at: 5 });
    });
    await store.transaction((tx) => migrate(tx, store.dialect));
    const { members, signing } = await store.reader('tasks').where({ id: 't1' }).first();
    expect(members).toBeUndefined();
    expect(JSON.parse(signing)).toEqual({ people: ['a', 'b'], signed: [{ person: 'a', outcome: 'agree' }] });
  });

  test('[Q20] what was kept before searches were folded is found like what came after', async () => {
    const { store } = stage;
    await store.transaction(async (tx) => {
      await insertCase(tx, caseRow('old', { title: '滨江Ⅱ期', starter_id: 'liuqing' }));
      await putLedgerRow(tx, { ledger: 'old', id: 'r', case_id: null, cells: {}, created_at: 1, t1: 'Ａ区' });
      for (const table of ['cases', 'work_items', 'work_done'])
        await tx.schema.raw(`alter table ${table} drop column find_text`);
      await tx.schema.raw('alter table receipts drop column waits_for');
      for (const slot of [1, 2, 3, 4, 5, 6, 7, 8]) await tx.schema.raw(`alter table ledger_rows drop column f${slot}`);
      await tx('migrations').where({ name: '0009-finding' }).delete();
    });
    await store.transaction((tx) => migrate(tx, store.dialect));
    expect(await startedCases(store.reader, 'liuqing', { q: 'ⅱ期', limit: 2 })).toHaveLength(1);
    expect(await store.reader('ledger_rows').where({ ledger: 'old' }).select('f1')).toEqual([{ f1: 'a区' }]);
  });

  test('[V10] what was in force before there were changes came from the content folder, and is known as its', async () => {
    const { store } = stage;
    const row = { kind: 'form', version: 1, title: '', source: 'x', release: 1, effective_from: '0001-01-01' };
    await store.transaction(async (tx) => {
      await addDefinitions(tx, [
        { ...row, key: 'a', hash: 'h1' },
        { ...row, key: 'a', version: 2, hash: 'h2' },
        { ...row, key: 'loans.a', hash: 'h3' },
        { ...row, key: 'gone', hash: 'h4' },
        { ...row, key: 'gone', version: 2, hash: '', source: '' },
      ]);
      await addOwners(tx, [{ kind: 'form', key: 'loans.a', app: 'loans' }]);
      for (const table of ['changes', 'change_drafts', 'change_authors', 'change_record', 'folder_texts'])
        await tx.schema.raw(`drop table ${table}`);
      await tx('migrations').where({ name: '0011-changes' }).delete();
    });
    await store.transaction((tx) => migrate(tx, store.dialect));
    const known = await folderTexts(store.reader);
    expect(known.sort((one, other) => (one.hash < other.hash ? -1 : 1))).toEqual([
      { kind: 'form', app: '', key: 'a', hash: 'h2', seen: 'h2' },
      { kind: 'form', app: 'loans', key: 'a', hash: 'h3', seen: 'h3' },
    ]);
  });

  test('[STO5] a database of a newer program is refused with a sentence that says so, and stays as it is', async () => {
    const options = await stage.fresh();
    const store = await openStore(options);
    await store.transaction((tx) => tx('migrations').insert({ name: '9999-future', applied_at: 1 }));
    const before = await schemaText(store);
    await store.close();
    await expect(openStore(options)).rejects.toThrow(
      '数据库由更新的版本建立（9999-future），请使用不低于该版本的程序。',
    );
    expect(before).not.toContain('9999');
  });
});
