import { createHash } from 'node:crypto';
import { WabusError } from '@wabus/contracts';
import type { AuthenticationCreds, proto, SignalKeyStore, WAMessageKey } from '@whiskeysockets/baileys';
import type { Recipient } from '../addressing/recipient.resolver.js';
import { isJidGroup, isLidUser, jidNormalizedUser, proto as protobuf } from '../baileys.js';
import { storedOther } from '../signal/stored-lids.js';
import { sealPart, type SealedBytes, type SecretUse } from './message-secret.codec.js';
import type { KnownSecret, MessageSecrets } from './message-secrets.store.js';
import type { PartNote } from './part-opener.js';

const { MESSAGE_EDIT } = protobuf.Message.ProtocolMessage.Type;
const { SecretEncType } = protobuf.Message.SecretEncryptedMessage;
const RESPONSES = { going: 1, 'not-going': 2, maybe: 3 } as const;

/** The contents that refer to another message, by field. */
export interface SaidAbout {
  readonly pollVote?: { readonly key: WAMessageKey; readonly options: readonly string[] };
  readonly comment?: { readonly key: WAMessageKey; readonly text: string };
  readonly eventResponse?: { readonly key: WAMessageKey; readonly response: keyof typeof RESPONSES; readonly extraGuests?: number };
}

/** A message that refers to another message, with the note for its events. */
export interface MadePart {
  readonly message: proto.IMessage;
  /** Returns the note for the additional event, given the key of the message; `null` if there is no such event. */
  readonly note: (key: WAMessageKey) => PartNote | null;
}

export interface PartSealerParts {
  readonly secrets: MessageSecrets;
  readonly keys: Pick<SignalKeyStore, 'get'>;
  readonly creds: Pick<AuthenticationCreds, 'me'>;
  /** Whether a group is the announcement group of a community. */
  readonly isCommunityAnnounce: (group: string) => Promise<boolean>;
}

interface Parties {
  readonly author: string;
  readonly sender: string;
}

/** Encrypts the parts that a session sends with the secret of the message to which they refer, in the same form as phones. */
export class PartSealer {
  constructor(private readonly parts: PartSealerParts) {}

  /**
   * Creates a vote, an answer to an event or a comment; resolves to `null` for other content. Votes have no `metadata` (zapo fb08dee). Throws
   * `INVALID_ARGUMENTS` if the session does not have the secret of the message, or the poll lacks an option.
   */
  async made(recipient: Recipient, { pollVote, eventResponse, comment }: SaidAbout): Promise<MadePart | null> {
    if (pollVote) return this.vote(recipient, pollVote);
    if (eventResponse) return this.response(recipient, eventResponse);
    if (comment) return this.comment(recipient, comment);
    return null;
  }

  /** Encrypts a message like phones: edits, comments and, in announcement groups of communities, reactions are encrypted; others stay unchanged. */
  async sealed(recipient: Recipient, message: proto.IMessage): Promise<proto.IMessage> {
    if (message.commentMessage) return this.sealedComment(recipient, message);
    const isApart = message.reactionMessage && isJidGroup(recipient.jid) && (await this.parts.isCommunityAnnounce(recipient.jid));
    return isApart ? this.sealedReaction(recipient, message) : this.sealedEdit(recipient, message);
  }

  /**
   * Encrypts an edit in the form of phones since May 2026: the whole plain edit is encrypted with the secret of the edited message, which is sent along
   * (whatsapp-rust PR 762, after WhatsApp Web). An edit without a known secret or in a channel stays plain; any other message stays unchanged.
   */
  private sealedEdit({ jid }: Recipient, message: proto.IMessage): proto.IMessage {
    const edit = message.protocolMessage;
    const known = edit?.type === MESSAGE_EDIT && edit.key?.id ? this.parts.secrets.find(edit.key.id)[0] : undefined;
    if (!edit?.key?.id || !known || jid.endsWith('@newsletter')) return message;
    const own = this.ownIn(isLidUser(jid) || isJidGroup(jid) === true);
    const sealed = seal('Message Edit', protobuf.Message.encode(message).finish(), { known, id: edit.key.id, author: own, sender: own });
    return {
      messageContextInfo: { ...message.messageContextInfo, messageSecret: known.secret },
      secretEncryptedMessage: { targetMessageKey: edit.key, ...sealed, secretEncType: SecretEncType.MESSAGE_EDIT }
    };
  }

  private async vote(recipient: Recipient, { key, options }: NonNullable<SaidAbout['pollVote']>): Promise<MadePart> {
    const known = this.secretOf(key, 'content.pollVote.key', ({ poll }) => poll !== null);
    const names = known.poll?.options ?? [];
    const foreign = options.filter(option => !names.includes(option));
    if (foreign.length > 0)
      throw invalid(
        'content.pollVote.options',
        `must be among the options of the poll: ${names.map(name => JSON.stringify(name)).join(', ')}`
      );
    const parties = await this.partiesOf(recipient, key);
    const selectedOptions = options.map(option => createHash('sha256').update(option).digest());
    const vote = seal('Poll Vote', protobuf.Message.PollVoteMessage.encode({ selectedOptions }).finish(), {
      known,
      id: key.id!,
      ...parties
    });
    const at = Date.now();
    const message = { pollUpdateMessage: { pollCreationMessageKey: keyFor(recipient, key, parties), vote, senderTimestampMs: at } };
    return {
      message,
      note: voteKey => ({
        kind: 'vote',
        vote: { key, voteKey, voter: parties.sender, ...(known.poll ? { name: known.poll.name } : {}), options: [...options], at }
      })
    };
  }

  private async response(recipient: Recipient, { key, response, extraGuests }: NonNullable<SaidAbout['eventResponse']>): Promise<MadePart> {
    const known = this.secretOf(key, 'content.eventResponse.key', ({ poll }) => poll === null);
    const parties = await this.partiesOf(recipient, key);
    const answer = {
      response: RESPONSES[response],
      timestampMs: Date.now(),
      ...(extraGuests === undefined ? {} : { extraGuestCount: extraGuests })
    };
    const sealed = seal('Event Response', protobuf.Message.EventResponseMessage.encode(answer).finish(), {
      known,
      id: key.id!,
      ...parties
    });
    return {
      message: { encEventResponseMessage: { eventCreationMessageKey: keyFor(recipient, key, parties), ...sealed } },
      note: () => ({ kind: 'response', key, response: answer })
    };
  }

  /** Creates a comment in plain form; `sealed` encrypts it. */
  private async comment(recipient: Recipient, { key, text }: NonNullable<SaidAbout['comment']>): Promise<MadePart> {
    if (!isJidGroup(recipient.jid) || !(await this.parts.isCommunityAnnounce(recipient.jid)))
      throw invalid('content.comment', 'only messages in the announcement group of a community can have comments');
    this.secretOf(key, 'content.comment.key', () => true);
    const targetMessageKey = keyFor(recipient, key, await this.partiesOf(recipient, key));
    return { message: { commentMessage: { message: { extendedTextMessage: { text } }, targetMessageKey } }, note: () => null };
  }

  /** Encrypts a comment; the comment's own secret stays outside (whatsapp-rust PR 830, after `WAWebSendCommentMessageAction`). */
  private async sealedComment(recipient: Recipient, message: proto.IMessage): Promise<proto.IMessage> {
    const { message: said, targetMessageKey: key } = message.commentMessage!;
    const context = await this.contextOf(recipient, key!, 'content.comment.key');
    const sealed = seal('Enc Comment', protobuf.Message.encode(said!).finish(), context);
    return { messageContextInfo: message.messageContextInfo, encCommentMessage: { targetMessageKey: key, ...sealed } };
  }

  /** Encrypts a reaction, since phones do not show plain ones there (whatsapp-rust PR 830, after `WAWebReactionEncryptMsgData`). The key is outside. */
  private async sealedReaction(recipient: Recipient, { reactionMessage, messageContextInfo }: proto.IMessage): Promise<proto.IMessage> {
    const { key, text, senderTimestampMs } = reactionMessage!;
    const context = await this.contextOf(recipient, key!, 'content.react.key');
    const sealed = seal('Enc Reaction', protobuf.Message.ReactionMessage.encode({ text, senderTimestampMs }).finish(), context);
    const targetMessageKey = keyFor(recipient, key!, context);
    return { ...(messageContextInfo ? { messageContextInfo } : {}), encReactionMessage: { targetMessageKey, ...sealed } };
  }

  private async contextOf(
    recipient: Recipient,
    key: proto.IMessageKey,
    field: string
  ): Promise<Parties & { known: KnownSecret; id: string }> {
    return { known: this.secretOf(key, field, () => true), id: key.id!, ...(await this.partiesOf(recipient, key)) };
  }

  private secretOf({ id }: WAMessageKey, field: string, fits: (known: KnownSecret) => boolean): KnownSecret {
    const known = this.parts.secrets.find(id ?? '').find(fits);
    if (!known) throw invalid(field, 'the session has not seen this message or no longer knows it');
    return known;
  }

  /** Resolves to author and sender in the same namespace: phones try both by LID and both by number (whatsapp-rust f697e91e). */
  private async partiesOf({ jid, alternate }: Recipient, { fromMe, participant, participantAlt }: WAMessageKey): Promise<Parties> {
    const isGroup = isJidGroup(jid) === true;
    const byLid = isGroup || isLidUser(jid) === true;
    if (fromMe) return { author: this.ownIn(byLid), sender: this.ownIn(byLid) };
    const given = (isGroup ? [participant, participantAlt] : [jid, alternate]).filter(each => each).map(each => jidNormalizedUser(each!));
    const { keys } = this.parts;
    const others = await Promise.all(given.map(each => storedOther(keys, each)));
    const forms = [...given, ...others].filter(each => each !== null);
    const author = forms.find(each => Boolean(isLidUser(each)) === byLid) ?? forms[0] ?? '';
    return { author, sender: this.ownIn(Boolean(isLidUser(author))) };
  }

  private ownIn(byLid: boolean): string {
    const { me } = this.parts.creds;
    return jidNormalizedUser((byLid ? me?.lid : null) ?? me?.id ?? '');
  }
}

function seal(
  use: SecretUse,
  plaintext: Uint8Array,
  { known, ...context }: Parties & { readonly known: KnownSecret; readonly id: string }
): SealedBytes {
  return sealPart(plaintext, { use, secret: known.secret, ...context });
}

/** Returns the key of the message for its receivers. */
function keyFor({ jid }: Recipient, { id, fromMe }: WAMessageKey, { author }: Parties): proto.IMessageKey {
  return { remoteJid: jid, fromMe: Boolean(fromMe), id, ...(isJidGroup(jid) && !fromMe ? { participant: author } : {}) };
}

function invalid(field: string, what: string): WabusError {
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${field}: ${what}.`, details: { fields: { [field]: [what] } } });
}
