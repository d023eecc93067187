import { chatJid, isLid, isPn, type OtherJid } from '@wabus/contracts';
import type { BaileysEventMap, WAMessageKey } from '@whiskeysockets/baileys';

type Events = Partial<BaileysEventMap>;

/**
 * Returns the events with both jids of each person, where known: a receipt for a message to a number comes from the LID and from a device (interop P3, P5).
 * The jids of chats have no device part.
 */
export function identified(events: Events, otherOf: OtherJid): Events {
  const key = (one: WAMessageKey): WAMessageKey => identifiedKey(one, otherOf);
  const keyed = <Item extends { key: WAMessageKey }>(items: Item[]): Item[] => items.map(item => ({ ...item, key: key(item.key) }));
  const changed: Events = {};
  const { 'messages.upsert': upserted, 'messages.delete': deleted, 'presence.update': presence, call } = events;
  if (upserted) {
    for (const message of upserted.messages) message.key = key(message.key);
  }
  for (const name of ['messages.update', 'message-receipt.update', 'messages.reaction', 'messages.media-update'] as const)
    if (events[name]) Object.assign(changed, { [name]: keyed(events[name] as { key: WAMessageKey }[]) });
  if (deleted && 'keys' in deleted) changed['messages.delete'] = { keys: deleted.keys.map(key) };
  if (presence) changed['presence.update'] = { ...presence, id: chatJid(presence.id) };
  if (call) changed.call = call.map(one => ({ ...one, chatId: chatJid(one.chatId), from: chatJid(one.from) }));
  for (const name of ['chats.upsert', 'chats.update'] as const)
    if (events[name])
      Object.assign(changed, { [name]: events[name].map(chat => ({ ...chat, ...sides(chat.id, otherOf, 'lidJid', 'pnJid') })) });
  for (const name of ['contacts.upsert', 'contacts.update'] as const)
    if (events[name])
      Object.assign(changed, {
        [name]: events[name].map(contact => ({ ...sides(contact.id, otherOf, 'lid', 'phoneNumber'), ...contact }))
      });
  return { ...events, ...changed };
}

function identifiedKey(key: WAMessageKey, otherOf: OtherJid): WAMessageKey {
  const remoteJid = key.remoteJid ? chatJid(key.remoteJid) : key.remoteJid;
  const [remoteJidAlt, participantAlt] = [
    key.remoteJidAlt || other(remoteJid, otherOf),
    key.participantAlt || other(key.participant, otherOf)
  ];
  return {
    ...key,
    remoteJid,
    ...(remoteJidAlt ? { remoteJidAlt: chatJid(remoteJidAlt) } : {}),
    ...(participantAlt ? { participantAlt } : {})
  };
}

function other(jid: string | null | undefined, otherOf: OtherJid): string | null {
  const person = jid ? chatJid(jid) : '';
  return isLid(person) || isPn(person) ? (otherOf(person) ?? null) : null;
}

/** Returns the other jid of a chat or contact as a field with Baileys' name for it. */
function sides(jid: string | null | undefined, otherOf: OtherJid, lidName: string, pnName: string): Record<string, string> {
  const found = other(jid, otherOf);
  return found ? { [isLid(found) ? lidName : pnName]: found } : {};
}
