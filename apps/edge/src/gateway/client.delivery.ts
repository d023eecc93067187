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

  deliver(event: OutgoingEvent, form: Form): void {
    if (form === 'batch') return this.batch.add(event.envelope);
    this.batch.flush();
    this.socket.emit(event.name, form === 'plain' ? event.payload : new JsonText(event.envelope));
  }

  flush(): void {
    this.batch.flush();
  }
}
