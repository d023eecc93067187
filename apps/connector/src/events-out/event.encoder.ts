import { createHash } from 'node:crypto';
import { EVENT_SCHEMA_VERSION, toJsonValue, type EventFacts, type EventName, type SessionId } from '@wabus/contracts';
import type { SessionEventMap } from '../session/session-events.js';
import { splitBody } from './event-split.policy.js';
import { redact, redactCredentials } from './redaction.policy.js';

/** Bodies are kept below this: a quarter of what a NATS server takes by default. */
export const BODY_LIMIT_BYTES = 256 * 1024;

export interface EncodedEvent {
  readonly facts: EventFacts;
  /** JSON text. */
  readonly body: string;
}

/** Under which an event is published. */
export interface EventOrigin {
  readonly session: SessionId;
  readonly epoch: number;
  /** ISO time. */
  readonly at: string;
  /** A number that was not given out before under this epoch. */
  readonly nextNumber: () => number;
}

/**
 * What is published of one event of a socket, in order: one event for each message of `messages.upsert`, several for a batch that is too large, otherwise one.
 * Bodies are redacted. The id of a message is made of the message, so that its second copy is recognised; any other id is `<session>.<epoch>.<n>`.
 */
export function encodeEvent<Name extends keyof SessionEventMap>(
  name: Name,
  payload: SessionEventMap[Name],
  origin: EventOrigin
): EncodedEvent[] {
  if (name === 'messages.upsert') return encodeMessages(payload as SessionEventMap['messages.upsert'], origin);
  if (name === 'creds.update') return [encoded(name, JSON.stringify(redactCredentials(payload)), origin)];
  const json = toJsonValue(payload);
  redact(json);
  return splitBody(name, json ?? null, BODY_LIMIT_BYTES).map(body => encoded(name, body, origin));
}

function encodeMessages({ messages, ...rest }: SessionEventMap['messages.upsert'], origin: EventOrigin): EncodedEvent[] {
  return messages.map(message => {
    const json = toJsonValue({ messages: [message], ...rest });
    redact(json);
    return encoded('messages.upsert', JSON.stringify(json), origin, messageEventId(origin.session, message));
  });
}

function encoded(event: EventName, body: string, origin: EventOrigin, id?: string): EncodedEvent {
  const { session, epoch, at, nextNumber } = origin;
  return {
    facts: { id: id ?? `${session}.${epoch}.${nextNumber()}`, session, event, epoch, at, schemaVersion: EVENT_SCHEMA_VERSION },
    body
  };
}

/** `WebMessageInfo.StubType.CIPHERTEXT`: a message that could not be decrypted yet. */
const CIPHERTEXT_STUB = 2;

type IdentifiedMessage = SessionEventMap['messages.upsert']['messages'][number];

/**
 * The same for every copy of a message: made of session, chat, author in a group, message id, direction, and whether it is still an undecryptable stub.
 * `undefined` when the message has no id of its own.
 */
export function messageEventId(session: SessionId, { key, messageStubType }: IdentifiedMessage): string | undefined {
  if (!key.remoteJid || !key.id) return undefined;
  const identity = [
    session,
    key.remoteJid,
    key.participant || '',
    key.id,
    key.fromMe ? 'out' : 'in',
    Number(messageStubType) === CIPHERTEXT_STUB ? 'stub' : 'message'
  ];
  // Hashed, since jid and id come from others and go into a header.
  return `${session}.m.${createHash('sha256').update(identity.join('\0')).digest('base64url').slice(0, 32)}`;
}
