/**
 * Owns who is signed in: asks once, tells the client token and language, knows the server's clock, tells when the session is gone. Pages stay as they
 * are when it ends by itself.
 */
import type { Answer } from '@ganwei/core/contract';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { type ApiProblem, api, configure } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';

export type Session = Answer<'session'>;

interface SessionState {
  /** undefined: not known yet; null: nobody */
  session: Session | null | undefined;
  /** the session of the person on these pages has ended; what is being filled in stays until he signs in again */
  expired: boolean;
  problem: ApiProblem | undefined;
  enter(session: Session | null): void;
  reload(): Promise<void>;
  /** the server's clock, which a demo may have moved */
  now(): number;
}

const SessionContext = createContext<SessionState | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const { language, say } = useSpeech();
  // before any page asks anything
  useMemo(() => configure({ language, unreachable: say('error.network') }), [language, say]);
  const [session, setSession] = useState<Session | null>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [ahead, setAhead] = useState(0);
  const [expired, setExpired] = useState(false);
  const somebody = useRef(false);
  const enter = useCallback((next: Session | null) => {
    configure({ csrf: next?.csrf ?? '' });
    if (next) setAhead(next.now - Date.now());
    somebody.current = next !== null;
    setProblem(undefined);
    setExpired(false);
    setSession(next);
  }, []);
  const reload = useCallback(async () => {
    setProblem(undefined);
    try {
      enter(await api.session());
    } catch (error) {
      const no = asProblem(error);
      if (no.code === 'session.required') enter(null);
      else setProblem(no);
    }
  }, [enter]);
  useEffect(() => {
    configure({
      onBarred: (code) => {
        if (code === 'session.required' && somebody.current) setExpired(true);
        else if (code === 'session.required') enter(null);
        else setSession((before) => before && { ...before, passwordDue: true });
      },
    });
    void reload();
  }, [enter, reload]);
  const state = useMemo<SessionState>(
    () => ({ session, expired, problem, enter, reload, now: () => Date.now() + ahead }),
    [session, expired, problem, enter, reload, ahead],
  );
  return <SessionContext.Provider value={state}>{children}</SessionContext.Provider>;
}

export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('outside of SessionProvider');
  return state;
}

/** The person on pages that only exist for somebody who is signed in. */
export function usePerson(): Session['person'] {
  const { session } = useSession();
  if (!session) throw new Error('nobody is signed in');
  return session.person;
}
