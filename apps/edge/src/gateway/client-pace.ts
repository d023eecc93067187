import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'socket.io';

/** The allowance of each client no matter how many others wait, so that no client starves behind clients that do not read. */
const LEAST_BYTES = 16 * 1024;
/** A client may take one part in `PART` of the remaining budget, so that clients share what is left. */
const PART = 8;

export interface BudgetLimits {
  /** The most bytes that may wait for one client. */
  readonly clientBytes: number;
  /** The most bytes that may wait for all clients of this edge together. Beyond it, each client gets only the minimum allowance. */
  readonly edgeBytes: number;
}

/**
 * Limits the bytes that may wait in this process for slow clients. The closer the total comes to the limit, the smaller the allowance of
 * each client. The clients with the most waiting bytes then leave their rooms first, and each write to a client is small. Pure.
 */
export class ClientBudget {
  private readonly counted = new Map<object, number>();
  private added = 0;

  constructor(private readonly limits: BudgetLimits) {}

  /** The bytes that wait for all clients: the last count, plus the bytes written since. */
  get waitingBytes(): number {
    let sum = this.added;
    for (const bytes of this.counted.values()) sum += bytes;
    return sum;
  }

  /** The bytes that may wait for one client now. */
  get allowanceBytes(): number {
    const part = (this.limits.edgeBytes - this.waitingBytes) / PART;
    return Math.min(this.limits.clientBytes, Math.max(LEAST_BYTES, Math.floor(part)));
  }

  /** Returns the bytes that may wait for each client if `sharers` clients wait for the same bytes. */
  allowanceAmong(sharers: number): number {
    return Math.min(this.limits.clientBytes, this.allowanceBytes * sharers);
  }

  /** Whether one client may use its whole limit. */
  get isAmple(): boolean {
    return this.allowanceBytes === this.limits.clientBytes;
  }

  /** Records the recounted bytes that wait for the clients of one counter. */
  count(counter: object, bytes: number): void {
    this.counted.set(counter, bytes);
    this.added = 0;
  }

  /** Adds bytes that were written for one client only. */
  add(bytes: number): void {
    this.added += bytes;
  }

  forget(counter: object): void {
    this.counted.delete(counter);
  }
}

const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 200;
/** The memory of a waiting packet in addition to its text: the packet object and its places in lists. */
const PACKET_BYTES = 256;

export interface PaceLimits {
  readonly budget: ClientBudget;
  /** A client that reads nothing for this long is disconnected. */
  readonly stallMs: number;
}

/** Measures how fast a client reads, by the data that was written for it and that its connection has not sent yet. */
export class ClientPace {
  private aside = 0;
  /** The packets that the transport received last. It accepts no more until all of them are written. */
  private sending: readonly WaitingPacket[] = [];

  constructor(
    private readonly connection: Socket['conn'],
    private readonly limits: PaceLimits
  ) {
    connection.on('flush', (packets: readonly WaitingPacket[]) => (this.sending = packets));
  }

  /** The bytes that wait in this process for the client. Data that the operating system accepted does not count. */
  get waitingBytes(): number {
    let sum = this.unwrittenBytes;
    for (const packet of this.queued) sum += PACKET_BYTES + sizeOf(packet);
    return sum;
  }

  /**
   * Returns whether the client's waiting bytes are within its allowance.
   * @param sharers clients that wait for the same bytes, which exist once in memory
   */
  keepsUpAmong(sharers: number): boolean {
    return this.waitingBytes <= this.limits.budget.allowanceAmong(sharers);
  }

  /** Whether more events may be written for the client. */
  get hasRoom(): boolean {
    return this.waitingBytes <= this.limits.budget.allowanceBytes / 2;
  }

  /** How many bytes may be written for the client now. */
  get roomBytes(): number {
    return Math.max(0, this.limits.budget.allowanceBytes - this.waitingBytes);
  }

  /**
   * Returns the bytes kept for this client: its waiting packets, and the page that is reserved for the next write. Skips frames that are in
   * `counted`, because other clients wait for the same frames, and adds the rest to `counted`.
   */
  bytesBesides(counted: Set<object>): number {
    if (this.unwrittenBytes === 0) this.sending = [];
    let sum = this.aside;
    for (const packets of [this.sending, this.queued]) {
      for (const packet of packets) {
        const frames = packet.options?.wsPreEncodedFrame ?? packet;
        sum += PACKET_BYTES + (counted.has(frames) ? 0 : sizeOf(packet));
        counted.add(frames);
      }
    }
    return sum;
  }

  /** Counts bytes that were written for this client alone. */
  wrote(bytes: number): void {
    this.limits.budget.add(bytes);
  }

  /** Returns whether this many bytes may be kept for this client in addition to its waiting data. If so, they count until `dropAside`. */
  keepAside(bytes: number): boolean {
    if (!this.limits.budget.isAmple) return false;
    this.aside = bytes;
    this.limits.budget.add(bytes);
    return true;
  }

  dropAside(): void {
    this.aside = 0;
  }

  private get queued(): readonly WaitingPacket[] {
    return (this.connection as unknown as EngineSocket).writeBuffer;
  }

  private get unwrittenBytes(): number {
    return (this.connection as unknown as EngineSocket).transport?.socket?.bufferedAmount ?? 0;
  }

  /**
   * Resolves with `ready` when there is room for more, with `stalled` when the client has read nothing for too long, and with `gone`
   * when its connection is closed.
   * @param onWait called at each check once the interval between checks has grown to its maximum
   */
  async awaitRoom(onWait: () => void): Promise<'ready' | 'stalled' | 'gone'> {
    let least = Infinity;
    let progressAt = performance.now();
    for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(lookMs * 2, LAST_LOOK_MS)) {
      if (this.connection.readyState !== 'open') return 'gone';
      const waiting = this.waitingBytes;
      if (this.hasRoom) return 'ready';
      if (waiting < least) progressAt = performance.now();
      else if (performance.now() - progressAt > this.limits.stallMs) return 'stalled';
      if (lookMs === LAST_LOOK_MS) onWait();
      least = Math.min(least, waiting);
      await delay(lookMs, undefined, { ref: false });
    }
  }
}

/** Makes a connection pass all packets of a flush to the operating system in one write, instead of two writes for each packet. */
export function writeTogether(connection: Socket['conn']): void {
  const { socket } = connection.request;
  // engine.io emits `flush` before and `drain` after it sends, in one step.
  connection.on('flush', () => socket.cork());
  connection.on('drain', () => socket.uncork());
}

/** The engine.io 6 internals that are read: packets that wait for the transport, and under a WebSocket the bytes that wait for its socket. */
interface EngineSocket {
  readonly writeBuffer: readonly WaitingPacket[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

interface WaitingPacket {
  readonly data?: string | ArrayBufferView;
  /** Encoded WebSocket frames, which are sent instead of `data`. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly { readonly length: number }[] };
}

function sizeOf({ data, options }: WaitingPacket): number {
  const frames = options?.wsPreEncodedFrame;
  if (frames !== undefined) return frames.reduce((sum, { length }) => sum + length, 0);
  return typeof data === 'string' ? data.length : (data?.byteLength ?? 0);
}
