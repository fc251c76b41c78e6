/**
 * Owns uploads: one file streams to the disk, is hashed on the way, and is kept only when its real type matches its extension.
 * Rules: [LIM8] nothing stays behind · [U1] real type · [U2] at most 50 MB · [U3] Chinese names survive.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { straight, trimmed } from '@ganwei/core/text';
import busboy from 'busboy';
import { fileTypeFromBuffer } from 'file-type';
import type { Context } from 'koa';
import { newSpool } from '../catalogue/spools.ts';

export interface Uploaded {
  name: string;
  type: string;
  bytes: Uint8Array;
  sha256: string;
}

const LARGEST = 50 * 1024 * 1024;

/** Extension -> types its content may have. Office and OFD files are ZIP containers to some detectors. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  pdf: ['application/pdf'],
  ofd: ['application/zip', 'application/ofd'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/zip'],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  zip: ['application/zip'],
};

const SERVED_AS: Readonly<Record<string, string>> = { ofd: 'application/ofd' };

/** What a multipart request has besides the file. */
const AROUND = 1024;

/** [LIM20] Bytes that the request says it will bring; without a word the most that a file may have. */
export const announcedSize = (context: Context): number =>
  context.request.length === undefined ? LARGEST : Math.min(LARGEST, Math.max(0, context.request.length - AROUND));

/** The one file of a multipart request; anything wrong with it is a Refusal, and nothing stays on the disk. */
export async function receiveFile(context: Context): Promise<Uploaded> {
  const folder = newSpool('upload');
  const spool = path.join(folder, 'file');
  try {
    const { name, size, sha256 } = await spoolFile(context, spool);
    if (size === 0) throw new Refusal('file.empty', { name });
    const type = await realType(spool, name);
    return { name, type, sha256, bytes: await readFile(spool) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Spooled {
  name: string;
  size: number;
  sha256: string;
}

function spoolFile(context: Context, spool: string): Promise<Spooled> {
  return new Promise((resolve, reject) => {
    let found: Promise<Spooled> | undefined;
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: context.req.headers,
        defParamCharset: 'utf8',
        limits: { files: 1, fileSize: LARGEST, fields: 5 },
      });
    } catch {
      reject(new Refusal('input.malformed', { detail: because('upload.form') }));
      return;
    }
    parser.on('file', (_field, stream, info) => {
      found = keepStream(stream, cleanName(info.filename), spool);
      found.catch(() => stream.resume());
    });
    parser.on('error', () => {
      const cutShort = new Refusal('input.malformed', { detail: because('upload.cut-short') });
      // What is being written is ended first: it is removed afterwards.
      Promise.resolve(found).then(
        () => reject(cutShort),
        () => reject(cutShort),
      );
    });
    parser.on('close', () => {
      if (found) found.then(resolve, reject);
      else reject(new Refusal('input.malformed', { detail: because('upload.none') }));
    });
    // [LIM8] Nobody is left to answer, but what has come must go.
    context.req.on('aborted', () => parser.destroy(new Error('aborted')));
    context.req.pipe(parser);
  });
}

async function keepStream(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  name: string,
  spool: string,
): Promise<Spooled> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(spool));
  if (stream.truncated) throw new Refusal('file.too-large', { name, limit: '50 MB' });
  return { name, size, sha256: hash.digest('hex') };
}

/** [F71] The last part of the path, without control characters and what turns the others round, at most 200 characters with its extension kept. */
function cleanName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1)!;
  const base = trimmed(straight(last.replace(/\p{Cc}/gu, ''))) || '未命名';
  const extension = path.extname(base);
  return [...base].length <= 200
    ? base
    : [...base.slice(0, -extension.length || undefined)].slice(0, 190).join('') + extension;
}

/** [U1] What the file is by its content; refused when the extension says otherwise or is not allowed. */
async function realType(spool: string, name: string): Promise<string> {
  const extension = path.extname(name).slice(1).toLowerCase();
  const allowed = Object.hasOwn(ALLOWED, extension) ? ALLOWED[extension] : undefined;
  const file = await open(spool);
  const head = Buffer.alloc(8192);
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
  const detected = await fileTypeFromBuffer(bytesRead < 4100 ? await readFile(spool) : head.subarray(0, bytesRead));
  if (!allowed || !detected || !allowed.includes(detected.mime)) throw new Refusal('file.type', { name });
  return SERVED_AS[extension] ?? allowed[0]!;
}
