/**
 * Preloaded into the measured server (`node --import`): answers the bench's questions over the process channel - CPU time, memory,
 * a CPU profile, the statements that reach the database drivers. The server itself is the very one that is delivered.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const inspector = new Session();
inspector.connect();
const ask = (method, params = {}) =>
  new Promise((resolve, reject) =>
    inspector.post(method, params, (error, answer) => (error ? reject(error) : resolve(answer))),
  );

/** What the drivers were given, while somebody wants to know: [connection, sql, values]. */
let recorded = null;
/** How many messages went to a distant database meanwhile: statements of one message are carried out for one way there and back. */
let messages = 0;
const connections = new Map();
function record(connection, sql, values) {
  if (!recorded) return;
  if (!connections.has(connection)) connections.set(connection, connections.size);
  recorded.push([connections.get(connection), sql, values]);
}

const questions = {
  cpu: () => process.cpuUsage(),
  memory: () => process.memoryUsage(),
  'profile-start': async () => {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 500 });
    await ask('Profiler.start');
  },
  'profile-stop': async () => (await ask('Profiler.stop')).profile,
  'record-start': () => {
    recorded = [];
    messages = 0;
  },
  messages: () => messages,
  'record-stop': () => {
    writeFileSync(process.env.BENCH_TRACE, JSON.stringify(recorded));
    recorded = null;
  },
};

process.on('message', async ({ id, question }) => process.send({ id, answer: (await questions[question]()) ?? null }));
// The channel alone must not keep a server alive that was told to stop.
process.channel?.unref();

// Only a server that is asked to record carries the cost of it.
if (process.env.BENCH_TRACE) {
  watchLibsql();
  watchMysql();
}

function watchLibsql() {
  const Database = require('libsql');
  const { prepare, exec } = Database.prototype;
  Database.prototype.exec = function (sql) {
    for (const text of sql.split(';')) if (text.trim()) record(this, text.trim(), []);
    return exec.call(this, sql);
  };
  Database.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    for (const way of ['run', 'all']) {
      const original = statement[way];
      statement[way] = (values) => {
        record(this, sql, values);
        return original.call(statement, values);
      };
    }
    return statement;
  };
}

/** A message holds several statements with their values written into them: what they were made of is remembered. */
function watchMysql() {
  const mysql = require('mysql2');
  const { format } = mysql;
  const made = new Map();
  mysql.format = (sql, values) => {
    const text = format(sql, values);
    if (recorded) made.set(text, [sql, values]);
    return text;
  };
  const { addCommand } = mysql.Connection.prototype;
  mysql.Connection.prototype.addCommand = function (command) {
    if (recorded && typeof command.sql === 'string') {
      messages += 1;
      for (const text of command.sql.split(';\n')) record(this, ...(made.get(text) ?? [text, []]));
    }
    return addCommand.call(this, command);
  };
}
