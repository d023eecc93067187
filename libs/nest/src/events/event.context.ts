import { createHash } from 'node:crypto';
import { BaseRpcContext } from '@nestjs/microservices';
import type { EventEnvelope, EventName, EventPayloads } from '@wabus/sdk/catalog';

/** The metadata of an event, for handlers: `@Ctx() context: WabusEventContext<'messages.upsert'>`. */
export class WabusEventContext<Name extends EventName = EventName> extends BaseRpcContext<[envelope: EventEnvelope<Name>]> {
  /**
   * @param subject the subject of the message on NATS
   * @param attempt the number of the attempt: 1 for the first; a delivery after a crash counts as another attempt
   * @param chats the jids of the chats that the event concerns; `null` if there are more than 16
   */
  constructor(
    envelope: EventEnvelope<Name>,
    readonly subject: string,
    readonly attempt: number,
    readonly chats: readonly string[] | null
  ) {
    super([envelope]);
  }

  /** The event with all of its metadata. */
  get envelope(): EventEnvelope<Name> {
    return this.args[0];
  }

  /** The id of the event, which is the same at every delivery: use it as a unique key for the result that you store. */
  get id(): string {
    return this.envelope.id;
  }

  get session(): string {
    return this.envelope.session;
  }

  get event(): Name {
    return this.envelope.event;
  }

  get data(): EventPayloads[Name] {
    return this.envelope.data;
  }

  /** The position after this event, for `since` in the HTTP API. Empty if the NATS user may read only some sessions. */
  get cursor(): string {
    return this.envelope.cursor;
  }

  /** The epoch under which the event was published. */
  get epoch(): number {
    return this.envelope.epoch;
  }

  /** Whether the event was delivered before, so that part of the work may already be done. */
  get isRepeated(): boolean {
    return this.attempt > 1;
  }

  /**
   * Returns a key for a command that this event causes. It is the same at every delivery, so that the command runs only once.
   * @param purpose distinguishes several commands of one event
   */
  idempotencyKey(purpose = 'reply'): string {
    const key = `${this.id}:${purpose}`;
    return /^[\x21-\x7e]{1,128}$/.test(key) ? key : createHash('sha256').update(key).digest('base64url');
  }
}
