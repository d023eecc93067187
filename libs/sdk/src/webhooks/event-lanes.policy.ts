import type { AnyEvent } from '../events/event-envelope.js';

/** What is handled one after the other: the events of a chat, of a session, or none. */
export type HandlingOrder = 'chat' | 'session' | 'none';

/** The fields in which payloads name the chats that an event is about. */
const CHAT_FIELDS = new Set([
  'remoteJid',
  'remoteJidAlt',
  'jid',
  'id',
  'chatId',
  'chat',
  'lid',
  'pn',
  'lidJid',
  'pnJid',
  'phoneNumber',
  'groupId',
  'groupJid',
  'from'
]);
/** The content of a message quotes other chats. */
const CONTENT = 'message';
const MAX_DEPTH = 5;

/**
 * The lanes of an event: it is handled after earlier events that share one. An event that names no chat shares a lane with all of its kind in its session.
 */
export function lanesOf({ session, data }: AnyEvent, order: HandlingOrder): string[] {
  switch (order) {
    case 'none':
      return [];
    case 'session':
      return [session];
    case 'chat': {
      const chats = new Set<string>();
      collect(data, chats, 0);
      return chats.size === 0 ? [session] : [...chats].map(chat => `${session}/${chat}`);
    }
  }
}

function collect(value: unknown, chats: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isJid(item)) chats.add(item);
      else collect(item, chats, depth + 1);
    }
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    if (CHAT_FIELDS.has(name) && isJid(item)) chats.add(item);
    else if (name !== CONTENT) collect(item, chats, depth + 1);
  }
}

const isJid = (value: unknown): value is string => typeof value === 'string' && value.includes('@');
