import { createHash, randomBytes } from 'node:crypto';
import type { Addressing, OpenedPart, SecretPart } from '@wabus/testing';
import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { element, type Stanza } from '../stanza/stanza.js';
import { worldSlot } from '../world/world-slot.js';
import { sealForPhone, unseal, type PartContext, type PartUse } from './secret-part.codec.js';

/** How many messages with a secret a phone stores. */
const KNOWN = 10_000;
const ADDRESSINGS = ['lid', 'pn'] as const;
const { MESSAGE_EDIT, EVENT_EDIT } = proto.Message.SecretEncryptedMessage.SecretEncType;

/** The data of a message that a phone stores for later messages about it. */
export interface SecretBearer {
  readonly id: string;
  readonly author: Account;
  readonly secret: Uint8Array;
  readonly message: proto.IMessage;
}

/** A part to send from a phone. */
export interface WantedPart {
  readonly from: Account;
  readonly to: Account | Group;
  readonly target: SecretBearer;
  readonly part: SecretPart;
  readonly forms: { readonly author: Addressing; readonly sender: Addressing };
}

/** The secrets on the phones of a world. A phone adds one to each message to which others may respond (whatsmeow send.go, WAHA 2275). */
class PhoneSecrets {
  private readonly known = new WeakMap<Account, Map<string, SecretBearer>>();

  find(phone: Account, id: string): SecretBearer | undefined {
    return this.known.get(phone)?.get(id);
  }

  /** Records that a phone has sent or received a message. */
  note(phone: Account, author: Account, { id, message }: { id: string; message: proto.IMessage }): void {
    const secret = message.messageContextInfo?.messageSecret;
    if (!secret?.length) return;
    const messages = this.known.get(phone) ?? new Map<string, SecretBearer>();
    this.known.set(phone, messages.set(id, { id, author, secret, message }));
    const [oldest] = messages.keys();
    if (messages.size > KNOWN && oldest !== undefined) messages.delete(oldest);
  }
}

/** The secrets on the phones of a world. */
export const phoneSecretsOf = worldSlot(() => new PhoneSecrets());

/** Contents to which nobody responds, because they are responses themselves. */
const ABOUT_OTHERS = [
  'protocolMessage',
  'reactionMessage',
  'pollUpdateMessage',
  'encReactionMessage',
  'encEventResponseMessage',
  'senderKeyDistributionMessage'
] as const;

/** Adds the secret that phones add to a message, if it has none. */
export function giveSecret(message: proto.IMessage, known: Uint8Array | undefined): void {
  if (ABOUT_OTHERS.some(name => message[name]) || message.messageContextInfo?.messageSecret?.length) return;
  message.messageContextInfo = { ...message.messageContextInfo, messageSecret: known ?? randomBytes(32) };
}

/**
 * Returns a message as phones have sent it since May 2026: an edit of an own message encrypted with
 * the secret of that message (whatsapp-rust PR 618, Baileys 2541), everything else unchanged.
 */
export function asPhonesSend(
  message: proto.Message,
  { from, to }: Pick<WantedPart, 'from' | 'to'>,
  target: SecretBearer | undefined
): proto.Message {
  const edit = message.protocolMessage;
  if (edit?.type !== proto.Message.ProtocolMessage.Type.MESSAGE_EDIT || !edit.editedMessage || target?.author !== from) return message;
  const form = 'phone' in to ? from.namespace : to.addressing;
  const part = { kind: 'edit', message: edit.editedMessage } as const;
  return partMessage({ from, to, target, part, forms: { author: form, sender: form } });
}

/** Returns the id of the message that an edit changes; an empty text for other messages. */
export const editedId = (message: proto.IMessage): string => message.protocolMessage?.key?.id ?? '';

/**
 * Returns the message in which a part is sent.
 * - Edits: `secretEncryptedMessage` around a whole `protocolMessage`, since May 2026 (whatsapp-rust PR 618, Baileys 2541). The key is the editor's
 *   view of the message: `fromMe`, and no participant even in groups (whatsapp-rust PR 667).
 * - Votes without `metadata` (zapo fb08dee), options by hash; creator and voter in one namespace (whatsapp-rust f697e91e, whatsmeow 1217).
 * - Reactions and comments in announcement groups of communities (WAHA 1619, whatsmeow
 *   `EncryptReaction`, `EncryptComment`): the reaction has no key of its own.
 */
export function partMessage(wanted: WantedPart): proto.Message {
  const { part, target } = wanted;
  const key = keyOf(wanted);
  const now = Date.now();
  switch (part.kind) {
    case 'edit':
    case 'event-edit': {
      const isEvent = part.kind === 'event-edit';
      const plain = {
        protocolMessage: { key, type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT, editedMessage: part.message, timestampMs: now }
      };
      const sealed = sealedBy(wanted, isEvent ? 'Event Edit' : 'Message Edit', bytesOf(plain));
      return proto.Message.fromObject({
        secretEncryptedMessage: { targetMessageKey: key, ...sealed, secretEncType: isEvent ? EVENT_EDIT : MESSAGE_EDIT },
        messageContextInfo: { messageSecret: target.secret }
      });
    }
    case 'poll-vote': {
      const selectedOptions = part.options.map(option => createHash('sha256').update(option).digest());
      const vote = sealedBy(wanted, 'Poll Vote', proto.Message.PollVoteMessage.encode({ selectedOptions }).finish());
      return proto.Message.fromObject({ pollUpdateMessage: { pollCreationMessageKey: key, vote, senderTimestampMs: now } });
    }
    case 'event-response': {
      const response = proto.Message.EventResponseMessage.fromObject({ ...part, timestampMs: now });
      const sealed = sealedBy(wanted, 'Event Response', proto.Message.EventResponseMessage.encode(response).finish());
      return proto.Message.fromObject({ encEventResponseMessage: { eventCreationMessageKey: key, ...sealed } });
    }
    case 'reaction': {
      const reaction = proto.Message.ReactionMessage.fromObject({ text: part.text, senderTimestampMs: now });
      const sealed = sealedBy(wanted, 'Enc Reaction', proto.Message.ReactionMessage.encode(reaction).finish());
      return proto.Message.fromObject({ encReactionMessage: { targetMessageKey: key, ...sealed } });
    }
    case 'comment': {
      const sealed = sealedBy(wanted, 'Enc Comment', bytesOf(part.message));
      return proto.Message.fromObject({ encCommentMessage: { targetMessageKey: key, ...sealed } });
    }
  }
}

/** Returns the `<meta>` of a stanza, for the server (whatsapp-rust send/classify.rs, after WhatsApp Web). */
export function partMeta(message: proto.IMessage): Stanza[] {
  if (message.pollUpdateMessage) return [element('meta', { polltype: 'vote' })];
  if (message.encEventResponseMessage) return [element('meta', { event_type: 'response' })];
  if (message.secretEncryptedMessage?.secretEncType === EVENT_EDIT) return [element('meta', { event_type: 'edit' })];
  return [];
}

/**
 * Returns a part from `sender` as a phone reads it: with both jids as LIDs, then
 * with both as numbers, as WhatsApp Web does (whatsapp-rust message_edit.rs).
 */
export function readPart(
  message: proto.IMessage,
  sender: Account,
  known: (id: string) => SecretBearer | undefined
): OpenedPart | undefined {
  const found = partOf(message);
  const target = found && known(found.id);
  if (!found || !target) return undefined;
  for (const form of ADDRESSINGS) {
    const plaintext = unseal(found.sealed, contextOf({ from: sender, target, forms: { author: form, sender: form } }, found.use));
    if (!plaintext) continue;
    try {
      return opened(found, plaintext, target);
    } catch {
      // If the plaintext is encrypted correctly but not a message, phones show nothing.
      return undefined;
    }
  }
  return undefined;
}

interface FoundPart {
  readonly kind: SecretPart['kind'];
  readonly use: PartUse;
  readonly id: string;
  readonly sealed: { readonly encPayload: Uint8Array; readonly encIv: Uint8Array };
}

function partOf(message: proto.IMessage): FoundPart | undefined {
  const found = (kind: SecretPart['kind'], use: PartUse, key?: proto.IMessageKey | null, sealed?: object | null): FoundPart | undefined =>
    key?.id ? { kind, use, id: key.id, sealed: sealed as FoundPart['sealed'] } : undefined;
  const { secretEncryptedMessage: secret, pollUpdateMessage: vote, encEventResponseMessage: response } = message;
  const { encReactionMessage: reaction, encCommentMessage: comment } = message;
  if (secret?.secretEncType === EVENT_EDIT) return found('event-edit', 'Event Edit', secret.targetMessageKey, secret);
  if (secret) return found('edit', 'Message Edit', secret.targetMessageKey, secret);
  if (vote) return found('poll-vote', 'Poll Vote', vote.pollCreationMessageKey, vote.vote);
  if (response) return found('event-response', 'Event Response', response.eventCreationMessageKey, response);
  if (reaction) return found('reaction', 'Enc Reaction', reaction.targetMessageKey, reaction);
  return found('comment', 'Enc Comment', comment?.targetMessageKey, comment);
}

function opened({ kind, id }: FoundPart, plaintext: Uint8Array, target: SecretBearer): OpenedPart {
  switch (kind) {
    case 'poll-vote': {
      const chosen = proto.Message.PollVoteMessage.decode(plaintext).selectedOptions.map(hash => Buffer.from(hash).toString('hex'));
      const names = optionsOf(target.message).filter(name => chosen.includes(createHash('sha256').update(name).digest('hex')));
      return { kind, target: id, options: names };
    }
    case 'event-response':
      return { kind, target: id, content: plain(proto.Message.EventResponseMessage, plaintext) };
    case 'reaction':
      return { kind, target: id, content: plain(proto.Message.ReactionMessage, plaintext) };
    case 'edit':
    case 'event-edit':
    case 'comment':
      return { kind, target: id, content: plain(proto.Message, plaintext) };
  }
}

/** Returns the option names of a poll of any version. */
function optionsOf(message: proto.IMessage): string[] {
  const inner = message.pollCreationMessageV4?.message ?? message;
  const poll = inner.pollCreationMessage ?? inner.pollCreationMessageV2 ?? inner.pollCreationMessageV3 ?? inner.pollCreationMessageV5;
  return poll?.options?.map(({ optionName }) => optionName ?? '') ?? [];
}

function keyOf({ from, to, target, forms }: WantedPart): proto.IMessageKey {
  const fromMe = target.author === from;
  const isGroup = !('phone' in to);
  return {
    remoteJid: isGroup ? to.jid : to.jid(forms.sender),
    fromMe,
    id: target.id,
    ...(isGroup && !fromMe ? { participant: target.author.jid(forms.author) } : {})
  };
}

function contextOf({ from, target, forms }: Pick<WantedPart, 'from' | 'target' | 'forms'>, use: PartUse): PartContext {
  return { use, id: target.id, secret: target.secret, author: target.author.jid(forms.author), sender: from.jid(forms.sender) };
}

const sealedBy = (wanted: WantedPart, use: PartUse, plaintext: Uint8Array): object => sealForPhone(plaintext, contextOf(wanted, use));
const bytesOf = (message: object): Uint8Array => proto.Message.encode(proto.Message.fromObject(message)).finish();

interface Decoder<T> {
  decode(bytes: Uint8Array): T;
  toObject(message: T, how: { bytes: typeof String; longs: typeof Number }): object;
}

const plain = <T>(type: Decoder<T>, bytes: Uint8Array): object => type.toObject(type.decode(bytes), { bytes: String, longs: Number });
