import type { Socket } from 'socket.io';
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 200;

export interface PaceLimits {
  /** More than this waiting for a client means that it does not keep up. */
  readonly bufferBytes: number;
  /** A client that takes nothing for so long is given up. */
  readonly stallMs: number;
}

/** How fast a client reads: what was written for it and not yet taken by its connection. */
export class ClientPace {
  constructor(
    private readonly connection: Socket['conn'],
    private readonly limits: PaceLimits
  ) {}

  /** Bytes that wait in this process for the client. What the operating system took does not count. */
  get waitingBytes(): number {
    const { writeBuffer, transport } = this.connection as unknown as EngineSocket;
    return writeBuffer.reduce((sum, { data }) => sum + sizeOf(data), 0) + (transport?.socket?.bufferedAmount ?? 0);
  }

  get keepsUp(): boolean {
    return this.waitingBytes <= this.limits.bufferBytes;
  }

  /** Whether it can be given more. */
  get hasRoom(): boolean {
    return this.waitingBytes <= this.limits.bufferBytes / 2;
  }

  /**
   * Settles with `ready` when there is room for more, with `stalled` when the client took nothing for too long, and with `gone` when its connection is over.
   */
  async awaitRoom(): Promise<'ready' | 'stalled' | 'gone'> {
    let least = Infinity;
    let progressAt = performance.now();
    for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(lookMs * 2, LAST_LOOK_MS)) {
      if (this.connection.readyState !== 'open') return 'gone';
      const waiting = this.waitingBytes;
      if (this.hasRoom) return 'ready';
      if (waiting < least) progressAt = performance.now();
      else if (performance.now() - progressAt > this.limits.stallMs) return 'stalled';
      least = Math.min(least, waiting);
      await delay(lookMs, undefined, { ref: false });
    }
  }
}

/** Packets that a connection sends together go to the operating system together: one write in place of two for each. */
export function writeTogether(connection: Socket['conn']): void {
  const { socket } = connection.request;
  // engine.io emits the two around the sending, in one step.
  connection.on('flush', () => socket.cork());
  connection.on('drain', () => socket.uncork());
}

/** What is read of engine.io 6: packets that wait for the transport, and under a WebSocket the bytes that wait for its socket. */
interface EngineSocket {
  readonly writeBuffer: readonly { readonly data?: string | ArrayBufferView }[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

function sizeOf(data: string | ArrayBufferView | undefined): number {
  return typeof data === 'string' ? data.length : (data?.byteLength ?? 0);
}
