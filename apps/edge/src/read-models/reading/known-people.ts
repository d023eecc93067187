import { Injectable } from '@nestjs/common';
import { chatJid, isLid, isPn, type SessionId } from '@wabus/contracts';
import { modelKey } from '../projection/model-key.codec.js';
import type { ModelRecord } from '../projection/model.types.js';
import { ReadModelStore } from '../store/read-model.store.js';

/**
 * The most reads for one filter. A longer list of sessions and chats is compared as written. If a session knows both jids of a person, its
 * events contain both in any case.
 */
const MOST_READS = 4_096;

/** Determines which jids belong to one person, according to events. */
@Injectable()
export class KnownPeople {
  constructor(private readonly store: ReadModelStore) {}

  /** Returns the other jid of a person in the form of `chatJid`, or `null` if no event has named it. Throws `BROKER_UNAVAILABLE`. */
  async otherOf(session: SessionId, jid: string): Promise<string | null> {
    const key = modelKey('alias', jid);
    return otherIn((await this.store.read(session, [key])).get(key));
  }

  /**
   * Returns the chats with the other jids of the people among them, so that a filter by number finds events that contain only the LID, and
   * vice versa. Throws `BROKER_UNAVAILABLE`.
   */
  async widened(chats: ReadonlySet<string> | null, sessions: '*' | Iterable<SessionId>): Promise<ReadonlySet<string> | null> {
    if (chats === null) return null;
    const wanted = [...chats].map(chatJid);
    const people = wanted.filter(jid => isLid(jid) || isPn(jid));
    const among = sessions === '*' ? [...(await this.store.floors()).keys()] : [...sessions];
    if (people.length * among.length > MOST_READS) return new Set(wanted);
    const keys = people.map(jid => modelKey('alias', jid));
    const found = await Promise.all(among.map(session => this.store.read(session, keys)));
    const others = found.flatMap(records => [...records.values()].flatMap(record => otherIn(record) ?? []));
    return new Set([...wanted, ...others]);
  }
}

function otherIn(record: ModelRecord | null | undefined): string | null {
  const jid = record?.data['jid'];
  return typeof jid === 'string' ? jid : null;
}
