/**
 * Owns the checks that look at cases: their history, their open work, what was submitted, their children, messages, ledger rows,
 * figures and records. See checks.mjs, which calls them.
 */
import { chainBreak } from '../chain.mjs';
import { groupBy, named } from './rows.mjs';

export function caseChecks(world) {
  return [
    named('history', 'K2', history(world)),
    named('open work', 'K2', openWork(world)),
    named('submissions', 'K1', submissions(world)),
    named('acts', 'K1', acts(world)),
    named('answers', 'K1', answers(world)),
    named('rounds', 'K2', rounds(world)),
    named('children', 'K7', children(world)),
    named('ledger', 'K7', ledger(world)),
    named('figures', 'K7', figures(world)),
  ];
}

/** The hash chain of every case, recomputed. */
function history({ tables, of }) {
  const violations = tables.cases.flatMap((row) => {
    const entries = [...of.history.get(row.id)].sort((a, b) => a.seq - b.seq);
    const broken = chainBreak(row, entries);
    return broken === null ? [] : [`case ${row.number}: the chain breaks at entry ${broken}`];
  });
  return { counted: tables.history.length, violations };
}

/** What the case says it waits for, and the rows of open work, are the same; an ended case waits for nothing. */
function openWork({ tables, of, final }) {
  const violations = [];
  const texts = new Set(tables.markings.map((row) => `${row.process}/${row.hash}`));
  const closed = new Set(tables.tasks_done.map((row) => row.id));
  for (const row of tables.cases) {
    const complain = (what) => violations.push(`case ${row.number}: ${what}`);
    const slots = Object.values(JSON.parse(row.slots)).map(({ kind, id }) => `${kind} ${id}`);
    const rows = [
      ...of.tasks.get(row.id).map(({ id }) => `user ${id}`),
      ...of.timers
        .get(row.id)
        .filter(({ kind }) => kind === 'flow')
        .map(({ id }) => `timer ${id}`),
      ...of.waits.get(row.id).map(({ kind, id }) => `${kind} ${id}`),
    ];
    if (slots.sort().join() !== rows.sort().join()) complain('its slots and its open rows differ');
    if (row.state === 'running') {
      if (rows.length === 0) complain('it runs and waits for nothing');
      if (!texts.has(`${row.process}@${row.version}/${row.marking}`)) complain('its marking is not known');
      if (final) complain('it has not come to its end');
    } else {
      if (row.marking !== '' || row.ended_at === null) complain('it has ended and still stands somewhere');
      if (rows.length > 0) complain('it has ended and has open work');
    }
  }
  const open = new Map(tables.tasks.map((row) => [row.id, row]));
  for (const task of tables.tasks) if (closed.has(task.id)) violations.push(`task ${task.id}: open and closed`);
  for (const item of tables.work_items)
    if (open.get(item.task_id)?.case_id !== item.case_id) violations.push(`work item ${item.id}: its task is not open`);
  for (const draft of tables.drafts)
    if (draft.task_id && !open.has(draft.task_id)) violations.push(`draft ${draft.id}: its task is not open`);
  for (const task of tables.tasks)
    if (!tables.work_items.some((item) => item.task_id === task.id))
      violations.push(`task ${task.id}: open and in nobody's list`);
  for (const row of tables.incidents) violations.push(`incident ${row.kind} at ${row.node}: ${row.detail}`);
  return { counted: tables.cases.length, violations };
}

/** What was answered with yes is there exactly once, as it was sent; what was answered with no is not there. */
function submissions({ tables, journal, final }) {
  const violations = [];
  const markOf = (row) =>
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(row.comment)?.[0] ?? JSON.parse(row.values).mark;
  const kept = groupBy(tables.submissions, markOf);
  const sent = journal.entries.filter(({ act }) => act === 'start' || act === 'submit');
  for (const { key, status, answer, ...entry } of sent) {
    const rows = kept.get(key);
    const complain = (what) => violations.push(`${entry.act} ${key} of ${entry.person} (${status}): ${what}`);
    if (rows.length > 1) complain(`${rows.length} times in the database`);
    if (status === 200 && rows.length === 0) complain('lost');
    if (status !== 200 && status !== null && rows.length > 0) complain('refused, but in the database');
    if (status !== 200 || rows.length === 0) continue;
    const [row] = rows;
    const values = JSON.parse(row.values);
    const same =
      row.person_id === entry.person &&
      row.case_id === answer.caseId &&
      row.task_id === (entry.taskId ?? '') &&
      row.outcome === (entry.outcome ?? 'start') &&
      Object.entries(entry.values).every(([name, value]) =>
        name === 'files' ? values.files?.[0]?.id === value[0].id : values[name] === value,
      ) &&
      (values.amount === undefined || Math.abs(values.double - values.amount * 2) < 1e-6);
    if (!same) complain('not as it was sent');
  }
  const known = new Set(sent.map(({ key }) => key));
  if (final)
    for (const [mark] of kept.entries()) if (!known.has(mark)) violations.push(`submission ${mark}: nobody sent it`);
  return { counted: tables.submissions.length, violations };
}

/** The history entry that an act leaves; its comment holds the text of the request. */
const TRACES = { transfer: 'transferred', return: 'returned', withdraw: 'withdrawn', comment: 'commented' };

/** Claims, transfers, returns, withdrawals, comments and attachments have left their trace exactly once. */
function acts({ tables, journal, of, details, final }) {
  const violations = [];
  let counted = 0;
  for (const { act, key, status, caseId, person, file } of journal.entries) {
    const kind = TRACES[act];
    const complain = (what) => violations.push(`${act} ${key} of ${person} (${status}): ${what}`);
    if (kind) {
      counted += 1;
      const n = of.history
        .get(caseId)
        .filter(
          (row) => row.kind === kind && row.person_id === person && details.get(row).comment.includes(key),
        ).length;
      if (n > 1) complain(`${n} times in the history`);
      if (status === 200 && n === 0) complain('lost');
      if (status !== 200 && status !== null && n > 0) complain('refused, but in the history');
    }
    if (act === 'attach' && status === 200) {
      counted += 1;
      const links = tables.file_links.filter((row) => row.case_id === caseId && row.file_id === file);
      if (links.length !== 1) complain(`${links.length} links to the file`);
    }
  }
  const claims = journal.entries.filter(({ act, status }) => act === 'claim' && status === 200);
  for (const [at, answered] of groupBy(claims, ({ caseId, person }) => `${caseId}/${person}`).entries()) {
    counted += answered.length;
    const [caseId, person] = at.split('/');
    const rows = of.history.get(caseId);
    const n = rows.filter((row) => row.kind === 'claimed' && row.person_id === person).length;
    const given = rows.filter((row) => row.kind === 'transferred' && details.get(row).to === person).length;
    if (n < answered.length - given || (final && n > answered.length))
      violations.push(`case ${caseId}: ${person} claimed ${answered.length} times, ${n} in the history`);
  }
  return { counted, violations };
}

/** The answer that a person got is the one that is kept under his key. */
function answers({ tables, journal }) {
  const violations = [];
  const kept = new Map(tables.answers.map((row) => [row.key, row.answer]));
  const answered = journal.entries.filter(({ status }) => status === 200);
  for (const { key, person, answer, act } of answered) {
    const stored = kept.get(`${person}/${key}`);
    if (stored === undefined) violations.push(`${act} ${key} of ${person}: no answer is kept`);
    else if (JSON.stringify(JSON.parse(stored)) !== JSON.stringify(answer))
      violations.push(`${act} ${key} of ${person}: another answer is kept`);
  }
  return { counted: answered.length, violations };
}

/** How many submissions close a task. */
const MEMBERS = { sign: 3, vote: 3 };

/** A task closes exactly once, with as many shares as its rule asks for, one of each person. */
function rounds({ tables, of }) {
  const violations = [];
  const shares = groupBy(tables.submissions, (row) => row.task_id);
  for (const task of tables.tasks_done) {
    const rows = shares.get(task.id);
    const people = new Set(rows.map((row) => row.person_id));
    const complain = (what) => violations.push(`task ${task.id} (${task.node}): ${what}`);
    if (people.size !== rows.length) complain('one person submitted twice');
    if (['', 'return'].includes(task.outcome)) continue;
    const members =
      task.node === 'receive'
        ? new Set(of.history.get(task.case_id).flatMap((row) => receivers(tables, row))).size
        : (MEMBERS[task.node] ?? 1);
    if (rows.length !== members) complain(`${rows.length} of ${members} submissions`);
  }
  const done = groupBy(tables.work_done, (row) => row.task_id);
  for (const [task, rows] of shares.entries())
    if (task && done.get(task).length < rows.length) violations.push(`task ${task}: work done is not on record`);
  return { counted: tables.tasks_done.length, violations };
}

function receivers(tables, row) {
  if (row.kind !== 'letter') return [];
  const { letter } = JSON.parse(row.detail);
  return tables.receipts.filter((receipt) => receipt.letter_id === letter).map((receipt) => receipt.person_id);
}

/** Two children for each whole that got so far, each joined once; their word heard exactly once. */
function children({ tables, wholes, values, of }) {
  const violations = [];
  const parts = groupBy(
    tables.cases.filter((row) => row.parent_id !== null),
    (row) => row.parent_id,
  );
  let counted = 0;
  for (const row of wholes) {
    const complain = (what) => violations.push(`case ${row.number}: ${what}`);
    const own = [...parts.get(row.id)].sort((a, b) => a.parent_index - b.parent_index);
    counted += own.length;
    const expected = of.letters.get(row.id).length * 2;
    if (own.length !== expected) complain(`${own.length} children where ${expected} should be`);
    if (own.length === 0) continue;
    if (own[0].parent_index !== 0 || own[1]?.parent_index !== 1)
      complain('its children are not the first and the second');
    if (own.some((child) => values.get(child.id).part.whole !== row.number))
      complain('a child belongs to another case');
    const ended = own.filter((child) => child.state !== 'running').length;
    const times = (kind) => of.history.get(row.id).filter((entry) => entry.kind === kind).length;
    if (times('child-ended') !== Math.min(ended, 1)) complain(`noted ${times('child-ended')} children ended`);
    const told = own.map((child) => of.history.get(child.id).filter((entry) => entry.kind === 'messaged').length);
    if (told[0] !== (own[0].state === 'running' ? 0 : 1) || told[1] !== 0) complain(`its children spoke ${told} times`);
    if (times('message') !== told[0]) complain(`heard ${times('message')} of ${told[0]} words`);
    const joined = values.get(row.id).partNumbers;
    if (ended === 2 && JSON.stringify(joined) !== JSON.stringify(own.map((child) => child.number)))
      complain(`joined ${JSON.stringify(joined)}`);
  }
  return { counted, violations };
}

/** One ledger row for each case, saying what the case says; one record for each case that was done. */
function ledger({ tables, wholes, values, of }) {
  const violations = [];
  const rows = groupBy(
    tables.ledger_rows.filter((row) => row.ledger === 'kill'),
    (row) => row.id,
  );
  const labels = { open: '办理中', refused: '未通过', done: '已办结' };
  for (const row of wholes) {
    const complain = (what) => violations.push(`case ${row.number}: ${what}`);
    const { matter, register, notice, recorded } = values.get(row.id);
    const [own, ...more] = rows.get(row.id);
    if (!own || more.length > 0) {
      complain('it does not have exactly one ledger row');
      continue;
    }
    const cells = JSON.parse(own.cells);
    const wanted = {
      number: row.number,
      subject: matter.subject,
      amount: matter.amount,
      status: labels[row.status],
      register,
      letter: notice?.number ?? null,
    };
    // A withdrawal changes no status.
    for (const [name, value] of Object.entries(wanted))
      if ((cells[name] ?? null) !== (value ?? null)) complain(`ledger says ${name} ${cells[name]}, the case ${value}`);
    if (own.t1 !== row.number || own.t2 !== matter.subject || own.n1 !== matter.amount || own.n2 !== register)
      complain('its ledger row is found under other values');
    const records = of.records.get(row.id);
    const due = row.status === 'done' ? 1 : 0;
    if (records.length !== due || (due && records[0].id !== recorded)) complain(`${records.length} records`);
    else if (due && JSON.parse(records[0].values).letter !== notice.number) complain('its record names another letter');
  }
  const known = new Set(wholes.map((row) => row.id));
  for (const [id] of rows.entries()) if (!known.has(id)) violations.push(`ledger row ${id}: there is no such case`);
  return { counted: wholes.length, violations };
}

/** The figures of a ledger, which are what has been counted and what has changed since, are those of its rows. */
function figures({ tables }) {
  const violations = [];
  const own = (table) => tables[table].filter((row) => row.ledger === 'kill');
  const told = new Map();
  const add = (status, n, amount) => {
    const figure = told.get(status) ?? { n: 0, amount: 0 };
    told.set(status, { n: figure.n + n, amount: figure.amount + amount });
  };
  const addRow = (sign) => (row) => {
    const { status, amount } = JSON.parse(row.cells);
    add(status, sign, sign * (amount ?? 0));
  };
  const changed = new Set(own('ledger_changes').map((row) => row.id));
  for (const row of own('ledger_sums')) add(JSON.parse(row.cells)[0], Number(row.n), Number(row.sum1));
  own('ledger_changes').forEach(addRow(1));
  own('ledger_counted')
    .filter((row) => changed.has(row.id))
    .forEach(addRow(-1));
  const rows = own('ledger_rows').map((row) => JSON.parse(row.cells));
  for (const status of new Set([...told.keys(), ...rows.map((cells) => cells.status)])) {
    const { n, amount } = told.get(status) ?? { n: 0, amount: 0 };
    const those = rows.filter((cells) => cells.status === status);
    const sum = those.reduce((total, cells) => total + (cells.amount ?? 0), 0);
    if (n !== those.length || Math.abs(amount - sum) > 1e-4)
      violations.push(`figures say ${n} ${status} of ${amount}, the rows ${those.length} of ${sum}`);
  }
  return { counted: rows.length, violations };
}
