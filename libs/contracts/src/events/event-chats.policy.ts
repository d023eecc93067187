import { chatJid, isBroadcastList } from '../ids/identity.js';
import type { EventName } from './event-catalog.js';
import type { EventFacts } from './event-headers.codec.js';

/** An event that concerns more chats than this does not name them in its headers. */
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
/** Under both jids: a filter by a phone number matches events that WhatsApp sends under a LID. */
const chatsOfKey = (item: Json): Json[] => {
  const key = field(item, 'key');
  const names = isBroadcastList(field(key, 'remoteJid')) ? [...CHAT_NAMES, 'participant', 'participantAlt'] : CHAT_NAMES;
  return names.map(name => field(key, name));
};
const CHAT_NAMES = ['remoteJid', 'remoteJidAlt'];
const eachKey: Finder = payload => list(payload).flatMap(chatsOfKey);

/** Where the payload of each event names the chats it is about. */
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

/** The jids of the chats that an event is about, each once and in the form of `chatJid`; none for events about the account. `payload` is JSON data. */
export function chatsOfEvent(event: EventName, payload: unknown): string[] {
  const chats = CHATS[event](payload).filter(chat => typeof chat === 'string' && chat !== '');
  return [...new Set((chats as string[]).map(chatJid))];
}

/** The same of the JSON text of a payload; none when it is not JSON. */
export function chatsOfBody(event: EventName, body: string): string[] {
  if (CHATS[event] === none) return [];
  try {
    return chatsOfEvent(event, JSON.parse(body) as unknown);
  } catch {
    return [];
  }
}

/** An event as far as its chats are in question; `body` is JSON text. */
interface EventAboutChats {
  readonly facts: Pick<EventFacts, 'event' | 'chats'>;
  readonly body: string;
}

/**
 * Whether an event is about one of these chats, in the form of `chatJid`; any event is when they are `null`. Parses the payload only when chats are selected and the headers do not name
 * them.
 */
export function isAboutChat(chats: ReadonlySet<string> | null, { facts, body }: EventAboutChats): boolean {
  return chats === null || (facts.chats ?? chatsOfBody(facts.event, body)).some(chat => chats.has(chat));
}
