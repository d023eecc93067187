import type { Socket } from 'socket.io';
import { BatchBuffer } from './batch.buffer.js';
import { JsonText } from './json-text.encoder.js';
import type { OutgoingEvent } from './outgoing-event.js';
import type { Form } from './subscription.state.js';

/** Delivers events of the past to one client, in their forms and in order. */
export class ClientDelivery {
  private readonly batch: BatchBuffer;

  constructor(private readonly socket: Socket) {
    this.batch = new BatchBuffer(text => this.socket.emit('batch', new JsonText(text)));
  }

  deliver(event: OutgoingEvent, { shape, hearing }: Form): void {
    if (shape === 'batch') return this.batch.add(event.envelope(hearing));
    this.batch.flush();
    this.socket.emit(event.name, shape === 'plain' ? event.payload(hearing) : new JsonText(event.envelope(hearing)));
  }

  flush(): void {
    this.batch.flush();
  }
}
