import { createHash } from 'node:crypto';
import type { ModelKind, SessionId } from '@wabus/contracts';
import type { ModelKey } from './model.types.js';

const MAX_TOKEN = 60;

/** Encodes any text as a token of a key. Ids come from other parties, and may have any characters and any length. */
export function keyToken(text: string): string {
  const token = Buffer.from(text, 'utf8').toString('base64url');
  return token.length <= MAX_TOKEN && token !== '' ? token : `=${createHash('sha256').update(text).digest('base64url')}`;
}

/** Returns the kind and the tokens, without the session. */
export const modelKey = (kind: Exclude<ModelKind, 'message'>, id: string): ModelKey => `${kind}.${keyToken(id)}`;

/** Returns the key of a message. Senders choose the ids of their messages: one that repeats an id of this account must not replace its message. */
export const messageKey = (chat: string, fromMe: boolean, id: string): ModelKey =>
  `message.${keyToken(chat)}.${keyToken(`${fromMe ? 1 : 0}${id}`)}`;

/** Returns the key in the bucket. */
export function bucketKey(session: SessionId, key: ModelKey): string {
  const [kind, ...rest] = key.split('.');
  return [kind, session, ...rest].join('.');
}

/** Returns the filter for all keys of a kind of one session in the bucket. For messages, it can be limited to one chat. */
export function bucketFilter(session: SessionId, kind: ModelKind, chat?: string): string {
  return chat === undefined ? `${kind}.${session}.>` : `${kind}.${session}.${keyToken(chat)}.*`;
}
