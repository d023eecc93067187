import { createHash } from 'node:crypto';
import type { BaileysEventMap, GroupMetadata, WAMessage } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Recipient } from '../addressing/recipient.resolver.js';
import { isJidGroup, isLidUser, isPnUser } from '../baileys.js';
import type { ChatRecords } from '../reach/known-chats.store.js';
import { applyTimer, latest, timersIn, type ChatTimer, type TimerNews } from './chat-timer.mapper.js';

const TYPE = 'chat-timers';
const CHUNKS = 64;
/** Chats with a timer; of more than that the ones that were set first are forgotten. */
const PER_CHUNK = 200;

export interface ChatTimersParts {
  readonly records: ChatRecords;
  /** The settings of a group, from memory where they are known. */
  readonly groupMetadata: (jid: string) => Promise<Pick<GroupMetadata, 'ephemeralDuration'>>;
  readonly logger: Logger;
}

type Chunk = Readonly<Record<string, ChatTimer>>;

/**
 * The timers of the chats of one session, for messages that leave. WhatsApp's servers know none for direct chats, so they are kept with the auth state, in chunks; chats that never
 * had one take no room.
 */
export class ChatTimers {
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ChatTimersParts) {}

  /** Takes what events say. What is asked afterwards knows it. */
  learn(events: Partial<BaileysEventMap>): void {
    const news = timersIn(events);
    if (news.length === 0) return;
    this.turn = this.turn
      .then(() => this.store(news))
      .catch((err: unknown) => this.parts.logger.warn({ err }, 'failed to store the disappearing-message timer for a chat'));
  }

  /** The timer of a chat by any of its jids; the one that was set last when it is known under several. `null`: none is known. */
  async of(jids: readonly string[]): Promise<ChatTimer | null> {
    await this.turn;
    const chunks = await this.parts.records.get(TYPE, [...new Set(jids.map(chunkOf))]);
    const known = jids.flatMap(jid => (chunks[chunkOf(jid)] as Chunk | undefined)?.[jid] ?? []);
    return known.sort((a, b) => b.setAt - a.setAt)[0] ?? null;
  }

  /** Sets the timer of the chat into a message that is about to leave. `chosen`: the caller's own, 0 for none. */
  async apply(message: WAMessage, { jid, asked, alternate }: Recipient, chosen: number | undefined): Promise<void> {
    if (chosen === 0 || !(isJidGroup(jid) || isLidUser(jid) || isPnUser(jid))) return;
    const known = await this.of([...new Set([jid, asked, ...(alternate === null ? [] : [alternate])])]);
    // A group that cannot be read refuses the message too, and says why.
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
