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

/** The jids that a payload names at its top, in its items, and in their keys; the chat that it is about is the first. */
export function jidsOf(data: unknown): string[] {
  return [...new Set(itemsOf(data).flatMap(item => [...jidsIn(fieldOf(item, 'key')), ...jidsIn(item)]))];
}

/** The chat that an event is about, to be opened; `null` when it is about none, or about no single one. */
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
