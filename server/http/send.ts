/** Owns how an answer that is no JSON goes out: a file with its name, a stream of events. */
import type { Readable } from 'node:stream';
import type { Context } from 'koa';

export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const ZIP = 'application/zip';
/** Types a browser may show itself; everything else is downloaded. */
export const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg']);

export function sendFile(
  context: Context,
  { name, type, inline }: { name: string; type: string; inline: boolean },
): void {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  context.type = type;
  context.set(
    'Content-Disposition',
    `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  );
  context.set('Cache-Control', 'private, no-store');
}

/** [MSG1] Events go out as they come: neither packed nor kept by a proxy. */
export function sendEvents(context: Context, events: Readable): string {
  context.compress = false;
  context.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  context.body = events;
  return '';
}
