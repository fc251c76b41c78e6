/** Owns the part of the table route -> command or query that the design centre asks: definitions, releases, changes, play, impact. */

import { changeAffects } from '../publishing/affected.ts';
import { assignedToday } from '../publishing/assigned-today.ts';
import { beginChange, commentChange, renameChange } from '../publishing/begin-change.ts';
import { deployFolder, exportRelease } from '../publishing/carry.ts';
import { changeContent, changeList, changeView, draftView } from '../publishing/changes.ts';
import { definitionView, design, designLanguage, releaseList } from '../publishing/design.ts';
import { drawLetter } from '../publishing/draw-letter.ts';
import { beginImpact, cancelImpact, impactCases, impactOf } from '../publishing/impact.ts';
import { namesIn, nameUses, planRename, wouldBreak } from '../publishing/names.ts';
import { endPlay, goOn, inPlay, keepPlay, openPlay, playPeople, playReply, playView } from '../publishing/play.ts';
import { provisionalDeadlines } from '../publishing/provisional.ts';
import { checkChange, publishChange } from '../publishing/publish-change.ts';
import { renameInChange, renameList, undoRename } from '../publishing/rename-in-change.ts';
import { keepRerecorded, rerecordStories } from '../publishing/rerecord.ts';
import { reviewChange, submitChange, withdrawChange } from '../publishing/review-change.ts';
import { dropDefinition, rebaseDefinition, saveDefinition } from '../publishing/save-definition.ts';
import { takeBack } from '../publishing/take-back.ts';
import { type Handlers, languageOf } from './request.ts';
import { sendFile, ZIP } from './send.ts';
import { receiveFile } from './upload.ts';

const ok = { ok: true as const };

export const DESIGN_HANDLERS = {
  design: ({ host, actor, context }) => design(host, actor, languageOf(context)),
  designLanguage: ({ host, actor }) => designLanguage(host, actor),
  definition: ({ host, actor, query }) => definitionView(host, actor, query),
  releases: ({ host, actor, query }) => releaseList(host, actor, query),
  async exportRelease({ host, call, params, context }) {
    const made = await exportRelease(host, call, params.id);
    sendFile(context, { name: made.name, type: ZIP, inline: false });
    context.body = Buffer.from(made.bytes);
  },
  takeBack: ({ host, call, params, body }) => takeBack(host, call, params.id, body),
  async deploy({ host, call, context }) {
    return deployFolder(host, call, await receiveFile(context));
  },
  changes: ({ host, actor, query }) => changeList(host, actor, query),
  beginChange: ({ host, call, body }) => beginChange(host, call, body),
  change: ({ host, actor, params, context }) => changeView(host, actor, params.id, languageOf(context)),
  renameChange: ({ host, call, params, body }) => renameChange(host, call, params.id, body),
  changeContent: ({ host, actor, params }) => changeContent(host, actor, params.id),
  draft: ({ host, actor, params, query }) => draftView(host, actor, params.id, query),
  saveDefinition: ({ host, call, params, body }) => saveDefinition(host, call, params.id, body),
  dropDefinition: ({ host, call, params, body }) => dropDefinition(host, call, params.id, body),
  rebaseDefinition: ({ host, call, params, body }) => rebaseDefinition(host, call, params.id, body),
  changeAffects: ({ host, actor, params }) => changeAffects(host, actor, params.id),
  provisionalDeadlines: ({ host, actor, params, query }) => provisionalDeadlines(host, actor, params.id, query.year),
  assignedToday: ({ host, actor, params, body }) => assignedToday(host, actor, params.id, body),
  drawLetter: ({ host, actor, params, body }) => drawLetter(host, actor, params.id, body),
  checkChange: ({ host, actor, params, context }) => checkChange(host, actor, params.id, languageOf(context)),
  submitChange: ({ host, call, params, body }) => submitChange(host, call, params.id, body.comment),
  reviewChange: ({ host, call, params, body }) => reviewChange(host, call, params.id, body),
  publishChange: ({ host, call, params, body, context }) =>
    publishChange(host, call, params.id, body, languageOf(context)),
  withdrawChange: ({ host, call, params, body }) => withdrawChange(host, call, params.id, body.comment),
  commentChange: ({ host, call, params, body }) => commentChange(host, call, params.id, body.comment),

  rerecord: ({ host, actor, params, body, context }) =>
    rerecordStories(host, actor, { id: params.id, language: languageOf(context), ...body }),
  keepRerecorded: ({ host, call, params, body }) => keepRerecorded(host, call, params.id, body),
  names: ({ host, actor, params, query }) => namesIn(host, actor, params.id, query),
  nameUses: ({ host, actor, params, body, context }) => nameUses(host, actor, params.id, body, languageOf(context)),
  planRename: ({ host, actor, params, body, context }) => planRename(host, actor, params.id, body, languageOf(context)),
  renameInChange: ({ host, call, params, body }) => renameInChange(host, call, params.id, body),
  renames: ({ host, actor, params, context }) => renameList(host, actor, params.id, languageOf(context)),
  undoRename: ({ host, call, params, body }) => undoRename(host, call, params.id, body),
  wouldBreak: ({ host, actor, params, body, context }) => wouldBreak(host, actor, params.id, body, languageOf(context)),

  play: ({ host, actor, context }) => playView(host, actor, languageOf(context)),
  openPlay: ({ host, options, actor, params, body, context }) =>
    openPlay(host, actor, params.id, body, { language: languageOf(context), title: options.title }),
  playClock: ({ host, actor, body, context }) =>
    inPlay(host, actor, languageOf(context), (play) => play.moveClock(body.to)),
  playPeople: ({ host, actor, query }) => playPeople(host, actor, query.q),
  playPerson: ({ host, actor, body, context }) =>
    inPlay(host, actor, languageOf(context), (play) => play.playAs(body.person)),
  playNext: ({ host, actor, body, context }) => inPlay(host, actor, languageOf(context), goOn(body)),
  keepPlay: ({ host, call, body }) => keepPlay(host, call, body),
  playReply: ({ host, actor }) => playReply(host, actor),
  endPlay: ({ host, actor }) => endPlay(host, actor),
  async beginImpact({ host, options, call, params }) {
    await beginImpact(host, options.replays, call, params.id);
    return ok;
  },
  impact: ({ host, options, actor, params, context }) =>
    impactOf(host, options.replays, { actor, id: params.id, language: languageOf(context) }),
  async cancelImpact({ host, options, actor, params }) {
    await cancelImpact(host, options.replays, actor, params.id);
    return ok;
  },
  impactCases: ({ host, options, actor, params, query }) =>
    impactCases(host, options.replays, { actor, id: params.id, ...query }),
} satisfies Partial<Handlers>;
