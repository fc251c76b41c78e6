/**
 * Owns the verdict of the kill test: given all rows of the database, the files on the disk, the journal of the people and what the
 * receiver of the pushes has, it says what is wrong, each under the name of its check. Recomputes everything by itself, with none of the
 * server's code. test/kill damages data on purpose to see every check fail. The checks of cases stand in checks-cases.mjs.
 */
import { caseChecks } from './checks-cases.mjs';
import { groupBy, named } from './rows.mjs';

/** A timer that was due for so long while a server was up must have fired, in milliseconds. */
const PROMPT = 8000;

/**
 * `found`: { tables, blobs, journal, receiver, lives, final }. `final`: everybody has finished and the server was stopped in good order;
 * otherwise the moment is somewhere in the middle. Answers with [{ name, rule, counted, violations }].
 */
export function check(found) {
  const world = index(found);
  return [
    ...caseChecks(world),
    named('numbers', 'K3', numbers(world)),
    named('letters', 'K5', letters(world)),
    named('files', 'K5', files(world)),
    named('timers', 'K4', timers(world)),
    named('effects', 'K6', effects(world)),
    named('people', 'K1', people(world)),
  ];
}

/** Rows by what they belong to. */
function index({ tables, ...rest }) {
  const values = new Map(tables.cases.map((row) => [row.id, {}]));
  for (const row of tables.case_values) values.get(row.case_id)[row.name] = JSON.parse(row.value);
  return {
    ...rest,
    tables,
    values,
    wholes: tables.cases.filter((row) => row.process === 'kill'),
    of: Object.fromEntries(
      ['history', 'tasks', 'tasks_done', 'work_items', 'waits', 'timers', 'letters', 'submissions', 'records'].map(
        (name) => [name, groupBy(tables[name], (row) => row.case_id)],
      ),
    ),
    details: new Map(tables.history.map((row) => [row, JSON.parse(row.detail)])),
  };
}

/** Every series 1, 2, 3 … without gap or double, up to what its counter says. */
function numbers({ tables, wholes, values }) {
  const violations = [];
  const series = new Map(tables.counters.map(({ name }) => [name, []]));
  const take = (counter, sequence, who) => {
    if (!series.has(counter)) violations.push(`${who}: no counter ${counter}`);
    else series.get(counter).push(sequence);
  };
  for (const { number } of tables.cases) {
    const [, key, year, sequence] = /^(.+)-(\d{4})-(\d+)$/.exec(number);
    take(`case/${key}/${year}`, Number(sequence), number);
  }
  for (const { number } of tables.letters) {
    const [, organ, year, sequence] = /^(.+)〔(\d{4})〕(\d+)号$/.exec(number);
    take(`letter/${organ}/${year}`, Number(sequence), number);
  }
  const [registers] = [...series.keys()].filter((name) => name.startsWith('register/'));
  for (const row of wholes) take(registers, values.get(row.id).register, row.number);
  let counted = 0;
  for (const { name, last } of tables.counters) {
    const taken = series.get(name).sort((a, b) => a - b);
    counted += taken.length;
    const wrong = taken.findIndex((sequence, i) => sequence !== i + 1);
    if (wrong >= 0) violations.push(`${name}: ${taken[wrong]} stands where ${wrong + 1} should`);
    if (Number(last) !== taken.length) violations.push(`${name}: counter at ${last}, ${taken.length} in use`);
  }
  return { counted, violations };
}

/** A letter is there whole or not at all: row, number, PDF, receipts, notices, history, the case's own note of it. */
function letters({ tables, values, of, details, blobs }) {
  const violations = [];
  const receipts = groupBy(tables.receipts, (row) => row.letter_id);
  const notices = groupBy(
    tables.notices.filter((row) => row.kind === 'letter'),
    (row) => row.text,
  );
  const filesById = new Map(tables.files.map((row) => [row.id, row]));
  const linked = new Set(tables.file_links.filter((l) => l.place === 'letter').map((l) => `${l.case_id}/${l.file_id}`));
  for (const row of tables.letters) {
    const complain = (what) => violations.push(`letter ${row.number}: ${what}`);
    const file = filesById.get(row.file_id);
    const blob = file && blobs.get(file.path);
    if (!file) complain('its file is not known');
    else if (!blob) complain('its PDF is not on the disk');
    else if (blob.sha256 !== file.sha256 || !blob.pdf) complain('its PDF is not what was issued');
    if (!linked.has(`${row.case_id}/${row.file_id}`)) complain('its PDF does not belong to its case');
    if (!(row.pages > 0)) complain('it has no pages');
    if (JSON.parse(row.data).letter.number !== row.number) complain('it was printed with another number');
    const sent = receipts.get(row.id);
    const { starter_id: starter } = tables.cases.find(({ id }) => id === row.case_id) ?? {};
    const wanted = ['copy k8', `copy ${starter}`, 'to k7'].sort().join();
    if (
      sent
        .map((r) => `${r.kind} ${r.person_id}`)
        .sort()
        .join() !== wanted
    )
      complain('its recipients are not complete');
    const told = notices.get(row.number).map((notice) => notice.person_id);
    if (new Set(told).size !== told.length || told.length !== new Set(['k7', 'k8', starter]).size)
      complain('its recipients were not each told once');
    if (values.get(row.case_id)?.notice?.number !== row.number) complain('its case does not know it');
  }
  for (const [caseId, rows] of of.tasks_done.entries()) {
    const issued = rows.filter((row) => row.node === 'issue' && row.outcome === 'issue').length;
    const noted = of.history.get(caseId).filter((row) => row.kind === 'letter');
    const there = of.letters.get(caseId);
    if (issued !== there.length || noted.length !== there.length)
      violations.push(`case ${caseId}: ${issued} issued, ${noted.length} in the history, ${there.length} letters`);
    for (const entry of noted)
      if (!there.some((row) => row.id === details.get(entry).letter)) violations.push(`case ${caseId}: unknown letter`);
  }
  return { counted: tables.letters.length, violations };
}

/**
 * Every file that a row names is on the disk, whole. By design a blob may be there that no row names: it is written before the transaction
 * commits, and nobody can see it; there cannot be more of them than requests and prints that a kill cut off.
 */
function files({ tables, blobs, journal, lives }) {
  const violations = [];
  const known = new Set();
  for (const row of tables.files) {
    known.add(row.path);
    const blob = blobs.get(row.path);
    if (!blob) violations.push(`file ${row.id}: not on the disk`);
    else if (blob.sha256 !== row.sha256 || blob.size !== Number(row.size)) violations.push(`file ${row.id}: damaged`);
  }
  const owned = new Set(tables.letters.map((row) => row.file_id));
  for (const row of tables.files)
    if (row.type === 'application/pdf' && !owned.has(row.id)) violations.push(`file ${row.id}: a PDF without a letter`);
  const byId = new Map(tables.files.map((row) => [row.id, row]));
  for (const upload of journal.uploads) {
    if (byId.get(upload.id)?.sha256 !== upload.expected)
      violations.push(`upload ${upload.id}: not kept as it was sent`);
  }
  const loose = [...blobs].filter(([at]) => !known.has(at));
  for (const [at, blob] of loose)
    if (blob.finished && blob.sha256 !== at.split('/').at(-1)) violations.push(`${at}: half a file under a whole name`);
  if (loose.length > journal.cut + lives.length) violations.push(`${loose.length} files without a row`);
  return { counted: tables.files.length, violations };
}

/** Each timer has fired exactly once, or not at all because its activity ended before; none is overdue. */
function timers({ tables, of, details, lives, journal, final }) {
  const violations = [];
  let counted = 0;
  for (const { id: caseId, state, number } of tables.cases) {
    const fired = of.history.get(caseId).filter((row) => row.kind === 'timer');
    counted += fired.length;
    const left = new Set(fired);
    const times = (node, due) => {
      const hits = fired.filter((row) => row.node === node && Number(details.get(row).due) === due);
      for (const hit of hits) left.delete(hit);
      for (const hit of hits) if (Number(hit.at) < due) violations.push(`${number}: ${node} fired before it was due`);
      return hits.length;
    };
    for (const task of of.tasks_done.get(caseId)) {
      const complain = (what) => violations.push(`${number}: timer at ${task.node} (task ${task.id}) ${what}`);
      const opened = Number(task.opened_at);
      const closed = Number(task.closed_at);
      if (task.node === 'check') {
        const n = times('late', opened + 2000);
        if (n > 1) complain('fired twice');
        if (n === 0 && task.outcome === '' && state !== 'withdrawn') complain('ended its task and left no trace');
        if (n === 1 && task.outcome !== '') complain('fired although its task was done');
        if (n === 0 && up(lives, opened + 2000, closed) > PROMPT) complain('never fired');
      }
      if (task.node === 'sign') {
        const n = times('nudge', opened + 1000);
        if (n > 1) complain('fired twice');
        if (n === 0 && up(lives, opened + 1000, closed) > PROMPT) complain('never fired');
      }
      if (task.node === 'vote' && task.outcome === 'yes') {
        const n = times('pause', closed + 1000);
        const waiting = of.timers.get(caseId).some((row) => row.node === 'pause');
        if (n + (waiting ? 1 : 0) !== 1) complain(n > 1 ? 'fired twice' : 'never fired');
      }
    }
    for (const task of of.tasks.get(caseId)) if (task.node === 'sign') times('nudge', Number(task.opened_at) + 1000);
    for (const row of left) violations.push(`${number}: a timer at ${row.node} fired that nothing had set`);
    const reminded = fired.some((row) => row.node === 'nudge');
    const signed = of.tasks_done.get(caseId).some((row) => row.node === 'sign' && row.outcome === 'agree');
    if (final && journal.slow.has(caseId) && signed && !reminded) violations.push(`${number}: nudge never fired`);
  }
  const now = Date.now();
  for (const { id, due_at: due } of tables.timers)
    if (final ? Number(due) <= now : up(lives, Number(due), now) > PROMPT) violations.push(`timer ${id}: overdue`);
  return { counted, violations };
}

/** Longest stretch within [from, to] in which some server was up. */
function up(lives, from, to) {
  return Math.max(0, ...lives.map(([begin, end]) => Math.min(end, to) - Math.max(begin, from)));
}

/** What was committed has arrived at least once, what was not committed never. */
function effects({ tables, of, values, receiver, final }) {
  const violations = [...receiver.wrong];
  const { outbox, outbox_done: done, outbox_dead: dead } = tables;
  const known = new Map([...outbox, ...done, ...dead].map((row) => [row.id, row]));
  for (const row of dead) violations.push(`effect ${row.id}: given up: ${row.error}`);
  if (final) for (const row of outbox) violations.push(`effect ${row.id}: still in the outbox`);
  for (const row of done) {
    const there = receiver.received.get(row.id);
    if (!there) violations.push(`effect ${row.id}: never arrived`);
    else if (there.payload !== row.payload) violations.push(`effect ${row.id}: arrived with another payload`);
  }
  if (final)
    for (const id of receiver.received.keys()) if (!known.has(id)) violations.push(`effect ${id}: unknown here`);
  for (const [caseId, rows] of groupBy([...known.values()], (row) => row.case_id).entries()) {
    const noted = of.history.get(caseId).filter((row) => row.kind === 'effect').length;
    if (rows.length !== 1 || noted !== 1)
      violations.push(`case ${caseId}: ${rows.length} effects, ${noted} in the history`);
    const { pushed } = values.get(caseId);
    if (final && pushed?.taken !== rows[0].id)
      violations.push(`case ${caseId}: went on with the answer to another push`);
  }
  return { counted: done.length, violations };
}

/** What the people themselves noticed, and their sessions: nobody had to sign in again. */
function people({ tables, journal }) {
  const violations = [...journal.complaints];
  const sessions = groupBy(tables.sessions, (row) => row.person_id);
  for (const [person, rows] of sessions.entries())
    if (rows.length > 1 + journal.signInRepeats) violations.push(`${person}: ${rows.length} sessions`);
  return { counted: journal.requests, violations };
}
