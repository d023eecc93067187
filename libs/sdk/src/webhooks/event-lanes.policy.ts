import type { AnyEvent } from '../events/event-envelope.js';

/** The unit whose events are handled one after another: `chat`, `session` or `none`. */
export type HandlingOrder = 'chat' | 'session' | 'none';

/** The fields of payloads that name the chats of an event. */
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
/** The content of a message may quote other chats. */
const CONTENT = 'message';
const MAX_DEPTH = 5;

/**
 * Returns the lanes of an event: it is handled after earlier events that have a lane in common with it. All events of a session that concern no chat share a
 * lane.
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
