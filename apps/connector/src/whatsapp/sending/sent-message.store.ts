import type { WAMessage, proto } from '@whiskeysockets/baileys';
import { LRUCache } from 'lru-cache';
import type { ExpiringRecords } from '../../auth-state/auth-state.types.js';
import { proto as protobuf } from '../baileys.js';
import { connectionEnded } from './whatsapp-error.mapper.js';

const TYPE = 'sent';
const IN_MEMORY_BYTES = 256 * 1024;
/** Of a larger message each record holds this much: in Base64 it is below the limit of a record. */
const PART_BYTES = 200_000;

/** Instead of a message that takes several records: `<id> 1`, `<id> 2` and so on. */
interface Parts {
  readonly parts: number;
}

/**
 * The messages that a session sent, for receivers that could not read one and ask for it again, and for answers to events that need the secret of the event's
 * message. Encrypted with the auth state for a limited time, so that the next owner answers too; the newest are in memory besides. Found by id alone: who asks
 * names the chat in a way of its own.
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

  /** Settles when the message is on disk; it is found from the call on. Throws `TIMEOUT` if it is not certain that it is on disk: the sender must repeat it. */
  async keep({ key, message }: Pick<WAMessage, 'key' | 'message'>): Promise<void> {
    const { id } = key;
    if (!key.fromMe || !id || !message) return;
    const bytes = protobuf.Message.encode(message).finish();
    this.newest.set(id, bytes);
    try {
      // Begun in the same step, so that they are one write.
      await Promise.all([...recordsOf(id, bytes)].map(([part, value]) => this.write(part, value)));
    } catch (error) {
      throw connectionEnded(error);
    }
  }

  /** The message, a new object at each call; `undefined` when it was never kept or its time is over. Throws `BROKER_UNAVAILABLE`. */
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

/** What is stored of an encoded message, by name. */
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
