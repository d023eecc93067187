import { chatJid, isBroadcastList } from '../ids/identity.js';
import type { EventName } from './event-catalog.js';
import type { EventFacts } from './event-headers.codec.js';

/** If an event concerns more chats than this, its headers do not name them. */
export const MAX_NAMED_CHATS = 16;

type Json = unknown;
type Finder = (payload: Json) => Json[];

const field = (value: Json, name: string): Json =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;
const list = (value: Json): Json[] => (Array.isArray(value) ? value : []);

const none: Finder = () => [];
const its =
  (...names: string[]): Finder =>
  payload =>
    names.map(name => field(payload, name));
const each =
  (...names: string[]): Finder =>
  payload =>
    list(payload).flatMap(item => names.map(name => field(item, name)));
/** Returns both jids of the chat, so that a filter by phone number matches events that WhatsApp sends under a LID. */
const chatsOfKey = (item: Json): Json[] => {
  const key = field(item, 'key');
  const names = isBroadcastList(field(key, 'remoteJid')) ? [...CHAT_NAMES, 'participant', 'participantAlt'] : CHAT_NAMES;
  return names.map(name => field(key, name));
};
const CHAT_NAMES = ['remoteJid', 'remoteJidAlt'];
const eachKey: Finder = payload => list(payload).flatMap(chatsOfKey);

/** Finders of the chats that the payload of each event concerns. */
const CHATS = {
  'connection.update': none,
  'creds.update': none,
  'messaging-history.set': payload => [
    ...list(field(payload, 'messages')).flatMap(chatsOfKey),
    ...each('id')(field(payload, 'chats')),
    ...each('id')(field(payload, 'contacts'))
  ],
  'messaging-history.status': none,
  'chats.upsert': each('id', 'lidJid', 'pnJid'),
  'chats.update': each('id', 'lidJid', 'pnJid'),
  'lid-mapping.update': its('lid', 'pn'),
  'chats.delete': list,
  'presence.update': its('id'),
  'contacts.upsert': each('id', 'lid', 'phoneNumber'),
  'contacts.update': each('id', 'lid', 'phoneNumber'),
  'messages.delete': payload => [field(payload, 'jid'), ...list(field(payload, 'keys')).flatMap(key => chatsOfKey({ key }))],
  'messages.update': eachKey,
  'messages.media-update': eachKey,
  'messages.upsert': payload => list(field(payload, 'messages')).flatMap(chatsOfKey),
  'messages.reaction': eachKey,
  'message-receipt.update': eachKey,
  'groups.upsert': each('id'),
  'groups.update': each('id'),
  'group-participants.update': its('id'),
  'group.join-request': its('id'),
  'group.member-tag.update': its('groupId'),
  'blocklist.set': none,
  'blocklist.update': none,
  call: each('chatId', 'from', 'groupJid'),
  'labels.edit': none,
  'labels.association': payload => [field(field(payload, 'association'), 'chatId')],
  'newsletter.reaction': its('id'),
  'newsletter.view': its('id'),
  'newsletter-participants.update': its('id'),
  'newsletter-settings.update': its('id'),
  'message-capping.update': none,
  'chats.lock': its('id'),
  'settings.update': none,
  'auth.qr': none,
  'auth.pairing-code': none,
  'auth.passkey': none,
  'session.status': none,
  'message.progress': its('chat'),
  'message.poll-vote': chatsOfKey,
  'message.unopened': chatsOfKey,
  'whatsapp.notification': its('from'),
  'app-state.collection-failed': none
} as const satisfies Record<EventName, Finder>;

/** Returns the distinct jids of the chats that an event concerns, in the form of `chatJid`; empty for an event about the account. `payload` is JSON data. */
export function chatsOfEvent(event: EventName, payload: unknown): string[] {
  const chats = CHATS[event](payload).filter(chat => typeof chat === 'string' && chat !== '');
  return [...new Set((chats as string[]).map(chatJid))];
}

/** Returns the same for the JSON text of a payload; empty if the text is not JSON. */
export function chatsOfBody(event: EventName, body: string): string[] {
  if (CHATS[event] === none) return [];
  try {
    return chatsOfEvent(event, JSON.parse(body) as unknown);
  } catch {
    return [];
  }
}

/** The parts of an event that determine its chats. `body` is JSON text. */
interface EventAboutChats {
  readonly facts: Pick<EventFacts, 'event' | 'chats'>;
  readonly body: string;
}

/**
 * Whether an event concerns one of these chats, which have the form of `chatJid`; always true if `chats` is `null`. Parses the payload only if chats are given
 * and the headers do not name the chats of the event.
 */
export function isAboutChat(chats: ReadonlySet<string> | null, { facts, body }: EventAboutChats): boolean {
  return chats === null || (facts.chats ?? chatsOfBody(facts.event, body)).some(chat => chats.has(chat));
}
