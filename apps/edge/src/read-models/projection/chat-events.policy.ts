import type { Draft } from './draft.state.js';
import { joinPerson } from './contact-events.policy.js';
import { modelKey } from './model-key.codec.js';
import type { Json, ModelRecord } from './model.types.js';
import { field, numberOf, objectsIn, textOf, textsIn, withoutFields } from './payload.codec.js';

/** `chats.upsert`: its values replace the known ones. */
export function projectChats(draft: Draft, payload: unknown): void {
  for (const chat of objectsIn(payload)) putChat(draft, chat, { unread: 'absolute' });
}

/** `chats.update`: partial chats, which create a chat that is not known yet. Positive unread counts of Baileys are increments. */
export function projectChatUpdates(draft: Draft, payload: unknown): void {
  for (const chat of objectsIn(payload)) putChat(draft, chat, { unread: 'added' });
}

/** Chats of the history, which only fill gaps: the history was written before the events that have arrived since. */
export function projectChatHistory(draft: Draft, payload: unknown): void {
  for (const chat of objectsIn(payload)) putChat(draft, chat, { unread: 'absolute', fillOnly: true });
}

/** `chats.delete`: deletes chats with their messages. A record that hides the messages remains. */
export function projectChatDeletions(draft: Draft, payload: unknown): void {
  for (const jid of textsIn(payload)) {
    const id = draft.canonical(jid);
    if (draft.isLate(draft.get(modelKey('chat', id)))) continue;
    draft.set(modelKey('chat', id), { kind: 'chat', id }, cleared(draft, { deleted: true }));
  }
}

/** Clears a chat, after a `messages.delete` of all its messages. The chat itself remains. */
export function clearChat(draft: Draft, jid: string): void {
  const id = draft.canonical(jid);
  draft.set(modelKey('chat', id), { kind: 'chat', id }, { clearedUpTo: draft.event.order });
}

/** `chats.lock`. */
export function projectChatLock(draft: Draft, payload: unknown): void {
  const id = textOf(payload, 'id');
  const locked = field(payload, 'locked');
  if (id !== null && typeof locked === 'boolean') putChat(draft, { id, locked }, { unread: 'absolute' });
}

/** Records that a message was added or removed: its chat exists, and was active at that time. */
export function touchChat(draft: Draft, jid: string, { timestamp, revive }: { timestamp: number; revive: boolean }): void {
  const id = draft.canonical(jid);
  const key = modelKey('chat', id);
  const known = draft.get(key);
  if (known !== null && !(revive && known.deleted) && timestamp <= (known.timestamp ?? 0)) return;
  draft.set(
    key,
    { kind: 'chat', id },
    { timestamp: Math.max(timestamp, known?.timestamp ?? 0), ...(revive && known?.deleted ? { deleted: false } : {}) }
  );
}

interface Manner {
  readonly unread: 'absolute' | 'added';
  readonly fillOnly?: boolean;
}

function putChat(draft: Draft, chat: Json, { unread, fillOnly = false }: Manner): void {
  const jid = textOf(chat, 'id');
  if (jid === null) return;
  // Under these names, Baileys' chats contain both jids of a person.
  joinPerson(draft, jid, textOf(chat, 'lidJid') ?? textOf(chat, 'pnJid'));
  const id = draft.canonical(jid);
  const key = modelKey('chat', id);
  const known = draft.get(key);
  const news = withoutFields(chat, 'messages', 'id');
  const fills = fillOnly || draft.isLate(known);
  const data = known === null ? {} : known.data;
  const counted = fills || unread === 'absolute' ? {} : added(data['unreadCount'], news['unreadCount']);
  const merged = fills ? { ...news, ...data } : { ...data, ...news, ...counted };
  const timestamp = Math.max(known?.timestamp ?? 0, numberOf(news, 'conversationTimestamp') ?? 0);
  draft.set(key, { kind: 'chat', id }, { data: merged, timestamp, ...(known?.deleted && !draft.isLate(known) ? { deleted: false } : {}) });
}

/** Returns the change to the unread count: a positive count is added, 0 means read, -1 means marked as unread, and `null` removes that mark. */
function added(before: unknown, news: unknown): Json {
  const known = typeof before === 'number' ? before : 0;
  if (typeof news === 'number') return { unreadCount: news > 0 ? Math.max(known, 0) + news : news };
  return news === null ? { unreadCount: Math.max(known, 0) } : {};
}

function cleared(draft: Draft, change: Partial<ModelRecord>): Partial<ModelRecord> {
  return { ...change, data: {}, labels: [], timestamp: 0, clearedUpTo: draft.event.order };
}
