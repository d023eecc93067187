import type { proto } from '@whiskeysockets/baileys';
import { normalizeMessageContent } from '../baileys.js';
import { SECRET_BYTES, type SealedBytes, type SecretUse } from './message-secret.codec.js';
import type { LearnedSecret, PollFacts } from './message-secrets.store.js';

/** What a part says about a message. */
export type PartKind = 'edit' | 'poll-vote' | 'event-response' | 'reaction' | 'comment';

/** What is encrypted under the secret of another message. */
export interface EncryptedPart {
  readonly kind: PartKind;
  /** What the key may be for. */
  readonly uses: readonly SecretUse[];
  /** Of the message that it is about, as the sender of the part sees it. */
  readonly target: proto.IMessageKey;
  readonly sealed: SealedBytes;
}

/** By `secretEncType`; the protobuf of Baileys 7.0.0-rc14 ends with 2. Others hold something else than an edit. */
const EDITS: Readonly<Record<number, SecretUse>> = { 1: 'Event Edit', 2: 'Message Edit', 4: 'Poll Edit' };

/** The part that a message consists of; `null` if it is not one. `content` is without wrappers. */
export function encryptedPartOf(content: proto.IMessage): EncryptedPart | null {
  const { secretEncryptedMessage: secret, pollUpdateMessage: vote, encEventResponseMessage: response } = content;
  const { encReactionMessage: reaction, encCommentMessage: comment } = content;
  if (secret) {
    const use = EDITS[secret.secretEncType ?? 0];
    return part('edit', use ? [use] : [], secret.targetMessageKey, secret);
  }
  if (vote?.vote) return part('poll-vote', ['Poll Vote'], vote.pollCreationMessageKey, vote.vote);
  if (response) return part('event-response', ['Event Response'], response.eventCreationMessageKey, response);
  if (reaction) return part('reaction', ['Enc Reaction'], reaction.targetMessageKey, reaction);
  if (comment) return part('comment', ['Enc Comment'], comment.targetMessageKey, comment);
  return null;
}

type Sealed = { readonly [K in keyof SealedBytes]?: SealedBytes[K] | null };

function part(
  kind: PartKind,
  uses: readonly SecretUse[],
  target: proto.IMessageKey | null | undefined,
  { encPayload, encIv }: Sealed
): EncryptedPart {
  return { kind, uses, target: target ?? {}, sealed: { encPayload: encPayload ?? new Uint8Array(), encIv: encIv ?? new Uint8Array() } };
}

/** What must be kept of a message with this id; `null` when it has no secret. */
export function secretOf(id: string, message: proto.IMessage, apart?: Uint8Array | null): LearnedSecret | null {
  const content = contentOf(message);
  const secret = [message, message.deviceSentMessage?.message, content]
    .map(each => each?.messageContextInfo?.messageSecret)
    .find(found => found?.length === SECRET_BYTES);
  const found = secret ?? (apart?.length === SECRET_BYTES ? apart : null);
  if (!found) return null;
  const poll = pollOf(content);
  return { id, secret: found, isQuestion: poll !== null || Boolean(content.eventMessage), poll };
}

/** A message without what only wraps it. */
export function contentOf(message: proto.IMessage): proto.IMessage {
  const inner = message.deviceSentMessage?.message ?? message;
  return normalizeMessageContent(inner) ?? inner;
}

/** What a poll of any version asks; `null` if the message is not one. Version 4 is a wrapper; version 6 is read as version 3. */
export function pollOf(content: proto.IMessage): PollFacts | null {
  const inner = content.pollCreationMessageV4?.message ?? content;
  const poll = inner.pollCreationMessage ?? inner.pollCreationMessageV2 ?? inner.pollCreationMessageV3 ?? inner.pollCreationMessageV5;
  if (!poll) return null;
  return { name: poll.name ?? '', options: (poll.options ?? []).map(({ optionName }) => optionName ?? '') };
}
