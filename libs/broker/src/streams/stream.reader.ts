import { AckPolicy, DeliverPolicy, ReplayPolicy, type SeqMsgRequest } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { isPassing, storageError } from '../errors/broker-error.mapper.js';
import { createReader } from './consumer.creation.js';
import { MessageQueue } from './message.queue.js';
import { parseDelivery, storedMessage, storedRecord, type StoredMessage } from './stored-message.js';

/** One pull asks for at most this much, so that a slow reader costs little memory here. */
const PULL = { messages: 1_000, bytes: 16 * 1024 * 1024 };
/** A pull counts subject, headers and reply of a message as well. */
const HEADER_ROOM_BYTES = 64 * 1024;
const CONSUMER_IDLE_MS = 30_000;
/** Some five seconds. */
const ATTEMPTS = 8;

export interface StreamRange {
  readonly stream: string;
  /** Subjects to read, not overlapping; all of the stream when missing. */
  readonly filters?: readonly string[];
  /** Leaves the data out. */
  readonly headersOnly?: boolean;
  /** Sequence after which to begin. */
  readonly after: number;
  /** Last sequence to read. */
  readonly upTo: number;
  /** How often in a row the broker may fail before the reader gives up. Default 8, some five seconds. */
  readonly attempts?: number;
  /** The most that one request asks for, one request after the other: for a reader that may stop early. Default 1,000 messages and 16 MiB, the next one ahead. */
  readonly pull?: { readonly messages: number; readonly bytes: number };
}

interface Pull {
  readonly queue: MessageQueue;
  readonly wanted: number;
  readonly bytes: number;
}

/**
 * Reads a part of a stream in order and without a gap, at the pace of the caller, through consumers that the stream's leader keeps. When something is lost on the way
 * or the broker restarts, it goes on after the last message handed out. Throws `BROKER_UNAVAILABLE` when that fails repeatedly.
 */
export async function* readStream(connection: NatsConnection, range: StreamRange): AsyncGenerator<StoredMessage, void, undefined> {
  for await (const messages of readParts(connection, range)) yield* messages;
}

/** The same in parts, as they come: for those who deal with many messages at once. No part is empty. */
export async function* readParts(connection: NatsConnection, range: StreamRange): AsyncGenerator<StoredMessage[], void, undefined> {
  let position = range.after;
  let failures = 0;
  while (position < range.upTo) {
    try {
      for await (const messages of readOnce(connection, { ...range, after: position })) {
        failures = 0;
        yield messages;
        position = messages.at(-1)!.sequence;
      }
      return;
    } catch (error) {
      failures++;
      if (!isPassing(error) || failures >= (range.attempts ?? ATTEMPTS) || connection.client.isClosed()) throw storageError(error);
      await delay(backOffMs(failures));
    }
  }
}

async function* readOnce(connection: NatsConnection, range: StreamRange): AsyncGenerator<StoredMessage[], void, undefined> {
  const { client, jetstream, requestTimeoutMs } = connection;
  const consumer = await createReader(connection, range.stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: range.after + 1,
    replay_policy: ReplayPolicy.Instant,
    inactive_threshold: nanos(CONSUMER_IDLE_MS),
    mem_storage: true,
    num_replicas: 1,
    headers_only: range.headersOnly === true,
    ...(range.filters === undefined ? {} : { filter_subjects: [...range.filters] })
  });
  const pull = (messages: number, bytes = (range.pull ?? PULL).bytes): Pull => {
    const queue = new MessageQueue(client, connection.createInbox());
    const request = { batch: Math.min((range.pull ?? PULL).messages, messages), max_bytes: bytes, no_wait: true };
    client.publish(`$JS.API.CONSUMER.MSG.NEXT.${range.stream}.${consumer.name}`, JSON.stringify(request), { reply: queue.subject });
    return { queue, wanted: request.batch, bytes };
  };
  const most = Math.max(PULL.bytes, connection.maxMessageBytes + HEADER_ROOM_BYTES);
  let next: Pull | null = null;
  let current: Pull | null = null;
  try {
    let number = 0;
    let isTooLarge = false;
    for (let pending = consumer.num_pending; pending > 0;) {
      current = next ?? (isTooLarge ? pull(1, most) : pull(pending));
      next = null;
      isTooLarge = false;
      for (let received = 0, isOver = false; received < current.wanted && !isOver;) {
        const messages: StoredMessage[] = [];
        let isLast = false;
        for (const message of await current.queue.some(requestTimeoutMs)) {
          const delivery = parseDelivery(message.reply);
          if (delivery === null) {
            // A status instead of a message: the pull is over, because of its size or since the consumer is gone. Without progress the next message may be too large for it.
            isTooLarge = received === 0 && current.bytes < most;
            if (received === 0 && !isTooLarge) throw new Error(`the pull ended with status ${message.headers?.code ?? 'none'}`);
            isOver = true;
            break;
          }
          received++;
          number++;
          if (delivery.number !== number) throw new Error('messages were lost on the way');
          if (delivery.sequence <= range.upTo) messages.push(storedMessage(message, delivery.sequence));
          isLast = delivery.sequence >= range.upTo;
          if (isLast) break;
          pending = delivery.pending;
        }
        // The next pull is on its way while this one is being read.
        const afterwards = pending - (current.wanted - received);
        if (range.pull === undefined && next === null && received > current.wanted / 2 && afterwards > 0) next = pull(afterwards);
        if (messages.length > 0) yield messages;
        if (isLast) return;
      }
      current.queue.close();
    }
  } finally {
    current?.queue.close();
    next?.queue.close();
    // Nobody waits for this: the server removes an idle consumer by itself.
    if (!client.isClosed()) jetstream.consumers.delete(range.stream, consumer.name).catch(() => undefined);
  }
}

/**
 * Reads the messages of one literal subject in order, each asked of the stream's leader by itself: for a few of them, and for those who may make no consumers.
 * Throws `BROKER_UNAVAILABLE` when that fails repeatedly.
 */
export async function* readSubject(
  connection: NatsConnection,
  { stream, subject, after, upTo }: { stream: string; subject: string; after: number; upTo: number }
): AsyncGenerator<StoredMessage, void, undefined> {
  for (let next = after + 1, failures = 0; next <= upTo;) {
    try {
      const message = await connection.jetstream.streams.getMessage(stream, { seq: next, next_by_subj: subject } as SeqMsgRequest);
      if (message === null || message.seq > upTo) return;
      failures = 0;
      yield storedRecord(message);
      next = message.seq + 1;
    } catch (error) {
      failures++;
      if (!isPassing(error) || failures >= ATTEMPTS || connection.client.isClosed()) throw storageError(error);
      await delay(backOffMs(failures));
    }
  }
}

/** The sequence of the first message stored at a time (ms) or later; one more than the last when there is none. */
export async function sequenceAtTime(connection: NatsConnection, stream: string, time: number): Promise<number> {
  const consumer = await createReader(connection, stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: new Date(time).toISOString(),
    replay_policy: ReplayPolicy.Instant,
    inactive_threshold: nanos(CONSUMER_IDLE_MS),
    mem_storage: true,
    num_replicas: 1
  });
  connection.jetstream.consumers.delete(stream, consumer.name).catch(() => undefined);
  // A consumer that delivered nothing yet stands right before its first message.
  return consumer.delivered.stream_seq + 1;
}
