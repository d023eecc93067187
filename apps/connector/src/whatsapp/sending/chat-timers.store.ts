import { createHash } from 'node:crypto';
import type { BaileysEventMap, GroupMetadata, WAMessage } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Recipient } from '../addressing/recipient.resolver.js';
import { isJidGroup, isLidUser, isPnUser } from '../baileys.js';
import type { ChatRecords } from '../reach/known-chats.store.js';
import { applyTimer, latest, timersIn, type ChatTimer, type TimerNews } from './chat-timer.mapper.js';

const TYPE = 'chat-timers';
const CHUNKS = 64;
/** The number of timers in one chunk; above it, the timers that were set first are removed. */
const PER_CHUNK = 200;

export interface ChatTimersParts {
  readonly records: ChatRecords;
  /** Resolves to the settings of a group, from the cache if possible. */
  readonly groupMetadata: (jid: string) => Promise<Pick<GroupMetadata, 'ephemeralDuration'>>;
  readonly logger: Logger;
}

type Chunk = Readonly<Record<string, ChatTimer>>;

/**
 * The timers of one session's chats, for outgoing messages. WhatsApp's servers do not store timers of direct chats, so they are stored in the auth state, in
 * chunks. Chats that never had a timer need no storage.
 */
export class ChatTimers {
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ChatTimersParts) {}

  /** Learns timers from events. Later calls of `of` wait for them. */
  learn(events: Partial<BaileysEventMap>): void {
    const news = timersIn(events);
    if (news.length === 0) return;
    this.turn = this.turn
      .then(() => this.store(news))
      .catch((err: unknown) => this.parts.logger.warn({ err }, 'failed to store the disappearing-message timer for a chat'));
  }

  /** Resolves to the timer of a chat by any of its jids; the latest one if several jids have a timer, `null` if none is known. */
  async of(jids: readonly string[]): Promise<ChatTimer | null> {
    await this.turn;
    const chunks = await this.parts.records.get(TYPE, [...new Set(jids.map(chunkOf))]);
    const known = jids.flatMap(jid => (chunks[chunkOf(jid)] as Chunk | undefined)?.[jid] ?? []);
    return known.sort((a, b) => b.setAt - a.setAt)[0] ?? null;
  }

  /** Writes the timer of the chat into an outgoing message. `chosen` is the caller's own timer in seconds, 0 for none. */
  async apply(message: WAMessage, { jid, asked, alternate }: Recipient, chosen: number | undefined): Promise<void> {
    if (chosen === 0 || !(isJidGroup(jid) || isLidUser(jid) || isPnUser(jid))) return;
    const known = await this.of([...new Set([jid, asked, ...(alternate === null ? [] : [alternate])])]);
    // If the group cannot be read, sending fails too, with the reason.
    const ofGroup = isJidGroup(jid) ? await this.parts.groupMetadata(jid).catch(() => null) : null;
    const seconds = chosen ?? (ofGroup ? (ofGroup.ephemeralDuration ?? 0) : known?.seconds) ?? 0;
    applyTimer(message, jid, { setAt: 0, ...(known?.seconds === seconds ? known : {}), seconds });
  }

  private async store(news: readonly TimerNews[]): Promise<void> {
    const ids = [...new Set(news.map(({ chat }) => chunkOf(chat)))];
    const stored = await this.parts.records.get(TYPE, ids);
    const chunks = new Map(ids.map(id => [id, new Map(Object.entries((stored[id] as Chunk | undefined) ?? {}))]));
    const changed = new Set<string>();
    for (const { chat, ...timer } of news) {
      const chunk = chunks.get(chunkOf(chat))!;
      const known = chunk.get(chat);
      const next = latest(known, timer);
      if (next === known || (known === undefined && next.seconds === 0)) continue;
      chunk.set(chat, next);
      changed.add(chunkOf(chat));
    }
    if (changed.size === 0) return;
    await this.parts.records.set({ [TYPE]: Object.fromEntries([...changed].map(id => [id, bounded(chunks.get(id)!)])) });
  }
}

function bounded(chunk: ReadonlyMap<string, ChatTimer>): Chunk {
  const entries = [...chunk].sort(([, a], [, b]) => b.setAt - a.setAt).slice(0, PER_CHUNK);
  return Object.fromEntries(entries);
}

function chunkOf(jid: string): string {
  return String(createHash('sha256').update(jid).digest()[0]! % CHUNKS);
}
