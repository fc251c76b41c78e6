/** Owns the table route -> command or query. Every line is one call; what it means is written where it is done. */

import { momentIn } from '@ganwei/calendar/due';
import { ROUTES } from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { addSigners } from '../commands/add-signers.ts';
import { attachFiles } from '../commands/attach-files.ts';
import { chooseMailing } from '../commands/choose-mailing.ts';
import { claimTask } from '../commands/claim-task.ts';
import { addComment } from '../commands/comment-case.ts';
import { decideException } from '../commands/decide-exception.ts';
import { giveTask } from '../commands/give-task.ts';
import { takeUpload } from '../commands/keep-upload.ts';
import { giveUpView, keepView } from '../commands/keep-view.ts';
import { moveCase } from '../commands/move-case.ts';
import { moveRunning } from '../commands/move-running.ts';
import { noteExport } from '../commands/note-export.ts';
import { orNoted } from '../commands/note-refused.ts';
import { readNotice, readNotices } from '../commands/read-notice.ts';
import { returnTask } from '../commands/return-task.ts';
import { reviveEffect } from '../commands/revive-effect.ts';
import { discardDraft, saveStartDraft, saveTaskDraft } from '../commands/save-draft.ts';
import { type Solved, solveIncident } from '../commands/solve-incident.ts';
import { startCase } from '../commands/start-case.ts';
import { submitTask } from '../commands/submit-task.ts';
import { transferTask } from '../commands/transfer-task.ts';
import { urgeCase } from '../commands/urge-case.ts';
import { withdrawCase } from '../commands/withdraw-case.ts';
import { decideGrants, grantsView } from '../directory/grants.ts';
import { holdings } from '../directory/holdings.ts';
import { exportDirectory, importDirectory, keepPerson, keepUnit } from '../directory/keep.ts';
import { directoryPerson, directoryUnit, directoryWords } from '../directory/look.ts';
import { lacks } from '../directory/readiness.ts';
import { leave } from '../identity/doors/links.ts';
import { askFactorReset, decideFactorReset, factorResets } from '../identity/factor-reset.ts';
import { changePassword, resetPassword, signIn } from '../identity/local.ts';
import { beginSecondFactor, confirmSecondFactor, endSecondFactor, factorView } from '../identity/second-factor.ts';
import { audience } from '../queries/audience.ts';
import { AUDIT_LOG, auditLog, exportAudit } from '../queries/audit.ts';
import { verifyHistory } from '../queries/case/timeline.ts';
import { caseView, diagram } from '../queries/case-view.ts';
import { flowFigures } from '../queries/figures.ts';
import { heldTasks } from '../queries/held-tasks.ts';
import { counts, inbox } from '../queries/inbox.ts';
import { incidents, movePreview } from '../queries/incidents.ts';
import { exportLedger, ledgerList, ledgerPage, ledgerView } from '../queries/ledger.ts';
import { ledgerViews } from '../queries/ledger-views.ts';
import * as lists from '../queries/lists.ts';
import { matter } from '../queries/matter.ts';
import { mailing, messages } from '../queries/messages.ts';
import { overviewList, overviewView } from '../queries/overview.ts';
import { previewRunning, running, runningFlow } from '../queries/running.ts';
import { askedExceptions, fieldPeople, heldTaskPeople, incidentPeople, taskPeople } from '../queries/step-people.ts';
import { startables, startView, taskView } from '../queries/task-view.ts';
import { DESIGN_HANDLERS } from './design-handlers.ts';
import { DOOR_HANDLERS } from './doors.ts';
import { type Handlers, languageOf, sayerFor } from './request.ts';
import { EXCEL, INLINE, sendEvents, sendFile } from './send.ts';
import { clearCookie, originOf, sessionView, setBrowser, setCookie } from './session.ts';
import { announcedSize, receiveFile } from './upload.ts';

const ok = { ok: true as const };

export const HANDLERS: Handlers = {
  async signIn({ host, options, body, context }) {
    const signed = await signIn(host, body.username, body.password, originOf(context), body.code);
    setCookie(context, signed.token, options.basePath);
    setBrowser(context, signed.browser, options.basePath);
    return sessionView(options, signed);
  },
  session: ({ options, actor, csrf, passwordDue, factor }) =>
    sessionView(options, { actor, csrf, passwordDue, factor }),
  factor: ({ host, actor }) => factorView(host, actor),
  beginFactor: ({ host, actor, body, context }) => beginSecondFactor(host, actor, body.password, originOf(context)),
  confirmFactor: async ({ host, actor, body, context }) => ({
    codes: await confirmSecondFactor(host, actor, body.code, originOf(context)),
  }),
  async endFactor({ host, actor, body, context }) {
    await endSecondFactor(host, actor, body, originOf(context));
    return ok;
  },
  async signOut({ host, options, token, context }) {
    clearCookie(context, options.basePath);
    return { ...ok, next: await leave(host, options.doors, token) };
  },
  async changePassword({ host, options, actor, body, context }) {
    const signed = await changePassword(host, actor, body.old, body.new, originOf(context));
    setCookie(context, signed.token, options.basePath);
    return sessionView(options, signed);
  },
  ...DOOR_HANDLERS,
  site: ({ options }) => ({
    title: options.title,
    demo: options.demo,
    version: options.version,
    accounts: options.demo ? options.demoAccounts() : [],
  }),

  counts: ({ host, actor }) => counts(host, actor),
  inbox: ({ host, actor, params, query }) => inbox(host, actor, params.tab, query),
  async readNotice({ host, call, params }) {
    await readNotice(host, call, params.id);
    return ok;
  },
  live: ({ options, actor, token, context }) => {
    // A sandbox is one person's own and hands nothing on while it goes.
    if (options.play) throw new Refusal('live.full');
    return sendEvents(context, options.live.open(actor.id, token));
  },
  messages: ({ host, actor, query }) => messages(host, actor, query),
  async readNotices({ host, call, body }) {
    await readNotices(host, call, body);
    return ok;
  },
  mailing: ({ host, actor, context }) => mailing(host, actor, sayerFor(host, context)),
  chooseMailing: ({ host, call, body, context }) => chooseMailing(host, call, body, languageOf(context)),
  startables: ({ host, actor }) => startables(host, actor),
  startView: ({ host, actor, params, query }) => startView(host, actor, { ...params, ...query }),
  startCase: ({ host, call, body }) => startCase(host, call, body),
  saveDraft: ({ host, call, body }) => saveStartDraft(host, call, body),
  dropDraft: ({ host, call, params }) => discardDraft(host, call, params.id),

  task: ({ host, actor, params }) => taskView(host, actor, params.id),
  saveTaskDraft: ({ host, call, params, body }) => saveTaskDraft(host, call, params.id, body),
  claim: ({ host, call, params }) => claimTask(host, call, params.id),
  submit: ({ host, call, params, body }) => submitTask(host, call, params.id, body),
  returnTask: ({ host, call, params, body }) => returnTask(host, call, params.id, body),
  transfer: ({ host, call, params, body }) => transferTask(host, call, params.id, body),

  addSigners: ({ host, call, params, body }) => addSigners(host, call, params.id, body),
  taskPeople: ({ host, actor, params, query, context }) =>
    taskPeople(host, actor, params.id, { q: query.q, say: sayerFor(host, context) }),

  case: ({ host, actor, params }) => caseView(host, actor, params.id),
  matter: ({ host, actor, params }) => matter(host, actor, params.id),
  diagram: ({ host, actor, params }) => diagram(host, actor, params.id),
  verifyHistory: ({ host, actor, params }) => verifyHistory(host, actor, params.id),
  withdraw: ({ host, call, params, body }) => withdrawCase(host, call, params.id, body.comment),
  urge: ({ host, call, params, body }) => urgeCase(host, call, params.id, body.comment),
  comment: ({ host, call, params, body }) => addComment(host, call, params.id, body.text, body.audience),
  attach: ({ host, call, params, body }) => attachFiles(host, call, params.id, body.files, body.audience),
  audience: ({ host, actor, params }) => audience(host, actor, params.id),

  async upload({ host, call, context }) {
    // What is refused before it has come is let past, so that the answer is read.
    return takeUpload(host, call, announcedSize(context), () => receiveFile(context)).finally(() =>
      context.req.resume(),
    );
  },
  async download({ host, actor, call, params, query, context }) {
    const { id } = params;
    const file = await orNoted(host, call, 'file', id, () => lists.readableFile(host, actor, id));
    sendFile(context, { name: file.name, type: file.type, inline: query.inline === '1' && INLINE.has(file.type) });
    context.length = file.size;
    context.body = await host.files.read(file);
  },
  letter: ({ host, actor, call, params: { id } }) =>
    orNoted(host, call, 'letter', id, () => lists.letter(host, actor, id)),

  people: ({ host, actor, query }) => fieldPeople(host, actor, query),
  units: ({ host, query }) => lists.units(host, query),
  dictionary: ({ host, params }) => lists.dictionary(host, params.key),
  calendar: ({ host }) => lists.calendar(host),
  caseRefs: ({ host, actor, query }) => lists.caseRefs(host, actor, query),

  ledgers: ({ host, actor }) => ledgerList(host, actor),
  ledger: ({ host, actor, params }) => ledgerView(host, actor, params.key),
  ledgerRows: ({ host, actor, params, body }) => ledgerPage(host, actor, params.key, body),
  overviews: ({ host, actor }) => overviewList(host, actor),
  overview: ({ host, actor, params }) => overviewView(host, actor, params.key),
  ledgerViews: ({ host, actor, params }) => ledgerViews(host, actor, params.key),
  keepLedgerView: ({ host, call, params, body }) => keepView(host, call, params.key, body),
  dropLedgerView: ({ host, call, params }) => giveUpView(host, call, params.id),
  async exportLedger({ host, actor, call, params, body, context }) {
    const made = await exportLedger(host, actor, params.key, body);
    await noteExport(host, call, { ledger: params.key, rows: made.rows, reason: trimmed(body.reason) });
    sendFile(context, { name: made.name, type: EXCEL, inline: false });
    context.body = made.bytes;
  },

  incidents: ({ host }) => incidents(host),
  async solveIncident({ host, call, params, body, context }) {
    return solvedView(await solveIncident(host, call, params.id, body), sayerFor(host, context));
  },
  incidentPeople: ({ host, actor, params, query, context }) =>
    incidentPeople(host, actor, params.id, { q: query.q, say: sayerFor(host, context) }),
  exceptions: ({ host }) => askedExceptions(host),
  holdings: ({ host, params }) => holdings(host, params.id),
  heldTasks: ({ host, query }) => heldTasks(host, query),
  heldTaskPeople: ({ host, actor, params, query, context }) =>
    heldTaskPeople(host, actor, params.id, { q: query.q, say: sayerFor(host, context) }),
  giveTask: ({ host, call, params, body }) => giveTask(host, call, params.id, body),
  decideException: ({ host, call, params, body }) => decideException(host, call, params.id, body),
  running: ({ host }) => running(host),
  runningFlow: ({ host, params }) => runningFlow(host, params.process),
  flowFigures: ({ host, params }) => flowFigures(host, params.process),
  previewRunning: ({ host, params, body, context }) => previewRunning(host, params.process, body, languageOf(context)),
  moveRunning: async ({ host, call, params, body, context }) => ({
    rows: await moveRunning(host, call, params.process, body, languageOf(context)),
  }),
  movePreview: ({ host, params, context }) => movePreview(host, params.id, sayerFor(host, context)),
  async moveCase({ host, call, params, body, context }) {
    return solvedView(await moveCase(host, call, params.id, body), sayerFor(host, context));
  },
  effects: ({ host }) => lists.effects(host),
  async redeliver({ host, call, params }) {
    if (!(await reviveEffect(host, call, params.id))) throw new Refusal('not.found');
    return ok;
  },
  auditLog: ({ host, query }) => auditLog(host, query),
  async exportAudit({ host, actor, call, body, context }) {
    const made = await exportAudit(host, actor, body);
    await noteExport(host, call, { ledger: AUDIT_LOG, rows: made.rows, reason: trimmed(body.reason) });
    sendFile(context, { name: made.name, type: EXCEL, inline: false });
    context.body = made.bytes;
  },
  unitTree: ({ host }) => lists.unitTree(host),
  directoryPeople: ({ host, query }) => lists.directoryPeople(host, query),
  directoryWords: ({ host }) => directoryWords(host),
  directoryUnit: ({ host, params }) => directoryUnit(host, params.id),
  async keepUnit({ host, actor, params, body }) {
    await keepUnit(host, actor, params.id, body);
    return ok;
  },
  directoryPerson: ({ host, params }) => directoryPerson(host, params.id),
  keepPerson: ({ host, actor, params, body }) => keepPerson(host, actor, params.id, body),
  importDirectory: ({ host, actor, body, context }) => importDirectory(host, actor, body, languageOf(context)),
  async exportDirectory({ host, actor, body, context }) {
    const made = await exportDirectory(host, actor, body.reason);
    sendFile(context, { name: made.name, type: EXCEL, inline: false });
    context.body = made.bytes;
  },
  async resetPassword({ host, actor, params }) {
    return { password: await resetPassword(host, actor, params.id, 'staff') };
  },
  async resetAdministrator({ host, actor, params }) {
    return { password: await resetPassword(host, actor, params.id, 'administrators') };
  },
  async askFactorReset({ host, call, params, body }) {
    await askFactorReset(host, call, params.id, body.comment);
    return ok;
  },
  factorResets: ({ host }) => factorResets(host),
  async decideFactorReset({ host, call, params, body }) {
    await decideFactorReset(host, call, params.id, body.agree);
    return ok;
  },
  async readiness({ host, context }) {
    const found = await lacks(host);
    const say = sayerFor(host, context);
    return found.map(({ reason, ...lack }) => ({ ...lack, message: say(reason) }));
  },
  grants: ({ host }) => grantsView(host),
  async decideGrants({ host, actor, body }) {
    await decideGrants(host, actor, body);
    return ok;
  },

  ...DESIGN_HANDLERS,

  async demoClock({ options, body }) {
    const now = typeof body.now === 'number' ? body.now : momentIn(body.now);
    if (now === null || !options.demoControls)
      throw new Refusal('input.malformed', { detail: because('request.time') });
    // [LIM4] A clock that no calendar knows would stop the server for good.
    if (now < EARLIEST || now >= LATEST) throw new Refusal('input.malformed', { detail: because('request.clock') });
    return options.demoControls.setClock(now);
  },
  async demoReset({ options }) {
    await options.demoControls?.reset();
    return ok;
  },
};

const solvedView = ({ result, reason }: Solved, say: (reason: Solved['reason']) => string) => ({
  result,
  reason: say(reason),
});

/** Where the demo's clock may be moved to. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2101, 0, 1);

/** The contract and this table name the same routes: checked when the module is compiled, and once more when it is loaded. */
for (const name of Object.keys(ROUTES)) {
  if (!(name in HANDLERS)) throw new Error(`no handler for route ${name}`);
}
