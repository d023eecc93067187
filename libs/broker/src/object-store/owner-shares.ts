import { JetStreamError } from '@nats-io/jetstream';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { decodeObject, objectStreamName, objectSubject } from './object.codec.js';
import type { StoredObject } from './object-store.js';
import { filesToGiveUp, isAmple } from './owner-share.policy.js';

/** How many bytes of a file are granted at a time; fewer in a small store. */
const STEP_BYTES = 4 * 1024 * 1024;
const STEPS_OF_STORE = 64;
const PAGE = 500;
const NOT_FOUND = 404;

/** The space reserved for one file that is being written. */
export interface Room {
  /** Reserves more bytes; call it before they are stored. Throws `LIMIT_REACHED` if the owner may not use this much. */
  take(bytes: number): Promise<void>;
  release(): void;
}

/**
 * Gives each owner a fair share of a store: an owner that exceeds its share loses its own oldest files, never files of others.
 * The owner is the first part of a file's name.
 */
export class OwnerShares {
  private readonly unfinished = new Map<string, number>();
  private readonly stream: string;

  constructor(
    private readonly connection: NatsConnection,
    private readonly store: string
  ) {
    this.stream = objectStreamName(store);
  }

  /** Opens a reservation for a new file. */
  open(name: string): Room {
    const owner = name.split('.')[0]!;
    let granted = 0;
    let taken = 0;
    return {
      take: async bytes => {
        taken += bytes;
        if (taken <= granted) return;
        const step = await this.grant(owner, bytes);
        granted = taken - bytes + step;
        this.count(owner, step);
      },
      release: () => this.count(owner, -granted)
    };
  }

  private async grant(owner: string, least: number): Promise<number> {
    const { capacity, used } = await this.fill();
    const step = Math.max(least, Math.min(STEP_BYTES, Math.floor(capacity / STEPS_OF_STORE)));
    if (capacity === Infinity || isAmple({ capacity, used }, step)) return step;
    const files = await this.filesOf(owner);
    const unfinished = this.unfinished.get(owner) ?? 0;
    const sizes = files.map(({ bytes }) => bytes);
    const given = filesToGiveUp({ capacity, used }, { files: sizes, unfinished, wanted: step });
    if (given === null)
      throw new WabusError('LIMIT_REACHED', {
        message: 'The file store is full, or the files that this session is uploading exceed its share.',
        details: { limit: capacity, of: 'bytes of the file store' }
      });
    for (const file of files.slice(0, given)) await this.remove(file);
    return step;
  }

  private count(owner: string, bytes: number): void {
    const sum = (this.unfinished.get(owner) ?? 0) + bytes;
    if (sum === 0) this.unfinished.delete(owner);
    else this.unfinished.set(owner, sum);
  }

  private async fill(): Promise<{ capacity: number; used: number }> {
    try {
      const { config, state } = await this.connection.jetstream.streams.info(this.stream);
      return { capacity: config.max_bytes < 0 ? Infinity : config.max_bytes, used: state.bytes };
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Returns the files of an owner, oldest first. */
  private async filesOf(owner: string): Promise<StoredObject[]> {
    const filter = objectSubject(this.store, 'M', owner) + '.>';
    const files: StoredObject[] = [];
    try {
      for (let from = 1; ;) {
        const page = await this.connection.jetstream.direct.getBatch(this.stream, { seq: from, next_by_subj: filter, batch: PAGE });
        let found = 0;
        for await (const { data, seq } of page) {
          const file = decodeObject(data);
          if (file !== null) files.push(file);
          found++;
          from = seq + 1;
        }
        if (found < PAGE) return files;
      }
    } catch (error) {
      // The server answers an empty page with this code.
      if (error instanceof JetStreamError && (error as { code?: unknown }).code === NOT_FOUND) return files;
      throw storageError(error);
    }
  }

  private async remove({ name, content }: StoredObject): Promise<void> {
    const { streams } = this.connection.jetstream;
    try {
      await streams.purge(this.stream, { filter: objectSubject(this.store, 'M', name) });
      await streams.purge(this.stream, { filter: `${objectSubject(this.store, 'C', content.id)}.*` });
    } catch (error) {
      throw storageError(error);
    }
  }
}
