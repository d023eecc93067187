import type { JsMsg } from '@nats-io/jetstream';
import type { MessageHandler } from '@nestjs/microservices';
import type { EventRecord } from './event-facts.codec.js';
import type { LaneItem } from './event-lanes.state.js';
import type { WabusEventContext } from './event.context.js';
import type { HandlerScope } from './pattern.policy.js';

const REMEMBERED = 5_000;

/** A handler and the events that it receives. */
export interface Registration extends HandlerScope {
  readonly handler: MessageHandler<unknown, WabusEventContext, unknown>;
}

/** An event that this process holds. */
export interface HeldEvent extends LaneItem {
  readonly record: EventRecord;
  readonly handlers: readonly Registration[];
  /** The latest delivery, which is the one to acknowledge. */
  message: JsMsg;
  /** The number of failures of the current delivery in this process. */
  failures: number;
  /** Whether the consumer that delivered the event is gone: an acknowledgment would settle another event of the new consumer. */
  isOrphan: boolean;
  /** The timer, while the event waits to be handled again. */
  retry: NodeJS.Timeout | undefined;
}

/** The events that this process holds or has finished, by session and id. Sequences are not unique, because they begin again when the log is created again. */
export class HeldEvents {
  private readonly held = new Map<string, HeldEvent>();
  private readonly finished = new Set<string>();
  /** The offset that places events of a new log after those of the previous one. */
  private offset = 0;
  private last = 0;

  values(): IterableIterator<HeldEvent> {
    return this.held.values();
  }

  of(record: EventRecord): HeldEvent | undefined {
    return this.held.get(keyOf(record));
  }

  isFinished(record: EventRecord): boolean {
    return this.finished.has(keyOf(record));
  }

  add(message: JsMsg, record: EventRecord, handlers: readonly Registration[]): HeldEvent {
    const { session, chats } = record;
    const sequence = this.offset + message.seq;
    this.last = Math.max(this.last, sequence);
    const item: HeldEvent = { sequence, session, chats, record, handlers, message, failures: 0, isOrphan: false, retry: undefined };
    this.held.set(keyOf(record), item);
    return item;
  }

  remove({ record, retry }: HeldEvent): void {
    clearTimeout(retry);
    this.held.delete(keyOf(record));
  }

  finish({ record }: HeldEvent): void {
    this.finished.add(keyOf(record));
    if (this.finished.size > REMEMBERED) for (const oldest of this.finished) if (this.finished.delete(oldest)) break;
  }

  /** Prepares for another consumer. Held events are still handled, because the log may have lost them, and are recognized if they are delivered again. */
  renew(): void {
    for (const item of this.held.values()) item.isOrphan = true;
    this.offset = this.last;
  }
}

/** Ids are unique within a session. */
const keyOf = ({ session, id }: EventRecord): string => `${session} ${id}`;
