const CHAT_FIELDS = [
  'remoteJid',
  'remoteJidAlt',
  'participant',
  'participantAlt',
  'id',
  'jid',
  'lid',
  'lidJid',
  'pn',
  'pnJid',
  'phoneNumber',
  'chatId'
];

/** Returns the jids at the top of a payload, in its items, and in their keys. The first one is the chat that the event is about. */
export function jidsOf(data: unknown): string[] {
  return [...new Set(itemsOf(data).flatMap(item => [...jidsIn(fieldOf(item, 'key')), ...jidsIn(item)]))];
}

/** Returns the chat that an event is about, so that the user can open it; `null` if the event is about no chat or about several. */
export function chatToOpen(data: unknown): string | null {
  const chats = new Set(itemsOf(data).map(item => [...jidsIn(fieldOf(item, 'key')), ...jidsIn(item)][0]));
  const [chat] = chats;
  return chats.size === 1 && chat !== undefined && /@(s\.whatsapp\.net|lid|g\.us)$/.test(chat) ? chat : null;
}

function itemsOf(data: unknown): unknown[] {
  const messages = fieldOf(data, 'messages');
  if (Array.isArray(messages)) return messages;
  return Array.isArray(data) ? data : [data];
}

function jidsIn(item: unknown): string[] {
  if (typeof item === 'string') return isJid(item) ? [item] : [];
  return CHAT_FIELDS.map(field => fieldOf(item, field)).filter(isJid);
}

function isJid(value: unknown): value is string {
  return typeof value === 'string' && /^[^@\s]+@[a-z.]+$/.test(value);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
