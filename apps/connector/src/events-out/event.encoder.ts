import { createHash } from 'node:crypto';
import {
  chatJid,
  chatJids,
  chatsOfEvent,
  EVENT_SCHEMA_VERSION,
  MAX_NAMED_CHATS,
  type EventFacts,
  type EventName,
  type MessageProgress,
  type OtherJid,
  type SessionId,
  type WhatsAppNotification
} from '@wabus/contracts';
import type { SessionEventMap } from '../session/session-events.js';
import { isUndecrypted } from '../whatsapp/whatsapp-engine.js';
import { splitBody } from './event-split.policy.js';
import { EventParts, type EventPart } from './large-part.policy.js';
import { redact, redactCredentials } from './redaction.policy.js';

/** Bodies with lists are split above this size: a quarter of the default limit of a NATS server. */
export const BODY_LIMIT_BYTES = 256 * 1024;
/** A larger indivisible body moves its largest parts to the object store: three quarters of the default limit of a NATS server. */
const WHOLE_LIMIT_BYTES = 768 * 1024;

export interface PreparedEvent {
  readonly facts: EventFacts;
  /** JSON text. */
  readonly body: string;
  /** Stored before the event, whose body references them. */
  readonly parts: readonly EventPart[];
}

/** The context in which an event is published. */
export interface EventOrigin {
  readonly session: SessionId;
  readonly epoch: number;
  /** ISO time. */
  readonly at: string;
  /** Returns a number that was not used before under this epoch. */
  readonly nextNumber: () => number;
  /** The chunk of history to which the event belongs: its parts get the same ids each time. */
  readonly chunk?: string;
  /** Maximum size of a body in the log, in bytes. */
  readonly maxBodyBytes: number;
  /** Returns the other jid of a person, because consumers may filter a chat by either jid. */
  readonly otherOf?: OtherJid;
}

/**
 * Returns what is published for one socket event, in order: one event per message of `messages.upsert`, several for a batch that is too large, otherwise one.
 * Bodies are redacted, and none is larger than the log allows or deeper than parsers read: whatever is too large or too deep is in the parts.
 * A message's id is derived from the message, so that its second copy is recognized.
 * The ids of message stages, of parts and of notifications are derived in the same way; any other id is `<session>.<epoch>.<n>`.
 */
export function encodeEvent<Name extends keyof SessionEventMap>(
  name: Name,
  payload: SessionEventMap[Name],
  origin: EventOrigin
): PreparedEvent[] {
  if (name === 'messages.upsert') return encodeMessages(payload as SessionEventMap['messages.upsert'], origin);
  if (name === 'creds.update') return [encoded(name, JSON.stringify(redactCredentials(payload)), origin)];
  const deep = new EventParts(origin.session);
  const json = deep.shallow(payload);
  redact(json);
  if (isOwn(name)) {
    const id = ownEventId(name, payload, origin.session);
    return [encoded(name, JSON.stringify(json), origin, { id, chats: namedChats(name, json, origin), deep })];
  }
  const bodies = splitBody(name, json ?? null, Math.min(BODY_LIMIT_BYTES, origin.maxBodyBytes));
  const chats = bodies.length === 1 ? namedChats(name, json, origin) : undefined;
  const { session, chunk } = origin;
  return bodies.map((body, part) =>
    encoded(name, body, origin, {
      chats,
      deep,
      ...(chunk === undefined ? {} : { id: `${session}.h.${hashed([session, chunk, String(part)])}` })
    })
  );
}

function encodeMessages({ messages, ...rest }: SessionEventMap['messages.upsert'], origin: EventOrigin): PreparedEvent[] {
  return messages.map(message => {
    const deep = new EventParts(origin.session);
    const json = deep.shallow({ messages: [message], ...rest });
    redact(json);
    return encoded('messages.upsert', JSON.stringify(json), origin, {
      id: messageEventId(origin.session, message),
      chats: namedChats('messages.upsert', json, origin),
      deep
    });
  });
}

interface Known {
  readonly id?: string | undefined;
  readonly chats?: string[] | undefined;
  /** Contains the parts that were too deep. */
  readonly deep?: EventParts;
}

function encoded(event: EventName, text: string, origin: EventOrigin, known: Known = {}): PreparedEvent {
  const { session, epoch, at, nextNumber, maxBodyBytes } = origin;
  const large = new EventParts(session);
  const body = large.small(text, Math.min(WHOLE_LIMIT_BYTES, maxBodyBytes));
  const parts = [...(known.deep?.taken ?? []), ...large.taken].filter(({ media }) => body.includes(media));
  return {
    facts: {
      id: known.id ?? `${session}.${epoch}.${nextNumber()}`,
      session,
      event,
      epoch,
      at,
      schemaVersion: EVENT_SCHEMA_VERSION,
      ...(known.chats ? { chats: known.chats } : {})
    },
    body,
    parts
  };
}

/** Returns the chats for the headers, for consumers that filter by chat; `undefined` if there are too many. */
function namedChats(event: EventName, json: unknown, { otherOf }: EventOrigin): string[] | undefined {
  const chats = [...new Set(chatsOfEvent(event, json).flatMap(chat => chatJids(chat, otherOf)))];
  return chats.length <= MAX_NAMED_CHATS ? chats : undefined;
}

type IdentifiedMessage = SessionEventMap['messages.upsert']['messages'][number];

/**
 * Returns an id that is the same for every copy of a message.
 * It is derived from session, chat, author in a group, message id, direction, and whether it is still an undecryptable stub, or a correction of a channel post,
 * which has the id of the post.
 * `undefined` if the message has no id of its own.
 */
export function messageEventId(session: SessionId, message: IdentifiedMessage): string | undefined {
  const { key } = message;
  if (!key.remoteJid || !key.id) return undefined;
  const identity = [
    session,
    key.remoteJid,
    key.participant || '',
    key.id,
    key.fromMe ? 'out' : 'in',
    isUndecrypted(message) ? 'stub' : (correctionOf(message) ?? 'message')
  ];
  // Hashed, because jid and id come from other people and become part of a header.
  return `${session}.m.${hashed(identity)}`;
}

function correctionOf({ key, message }: IdentifiedMessage): string | null {
  const { protocolMessage: change } = message ?? {};
  return change && change.key?.id === key.id ? `change ${change.type ?? ''} ${String(change.timestampMs ?? '')}` : null;
}

/**
 * Returns the id of a copy that uses the other addressing of the chat or of its author, number or LID, if the message contains it: WhatsApp may change the
 * addressing from one copy to the next. `null` if there is no other addressing.
 */
export function otherMessageEventId(session: SessionId, message: IdentifiedMessage): string | null {
  const { key } = message;
  if (!key.remoteJidAlt && !key.participantAlt) return null;
  const remoteJid = key.remoteJidAlt ? chatJid(key.remoteJidAlt) : key.remoteJid;
  const participant = key.participantAlt ? chatJid(key.participantAlt) : key.participant;
  return messageEventId(session, { ...message, key: { ...key, remoteJid, participant } }) ?? null;
}

/** Events about a single object, from which their ids are derived. */
const OWN = ['message.progress', 'message.poll-vote', 'message.unopened', 'whatsapp.notification'] as const;
const isOwn = (name: EventName): name is (typeof OWN)[number] => (OWN as readonly EventName[]).includes(name);

function ownEventId(name: (typeof OWN)[number], payload: unknown, session: SessionId): string | undefined {
  switch (name) {
    case 'message.progress':
      return progressEventId(session, payload as MessageProgress);
    case 'message.poll-vote':
    case 'message.unopened':
      return partEventId(name, payload as Part, session);
    case 'whatsapp.notification':
      return notificationEventId(session, payload as WhatsAppNotification);
  }
}

type Part = Partial<SessionEventMap['message.poll-vote']> & Partial<SessionEventMap['message.unopened']>;

/** Returns an id that is the same each time the message with the part is read, also after a crash. */
function partEventId(name: EventName, { voteKey, key }: Part, session: SessionId): string {
  const { remoteJid, participant, id, fromMe } = voteKey ?? key!;
  return `${session}.s.${hashed([name, remoteJid ?? '', participant ?? '', id ?? '', fromMe ? 'out' : 'in'])}`;
}

/** Returns an id that is the same each time a stage of a message is emitted, also by the next owner. */
export function progressEventId(session: SessionId, { id, stage }: Pick<MessageProgress, 'id' | 'stage'>): string {
  return `${session}.p.${hashed([session, id, stage])}`;
}

/** Returns an id that is the same if WhatsApp sends a notification again because its acknowledgement was lost. */
function notificationEventId(session: SessionId, { kind, id, from, at }: WhatsAppNotification): string | undefined {
  return id ? `${session}.n.${hashed([session, kind, id, from ?? '', at ?? ''])}` : undefined;
}

function hashed(identity: readonly string[]): string {
  return createHash('sha256').update(identity.join('\0')).digest('base64url').slice(0, 32);
}
