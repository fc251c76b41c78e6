/** Owns the worker that turns a file of another engine into flows: a large one takes seconds, and stops no page. It knows no server. */

import { type Flaw, flawOf } from '@ganwei/process/foreign/flaw';
import { type Imported, importBpmn, type Wishes } from '@ganwei/process/foreign/import';
import { MOST_CHARACTERS, type Trouble, Unreadable } from '@ganwei/process/foreign/source';

export interface Ask {
  id: number;
  file: File;
  wishes: Wishes;
}

export interface Told {
  readonly trouble: Trouble;
  readonly line: number;
  readonly detail: string;
  readonly flaw: Flaw;
}

export type Reply = { id: number } & ({ imported: Imported } | { trouble: Told } | { failed: string });

self.addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  const send = (reply: Reply): void => self.postMessage(reply);
  const { id } = data;
  answer(data).then(
    (imported) => send({ id, imported }),
    (error: unknown) => {
      if (!(error instanceof Unreadable)) return send({ id, failed: String(error) });
      const { trouble, line, detail } = error;
      send({ id, trouble: { trouble, line, detail, flaw: flawOf(detail) } });
    },
  );
});

async function answer({ file, wishes }: Ask): Promise<Imported> {
  // no character has less than a byte
  if (file.size > MOST_CHARACTERS) throw new Unreadable('too-large');
  return importBpmn(textOf(new Uint8Array(await file.arrayBuffer())), wishes);
}

/** The text in the encoding that the file says of itself. */
function textOf(bytes: Uint8Array): string {
  const mark = [bytes[0], bytes[1]].join(' ');
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const said = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(head)?.[1];
  const encoding = { '255 254': 'utf-16le', '254 255': 'utf-16be' }[mark] ?? said ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('encoding', 0, encoding);
  }
}
