import { isChange, type SessionStatus } from '@wabus/contracts';
import type { PeerEvent } from '../compat.types.js';
import { isJsonObject, listOf, objectOf } from '../peer-fields.policy.js';
import { countOf, messageFacts, type KeyJson } from '../peer-messages.policy.js';
import { wahaId, wahaIdOrNull, wahaKeyOf, wahaMessageId } from './waha-id.codec.js';
import { wahaAck, wahaMessage } from './waha-message.codec.js';
import { WAHA_ENGINE, wahaStatus } from './waha-session.codec.js';

export interface WahaContext {
  /** The URL at which programs reach this edge, for the addresses of files. */
  readonly baseUrl: string;
  /** The WAHA events that the webhook receives; `*` for all except `engine.event`. */
  readonly events: readonly string[];
  /** The account of the session in the format of WAHA, if one is linked. */
  readonly me: Record<string, unknown> | null;
}

interface Part {
  readonly event: string;
  readonly payload: unknown;
}

/**
 * Returns the bodies that a webhook of WAHA receives for an event, in order. There are none if WAHA has no equivalent, or if the webhook does not request it.
 */
export function wahaBodies(event: PeerEvent, { baseUrl, events, me }: WahaContext): Record<string, unknown>[] {
  const { id, session, at } = event.facts;
  const wanted = (name: string): boolean => events.includes(name) || (events.includes('*') && name !== 'engine.event');
  const parts = [...partsOf(event, baseUrl), { event: 'engine.event', payload: { event: event.facts.event, data: event.data } }];
  return parts
    .filter(part => wanted(part.event))
    .map((part, i) => ({
      // The same in every repetition of the delivery.
      id: `evt_${id}${i === 0 ? '' : `.${i}`}`,
      timestamp: Date.parse(at),
      event: part.event,
      session,
      metadata: {},
      me,
      payload: part.payload,
      engine: WAHA_ENGINE,
      environment: { version: 'wabus', engine: WAHA_ENGINE, tier: 'PLUS', browser: null }
    }));
}

function partsOf(event: PeerEvent, baseUrl: string): Part[] {
  const { data, facts } = event;
  const timestamp = Math.floor(Date.parse(facts.at) / 1_000);
  switch (facts.event) {
    case 'session.status':
      return [statusPart(data)];
    case 'messages.upsert':
      return listOf(objectOf(data)['messages']).flatMap(message => messageParts(message, event, baseUrl));
    case 'messages.reaction':
      return listOf(data).flatMap(reactionParts);
    case 'messages.update':
      return listOf(data).flatMap(update => updateParts(update, timestamp));
    case 'message-receipt.update':
      return listOf(data).flatMap(receiptParts);
    case 'chats.update':
      return listOf(data).flatMap(chat => archiveParts(chat, timestamp));
    case 'groups.upsert':
      return listOf(data).map(group => ({ event: 'group.v2.join', payload: { group: wahaGroup(group), timestamp, _data: group } }));
    case 'groups.update':
      return listOf(data).map(group => ({ event: 'group.v2.update', payload: { group: wahaGroup(group), timestamp, _data: group } }));
    case 'group-participants.update':
      return participantParts(data, timestamp);
    case 'presence.update':
      return [{ event: 'presence.update', payload: wahaPresence(data) }];
    case 'message.poll-vote':
      return pollParts(data);
    case 'labels.edit':
      return [labelPart(objectOf(data))];
    case 'labels.association':
      return associationParts(data);
    case 'call':
      return listOf(data).flatMap(callParts);
    default:
      return [];
  }
}

function statusPart(data: unknown): Part {
  const status = data as SessionStatus;
  const name = wahaStatus(status);
  return { event: 'session.status', payload: { name: status.session, status: name, statuses: [], data: null } };
}

function messageParts(message: unknown, { facts: { session }, cursor, data }: PeerEvent, baseUrl: string): Part[] {
  const facts = messageFacts(message);
  const { message: content, messageStubType } = objectOf(message);
  if (facts === null) return [];
  const address = (): string => `${baseUrl}/api/files/${session}/${fileName(cursor, facts.key.id)}`;
  const payload = wahaMessage(message, address, objectOf(data)['type'] ?? null);
  if (!isJsonObject(content)) return messageStubType === 2 ? [{ event: 'message.waiting', payload }] : [];
  // Reactions, edits, deletions and keys are separate events.
  if (isChange(content) || facts.kind === 'reactionMessage') return [];
  const any = { event: 'message.any', payload };
  return facts.key.fromMe ? [any] : [{ event: 'message', payload }, any];
}

/** Returns the name of a file in addresses, which identifies the message and its event. */
export const fileName = (cursor: string, id: string): string => `${cursor}~${encodeURIComponent(id)}`;

function reactionParts(one: unknown): Part[] {
  const { key: rawKey, reaction } = objectOf(one);
  const target = wahaKeyOf(rawKey);
  const { key: rawAuthor, text, senderTimestampMs } = objectOf(reaction);
  const author = wahaKeyOf(rawAuthor);
  if (target === null || author === null) return [];
  const payload = {
    id: wahaMessageId(author),
    from: wahaId(author.remoteJid),
    fromMe: author.fromMe,
    participant: wahaIdOrNull(author.participant),
    to: author.fromMe ? wahaId(author.remoteJid) : null,
    timestamp: (countOf(senderTimestampMs) ?? 0) / 1_000,
    reaction: { text: typeof text === 'string' ? text : '', messageId: wahaMessageId(target) },
    _data: one
  };
  return [{ event: 'message.reaction', payload }];
}

function updateParts(one: unknown, timestamp: number): Part[] {
  const { key: rawKey, update: rawUpdate } = objectOf(one);
  const key = wahaKeyOf(rawKey);
  const update = objectOf(rawUpdate);
  if (key === null) return [];
  const from = { from: wahaId(key.remoteJid), fromMe: key.fromMe, participant: wahaIdOrNull(key.participant) };
  if (update['messageStubType'] === 1 && !isJsonObject(update['message'])) return [revokedPart(key, one, timestamp)];
  const { editedMessage } = objectOf(update['message']);
  if (isJsonObject(editedMessage)) {
    const message = isJsonObject(editedMessage['message']) ? editedMessage['message'] : editedMessage;
    const edited = wahaMessage({ key: rawKey, messageTimestamp: update['messageTimestamp'] ?? timestamp, message });
    return [{ event: 'message.edited', payload: { ...edited, editedMessageId: key.id, _data: one } }];
  }
  const status = countOf(update['status']);
  if (status === null) return [];
  return [{ event: 'message.ack', payload: { id: wahaMessageId(key), ...from, to: null, ...wahaAck(status), _data: one } }];
}

function revokedPart(key: KeyJson, data: unknown, timestamp: number): Part {
  const from = { from: wahaId(key.remoteJid), fromMe: key.fromMe, participant: wahaIdOrNull(key.participant) };
  const after = { id: wahaMessageId(key), timestamp, ...from, body: '', hasMedia: false, _data: data };
  return { event: 'message.revoked', payload: { after, before: null, revokedMessageId: key.id, _data: data } };
}

function receiptParts(one: unknown): Part[] {
  const { key: rawKey, receipt } = objectOf(one);
  const key = wahaKeyOf(rawKey);
  const { userJid, readTimestamp, playedTimestamp } = objectOf(receipt);
  if (key === null) return [];
  const user = typeof userJid === 'string' ? userJid : key.participant;
  const status = countOf(playedTimestamp) !== null ? 5 : countOf(readTimestamp) !== null ? 4 : 3;
  const payload = {
    id: wahaMessageId({ ...key, participant: user }),
    from: wahaId(key.remoteJid),
    participant: wahaIdOrNull(user),
    fromMe: key.fromMe,
    ...wahaAck(status),
    _data: one
  };
  return [{ event: 'message.ack.group', payload }];
}

function archiveParts(chat: unknown, timestamp: number): Part[] {
  const { id, archived } = objectOf(chat);
  if (typeof id !== 'string' || typeof archived !== 'boolean') return [];
  return [{ event: 'chat.archive', payload: { id: wahaId(id), archived, timestamp } }];
}

/** Returns a group of Baileys in the format of WAHA. Fields that an update omits are omitted. */
export function wahaGroup(group: unknown): Record<string, unknown> {
  const { id, subject, desc, inviteCode, memberAddMode, announce, joinApprovalMode, participants } = objectOf(group);
  const known = {
    id: typeof id === 'string' ? id : undefined,
    subject,
    description: desc,
    invite: typeof inviteCode === 'string' ? `https://chat.whatsapp.com/${inviteCode}` : undefined,
    membersCanAddNewMember: memberAddMode,
    membersCanSendMessages: typeof announce === 'boolean' ? !announce : undefined,
    newMembersApprovalRequired: joinApprovalMode,
    participants: Array.isArray(participants) ? (participants as unknown[]).map(one => wahaParticipant(one)) : undefined
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** Returns a member of a group in the format of WAHA. */
export function wahaParticipant(one: unknown, role?: string): Record<string, unknown> {
  const { id, phoneNumber, admin } = typeof one === 'string' ? { id: one, phoneNumber: undefined, admin: null } : objectOf(one);
  const number = typeof phoneNumber === 'string' ? { pn: wahaId(phoneNumber) } : {};
  return { id: typeof id === 'string' ? wahaId(id) : null, ...number, role: role ?? (typeof admin === 'string' ? admin : 'participant') };
}

const KINDS: Readonly<Record<string, { type: string; role: string }>> = {
  add: { type: 'join', role: 'participant' },
  remove: { type: 'leave', role: 'left' },
  promote: { type: 'promote', role: 'admin' },
  demote: { type: 'demote', role: 'participant' }
};

function participantParts(data: unknown, timestamp: number): Part[] {
  const { id, action, participants } = objectOf(data);
  const kind = KINDS[String(action)];
  if (kind === undefined) return [];
  const changed = listOf(participants).map(one => wahaParticipant(one, kind.role));
  return [{ event: 'group.v2.participants', payload: { type: kind.type, timestamp, group: { id }, participants: changed, _data: data } }];
}

const PRESENCES: Readonly<Record<string, string>> = {
  available: 'online',
  unavailable: 'offline',
  composing: 'typing',
  recording: 'recording',
  paused: 'paused'
};

function wahaPresence(data: unknown): Record<string, unknown> {
  const { id, presences } = objectOf(data);
  const shown = Object.entries(objectOf(presences)).map(([participant, one]) => {
    const { lastKnownPresence, lastSeen } = objectOf(one);
    return {
      participant: wahaId(participant),
      lastKnownPresence: PRESENCES[String(lastKnownPresence)] ?? String(lastKnownPresence),
      lastSeen: countOf(lastSeen)
    };
  });
  return { id: typeof id === 'string' ? wahaId(id) : null, presences: shown };
}

function pollParts(data: unknown): Part[] {
  const { key: rawKey, voteKey: rawVote, voter, options, at } = objectOf(data);
  const [poll, vote] = [wahaKeyOf(rawKey), wahaKeyOf(rawVote)];
  if (poll === null || vote === null) return [];
  const place = (key: KeyJson): Record<string, unknown> => ({
    id: wahaMessageId(key),
    to: key.fromMe ? wahaId(key.remoteJid) : 'me',
    from: key.fromMe ? 'me' : wahaId(typeof voter === 'string' && key === vote ? voter : key.remoteJid),
    fromMe: key.fromMe
  });
  const voted = { ...place(vote), selectedOptions: listOf(options), timestamp: Math.floor((countOf(at) ?? 0) / 1_000) };
  return [{ event: 'poll.vote', payload: { vote: voted, poll: place(poll), _data: data } }];
}

function labelPart({ id, name, color, deleted }: Record<string, unknown>): Part {
  return { event: deleted === true ? 'label.deleted' : 'label.upsert', payload: { id, name: name ?? '', color: color ?? 0 } };
}

function associationParts(data: unknown): Part[] {
  const { type, association } = objectOf(data);
  const { labelId, chatId, messageId } = objectOf(association);
  if (typeof chatId !== 'string' || messageId !== undefined) return [];
  const event = type === 'remove' ? 'label.chat.deleted' : 'label.chat.added';
  return [{ event, payload: { labelId, chatId: wahaId(chatId), label: null } }];
}

const CALLS: Readonly<Record<string, string>> = { offer: 'call.received', accept: 'call.accepted', reject: 'call.rejected' };

function callParts(one: unknown): Part[] {
  const { id, from, date, isVideo, isGroup, status } = objectOf(one);
  const event = CALLS[String(status)];
  if (event === undefined || typeof from !== 'string') return [];
  const timestamp = Math.floor(Date.parse(String(date)) / 1_000) || 0;
  return [{ event, payload: { id, from: wahaId(from), timestamp, isVideo: isVideo === true, isGroup: isGroup === true, _data: one } }];
}
