import type { Namespace, Socket } from 'socket.io';
import type { LiveEvent } from '../events-in/live-events.js';
import { AudienceIndex, type Audience } from './audience.index.js';
import { BatchBuffer } from './batch.buffer.js';
import { JsonText } from './json-text.encoder.js';
import { OutgoingEvent } from './outgoing-event.js';
import type { Subscription } from './subscription.state.js';

/** Delivers live events to the rooms of a namespace: each form of an event is encoded once, for all rooms together. */
export class RoomDelivery {
  private readonly audiences = new AudienceIndex();
  private readonly batches = new Map<string, BatchBuffer>();

  constructor(private readonly namespace: Namespace) {}

  /** Everything delivered from now on that the subscription names reaches this socket. */
  join(socket: Socket, subscription: Subscription): Audience {
    const audience = this.audiences.enter(subscription);
    // What waits was delivered before this member came.
    this.batches.get(audience.room)?.flush();
    void socket.join(audience.room);
    return audience;
  }

  /** Nothing delivered from now on reaches this socket; everything before has been written. */
  leave(socket: Socket, audience: Audience): void {
    this.batches.get(audience.room)?.flush();
    void socket.leave(audience.room);
    if (this.audiences.leave(audience)) this.batches.delete(audience.room);
  }

  deliver(event: LiveEvent): void {
    const outgoing = new OutgoingEvent(event);
    const plain: string[] = [];
    const enveloped: string[] = [];
    this.audiences.hearing(outgoing.subject, ({ room }, form) => {
      if (form === 'plain') plain.push(room);
      else if (form === 'envelope') enveloped.push(room);
      else this.batchOf(room).add(outgoing.envelope);
    });
    if (plain.length > 0) this.namespace.to(plain).emit(outgoing.name, outgoing.payload);
    if (enveloped.length > 0) this.namespace.to(enveloped).emit(outgoing.name, new JsonText(outgoing.envelope));
  }

  /** Sends what waits for a batch to become full. */
  flush(): void {
    for (const batch of this.batches.values()) batch.flush();
  }

  private batchOf(room: string): BatchBuffer {
    const known = this.batches.get(room);
    if (known) return known;
    const batch = new BatchBuffer(text => this.namespace.to(room).emit('batch', new JsonText(text)));
    this.batches.set(room, batch);
    return batch;
  }
}
