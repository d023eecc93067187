import type { Socket } from 'socket.io';
import { aroundPayload, encodeFrames, type PacketParts } from './json-text.encoder.js';
import { BATCH, type OutgoingEvent } from './outgoing-event.js';
import type { Form } from './subscription.state.js';

/** Delivers events of the past to one client, in their forms and in order: those between two calls of `flush` in one write. */
export class ClientDelivery {
  private packets: PacketParts[] = [];
  private batch: string[] = [];
  private batched = { events: 0, chars: 0 };

  constructor(private readonly socket: Socket) {}

  deliver(event: OutgoingEvent, { shape, visibility }: Form): void {
    if (shape === 'batch') return this.addToBatch(event.envelopeParts(visibility));
    this.packBatch();
    this.pack(event.name, shape === 'plain' ? [event.body(visibility)] : event.envelopeParts(visibility));
  }

  /** Writes what was delivered, and says how many bytes that is. */
  flush(): number {
    this.packBatch();
    const packets = this.packets;
    if (packets.length === 0) return 0;
    this.packets = [];
    const { conn } = this.socket;
    if (conn.transport.name !== 'websocket') return writeEach(conn, packets);
    const frames = encodeFrames(packets);
    // As Socket.IO writes to rooms: engine.io 6 hands frames that are given so to the WebSocket as they are.
    conn.write('', { wsPreEncodedFrame: [frames] } as Parameters<typeof conn.write>[1]);
    return frames.length;
  }

  private addToBatch(envelope: string[]): void {
    this.batch.push(this.batch.length === 0 ? '[' : ',', ...envelope);
    this.batched.events++;
    for (const part of envelope) this.batched.chars += part.length;
    if (this.batched.events >= BATCH.events || this.batched.chars >= BATCH.chars) this.packBatch();
  }

  private packBatch(): void {
    if (this.batch.length === 0) return;
    this.pack('batch', [...this.batch, ']']);
    this.batch = [];
    this.batched = { events: 0, chars: 0 };
  }

  private pack(event: string, payload: readonly string[]): void {
    const [before, after] = aroundPayload(this.socket.nsp.name, event);
    this.packets.push([before, ...payload, after]);
  }
}

/** For long polling, which has no frames. */
function writeEach(connection: Socket['conn'], packets: readonly PacketParts[]): number {
  const texts = packets.map(parts => parts.join(''));
  for (const text of texts) connection.write(text);
  return texts.reduce((sum, text) => sum + text.length, 0);
}
