/**
 * Owns what the server says in the address when the browser has come back from a door: one of a few words and a mark, said once and then taken out
 * of the address. Anything else that stands there is not said.
 */
import { useEffect, useState } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { navigate, usePlace } from '../kit/router.tsx';
import './door-words.ts';

const TROUBLE = ['down', 'declined', 'forged', 'expired', 'unlinked', 'left', 'taken'] as const;
const SAYS = [...TROUBLE, 'linked', 'code'] as const;

export interface DoorNews {
  door: string;
  says: (typeof SAYS)[number];
  mark: string;
}

/** What was said when this page was opened, and the address without it. */
export function useDoorNews(): { news: DoorNews | null; address: string } {
  const { path, query } = usePlace();
  const [news] = useState(() => read(query));
  const address = without(path, query);
  useEffect(() => {
    if (query.has('door-says')) navigate(address, { replace: true });
  }, [query, address]);
  return { news, address };
}

function read(query: URLSearchParams): DoorNews | null {
  const says = SAYS.find((known) => known === query.get('door-says'));
  const mark = /^[0-9A-F]{8}$/.exec(query.get('door-mark') ?? '')?.[0] ?? '';
  return says ? { door: query.get('door') ?? '', says, mark } : null;
}

function without(path: string, query: URLSearchParams): string {
  const rest = new URLSearchParams([...query].filter(([name]) => !/^door(-says|-mark)?$/.test(name)));
  return rest.size > 0 ? `${path}?${rest}` : path;
}

export function DoorNote({ news: { says, mark } }: { news: DoorNews }) {
  const { say } = useSpeech();
  if (says === 'linked')
    return (
      <p className="note note-info" role="status">
        {say('door.linked')}
      </p>
    );
  if (says === 'code') return <p className="note note-info">{say('door.code')}</p>;
  return (
    <p className="note note-warning" role="alert">
      {say(`door.${says}`)} {mark && say('door.mark', { mark })}
    </p>
  );
}
