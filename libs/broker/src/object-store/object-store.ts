import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamApiError } from '@nats-io/jetstream';
import { nuid } from '@nats-io/transport-node';
import { earliestNow, encodeJsonRecord, steadyNow, WabusError } from '@wabus/contracts';
import type { ObjectStoreSettings } from '../broker.options.js';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { ReplyInbox } from '../connection/reply-inbox.js';
import { jetStreamCode, JETSTREAM_CODE, storageError } from '../errors/broker-error.mapper.js';
import { decodeObject, objectStreamName, objectSubject } from './object.codec.js';
import { OwnerShares, type Room } from './owner-shares.js';

/** A file in an object store. */
export interface StoredObject {
  readonly name: string;
  readonly bytes: number;
  /** The hash of the content, in hex. */
  readonly sha256: string;
  /** ISO time. */
  readonly createdAt: string;
  /** ISO time from which on it may be gone. It goes sooner only when its owner needs room for newer files. */
  readonly expiresAt: string;
  /** What its writer noted about it. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its content is; of meaning to the store only. */
  readonly content: { readonly id: string; readonly chunkBytes: number };
}

export interface PutOptions {
  /** Throws `PAYLOAD_TOO_LARGE`, and nothing stays, when the content is longer. */
  readonly maxBytes: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Gives up, with its reason; nothing stays. */
  readonly signal?: AbortSignal;
}

/** A part of a file; both ends belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const CHUNK_BYTES = 64 * 1024;
/** Room for headers within the size that the server takes. */
const HEADER_BYTES = 2_048;
/** Pieces under way at once, in either direction: all that a file takes of the memory of this process. */
const IN_FLIGHT = 8;
/** A new leader is elected within seconds. */
const ATTEMPTS = 8;

/**
 * Files that expire. Content goes through in pieces: neither writing nor reading holds more than a few of them in memory, however slow the other side is.
 *
 * Files in a JetStream stream, each piece under a subject of its own: any part is read by asking for its pieces, without a consumer, and as fast as the reader takes them.
 */
export class ObjectStore {
  private readonly stream: string;
  private readonly replies: ReplyInbox;
  private readonly shares: OwnerShares;

  constructor(
    private readonly connection: NatsConnection,
    private readonly settings: ObjectStoreSettings
  ) {
    this.stream = objectStreamName(settings.name);
    this.replies = new ReplyInbox(connection, { stream: this.stream, isBounded: true });
    this.shares = new OwnerShares(connection, settings.name);
  }

  /**
   * Stores a file and settles when it is on disk and can be read; until then nobody sees it, nor when `source` fails, whose error is thrown on. A file of the same name is
   * replaced. `name` has the characters of subjects: `A-Z a-z 0-9 _ - .`; its first part says who owns the file. An owner holds at most half as much as is free, and makes room with
   * its own oldest files. Throws `PAYLOAD_TOO_LARGE`, `LIMIT_REACHED` and `BROKER_UNAVAILABLE`.
   */
  async put(name: string, source: AsyncIterable<Uint8Array>, { maxBytes, attributes = {}, signal }: PutOptions): Promise<StoredObject> {
    const id = nuid.next();
    const room = this.shares.open(name);
    try {
      const chunkBytes = Math.min(CHUNK_BYTES, this.connection.maxMessageBytes - HEADER_BYTES);
      const { bytes, sha256 } = await this.putContent(inChunks(source, chunkBytes), { id, room, maxBytes, signal });
      const now = steadyNow();
      const [createdAt, expiresAt] = [now, now + this.settings.ttlMs].map(time => new Date(time).toISOString()) as [string, string];
      const object = { name, bytes, sha256, createdAt, expiresAt, attributes, content: { id, chunkBytes } };
      await this.store(objectSubject(this.settings.name, 'M', name), encodeJsonRecord(object));
      return object;
    } catch (error) {
      await this.discard(id);
      throw error;
    } finally {
      room.release();
    }
  }

  /** What is known of a file; `null` when there is none. Throws `BROKER_UNAVAILABLE`. */
  async find(name: string): Promise<StoredObject | null> {
    const text = await this.last(objectSubject(this.settings.name, 'M', name));
    const object = text && decodeObject(text);
    return object && Date.parse(object.expiresAt) > earliestNow() ? object : null;
  }

  /** The content of a file, or a part of it. Throws, while it is read, `UNKNOWN_MEDIA` when it is gone, and `BROKER_UNAVAILABLE`. */
  async *read(object: StoredObject, range: ByteRange = { first: 0, last: object.bytes - 1 }): AsyncGenerator<Uint8Array> {
    const { chunkBytes } = object.content;
    const lastChunk = Math.floor(range.last / chunkBytes);
    let next = Math.floor(range.first / chunkBytes);
    const ahead: { start: number; chunk: Promise<Uint8Array> }[] = [];
    const ask = (): void => {
      for (; next <= lastChunk && ahead.length < IN_FLIGHT; next++) {
        const chunk = this.chunk(object, next);
        // Whoever stops reading does not wait for what was asked ahead.
        chunk.catch(() => undefined);
        ahead.push({ start: next * chunkBytes, chunk });
      }
    };
    for (ask(); ahead.length > 0; ask()) {
      const { start, chunk } = ahead.shift()!;
      yield (await chunk).subarray(Math.max(0, range.first - start), range.last + 1 - start);
    }
  }

  /** Removes every file that is there now and whose name begins with this part and a dot. Throws `BROKER_UNAVAILABLE`; then some may be left. */
  async removeAll(firstPart: string): Promise<void> {
    const { streams } = this.connection.jetstream;
    const filter = objectSubject(this.settings.name, 'M', firstPart) + '.>';
    await this.persistently(async () => {
      const { state } = await streams.info(this.stream, { subjects_filter: filter });
      // One by one: a file that came meanwhile is not meant.
      for (const subject of Object.keys(state.subjects ?? {})) await this.purge(subject);
    });
  }

  /** Removes a file; one that is not there is removed. Throws `BROKER_UNAVAILABLE`; then it may be left. */
  async remove(name: string): Promise<void> {
    await this.persistently(() => this.purge(objectSubject(this.settings.name, 'M', name)));
  }

  private async purge(subject: string): Promise<void> {
    const { streams } = this.connection.jetstream;
    const text = await this.last(subject);
    const object = text && decodeObject(text);
    // The pieces first: without what is known of the file nobody finds them again.
    if (object) await streams.purge(this.stream, { filter: `${objectSubject(this.settings.name, 'C', object.content.id)}.*` });
    await streams.purge(this.stream, { filter: subject });
  }

  /** Removes every file that was stored before a time. Throws `BROKER_UNAVAILABLE`; then some may be left. */
  async removeBefore(time: Date): Promise<void> {
    const { streams } = this.connection.jetstream;
    await this.persistently(async () => {
      const { state } = await streams.info(this.stream);
      if (state.messages === 0 || new Date(state.first_ts) >= time) return;
      await streams.purge(this.stream, { seq: await this.firstSince(time, state.first_seq, state.last_seq) });
    });
  }

  /** The sequence of the first message between two that was stored at a time or later; one more than the last when there is none. */
  private async firstSince(time: Date, first: number, last: number): Promise<number> {
    const { streams } = this.connection.jetstream;
    let [low, high] = [first, last + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const query = { seq: middle, next_by_subj: `$O.${this.settings.name}.>` };
      const message = await streams.getMessage(this.stream, query);
      if (message === null || message.seq >= high || message.time >= time) high = middle;
      else low = message.seq + 1;
    }
    return low;
  }

  private async putContent(
    chunks: AsyncIterable<Uint8Array>,
    { id, room, maxBytes, signal }: { id: string; room: Room; maxBytes: number; signal: AbortSignal | undefined }
  ): Promise<{ bytes: number; sha256: string }> {
    const hash = createHash('sha256');
    const underWay = new Set<Promise<void>>();
    let failure: { error: unknown } | null = null;
    let bytes = 0;
    let index = 0;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw new WabusError('PAYLOAD_TOO_LARGE', {
          message: `The file is larger than the limit of ${maxBytes} bytes.`,
          details: { maxBytes }
        });
      await room.take(chunk.length);
      hash.update(chunk);
      const stored: Promise<void> = this.store(objectSubject(this.settings.name, 'C', `${id}.${index++}`), chunk).then(
        () => void underWay.delete(stored),
        (error: unknown) => {
          failure = { error };
          underWay.delete(stored);
        }
      );
      underWay.add(stored);
      if (underWay.size >= IN_FLIGHT) await Promise.race(underWay);
      throwIfFailed(failure);
    }
    await Promise.all(underWay);
    throwIfFailed(failure);
    return { bytes, sha256: hash.digest('hex') };
  }

  private async chunk({ content }: StoredObject, index: number): Promise<Uint8Array> {
    const chunk = await this.last(objectSubject(this.settings.name, 'C', `${content.id}.${index}`));
    if (chunk === null) throw new WabusError('UNKNOWN_MEDIA');
    return chunk;
  }

  /** The newest message of a subject. Any copy of the stream may answer; one that has nothing may only be behind, so the leader is asked then. */
  private async last(subject: string): Promise<Uint8Array | null> {
    const { direct, streams } = this.connection.jetstream;
    const query = { last_by_subj: subject };
    return this.persistently(async () => {
      const near = await direct.getMessage(this.stream, query);
      return (near ?? (await streams.getMessage(this.stream, query)))?.data ?? null;
    });
  }

  /** Stored again under its subject, a piece replaces itself. */
  private async store(subject: string, data: Uint8Array): Promise<void> {
    await this.persistently(async () => {
      const message = await this.replies.request(reply => this.connection.client.publish(subject, data, { reply }));
      if (message.data.length === 0)
        throw new WabusError('BROKER_UNAVAILABLE', { message: 'NATS cannot store files at the moment. Try again.' });
      const { error } = message.json<{ error?: { code: number; err_code: number; description: string } }>();
      if (error) throw new JetStreamApiError(error);
    });
  }

  private async persistently<T>(act: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act();
      } catch (thrown) {
        const error = storageError(thrown);
        if (isFull(thrown))
          throw new WabusError('LIMIT_REACHED', {
            message: 'The file store is full: raise its limit, or wait until files expire.',
            cause: thrown
          });
        if (error.code !== 'BROKER_UNAVAILABLE' || attempt === ATTEMPTS) throw error;
        await delay(backOffMs(attempt));
      }
    }
  }

  /** What was stored of a file that will not be. It would expire anyway. */
  private async discard(id: string): Promise<void> {
    const filter = `${objectSubject(this.settings.name, 'C', id)}.*`;
    await this.connection.jetstream.streams.purge(this.stream, { filter }).catch(() => undefined);
  }
}

/** What the server says of a store that has as much as it may: of a disk without room it says something else. */
const isFull = (thrown: unknown): boolean => jetStreamCode(thrown) === JETSTREAM_CODE.storeFailed;

function throwIfFailed(failure: { error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}

/** Cuts what comes in pieces of any size into pieces of one size; only the last is smaller. */
async function* inChunks(source: AsyncIterable<Uint8Array>, chunkBytes: number): AsyncGenerator<Uint8Array> {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for await (const piece of source) {
    for (let offset = 0; offset < piece.length;) {
      const taken = Math.min(piece.length - offset, chunkBytes - filled);
      chunk.set(piece.subarray(offset, offset + taken), filled);
      offset += taken;
      filled += taken;
      if (filled < chunkBytes) continue;
      yield chunk;
      // The one before is still on its way.
      chunk = Buffer.allocUnsafe(chunkBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
