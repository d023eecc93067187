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
  /** SHA-256 of the content, in hex. */
  readonly sha256: string;
  /** ISO time. */
  readonly createdAt: string;
  /** ISO time from which the file may be gone. It is removed earlier only if its owner needs room for newer files. */
  readonly expiresAt: string;
  /** Attributes that the writer stored with the file. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The location of the content; meaningful only to the store. */
  readonly content: { readonly id: string; readonly chunkBytes: number };
}

export interface PutOptions {
  /** Maximum size of the content. If it is larger, `put` throws `PAYLOAD_TOO_LARGE` and stores nothing. */
  readonly maxBytes: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Cancels the write; `put` then throws the reason of the signal and stores nothing. */
  readonly signal?: AbortSignal;
}

/** A byte range of a file; both ends are inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const CHUNK_BYTES = 64 * 1024;
/** Room for the headers within the server's maximum message size. */
const HEADER_BYTES = 2_048;
/** Maximum number of chunks in flight in either direction, which bounds the memory that a file takes in this process. */
const IN_FLIGHT = 8;
/** Enough for the election of a new leader, which takes seconds. */
const ATTEMPTS = 8;

/**
 * An object store whose files expire.
 * Content is streamed in chunks: neither writing nor reading keeps more than a few chunks in memory, however slow the other side is.
 *
 * The files are in a JetStream stream, each chunk under its own subject: any range is read by requesting its chunks, without a consumer and at the speed of the
 * reader.
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
   * Stores a file and resolves when it is on disk and readable. It is invisible until then, and stays so if `source` fails; the error of `source` is rethrown.
   * An existing file with the same name is replaced. `name` consists of `A-Z a-z 0-9 _ - .`; its first part is the owner of the file.
   * An owner may use at most half as much as is free; beyond that, its own oldest files are removed.
   * Throws `PAYLOAD_TOO_LARGE`, `LIMIT_REACHED` and `BROKER_UNAVAILABLE`.
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

  /** Returns the metadata of a file; `null` if it does not exist. Throws `BROKER_UNAVAILABLE`. */
  async find(name: string): Promise<StoredObject | null> {
    const text = await this.last(objectSubject(this.settings.name, 'M', name));
    const object = text && decodeObject(text);
    return object && Date.parse(object.expiresAt) > earliestNow() ? object : null;
  }

  /** Reads the content of a file, or a range of it. Throws during iteration: `UNKNOWN_MEDIA` if the file is gone, and `BROKER_UNAVAILABLE`. */
  async *read(object: StoredObject, range: ByteRange = { first: 0, last: object.bytes - 1 }): AsyncGenerator<Uint8Array> {
    const { chunkBytes } = object.content;
    const lastChunk = Math.floor(range.last / chunkBytes);
    let next = Math.floor(range.first / chunkBytes);
    const ahead: { start: number; chunk: Promise<Uint8Array> }[] = [];
    const ask = (): void => {
      for (; next <= lastChunk && ahead.length < IN_FLIGHT; next++) {
        const chunk = this.chunk(object, next);
        // A reader that stops early does not await the chunks requested ahead.
        chunk.catch(() => undefined);
        ahead.push({ start: next * chunkBytes, chunk });
      }
    };
    for (ask(); ahead.length > 0; ask()) {
      const { start, chunk } = ahead.shift()!;
      yield (await chunk).subarray(Math.max(0, range.first - start), range.last + 1 - start);
    }
  }

  /** Removes every existing file whose name begins with this part and a dot. Throws `BROKER_UNAVAILABLE`; some files may then be left. */
  async removeAll(firstPart: string): Promise<void> {
    const { streams } = this.connection.jetstream;
    const filter = objectSubject(this.settings.name, 'M', firstPart) + '.>';
    await this.persistently(async () => {
      const { state } = await streams.info(this.stream, { subjects_filter: filter });
      // One by one, so that a file stored meanwhile is not removed.
      for (const subject of Object.keys(state.subjects ?? {})) await this.purge(subject);
    });
  }

  /** Removes a file; does nothing if it does not exist. Throws `BROKER_UNAVAILABLE`; the file may then be left. */
  async remove(name: string): Promise<void> {
    await this.persistently(() => this.purge(objectSubject(this.settings.name, 'M', name)));
  }

  private async purge(subject: string): Promise<void> {
    const { streams } = this.connection.jetstream;
    const text = await this.last(subject);
    const object = text && decodeObject(text);
    // The chunks are removed first: without the metadata they can no longer be found.
    if (object) await streams.purge(this.stream, { filter: `${objectSubject(this.settings.name, 'C', object.content.id)}.*` });
    await streams.purge(this.stream, { filter: subject });
  }

  /** Removes every file that was stored before a time. Throws `BROKER_UNAVAILABLE`; some files may then be left. */
  async removeBefore(time: Date): Promise<void> {
    const { streams } = this.connection.jetstream;
    await this.persistently(async () => {
      const { state } = await streams.info(this.stream);
      if (state.messages === 0 || new Date(state.first_ts) >= time) return;
      await streams.purge(this.stream, { seq: await this.firstSince(time, state.first_seq, state.last_seq) });
    });
  }

  /** Returns the sequence of the first message between `first` and `last` that was stored at or after a time; `last` + 1 if there is none. */
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

  /** Returns the newest message of a subject. Any replica may answer. One that has no message may only lag behind, so the leader is asked then. */
  private async last(subject: string): Promise<Uint8Array | null> {
    const { direct, streams } = this.connection.jetstream;
    const query = { last_by_subj: subject };
    return this.persistently(async () => {
      const near = await direct.getMessage(this.stream, query);
      return (near ?? (await streams.getMessage(this.stream, query)))?.data ?? null;
    });
  }

  /** A retry is safe: a chunk replaces itself under its subject. */
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

  /** Removes the chunks of a file that was not completed. They would expire anyway. */
  private async discard(id: string): Promise<void> {
    const filter = `${objectSubject(this.settings.name, 'C', id)}.*`;
    await this.connection.jetstream.streams.purge(this.stream, { filter }).catch(() => undefined);
  }
}

/** The error code for a store at its size limit. A full disk has a different code. */
const isFull = (thrown: unknown): boolean => jetStreamCode(thrown) === JETSTREAM_CODE.storeFailed;

function throwIfFailed(failure: { error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}

/** Splits a stream of arbitrary pieces into chunks of equal size; only the last one is smaller. */
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
      // The previous buffer is still being sent.
      chunk = Buffer.allocUnsafe(chunkBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
