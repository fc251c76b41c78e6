/** Owns the language of the pages: chosen by the person, remembered in the browser, Chinese at first. Texts are in messages/. */
import type { Language } from '@ganwei/form/model';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { AdministrationKey } from '../messages/administration.zh-CN.ts';
import type { CaseKey } from '../messages/case.zh-CN.ts';
import type { ChangeKey } from '../messages/change.zh-CN.ts';
import type { ContentKey } from '../messages/content.zh-CN.ts';
import type { DiagramKey } from '../messages/diagram.zh-CN.ts';
import type { DialogKey } from '../messages/dialog.zh-CN.ts';
import type { DoorKey } from '../messages/door.zh-CN.ts';
import type { FlowKey } from '../messages/flow.zh-CN.ts';
import type { ForeignKey } from '../messages/foreign.zh-CN.ts';
import type { FormDesignKey } from '../messages/form-design.zh-CN.ts';
import type { ImpactKey } from '../messages/impact.zh-CN.ts';
import type { KeptKey } from '../messages/kept.zh-CN.ts';
import type { LedgerKey } from '../messages/ledger.zh-CN.ts';
import type { LetterKey } from '../messages/letter.zh-CN.ts';
import type { LetterDesignKey } from '../messages/letter-design.zh-CN.ts';
import type { NamesKey } from '../messages/names.zh-CN.ts';
import type { NoticeKey } from '../messages/notice.zh-CN.ts';
import type { OverviewKey } from '../messages/overview.zh-CN.ts';
import type { PasswordKey } from '../messages/password.zh-CN.ts';
import type { PlayKey } from '../messages/play.zh-CN.ts';
import type { StartKey } from '../messages/start.zh-CN.ts';
import type { TrustKey } from '../messages/trust.zh-CN.ts';
import { type Messages, zhCN } from '../messages/zh-CN.ts';

export type MessageKey =
  | keyof Messages
  | AdministrationKey
  | ChangeKey
  | ContentKey
  | DialogKey
  | DoorKey
  | FlowKey
  | FormDesignKey
  | ImpactKey
  | NamesKey
  | ForeignKey
  | KeptKey
  | LedgerKey
  | LetterDesignKey
  | LetterKey
  | CaseKey
  | PasswordKey
  | DiagramKey
  | NoticeKey
  | OverviewKey
  | PlayKey
  | StartKey
  | TrustKey;

export type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string;

interface Speech {
  language: Language;
  say: Say;
  choose(language: Language): void;
}

/** Words that come with the pages that need them. */
const further: Record<Language, Partial<Record<MessageKey, string>>> = { 'zh-CN': {}, 'en-US': {} };

/** Called where such a page is loaded, before it says anything. */
export function learn(words: Readonly<Record<Language, Partial<Record<MessageKey, string>>>>): void {
  Object.assign(further['zh-CN'], words['zh-CN']);
  Object.assign(further['en-US'], words['en-US']);
}

const SpeechContext = createContext<Speech | null>(null);
const REMEMBERED = 'ganwei.language';

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState<{ language: Language; messages: Messages }>({
    language: 'zh-CN',
    messages: zhCN,
  });
  const choose = useCallback((language: Language) => {
    localStorage.setItem(REMEMBERED, language);
    void messagesOf(language).then((messages) => setSpoken({ language, messages }));
  }, []);
  useEffect(() => {
    if (localStorage.getItem(REMEMBERED) === 'en-US') choose('en-US');
  }, [choose]);
  const speech = useMemo<Speech>(() => {
    const { language, messages } = spoken;
    const words: Partial<Record<MessageKey, string>> = messages;
    const say: Say = (key, params) => fill(words[key] ?? further[language][key] ?? key, params);
    document.documentElement.lang = language;
    return { language, say, choose };
  }, [spoken, choose]);
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>;
}

/** `say('due.left', { n: 2 })` */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('outside of LanguageProvider');
  return speech;
}

const messagesOf = async (language: Language): Promise<Messages> =>
  language === 'zh-CN' ? zhCN : (await import('../messages/en-US.ts')).enUS;

function fill(text: string, params: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
