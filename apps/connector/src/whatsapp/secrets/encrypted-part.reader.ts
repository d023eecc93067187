import type { proto } from '@whiskeysockets/baileys';
import { normalizeMessageContent } from '../baileys.js';
import { SECRET_BYTES, type SealedBytes, type SecretUse } from './message-secret.codec.js';
import type { LearnedSecret, PollFacts } from './message-secrets.store.js';

/** The kinds of parts, by what each does to its message. */
export type PartKind = 'edit' | 'poll-vote' | 'event-response' | 'reaction' | 'comment';

/** Content that is encrypted with the secret of another message. */
export interface EncryptedPart {
  readonly kind: PartKind;
  /** The possible uses of the key. */
  readonly uses: readonly SecretUse[];
  /** The key of the message to which the part refers, from the perspective of the part's sender. */
  readonly target: proto.IMessageKey;
  readonly sealed: SealedBytes;
}

/** The uses by `secretEncType`; the protobuf of Baileys 7.0.0-rc14 ends with 2. Other types are not edits. */
const EDITS: Readonly<Record<number, SecretUse>> = { 1: 'Event Edit', 2: 'Message Edit', 4: 'Poll Edit' };

/** Returns the part that a message consists of; `null` if it is not a part. `content` has no wrappers. */
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

/** Returns the secret to store for a message with this id; `null` if it has none. `apart` is a secret from outside the message. */
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

/** Returns the content of a message without its wrappers. */
export function contentOf(message: proto.IMessage): proto.IMessage {
  const inner = message.deviceSentMessage?.message ?? message;
  return normalizeMessageContent(inner) ?? inner;
}

/** Returns the name and options of a poll of any version; `null` if the message is not a poll. Version 4 is a wrapper; version 6 is read as version 3. */
export function pollOf(content: proto.IMessage): PollFacts | null {
  const inner = content.pollCreationMessageV4?.message ?? content;
  const poll = inner.pollCreationMessage ?? inner.pollCreationMessageV2 ?? inner.pollCreationMessageV3 ?? inner.pollCreationMessageV5;
  if (!poll) return null;
  return { name: poll.name ?? '', options: (poll.options ?? []).map(({ optionName }) => optionName ?? '') };
}
