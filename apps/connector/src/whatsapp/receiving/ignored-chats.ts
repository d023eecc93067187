import { ignorableKind, type IgnorableChats } from '@wabus/contracts';
import type { SocketEvent } from '../whatsapp-engine.js';

type Item = Readonly<Record<string, unknown>>;

const of = (item: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((at, name) => (at as Item | null | undefined)?.[name], item);

/** The location of the chat in an event, or in an item of its list. Events that are not in this table do not belong to chats that can be ignored. */
const CHAT_OF: Readonly<Partial<Record<SocketEvent[0], (item: unknown) => unknown>>> = {
  'messages.update': item => of(item, 'key', 'remoteJid'),
  'messages.reaction': item => of(item, 'key', 'remoteJid'),
  'messages.media-update': item => of(item, 'key', 'remoteJid'),
  'message-receipt.update': item => of(item, 'key', 'remoteJid'),
  'chats.upsert': item => of(item, 'id'),
  'chats.update': item => of(item, 'id'),
  'chats.delete': item => item,
  'chats.lock': item => of(item, 'id'),
  'contacts.upsert': item => of(item, 'id'),
  'contacts.update': item => of(item, 'id'),
  'presence.update': item => of(item, 'id'),
  'groups.upsert': item => of(item, 'id'),
  'groups.update': item => of(item, 'id'),
  'group-participants.update': item => of(item, 'id'),
  'group.join-request': item => of(item, 'id'),
  'group.member-tag.update': item => of(item, 'groupId'),
  'labels.association': item => of(item, 'association', 'chatId'),
  'newsletter.reaction': item => of(item, 'id'),
  'newsletter.view': item => of(item, 'id'),
  'newsletter-participants.update': item => of(item, 'id'),
  'newsletter-settings.update': item => of(item, 'id')
};

/** The chats that a session ignores according to its current settings. */
export class IgnoredChats {
  constructor(private readonly now: () => readonly IgnorableChats[]) {}

  includes(jid: unknown): boolean {
    const kind = typeof jid === 'string' ? ignorableKind(jid) : null;
    return kind !== null && this.now().includes(kind);
  }

  /** Returns an event without the items of ignored chats; `null` if nothing is left of it. */
  rest(event: SocketEvent): SocketEvent | null {
    if (this.now().length === 0) return event;
    const [name, payload] = event as [SocketEvent[0], unknown];
    const rest = this.restOf(name, payload);
    return rest === null ? null : ([name, rest] as unknown as SocketEvent);
  }

  /** Returns a history set without the chats and messages of ignored chats. */
  restOfHistory<Set extends { readonly chats: readonly unknown[]; readonly messages: readonly unknown[] }>(set: Set): Set {
    if (this.now().length === 0) return set;
    return {
      ...set,
      chats: set.chats.filter(chat => !this.includes(of(chat, 'id'))),
      messages: set.messages.filter(message => !this.includes(of(message, 'key', 'remoteJid')))
    };
  }

  private restOf(name: SocketEvent[0], payload: unknown): unknown {
    if (name === 'messages.upsert') return this.without(payload as Item, 'messages');
    if (name === 'messages.delete')
      return 'keys' in (payload as Item) ? this.without(payload as Item, 'keys') : this.includes(of(payload, 'jid')) ? null : payload;
    if (name === 'messaging-history.set') return this.restOfHistory(payload as { chats: unknown[]; messages: unknown[] });
    const chatOf = CHAT_OF[name];
    if (!chatOf) return payload;
    if (!Array.isArray(payload)) return this.includes(chatOf(payload)) ? null : payload;
    const rest = payload.filter(item => !this.includes(chatOf(item)));
    return rest.length === 0 && payload.length > 0 ? null : rest;
  }

  /** Removes the messages, or message keys, of ignored chats from a field. */
  private without(payload: Item, field: string): Item | null {
    const all = payload[field] as unknown[];
    const rest = all.filter(item => !this.includes(of(item, 'key', 'remoteJid') ?? of(item, 'remoteJid')));
    return rest.length === 0 && all.length > 0 ? null : { ...payload, [field]: rest };
  }
}
