import type { WAMessage, proto } from '@whiskeysockets/baileys';
import { LRUCache } from 'lru-cache';
import type { ExpiringRecords } from '../../auth-state/auth-state.types.js';
import { proto as protobuf } from '../baileys.js';
import { connectionEnded } from './whatsapp-error.mapper.js';

const TYPE = 'sent';
const IN_MEMORY_BYTES = 256 * 1024;
/** The size of each record of a larger message; in Base64, it is below the limit of a record. */
const PART_BYTES = 200_000;

/** The record of a message that needs several further records: `<id> 1`, `<id> 2` and so on. */
interface Parts {
  readonly parts: number;
}

/**
 * The messages that a session sent, for receivers that could not read a message and request it again, and for answers to events that need the secret of the
 * event's message. They are stored for a limited time, encrypted with the auth state, so that the next owner can answer too; the newest are also in memory.
 * They are found by id alone, since a receiver may use a different jid of the chat.
 */
export class SentMessageStore {
  private readonly newest = new LRUCache<string, Uint8Array>({
    maxSize: IN_MEMORY_BYTES,
    sizeCalculation: (bytes, id) => bytes.length + id.length
  });

  constructor(
    private readonly records: ExpiringRecords,
    private readonly ttlMs: number
  ) {}

  /** Stores a message. `find` finds it immediately; resolves once it is on disk. Throws `TIMEOUT` if that is uncertain: the sender must repeat the command. */
  async keep({ key, message }: Pick<WAMessage, 'key' | 'message'>): Promise<void> {
    const { id } = key;
    if (!key.fromMe || !id || !message) return;
    const bytes = protobuf.Message.encode(message).finish();
    this.newest.set(id, bytes);
    try {
      // Started synchronously, so that they are one write.
      await Promise.all([...recordsOf(id, bytes)].map(([part, value]) => this.write(part, value)));
    } catch (error) {
      throw connectionEnded(error);
    }
  }

  /** Resolves to a new object with the message; `undefined` if it was never stored or has expired. Throws `BROKER_UNAVAILABLE`. */
  async find(id: string | null | undefined): Promise<proto.IMessage | undefined> {
    if (!id) return undefined;
    const bytes = this.newest.get(id) ?? (await this.read(id));
    return bytes ? protobuf.Message.decode(bytes) : undefined;
  }

  private write(id: string, value: Buffer | Parts): Promise<void> {
    return this.records.writeExpiring({ type: TYPE, id, value, ttlMs: this.ttlMs });
  }

  private async read(id: string): Promise<Uint8Array | null> {
    const stored = (await this.records.readExpiring(TYPE, id)) as Uint8Array | Parts | null;
    if (stored === null || stored instanceof Uint8Array) return stored;
    const names = Array.from({ length: stored.parts }, (_, i) => partName(id, i));
    const parts = (await Promise.all(names.map(name => this.records.readExpiring(TYPE, name)))) as (Uint8Array | null)[];
    return parts.every(part => part !== null) ? Buffer.concat(parts) : null;
  }
}

/** Yields the records of an encoded message with their names. */
function* recordsOf(id: string, bytes: Uint8Array): Generator<[name: string, value: Buffer | Parts]> {
  if (bytes.length <= PART_BYTES) {
    yield [id, Buffer.from(bytes)];
    return;
  }
  const parts = Math.ceil(bytes.length / PART_BYTES);
  yield [id, { parts }];
  for (let i = 0; i < parts; i++) yield [partName(id, i), Buffer.from(bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES))];
}

const partName = (id: string, index: number): string => `${id} ${index + 1}`;
