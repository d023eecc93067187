import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  WabusError,
  checkMediaKind,
  mediaSources,
  plainFileName,
  withMedia,
  type MediaKind,
  type MediaSource,
  type SessionId
} from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { Egress, type EgressStream } from '../egress/egress.js';
import { MediaSettings, TransferLimiter } from './media.settings.js';
import { MediaStore } from './media.store.js';
import { PaceWatch, type Pace } from './pace.watch.js';

const MAX_REDIRECTS = 3;

/** A command whose arguments are valid. */
export interface CommandWithMedia {
  readonly principal: Principal;
  readonly session: SessionId;
  readonly args: object;
  readonly idempotencyKey?: string | undefined;
  /** The time limit for all files of the command, in ms. */
  readonly limitMs: number;
}

/**
 * Stores the files that a command names by address, or contains as bytes, in the object store, so that a command for a connector refers only to stored files.
 */
@Injectable()
export class ArgumentMedia {
  constructor(
    private readonly files: MediaStore,
    private readonly egress: Egress,
    private readonly settings: MediaSettings,
    private readonly transfers: TransferLimiter
  ) {}

  /**
   * Returns the arguments with references in place of addresses and bytes. Throws `EGRESS_DENIED`, `EGRESS_FAILED`, `LIMIT_REACHED`,
   * `PAYLOAD_TOO_LARGE`, `UNKNOWN_MEDIA`, and `INVALID_ARGUMENTS` if a file does not suit its field; each error names the field.
   */
  async stored({ principal, session, args, idempotencyKey, limitMs }: CommandWithMedia): Promise<object> {
    const sources = mediaSources(args);
    if (sources.length === 0) return args;
    const endsAt = performance.now() + limitMs;
    const stored = new Map<MediaSource, string>();
    for (const { field, source, kind } of sources) {
      // A repeated command with the same key must be the same request, and needs the file only once.
      const media = source.media ?? (idempotencyKey === undefined ? undefined : repeatable(idempotencyKey, field, source));
      const timeoutMs = Math.min(this.settings.fetchTimeoutMs, Math.max(1, Math.floor(endsAt - performance.now())));
      stored.set(source, await this.store({ principal, session }, source, { field, kind, media, timeoutMs }).catch(nameField(field)));
    }
    return withMedia(args, source => ({ media: stored.get(source) })) as object;
  }

  private async store(
    { principal, session }: Pick<CommandWithMedia, 'principal' | 'session'>,
    source: MediaSource,
    { field, kind, media, timeoutMs }: { field: string; kind: MediaKind; media: string | undefined; timeoutMs: number }
  ): Promise<string> {
    const known = media !== undefined && (source.media !== undefined || (await this.files.has(session, media)));
    const { reference } = known
      ? await this.files.find(session, media)
      : { reference: await this.transfers.pass(principal, () => this.take(session, source, { media, timeoutMs })) };
    checkMediaKind(kind, { field, ...reference });
    return reference.media;
  }

  private take(session: SessionId, source: MediaSource, { media, timeoutMs }: { media: string | undefined; timeoutMs: number }) {
    const named = media === undefined ? {} : { media };
    const { content, url } = source;
    if (content !== null) return this.files.put(session, { content: once(content), fileName: null, mimetype: source.saidType }, named);
    const slow = new AbortController();
    const request = { url: url!, method: 'GET', redirects: MAX_REDIRECTS, timeoutMs, signal: slow.signal } as const;
    return this.egress.stream(request, answer => {
      requireFile(answer, this.settings.maxFileBytes);
      const file = {
        content: paced(answer.body, this.settings.pace, slow),
        fileName: nameInUrl(url!),
        mimetype: answer.headers['content-type']
      };
      return this.files.put(session, file, named);
    });
  }
}

/** Returns a rejection handler that throws the same error with the field that contains the file. */
function nameField(field: string): (thrown: unknown) => never {
  return thrown => {
    if (!(thrown instanceof WabusError)) throw thrown;
    const { code, message, details, retryable, certain } = thrown;
    throw new WabusError(code, { message, details: { field, ...details }, retryable, certain, cause: thrown });
  };
}

function requireFile({ status, headers }: EgressStream, maxBytes: number): void {
  if (status !== 200)
    throw new WabusError('EGRESS_FAILED', {
      message: 'The other server did not return the file.',
      details: { reason: 'protocol', status }
    });
  if (Number(headers['content-length'] ?? 0) > maxBytes)
    throw new WabusError('PAYLOAD_TOO_LARGE', {
      message: `The file is larger than the limit of ${maxBytes} bytes.`,
      details: { maxBytes }
    });
}

function repeatable(key: string, field: string, { url, data, base64 }: MediaSource): string {
  const parts = JSON.stringify([key, field, url ?? null, data ?? base64 ?? null]);
  return `media_${createHash('sha256').update(parts).digest('base64url')}`;
}

function nameInUrl(url: string): string | null {
  const last = new URL(url).pathname.split('/').at(-1)!;
  try {
    return plainFileName(decodeURIComponent(last));
  } catch {
    return plainFileName(last);
  }
}

/** Yields the body, until the other server sends it too slowly: then `slow` is aborted. */
async function* paced(body: EgressStream['body'], pace: Pace, slow: AbortController): AsyncGenerator<Uint8Array> {
  const watch = new PaceWatch(pace, () => slow.abort());
  try {
    for await (const piece of body) {
      watch.passed(piece.length);
      watch.pause();
      yield piece;
      watch.resume();
    }
  } catch (cause) {
    throw slow.signal.aborted ? new WabusError('EGRESS_FAILED', { details: { reason: 'timeout' }, cause }) : cause;
  } finally {
    watch.stop();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
