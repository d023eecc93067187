import type { Socket } from 'socket.io';
import { aroundPayload, encodeFrames, type PacketParts } from './json-text.encoder.js';
import { BATCH, type OutgoingEvent } from './outgoing-event.js';
import type { Form } from './subscription.state.js';

/** Delivers past events to one client, in the requested forms and in order. Writes all events between two calls of `flush` at once. */
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

  /** Writes the delivered events, and returns their size in bytes. */
  flush(): number {
    this.packBatch();
    const packets = this.packets;
    if (packets.length === 0) return 0;
    this.packets = [];
    const { conn } = this.socket;
    if (conn.transport.name !== 'websocket') return writeEach(conn, packets);
    const frames = encodeFrames(packets);
    // Socket.IO writes to rooms in the same way: engine.io 6 passes pre-encoded frames to the WebSocket unchanged.
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

/** Writes the packets one by one, for long polling, which has no frames. */
function writeEach(connection: Socket['conn'], packets: readonly PacketParts[]): number {
  const texts = packets.map(parts => parts.join(''));
  for (const text of texts) connection.write(text);
  return texts.reduce((sum, text) => sum + text.length, 0);
}
