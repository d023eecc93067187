import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { ShareLimits } from '../auth/share.limiter.js';

/** Limits of HTTP responses: the number of streams, how slowly clients may read, and how idle streams are kept alive. */
export abstract class HttpSettings {
  /** The most event streams that are open at this edge. */
  abstract readonly streams: ShareLimits;
  /** How often to send a keep-alive on a stream without events, in ms. */
  abstract readonly keepAliveMs: number;
  /** How long a client may read nothing of a response, in ms. */
  abstract readonly stallMs: number;
}

/** Text is written in pieces of at most this many bytes. A client that accepts one piece in time is slow, but it reads. */
const PIECE_BYTES = 64 * 1024;

/** Writes to a client no faster than it reads: `write` resolves when there is room for more. A client that reads nothing for too long is disconnected. */
export class BackPressureWriter {
  /** Aborted when the client is gone or was disconnected, or when the response must end. */
  readonly over: AbortSignal;
  private readonly gone = new AbortController();

  constructor(
    private readonly response: Response,
    private readonly terms: {
      /** Aborted when the response must end. */
      readonly ended: AbortSignal;
      /** How long the client may read nothing, in ms. */
      readonly stallMs: number;
    }
  ) {
    response.once('close', () => this.gone.abort());
    this.over = AbortSignal.any([this.gone.signal, endOf(response.req.socket), terms.ended]);
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length && !this.over.aborted; at += PIECE_BYTES) {
      if (this.response.write(bytes.subarray(at, at + PIECE_BYTES))) continue;
      const stalled = setTimeout(() => this.cut(), this.terms.stallMs).unref();
      await once(this.response, 'drain', { signal: this.over }).catch(() => undefined);
      clearTimeout(stalled);
    }
  }

  /** Ends the response in order. A client that does not read is disconnected, because it could otherwise keep the connection open indefinitely. */
  end(lastText = ''): void {
    if (this.isGone) return;
    if (this.response.writableNeedDrain) this.cut();
    else this.response.end(lastText);
  }

  /** Aborts the response, so that the client notices that it is incomplete. */
  cut(): void {
    this.gone.abort();
    this.response.destroy();
  }

  private get isGone(): boolean {
    return this.gone.signal.aborted || this.response.req.socket.destroyed;
  }
}

const ENDS = new WeakMap<Socket, AbortSignal>();

/** Returns a signal that is aborted when the connection closes. A pipelined response that waits behind another one gets no `close` event of its own. */
function endOf(socket: Socket): AbortSignal {
  const known = ENDS.get(socket);
  if (known !== undefined) return known;
  const end = new AbortController();
  if (socket.destroyed) end.abort();
  else socket.once('close', () => end.abort());
  ENDS.set(socket, end.signal);
  return end.signal;
}
