import type { WAMessage, proto } from '@whiskeysockets/baileys';
import { LRUCache } from 'lru-cache';
import { WabusError } from '@wabus/contracts';
import type { ExpiringRecords } from '../../auth-state/auth-state.types.js';
import { proto as protobuf } from '../baileys.js';
import { connectionEnded } from './whatsapp-error.mapper.js';

const TYPE = 'sent';
const IN_MEMORY_BYTES = 256 * 1024;

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

  /**
   * Settles when the message is on disk. Throws `TIMEOUT` when it cannot be known to be: whoever sent it must repeat it. One that is too large to be stored stays in memory only.
   */
  async keep({ key, message }: WAMessage): Promise<void> {
    if (!key.fromMe || !key.id || !message) return;
    const bytes = protobuf.Message.encode(message).finish();
    this.newest.set(key.id, bytes);
    try {
      await this.records.writeExpiring({ type: TYPE, id: key.id, value: Buffer.from(bytes), ttlMs: this.ttlMs });
    } catch (error) {
      if (error instanceof WabusError && error.code === 'PAYLOAD_TOO_LARGE') return;
      throw connectionEnded(error);
    }
  }

  /** The message, a new object at each call; `undefined` when it was never kept or its time is over. Throws `BROKER_UNAVAILABLE`. */
  async find(id: string | null | undefined): Promise<proto.IMessage | undefined> {
    if (!id) return undefined;
    const bytes = this.newest.get(id) ?? ((await this.records.readExpiring(TYPE, id)) as Uint8Array | null);
    return bytes ? protobuf.Message.decode(bytes) : undefined;
  }
}
