/**
 * Owns how the page of somebody who is signed in hears of changes: by a stream while it is seen, or by asking once a minute where there is none. It tells
 * the server when nobody touches the page, so that a session is not kept alive by it. Rules: [MSG1] [MSG2] [MSG3].
 */
import type { Answer } from '@ganwei/core/contract';
import { useEffect, useRef } from 'react';
import { address, api, configure } from '../api/client.ts';
import type { Loaded } from '../api/load.ts';
import { useRenewLists } from '../api/renew.ts';
import { useSession } from '../session/session.tsx';

/** Milliseconds between two questions where there is no stream, and how many until a stream is tried again. */
const ASK = 60_000;
const TRY_AGAIN = 10;
/** Failures in a row after which there is no stream. */
const FAILURES = 2;
/** So long after the last touch somebody still sits there. */
const ATTENDED = 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'];

export function useLive(counts: Loaded<Answer<'counts'>>): void {
  const { session, expired } = useSession();
  const renewLists = useRenewLists();
  const latest = useRef({ counts, renewLists });
  latest.current = { counts, renewLists };
  const mayListen = session && !expired && !session.passwordDue && session.factor !== 'due';
  const listener = mayListen ? session.csrf : '';
  useEffect(() => {
    if (listener === '') return;
    const unwatch = watchTouches();
    /** `surely`: lists may have changed although the numbers have not */
    const renew = async (surely: boolean) => {
      const { counts: before, renewLists: renewAll } = latest.current;
      const now = await api.counts().catch(() => undefined);
      if (!now) return;
      if (surely || JSON.stringify(now) !== JSON.stringify(before.data)) await renewAll();
      before.put(now);
    };
    const hang = listen((surely) => void renew(surely));
    return () => {
      hang();
      unwatch();
    };
  }, [listener]);
}

/** Listens until the answer is called. Nothing is open while the page is not seen; when it is seen again, it asks. */
function listen(heard: (surely: boolean) => void): () => void {
  let source: EventSource | undefined;
  let failures = 0;
  let asked = 0;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    const stream = new EventSource(address('live'));
    source = stream;
    stream.addEventListener('open', () => {
      failures = 0;
      heard(false);
    });
    stream.addEventListener('counts', () => heard(true));
    stream.addEventListener('end', () => {
      close();
      heard(false);
    });
    stream.addEventListener('error', () => {
      failures += 1;
      if (failures >= FAILURES || stream.readyState === EventSource.CLOSED) close();
    });
  };
  const timer = setInterval(() => {
    if (source || document.hidden) return;
    asked += 1;
    if (asked % TRY_AGAIN === 0) open();
    else heard(false);
  }, ASK);
  const seen = () => {
    if (document.hidden) close();
    else open();
  };
  const focused = () => heard(false);
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('focus', focused);
  seen();
  return () => {
    close();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('focus', focused);
  };
}

function watchTouches(): () => void {
  let last = Date.now();
  const touched = () => {
    last = Date.now();
  };
  for (const touch of TOUCHES) window.addEventListener(touch, touched, { passive: true, capture: true });
  configure({ attended: () => Date.now() - last < ATTENDED });
  return () => {
    for (const touch of TOUCHES) window.removeEventListener(touch, touched, { capture: true });
    configure({ attended: () => true });
  };
}
