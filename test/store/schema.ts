/** Owns the schema as text: what a database says of itself, in an order and a form that make every change a readable difference. */
import type { Store } from '../../server/store/open.ts';

export const schemaText = (store: Store): Promise<string> =>
  store.dialect === 'sqlite' ? ofSqlite(store) : ofMysql(store);

async function ofSqlite({ reader }: Store): Promise<string> {
  const rows: { sql: string }[] = await reader('sqlite_master')
    .whereNotNull('sql')
    .orderBy(['tbl_name', { column: 'type', order: 'desc' }, 'name'])
    .select('sql');
  return rows.map(({ sql }) => `${sql.replace(/, `/g, ',\n  `')};\n`).join('');
}

async function ofMysql({ reader }: Store): Promise<string> {
  const [tables] = await reader.raw('show tables');
  const names = (tables as Record<string, string>[]).map((row) => Object.values(row)[0]!).sort();
  const texts = await Promise.all(
    names.map(async (name) => {
      const [[row]] = await reader.raw('show create table ??', [name]);
      return `${(row as Record<string, string>)['Create Table']};\n`;
    }),
  );
  return texts.join('');
}
