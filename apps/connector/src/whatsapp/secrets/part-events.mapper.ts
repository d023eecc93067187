import type { BaileysEventMap, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import type { SocketListener } from '../whatsapp-engine.js';
import { contentOf, encryptedPartOf } from './encrypted-part.reader.js';
import type { PartNote } from './part-opener.js';

type Events = Partial<BaileysEventMap>;
type Chats = BaileysEventMap['chats.update'];
type Updates = BaileysEventMap['messages.update'];

/** Claims the notes of the messages in these events; returns them with their messages. */
export function notesOf(events: Events, claim: (key: WAMessageKey) => PartNote | null): [WAMessage, PartNote][] {
  return (events['messages.upsert']?.messages ?? []).flatMap(message => {
    const note = claim(message.key);
    return note ? [[message, note]] : [];
  });
}

/** Reports the content of a part to the listener, for an event of its own. */
export function reportPart(listener: Pick<SocketListener, 'voted' | 'unopened' | 'event'>, message: WAMessage, note: PartNote): void {
  switch (note.kind) {
    case 'vote':
      return listener.voted(note.vote);
    case 'unopened':
      return listener.unopened(note.unopened);
    case 'response':
      return listener.event('messages.update', responseUpdate(message, note));
  }
}

/** Returns the answer to an event in Baileys' form, with the event's key from the perspective of this account. */
function responseUpdate(message: WAMessage, { key, response }: Extract<PartNote, { kind: 'response' }>): Updates {
  const answer = { eventResponseMessageKey: message.key, senderTimestampMs: response.timestampMs, response };
  return [{ key, update: { eventResponses: [answer] } }];
}

/**
 * Removes Baileys' incorrect events about parts: answers to events, which Baileys decrypts in only one form of four and emits with the key from the sender's
 * perspective, and updates of chats because of a part that stayed encrypted.
 */
export function withoutPartNoise(events: Events): Events {
  const { 'messages.update': updates, 'chats.update': chats, ...rest } = events;
  const leftUpdates = updates?.filter(({ update }) => !('eventResponses' in update));
  const leftChats = chats?.flatMap(quiet);
  return {
    ...rest,
    ...(leftUpdates?.length ? { 'messages.update': leftUpdates } : {}),
    ...(leftChats?.length ? { 'chats.update': leftChats } : {})
  };
}

function quiet(chat: Chats[number]): Chats {
  const messages = chat.messages ?? [];
  if (messages.length === 0 || !messages.every(({ message }) => isPart(message as WAMessage))) return [chat];
  const { messages: _parts, unreadCount: _unread, conversationTimestamp: _at, ...others } = chat;
  return Object.keys(others).some(name => name !== 'id') ? [others] : [];
}

const isPart = ({ message }: WAMessage): boolean => Boolean(message && encryptedPartOf(contentOf(message)));
