import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'socket.io';

/** What one client is permitted however many others wait, so that nobody starves behind clients that do not read. */
const LEAST_BYTES = 16 * 1024;
/** One client may take this part of what is left, so that the last of it is shared. */
const PART = 8;

export interface BudgetLimits {
  /** The most that may wait for one client. */
  readonly clientBytes: number;
  /** The most that may wait for all clients of this edge together; beyond it each client gets the least only. */
  readonly edgeBytes: number;
}

/**
 * What may wait in this process for clients that read slowly. The nearer all of them together come to the limit, the less is permitted to each: those for whom most
 * waits then leave their rooms first, and nobody is written more than a little at a time. Pure.
 */
export class ClientBudget {
  private readonly counted = new Map<object, number>();
  private added = 0;

  constructor(private readonly limits: BudgetLimits) {}

  /** Bytes that wait for all clients: as counted, and what was written for them since. */
  get waitingBytes(): number {
    let sum = this.added;
    for (const bytes of this.counted.values()) sum += bytes;
    return sum;
  }

  /** Bytes that may wait for one client now. */
  get allowanceBytes(): number {
    const part = (this.limits.edgeBytes - this.waitingBytes) / PART;
    return Math.min(this.limits.clientBytes, Math.max(LEAST_BYTES, Math.floor(part)));
  }

  /** Bytes that may wait for each of this many clients when they wait for the same ones. */
  allowanceAmong(sharers: number): number {
    return Math.min(this.limits.clientBytes, this.allowanceBytes * sharers);
  }

  /** Whether one client may be given all that its own limit permits. */
  get isAmple(): boolean {
    return this.allowanceBytes === this.limits.clientBytes;
  }

  /** What waits for the clients of one counter, all of them recounted. */
  count(counter: object, bytes: number): void {
    this.counted.set(counter, bytes);
    this.added = 0;
  }

  /** So much was written for one client only. */
  add(bytes: number): void {
    this.added += bytes;
  }

  forget(counter: object): void {
    this.counted.delete(counter);
  }
}

const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 200;
/** The memory of a waiting packet besides its text: the packet itself, and its place in lists. */
const PACKET_BYTES = 256;

export interface PaceLimits {
  readonly budget: ClientBudget;
  /** A client that takes nothing for this long is given up. */
  readonly stallMs: number;
}

/** How fast a client reads: what was written for it and not yet taken by its connection. */
export class ClientPace {
  private aside = 0;
  /** What was given to the transport last, which takes no more before all of it is written. */
  private sending: readonly WaitingPacket[] = [];

  constructor(
    private readonly connection: Socket['conn'],
    private readonly limits: PaceLimits
  ) {
    connection.on('flush', (packets: readonly WaitingPacket[]) => (this.sending = packets));
  }

  /** Bytes that wait in this process for the client. What the operating system took does not count. */
  get waitingBytes(): number {
    let sum = this.unwrittenBytes;
    for (const packet of this.queued) sum += PACKET_BYTES + sizeOf(packet);
    return sum;
  }

  /** @param sharers clients that wait for the same bytes, which are here once */
  keepsUpAmong(sharers: number): boolean {
    return this.waitingBytes <= this.limits.budget.allowanceAmong(sharers);
  }

  /** Whether it can be given more. */
  get hasRoom(): boolean {
    return this.waitingBytes <= this.limits.budget.allowanceBytes / 2;
  }

  /** How much may be written for it now. */
  get roomBytes(): number {
    return Math.max(0, this.limits.budget.allowanceBytes - this.waitingBytes);
  }

  /**
   * Bytes kept for this client: what waits for it, and what is kept aside to be written next. Frames that others wait for, too, are those in `counted`; the
   * other ones are
   * added to it.
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

  /** So much was written for this client alone. */
  wrote(bytes: number): void {
    this.limits.budget.add(bytes);
  }

  /** Whether this much may be kept for this client in addition to its waiting data. If so, it counts until `dropAside`. */
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
   * Settles with `ready` when there is room for more, with `stalled` when the client took nothing for too long, and with `gone` when its connection is over.
   * @param onWait called when it does not read fast enough for a look to find room soon
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

/** Packets that a connection sends together go to the operating system together: one write instead of two for each. */
export function writeTogether(connection: Socket['conn']): void {
  const { socket } = connection.request;
  // engine.io emits the two around the sending, in one step.
  connection.on('flush', () => socket.cork());
  connection.on('drain', () => socket.uncork());
}

/** What is read of engine.io 6: packets that wait for the transport, and under a WebSocket the bytes that wait for its socket. */
interface EngineSocket {
  readonly writeBuffer: readonly WaitingPacket[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

interface WaitingPacket {
  readonly data?: string | ArrayBufferView;
  /** Frames as they will be written, instead of data. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly { readonly length: number }[] };
}

function sizeOf({ data, options }: WaitingPacket): number {
  const frames = options?.wsPreEncodedFrame;
  if (frames !== undefined) return frames.reduce((sum, { length }) => sum + length, 0);
  return typeof data === 'string' ? data.length : (data?.byteLength ?? 0);
}
