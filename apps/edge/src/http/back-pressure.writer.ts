import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { ShareLimits } from '../auth/share.limiter.js';

/** What answers cost, how slowly clients may take them, and how those without an end are kept alive. */
export abstract class HttpSettings {
  /** Event streams that are open at this edge. */
  abstract readonly streams: ShareLimits;
  /** How often a stream without news says that it is still there. */
  abstract readonly keepAliveMs: number;
  /** How long a client may take nothing of an answer. */
  abstract readonly stallMs: number;
}

/** Text is written in pieces of at most this many bytes: a client that accepts one in time is slow, but reads. */
const PIECE_BYTES = 64 * 1024;

/** Writes to a client no faster than it reads: `write` settles when there is room for more. A client that reads nothing for too long is cut off. */
export class BackPressureWriter {
  /** Aborted when the client is gone or was cut off, or the answer is to end. */
  readonly over: AbortSignal;
  private readonly gone = new AbortController();

  constructor(
    private readonly response: Response,
    private readonly terms: {
      /** Aborted when the answer is to end. */
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

  /** Ends the answer in order. A client that does not read would keep the connection for as long as it likes: it is cut off. */
  end(lastText = ''): void {
    if (this.isGone) return;
    if (this.response.writableNeedDrain) this.cut();
    else this.response.end(lastText);
  }

  /** Ends the answer so that the client sees that it is not complete. */
  cut(): void {
    this.gone.abort();
    this.response.destroy();
  }

  private get isGone(): boolean {
    return this.gone.signal.aborted || this.response.req.socket.destroyed;
  }
}

const ENDS = new WeakMap<Socket, AbortSignal>();

/** Aborted when a connection is over. A pipelined response that waits behind another one gets no `close` event of its own. */
function endOf(socket: Socket): AbortSignal {
  const known = ENDS.get(socket);
  if (known !== undefined) return known;
  const end = new AbortController();
  if (socket.destroyed) end.abort();
  else socket.once('close', () => end.abort());
  ENDS.set(socket, end.signal);
  return end.signal;
}
