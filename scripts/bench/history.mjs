/**
 * Owns the past that pages are measured on: so many finished cases with what they leave behind, a thousand open ones. The database makes
 * the rows itself out of a sequence, in the same words for both. Two hundred belong to the unit `small`
 * in every size of past, a tenth of all to the unit `middle`.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
/** 1 January 2020, the first case; one more every minute */
const BEGAN = 1577808000000;
const OPEN = 1000;
const CLERKS = 200;

/** table -> its columns, as expressions over `seq`, the number of the case, counted from 1. */
function past(cases) {
  const share = cases / CLERKS;
  const id = "concat('c', 1000000000 + seq)";
  const number = "concat('BENCH-2020-', 10000000 + seq)";
  const title = "concat('测量第', seq, '件')";
  const person = "concat('b', seq % 32 + 1)";
  const unit = `case when seq % ${share} = 0 then 'small' when seq % 10 = 5 then 'middle' else 'bench' end`;
  const at = `${BEGAN} + seq * 60000`;
  const cells = `concat('{"number":"BENCH-2020-', 10000000 + seq, '","subject":"测量第', seq, '件","at":', ${at}, ',"amount":', (seq * 31) % 997, ',"unit":"bench"}')`;
  const form = `concat('{"subject":"测量第', seq, '件","amount":', (seq * 31) % 997, ',"text":"情况属实，同意办理。"}')`;
  const hash = "concat('0000000000000000000000000000000000000000000000000000', 1000000000 + seq)";
  return [
    [
      'cases',
      {
        id,
        number,
        process: "'bench'",
        version: 1,
        release: 1,
        title,
        status: "'done'",
        state: "'ended'",
        marking: "''",
        slots: "'{}'",
        revision: 6,
        starter_id: person,
        starter_unit: unit,
        start: "'start'",
        started_at: at,
        ended_at: `${at} + 86400000`,
        parent_index: 0,
        reached: "'{}'",
        entries: 2,
        history_hash: hash,
      },
    ],
    ['case_values', { case_id: id, name: "'note'", value: form }],
    ['case_people', { case_id: id, person_id: person, part: "'starter'" }],
    [
      'case_people',
      {
        case_id: id,
        person_id: `case when seq % ${share} = 0 then 's1' else concat('b', seq % 31 + 33) end`,
        part: "'worker'",
      },
    ],
    [
      'tasks_done',
      {
        id: "concat('t', 1000000000 + seq)",
        case_id: id,
        node: "'step1'",
        name: "'第1步'",
        round: 1,
        opened_at: at,
        closed_at: `${at} + 3600000`,
        outcome: "'agree'",
        closed_by: person,
      },
    ],
    [
      'work_done',
      {
        id: "concat('w', 1000000000 + seq)",
        task_id: "concat('t', 1000000000 + seq)",
        case_id: id,
        person_id: person,
        number,
        title,
        process: "'bench'",
        task_name: "'第1步'",
        outcome: "'同意'",
        done_at: `${at} + 3600000`,
      },
    ],
    [
      'submissions',
      {
        id: "concat('s', 1000000000 + seq)",
        case_id: id,
        task_id: "concat('t', 1000000000 + seq)",
        node: "'step1'",
        round: 1,
        form: "'note'",
        form_version: 1,
        person_id: person,
        outcome: "'agree'",
        comment: "'同意'",
        values: form,
        at,
      },
    ],
    [
      'history',
      { case_id: id, seq: 1, at, kind: "'started'", person_id: person, node: "'start'", detail: "'{}'", hash },
    ],
    [
      'history',
      {
        case_id: id,
        seq: 2,
        at: `${at} + 86400000`,
        kind: "'ended'",
        person_id: person,
        node: "'end'",
        detail: "'{}'",
        hash,
      },
    ],
    [
      'ledger_rows',
      {
        ledger: "'bench'",
        id,
        case_id: id,
        cells,
        created_at: at,
        t1: number,
        t2: title,
        t3: unit,
        n1: '(seq * 31) % 997',
        d1: at,
      },
    ],
    [
      'notices',
      {
        id: "concat('n', 1000000000 + seq)",
        person_id: person,
        kind: "'copy'",
        case_id: id,
        title,
        text: "''",
        from_name: "'测量'",
        at,
        read_at: at,
      },
    ],
    [
      'audit',
      {
        id: "concat('a', 1000000000 + seq)",
        at,
        person_id: person,
        act: "'sign-in'",
        object: "'session'",
        detail: "'{}'",
      },
    ],
  ];
}

/** What is open lies in tables of its own; its cases and values need not be complete for a list. */
const present = () => [
  [
    'work_items',
    {
      id: "concat('i', 1000000000 + seq)",
      task_id: "concat('o', 1000000000 + seq)",
      case_id: "concat('c', 1000000000 + seq)",
      person_id: "concat('b', seq % 32 + 1)",
      state: "'open'",
      position: 0,
      from_person: "'b1'",
      reason: "'new'",
      number: "concat('BENCH-2020-', 10000000 + seq)",
      title: "concat('测量第', seq, '件')",
      process: "'bench'",
      task_name: "'第2步'",
      opened_at: BEGAN,
      due_at: `${Date.now()} + seq * 3600000`,
      due_provisional: 0,
      rank: 1,
    },
  ],
];

const insert = ([table, columns], rows) => {
  const names = Object.keys(columns).map((name) => `\`${name}\``);
  return `insert into ${table} (${names.join(', ')}) select ${Object.values(columns).join(', ')} from ${rows}`;
};

/** Fills the SQLite file of a server that is stopped. */
export function fillSqlite(data, cases) {
  const db = new (require('libsql'))(path.join(data, 'ganwei.db'));
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-524288; PRAGMA wal_autocheckpoint=20000;',
  );
  const rows = (count) =>
    `(with recursive n(seq) as (select 1 union all select seq + 1 from n where seq < ${count}) select seq from n)`;
  for (const table of past(cases)) db.exec(insert(table, rows(cases)));
  for (const table of present()) db.exec(insert(table, rows(OPEN)));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE);');
  db.close();
}

/** Fills a database of the throw-away MariaDB. */
export function fillMariadb(port, database, cases) {
  const statements = [
    ...past(cases).map((table) => insert(table, `seq_1_to_${cases}`)),
    ...present().map((table) => insert(table, `seq_1_to_${OPEN}`)),
    ...past(cases).map(([table]) => `analyze table ${table}`),
  ];
  const sql = `set names utf8mb4; set unique_checks=0; set foreign_key_checks=0; ${statements.join(';\n')};`;
  execFileSync('mariadb', ['--no-defaults', '-uroot', '-h127.0.0.1', `-P${port}`, database], {
    input: sql,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}
