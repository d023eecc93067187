import type { SeqMsgRequest } from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { isPassing, storageError } from '../errors/broker-error.mapper.js';
import { PullReader, type Pull, type PullEnd } from './pull.reader.js';
import { storedRecord, type StoredMessage } from './stored-message.js';

/** Maximum size of one pull, so that a slow reader costs little memory in this process. */
const PULL = { messages: 1_000, bytes: 16 * 1024 * 1024 };
/** About five seconds. */
const ATTEMPTS = 8;

export interface StreamRange {
  readonly stream: string;
  /** Non-overlapping subjects to read; default: the whole stream. */
  readonly filters?: readonly string[];
  /** Omits the data. */
  readonly headersOnly?: boolean;
  /** Sequence after which to begin. */
  readonly after: number;
  /** Last sequence to read. */
  readonly upTo: number;
  /** How many consecutive broker failures are tolerated. Default 8, about five seconds. */
  readonly attempts?: number;
  /**
   * Maximum size of one request. If set, requests are sent strictly one after another, for a reader that may stop early.
   * Default 1,000 messages and 16 MiB, with one request ahead.
   */
  readonly pull?: { readonly messages: number; readonly bytes: number };
}

/**
 * Reads a part of a stream in order and without gaps, at the pace of the caller, through ephemeral consumers on the stream's leader.
 * If a message is lost on the way or the broker restarts, it continues after the last delivered message. Throws `BROKER_UNAVAILABLE` after repeated failures.
 */
export async function* readStream(connection: NatsConnection, range: StreamRange): AsyncGenerator<StoredMessage, void, undefined> {
  for await (const messages of readParts(connection, range)) yield* messages;
}

/** Like `readStream`, but yields the messages in batches as they arrive, for callers that process many at once. No batch is empty. */
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
  const { after, upTo, filters, headersOnly, pull: limits = PULL } = range;
  const reader = await PullReader.open(connection, range.stream, { from: { after }, filters, headersOnly });
  const most = Math.max(PULL.bytes, reader.roomyBytes);
  const pull = (messages: number): Pull => reader.pull({ messages: Math.min(limits.messages, messages), bytes: limits.bytes, waitMs: 0 });
  let next: Pull | null = null;
  try {
    for (let pending = reader.pending, isTooLarge = false; pending > 0;) {
      const current: Pull = next ?? (isTooLarge ? reader.pull({ messages: 1, bytes: most, waitMs: 0 }) : pull(pending));
      next = null;
      for (let part = await current.some(); part.length > 0; part = await current.some()) {
        const last = part.at(-1)!;
        const isLast = last.sequence >= upTo;
        pending = last.pending;
        // The next pull is requested while this one is being read.
        const { messages: wanted } = current.request;
        const afterwards = pending - (wanted - current.taken);
        if (!isLast && range.pull === undefined && next === null && current.taken > wanted / 2 && afterwards > 0) next = pull(afterwards);
        const messages = part.filter(({ sequence }) => sequence <= upTo).map(({ message }) => message);
        if (messages.length > 0) yield messages;
        if (isLast) return;
      }
      const isStuck = current.taken === 0;
      isTooLarge = isStuck && current.end === 'size' && current.request.bytes < most;
      if (isBroken(current.end) || (isStuck && !isTooLarge)) throw new Error(`pull ended: ${current.end}`);
    }
  } finally {
    reader.close();
  }
}

const isBroken = (end: PullEnd | null): boolean => end === 'lost' || end === 'silent' || end === 'interrupted';

/**
 * Reads the messages of one literal subject in order, each with its own request to the stream's leader: for a few messages, and for users that may not create
 * consumers.
 * Throws `BROKER_UNAVAILABLE` after repeated failures.
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

/** Returns the sequence of the first message stored at or after a time (ms); the last sequence + 1 if there is none. */
export async function sequenceAtTime(connection: NatsConnection, stream: string, time: number): Promise<number> {
  const reader = await PullReader.open(connection, stream, { from: { time } });
  reader.close();
  // A consumer that has not delivered yet is positioned right before its first message.
  return reader.startsAfter + 1;
}
