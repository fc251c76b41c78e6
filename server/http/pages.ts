/**
 * Owns the built pages: a few megabytes that are read once and answered from memory, so that no path of a request ever reaches the
 * disk. Hashed assets may be kept for a year; everything else is the one page, with this request's nonce.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Middleware } from 'koa';

/** Extension -> content type of what a build contains. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
};

export function pages(folder: string, base: string): Middleware {
  const files = new Map(filesBelow(folder, '/').map((at) => [at, readFileSync(path.join(folder, at))]));
  const html = files.get('/index.html')?.toString('utf8') ?? '';
  return async (context) => {
    if (context.method !== 'GET' && context.method !== 'HEAD') return;
    if (!context.path.startsWith(base)) return;
    const at = context.path.slice(base.length);
    const type = TYPES[path.extname(at)];
    if (type) {
      const bytes = files.get(at);
      context.status = bytes ? 200 : 404;
      context.type = type;
      context.body = bytes ?? '';
      if (bytes)
        context.set('Cache-Control', at.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      return;
    }
    context.type = 'text/html; charset=utf-8';
    context.set('Cache-Control', 'no-cache');
    context.body = html.replaceAll('__NONCE__', String(context.state.nonce)).replaceAll('__BASE__', `${base}/`);
  };
}

function filesBelow(root: string, at: string): string[] {
  if (!existsSync(path.join(root, at))) return [];
  return readdirSync(path.join(root, at), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(root, `${at}${entry.name}/`) : [`${at}${entry.name}`],
  );
}
