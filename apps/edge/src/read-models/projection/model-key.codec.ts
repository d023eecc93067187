import { createHash } from 'node:crypto';
import type { ModelKind, SessionId } from '@wabus/contracts';
import type { ModelKey } from './model.types.js';

const MAX_TOKEN = 60;

/** Any text as a token of a key: ids come from others and may hold anything of any length. */
export function keyToken(text: string): string {
  const token = Buffer.from(text, 'utf8').toString('base64url');
  return token.length <= MAX_TOKEN && token !== '' ? token : `=${createHash('sha256').update(text).digest('base64url')}`;
}

/** Kind and tokens, without the session. */
export const modelKey = (kind: Exclude<ModelKind, 'message'>, id: string): ModelKey => `${kind}.${keyToken(id)}`;

/** Whoever writes to a chat chooses the ids of his messages: one that repeats an id of ours must not take its place. */
export const messageKey = (chat: string, fromMe: boolean, id: string): ModelKey =>
  `message.${keyToken(chat)}.${keyToken(`${fromMe ? 1 : 0}${id}`)}`;

/** The key in the bucket. */
export function bucketKey(session: SessionId, key: ModelKey): string {
  const [kind, ...rest] = key.split('.');
  return [kind, session, ...rest].join('.');
}

/** All keys of a kind of one session in the bucket; of messages also of one chat only. */
export function bucketFilter(session: SessionId, kind: ModelKind, chat?: string): string {
  return chat === undefined ? `${kind}.${session}.>` : `${kind}.${session}.${keyToken(chat)}.*`;
}
