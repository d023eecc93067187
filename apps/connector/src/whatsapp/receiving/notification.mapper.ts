import type { BaileysEventMap, BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren, isJidGroup, proto } from '../baileys.js';
import { factJid, contentTextOf } from './stanza-facts.reader.js';

/** A Baileys event that Baileys itself does not emit for this notification. */
export type MissedEvent = {
  [Name in keyof BaileysEventMap]: readonly [name: Name, payload: BaileysEventMap[Name]];
}[keyof BaileysEventMap];

/** The outcome of a notification. */
export interface NotificationOutcome {
  /** The events to emit because Baileys omits them. */
  readonly missed: readonly MissedEvent[];
  /** The element, or the operation of a `mex`, that no Baileys event reports; `''` for the notification as a whole, `null` if every element has an event. */
  readonly left: string | null;
  /** Whether Baileys must not get the notification, because it would emit an incorrect event. */
  readonly withheld: boolean;
}

/** The jid of the account; `undefined` until it is known. */
export type OwnJid = string | undefined;

/** The outcome if Baileys emits events for everything, or only the connector needs the notification. */
const covered: NotificationOutcome = { missed: [], left: null, withheld: false };
const uncovered = (what: string): NotificationOutcome => ({ ...covered, left: what });
const missed = (...events: MissedEvent[]): NotificationOutcome => ({ ...covered, missed: events });

/** Changes of groups for which Baileys emits events or messages (`handleGroupNotification`), and suspensions, which are emitted as `groups.update`. */
const READ_OF_GROUPS = new Set([
  ...['create', 'ephemeral', 'not_ephemeral', 'modify', 'promote', 'demote', 'remove', 'add', 'leave', 'subject', 'description'],
  ...['announcement', 'not_announcement', 'locked', 'unlocked', 'invite', 'member_add_mode', 'membership_approval_mode'],
  ...['created_membership_requests', 'revoked_membership_requests', 'suspended', 'unsuspended']
]);
/** Elements that Baileys reads in notifications about channels. */
const READ_OF_CHANNELS = new Set(['reaction', 'view', 'participant', 'update', 'message']);
/** Operations that are emitted as `connection.update` and `message-capping.update`. */
const READ_OPERATIONS = new Set(['NotificationUserReachoutTimelockUpdate', 'MessageCappingInfoNotification']);
/** Operations that are emitted as events of channels and `lid-mapping.update` if they have the older form with `updates`. */
const READ_WITH_UPDATES = new Set(['NotificationNewsletterUpdate', 'NotificationNewsletterAdminPromote']);

type Read = (notification: BinaryNode, own: OwnJid) => NotificationOutcome;

/**
 * For each kind of notification, what Baileys 7.0.0-rc14 does and what is missing. The kinds and their elements are those of whatsmeow `notification.go` and
 * `group.go`, zapo `client/events` and whatsapp-rust `handlers/notification`.
 */
const KINDS: Readonly<Record<string, Read>> = {
  account_sync: (notification, own) => {
    const change = firstOf(notification);
    if (!change) return { ...uncovered(''), withheld: true };
    if (change.tag === 'disappearing_mode') return covered;
    if (change.tag === 'blocklist') return getBinaryNodeChildren(change, 'item').length > 0 ? covered : uncovered(change.tag);
    if (change.tag === 'picture' && own) return missed(['contacts.update', [{ id: factJid(own), imgUrl: 'changed' }]]);
    return uncovered(change.tag);
  },
  business: notification => {
    const verified = getBinaryNodeChild(notification, 'verified_name');
    const id = factJid(verified?.attrs['jid']);
    const verifiedName = verified && verifiedNameOf(verified);
    return id && verifiedName ? missed(['contacts.update', [{ id, verifiedName }]]) : uncovered(firstOf(notification)?.tag ?? '');
  },
  // A new number with both LIDs is emitted as `lid-mapping.update` and `contacts.update`.
  contacts: notification => {
    const change = firstOf(notification);
    const { new: pn, new_lid: lid } = change?.attrs ?? {};
    return change?.tag === 'modify' && pn && lid ? covered : uncovered(change?.tag ?? '');
  },
  // The number of keys on the server concerns only the connector; the new identity of a contact also concerns clients.
  encrypt: notification => {
    const change = firstOf(notification);
    return change?.tag === 'count' ? covered : uncovered(change?.tag ?? '');
  },
  mediaretry: () => covered,
  mex: readOperation,
  newsletter: readChannel,
  picture: readPicture,
  // A token, which is attached to later messages to that contact.
  privacy_token: () => covered,
  // The synchronized state then yields the changes of chats, contacts and settings.
  server_sync: () => covered,
  status: ({ attrs, content }) => {
    const set = Array.isArray(content) ? content.find(({ tag }) => tag === 'set') : undefined;
    const id = factJid(attrs['from']);
    return set && id ? missed(['contacts.update', [{ id, status: contentTextOf(set.content) ?? '' }]]) : uncovered('');
  },
  'w:gp2': readGroup,
  // Linking: codes and secrets; see `auth.*`.
  companion_reg_refresh: () => covered,
  link_code_companion_reg: () => covered,
  passkey_prologue_request: () => covered,
  crsc_continuation: () => covered
};

/** Decides how to report one notification. `own` is the jid of the account, once it is known. */
export function notificationFacts(notification: BinaryNode, own: OwnJid): NotificationOutcome {
  const { type = '' } = notification.attrs;
  if (Object.hasOwn(KINDS, type)) return KINDS[type]!(notification, own);
  return uncovered(firstOf(notification)?.tag ?? '');
}

/** Reads changes of groups: `<link link_type="parent_group"><group jid/></link>` adds a group to a community, `<unlink>` removes it (whatsmeow group.go). */
function readGroup({ attrs, content }: BinaryNode): NotificationOutcome {
  const [first, ...further] = elementsOf(content);
  const id = attrs['from'] ?? '';
  const { participant: author } = attrs;
  const linking = first?.tag === 'link' || first?.tag === 'unlink';
  const parent = linking && isOfParent(first) ? getBinaryNodeChild(first, 'group')?.attrs['jid'] : undefined;
  const linkedParent = first?.tag === 'link' ? parent : '';
  const events: MissedEvent[] = parent ? [['groups.update', [{ id, author, linkedParent }]]] : [];
  // Baileys reads only the first change.
  const missing = first && !READ_OF_GROUPS.has(first.tag) ? first : further[0];
  return { missed: events, left: first ? (missing?.tag ?? null) : '', withheld: false };
}

function isOfParent({ attrs }: BinaryNode): boolean {
  return (attrs['link_type'] ?? attrs['unlink_type']) === 'parent_group';
}

/** Reads the live updates of posts, with the number of reactions and views of each (whatsmeow notification.go `parseNewsletterMessages`). */
function readChannel({ attrs, content }: BinaryNode): NotificationOutcome {
  const id = attrs['from'] ?? '';
  const elements = elementsOf(content);
  const posts = elements.filter(({ tag }) => tag === 'live_updates').flatMap(({ content: inner }) => postsIn(inner));
  const events = posts.flatMap((post): MissedEvent[] => {
    const server_id = post.attrs['server_id'] ?? '';
    const codes = getBinaryNodeChildren(getBinaryNodeChild(post, 'reactions'), 'reaction');
    const views = getBinaryNodeChild(post, 'views_count')?.attrs['count'];
    return [
      ...codes.map(({ attrs: { code, count } }): MissedEvent => [
        'newsletter.reaction',
        { id, server_id, reaction: { code: code ?? '', count: Number(count ?? 0) } }
      ]),
      ...(views === undefined ? [] : [['newsletter.view', { id, server_id, count: Number(views) }] satisfies MissedEvent])
    ];
  });
  const unknown = elements.find(({ tag }) => !READ_OF_CHANNELS.has(tag) && (tag !== 'live_updates' || events.length === 0));
  return { missed: events, left: elements.length === 0 ? '' : (unknown?.tag ?? null), withheld: false };
}

/** Returns the posts in an element, directly or in `<messages>`. */
function postsIn(content: BinaryNode['content']): BinaryNode[] {
  return elementsOf(content)
    .flatMap(each => (each.tag === 'messages' ? elementsOf(each.content) : [each]))
    .filter(({ tag }) => tag === 'message');
}

/** Reads whose picture changed, and the author. A hash alone identifies nobody; Baileys would interpret it as a jid. */
function readPicture(notification: BinaryNode): NotificationOutcome {
  const { from, author: outer } = notification.attrs;
  const change = getBinaryNodeChild(notification, 'set') ?? getBinaryNodeChild(notification, 'delete') ?? firstOf(notification);
  if (change && change.tag !== 'set' && change.tag !== 'delete') return { ...uncovered(change.tag), withheld: true };
  const id = factJid(change?.attrs['jid'] ?? from);
  if (!id) return { ...uncovered(change?.tag ?? ''), withheld: true };
  const author = change?.attrs['author'] ?? outer;
  const imgUrl = change?.tag === 'set' ? 'changed' : 'removed';
  const picture = { id, imgUrl, ...(author ? { author: factJid(author) } : {}) };
  // In a group, Baileys also creates a message.
  if (isJidGroup(id)) return missed(['groups.update', [picture]]);
  return { missed: [['contacts.update', [picture]]], left: null, withheld: true };
}

/** Reads the operation of a `mex` notification, as in zapo `mex-notification.ts` and whatsmeow `newsletterEvent`. */
function readOperation(notification: BinaryNode): NotificationOutcome {
  const { operation, data, updates } = operationOf(notification);
  if (operation === null) return { ...uncovered(''), withheld: true };
  if (READ_OPERATIONS.has(operation) || (updates && READ_WITH_UPDATES.has(operation))) return covered;
  if (operation === 'NotificationLinkedProfilesUpdates' && field(data, 'xwa2_notify_linked_profiles')) return covered;
  const about = field(data, 'xwa2_notify_text_status_on_update');
  const jid = stringIn(about, 'jid');
  if (jid) return missed(['contacts.update', [{ id: factJid(jid), status: stringIn(about, 'text') ?? '' }]]);
  const channel = field(data, 'xwa2_notify_newsletter_on_metadata_update');
  const id = stringIn(channel, 'id');
  const update = field(channel, 'thread_metadata');
  if (id && typeof update === 'object' && update !== null)
    return missed(['newsletter-settings.update', { id, update: settingsIn(update) }]);
  const role = field(data, 'xwa2_notify_newsletter_admin_promote') ?? field(data, 'xwa2_notify_newsletter_admin_demote');
  const [channelId, user] = [stringIn(role, 'id'), stringIn(role, 'user') ?? stringIn(field(role, 'user'), 'id')];
  if (channelId && user) {
    const action = field(data, 'xwa2_notify_newsletter_admin_promote') ? 'promote' : 'demote';
    const new_role = stringIn(role, 'user_new_role') ?? (action === 'promote' ? 'ADMIN' : 'SUBSCRIBER');
    return missed(['newsletter-participants.update', { id: channelId, author: stringIn(role, 'actor') ?? '', user, new_role, action }]);
  }
  return uncovered(operation);
}

/** Returns the operation name of a `mex` notification, its data, and whether Baileys reads its `updates`. */
export function operationOf(notification: BinaryNode): { operation: string | null; data: unknown; updates: boolean } {
  const update = getBinaryNodeChild(notification, 'update') ?? getBinaryNodeChild(notification, 'mex') ?? firstOf(notification);
  const json = parsed(contentTextOf(update?.content) ?? '');
  const operation = update?.attrs['op_name'] ?? stringIn(json, 'operation') ?? null;
  const data = field(json, 'data') ?? null;
  // Baileys always drops a named operation without data.
  const updates = Array.isArray(field(json, 'updates')) && (data !== null || update?.attrs['op_name'] === undefined);
  return { operation, data: data ?? json, updates };
}

/** Returns the settings of a channel in Baileys' form: a text replaces the object with the text and the time of its change. */
function settingsIn(metadata: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]: [string, unknown]) => [name, stringIn(value, 'text') ?? value]));
}

/** Returns the name in the certificate of a business; `null` if it is unreadable. */
function verifiedNameOf({ content }: BinaryNode): string | null {
  if (!(content instanceof Uint8Array)) return null;
  try {
    const { details } = proto.VerifiedNameCertificate.decode(content);
    return (details && proto.VerifiedNameCertificate.Details.decode(details).verifiedName) || null;
  } catch {
    return null;
  }
}

const elementsOf = (content: BinaryNode['content']): BinaryNode[] => (Array.isArray(content) ? content : []);
const firstOf = ({ content }: BinaryNode): BinaryNode | undefined => elementsOf(content)[0];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function stringIn(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : null;
}
