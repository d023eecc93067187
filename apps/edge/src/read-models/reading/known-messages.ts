import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventConsumers } from '@wabus/broker';
import { chatJid, type MessageReference, type SessionId, type KnownMessage } from '@wabus/contracts';
import { messageKey } from '../projection/model-key.codec.js';
import { ReadModelStore } from '../store/read-model.store.js';
import { KnownPeople } from './known-people.js';

/** A message that is already in the log is usually projected within this time. */
const PROJECTION_LIMIT_MS = 2_000;
const LOOK_AGAIN_MS = 25;

/** Provides the facts from events about messages that commands name. */
@Injectable()
export class KnownMessages {
  constructor(
    private readonly store: ReadModelStore,
    private readonly consumers: EventConsumers,
    private readonly people: KnownPeople
  ) {}

  /** Returns the known messages by the field that names each. Waits for events that are in the log but not projected yet. Throws `BROKER_UNAVAILABLE`. */
  async find(session: SessionId, references: readonly MessageReference[]): Promise<Map<string, KnownMessage>> {
    const found = await this.look(session, references);
    const isMissing = ({ field }: MessageReference): boolean => !found.has(field);
    if (!references.some(isMissing) || !(await this.projected())) return found;
    return new Map([...found, ...(await this.look(session, references.filter(isMissing)))]);
  }

  private async look(session: SessionId, references: readonly MessageReference[]): Promise<Map<string, KnownMessage>> {
    const known = await Promise.all(references.map(reference => this.message(session, reference)));
    return new Map(references.flatMap(({ field }, i) => (known[i] ? [[field, known[i]] as const] : [])));
  }

  private async message(session: SessionId, { chat, id, fromMe }: MessageReference): Promise<KnownMessage | null> {
    const jid = chatJid(chat);
    const other = await this.people.otherOf(session, jid);
    const jids = other === null ? [jid] : [jid, other];
    const keys = (fromMe === null ? [false, true] : [fromMe]).flatMap(mine => jids.map(one => messageKey(one, mine, id)));
    const records = await this.store.read(session, keys);
    const record = keys.map(key => records.get(key)).find(one => one?.message);
    if (!record?.message) return null;
    const content = record.message.revokedAt === null ? record.data['message'] : null;
    const { participant } = record.message;
    return { fromMe: record.message.fromMe, participant, content: typeof content === 'object' ? content : null };
  }

  /** Resolves with `true` when the current content of the log is projected, and with `false` if that takes too long. */
  private async projected(): Promise<boolean> {
    const { sequence } = await this.consumers.end();
    for (const endsAt = performance.now() + PROJECTION_LIMIT_MS; performance.now() < endsAt; await delay(LOOK_AGAIN_MS)) {
      const progress = await this.store.progress();
      if (progress !== null && progress.order >= progress.base + sequence) return true;
    }
    return false;
  }
}
