import type { BaileysEventMap } from '@whiskeysockets/baileys';
import type { Scope } from '../tokens/token-record.js';
import type { CredentialsChanged, OwnEventMap } from './own-events.js';

/** The payloads that subscribers receive, by event name: those of Baileys, with `creds.update` redacted, and those that Wabus adds. */
export type EventPayloads = Omit<BaileysEventMap, 'creds.update'> & { 'creds.update': CredentialsChanged } & OwnEventMap;

export type EventName = keyof EventPayloads;

export interface EventRow {
  /** Which project defines the payload. */
  readonly origin: 'baileys' | 'wabus';
  /**
   * Events of one session with the same order key reach every consumer in the order in which the socket emitted them. Today all events have the order key
   * `session`.
   */
  readonly orderKey: 'session';
  /** Whether key material is removed from the payload. */
  readonly payload: 'complete' | 'redacted';
  /** The scope that a token needs to receive the event. */
  readonly scope: Scope;
  /** Top-level fields of the payload that only tokens with the scope `control` receive, because their content can link an account to a phone. */
  readonly controlFields?: readonly string[];
  /** When the event is emitted and what to expect next, in one line. */
  readonly meaning: string;
}

type Column = Partial<Pick<EventRow, 'payload' | 'scope' | 'controlFields'>>;

const baileys = (meaning: string, column: Column = {}): EventRow => ({
  origin: 'baileys',
  orderKey: 'session',
  payload: 'complete',
  scope: 'read',
  ...column,
  meaning
});
const redacted = (meaning: string): EventRow => baileys(meaning, { payload: 'redacted' });
const own = (meaning: string, column: Column = {}): EventRow => ({ ...baileys(meaning, column), origin: 'wabus' });

/** One row for each event. If an upgrade of Baileys adds, removes or renames an event, the code does not compile until the table matches. */
export const EVENT_CATALOG = {
  'connection.update': baileys(
    'The connection changed: `connecting`, `open` or `close`. Also contains a new QR text and the online flag.',
    {
      controlFields: ['qr']
    }
  ),
  'creds.update': redacted('Credentials changed and were stored. Lists only the names of the changed fields.'),
  'messaging-history.set': redacted(
    'A chunk of history from the phone: chats, contacts and messages. Arrives after linking, and on demand.'
  ),
  'messaging-history.status': baileys('A phase of the history sync is complete, or paused.'),
  'chats.upsert': baileys('New chats.'),
  'chats.update': baileys('Changes to chats: unread count, archive, mute, pin, last message time.'),
  'lid-mapping.update': baileys('A phone number jid and a LID belong to the same person.'),
  'chats.delete': baileys('Chats were deleted on another device.'),
  'presence.update': baileys(
    'Somebody is available, typing, recording or gone. Emitted only for chats to whose presence the session has subscribed.'
  ),
  'contacts.upsert': baileys('New contacts from the address book.'),
  'contacts.update': baileys('Changes to contacts: push name, picture.'),
  'messages.delete': baileys('Messages were deleted for this account only.'),
  'messages.update': redacted('Status, edits, revocations and stars of known messages.'),
  'messages.media-update': baileys('The phone uploaded expired media again, or reports that it cannot.'),
  'messages.upsert': redacted(
    'One message. `notify`: received now. `append`: sent from another device, or received while the session was offline. History arrives only as `messaging-history.set`. An undecryptable message first arrives as a stub, and again once it can be decrypted.'
  ),
  'messages.reaction': baileys('Somebody reacted to a message, or removed the reaction.'),
  'message-receipt.update': baileys('Members of a group or viewers of a status received or read a message.'),
  'groups.upsert': baileys('The account was added to a group, or created a group.'),
  'groups.update': baileys('The subject, description, settings or invite link of a group changed, or WhatsApp suspended it (`suspended`).'),
  'group-participants.update': baileys('Members were added, removed, promoted or demoted.'),
  'group.join-request': baileys('Somebody asked to join a group, or withdrew the request.'),
  'group.member-tag.update': baileys('A member changed the label shown beside their name in a group.'),
  'blocklist.set': baileys('The complete blocklist. Declared by Baileys, but not emitted by 7.0.0-rc14.'),
  'blocklist.update': baileys('Jids were blocked or unblocked.'),
  call: baileys('A call is ringing, or was accepted, rejected, ended or timed out.'),
  'labels.edit': baileys('A label was created, changed or deleted.'),
  'labels.association': baileys('A label was added to or removed from a chat or message.'),
  'newsletter.reaction': baileys('The reaction counts of a channel message changed.'),
  'newsletter.view': baileys('The view count of a channel message changed.'),
  'newsletter-participants.update': baileys('The role of a person in a channel changed.'),
  'newsletter-settings.update': baileys('The settings of a channel changed.'),
  'message-capping.update': baileys('The quota for new chats changed.'),
  'chats.lock': baileys('A chat was locked or unlocked.'),
  'settings.update': baileys('An account-wide setting changed on another device.'),
  'auth.qr': own('A QR code to scan. The next one follows when it expires, until the account is linked or no attempts are left.', {
    scope: 'control'
  }),
  'auth.pairing-code': own(
    'A pairing code was issued, or WhatsApp invalidated the last one. `code` is the new code, or `null` if you have to request another. `connection.update` with `open` follows once the code has been typed on the phone.',
    { scope: 'control' }
  ),
  'auth.passkey': own(
    "WhatsApp asks for the account's passkey, or the passkey link reached its next stage. The stages `assertion` and `confirmation` need a person. The last event has `stage: null`.",
    { scope: 'control' }
  ),
  'session.status': own(
    'The state of the session, its account, its last disconnection, its reconnect loop, the announced end of its version or the stage of its passkey link changed. A change in the counters alone emits no event.'
  ),
  'message.progress': own(
    'A message sent by a command was accepted, confirmed by WhatsApp, delivered, read or played, or failed. The event contains the correlation id of the command.'
  ),
  'message.poll-vote': own('Somebody voted in a poll, or changed or withdrew a vote. The event contains the names of the options.'),
  'message.unopened': own(
    'A message about another message (an edit, a vote, an event response, a reaction, a comment) arrived and could not be decrypted. The event contains the reason.'
  ),
  'whatsapp.notification': own(
    'WhatsApp notified the session of something that no other event reports: a linked or deleted group, devices of a contact, a business profile, a followed channel. `kind` and `action` identify the change; secrets are left out.'
  ),
  'app-state.collection-failed': own(
    'A part of the synchronized state (contacts, chat settings, labels) could not be read after all attempts. Emitted only once until that part can be read again.'
  )
} as const satisfies Record<EventName, EventRow>;

export const EVENT_NAMES = Object.keys(EVENT_CATALOG) as readonly EventName[];

export function isEventName(value: unknown): value is EventName {
  return typeof value === 'string' && Object.hasOwn(EVENT_CATALOG, value);
}

/** The pattern for all events, including those of later versions. */
export const EVERY_EVENT = '*';

/**
 * Returns the events that match a name or pattern: `*` matches all events, and `messages.*` all whose name begins with `messages.`. The list is empty if none
 * match.
 */
export function eventsOfPattern(pattern: string): EventName[] {
  if (isEventName(pattern)) return [pattern];
  if (pattern === EVERY_EVENT) return [...EVENT_NAMES];
  return pattern.endsWith('.*') ? EVENT_NAMES.filter(name => name.startsWith(pattern.slice(0, -1))) : [];
}

export function isEventPattern(value: unknown): value is string {
  return typeof value === 'string' && eventsOfPattern(value).length > 0;
}
