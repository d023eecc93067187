import type { Socket } from 'socket.io';
import { PacketType } from 'socket.io-parser';
import { BatchBuffer } from './batch.buffer.js';
import { JsonText, JsonTextEncoder } from './json-text.encoder.js';
import type { OutgoingEvent } from './outgoing-event.js';
import { encodeFrames } from './packet-frame.codec.js';
import type { Form } from './subscription.state.js';

const ENCODER = new JsonTextEncoder();

/** Delivers events of the past to one client, in their forms and in order: those between two calls of `flush` in one write. */
export class ClientDelivery {
  private readonly batch: BatchBuffer;
  private packets: string[] = [];

  constructor(private readonly socket: Socket) {
    this.batch = new BatchBuffer(text => this.pack('batch', new JsonText(text)));
  }

  deliver(event: OutgoingEvent, { shape, hearing }: Form): void {
    if (shape === 'batch') return this.batch.add(event.envelope(hearing));
    this.batch.flush();
    this.pack(event.name, shape === 'plain' ? event.payload(hearing) : new JsonText(event.envelope(hearing)));
  }

  /** Writes what was delivered, and says how many bytes that is. */
  flush(): number {
    this.batch.flush();
    const packets = this.packets;
    if (packets.length === 0) return 0;
    this.packets = [];
    const { conn } = this.socket;
    // One that began with polling may have been upgraded meanwhile; the other way it does not go.
    if (conn.transport.name !== 'websocket') {
      packets.forEach(packet => conn.write(packet));
      return packets.reduce((sum, packet) => sum + packet.length, 0);
    }
    const frames = encodeFrames(packets);
    // As Socket.IO writes to rooms: engine.io 6 hands frames that are given so to the socket as they are.
    conn.write('', { wsPreEncodedFrame: [frames] } as unknown as Parameters<typeof conn.write>[1]);
    return frames.length;
  }

  private pack(event: string, payload: JsonText): void {
    const [packet] = ENCODER.encode({ type: PacketType.EVENT, nsp: this.socket.nsp.name, data: [event, payload] });
    this.packets.push(packet as string);
  }
}
