import { createHash } from 'node:crypto';
import type { MessageUnopened, PollVote } from '@wabus/contracts';
import type { AuthenticationCreds, BinaryNode, proto, SignalKeyStore, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { retryWhileUnavailable } from '../../auth-state/auth-state.errors.js';
import {
  encodeWAMessage,
  isJidGroup,
  isLidUser,
  isPnUser,
  jidNormalizedUser,
  proto as protobuf,
  unpadRandomMax16,
  writeRandomPadMax16
} from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';
import { isOwnJid } from '../linked-account.js';
import type { BotAnswer } from '../receiving/bot-answer.reader.js';
import { identifyMessage } from '../receiving/kept-message.reader.js';
import { storedOther } from '../signal/stored-lids.js';
import { contentOf, encryptedPartOf, secretOf, type EncryptedPart } from './encrypted-part.reader.js';
import { openBotAnswer, openPart } from './message-secret.codec.js';
import type { KnownSecret, LearnedSecret, MessageSecrets } from './message-secrets.store.js';
import { withKnownPolls } from './poll-version.mapper.js';

const { MESSAGE_EDIT } = protobuf.Message.ProtocolMessage.Type;
const RECENT_MS = 7 * 24 * 3_600_000;
/** The number of notes that wait until Baileys emits their message. */
const WAITING = 1_000;

/** The content of a part, for the events in addition to that of its message. */
export type PartNote =
  | { readonly kind: 'vote'; readonly vote: PollVote }
  | { readonly kind: 'response'; readonly key: WAMessageKey; readonly response: proto.Message.IEventResponseMessage }
  | { readonly kind: 'unopened'; readonly unopened: MessageUnopened };

export interface PartOpenerParts {
  readonly secrets: MessageSecrets;
  readonly keys: Pick<SignalKeyStore, 'get'>;
  readonly creds: Pick<AuthenticationCreds, 'me'>;
  readonly logger: Logger;
  /** Aborted at the end of the connection. */
  readonly ended: AbortSignal;
}

/** A message with its key, as in its event. */
interface Located {
  readonly key: WAMessageKey;
  readonly content: proto.IMessage;
}

interface Opened {
  readonly plaintext: Buffer;
  readonly known: KnownSecret;
}

/**
 * Decrypts parts, which are encrypted with the secret of another message, before Baileys gets them. An edit, a reaction or a comment becomes its plain form, so
 * that the events are the same. Votes and answers to events have no plain form; their notes wait here for the event of their message.
 */
export class PartOpener {
  private readonly notes = new BoundedCache<string, PartNote>({ max: WAITING });

  constructor(private readonly parts: PartOpenerParts) {}

  /** Resolves to the plaintext that Baileys gets for a message, still padded. The secrets in the message are stored by then. */
  async take(stanza: BinaryNode, padded: Uint8Array): Promise<Uint8Array> {
    const known = withKnownPolls(padded);
    const message = decoded(known);
    const key = message && identifyMessage(stanza, this.parts.creds.me);
    if (!message || !key?.id) return known;
    await this.learn([{ id: key.id, message }]);
    if (key.fromMe && (await this.takeResent(message))) return encodeWAMessage(message);
    const content = contentOf(message);
    const part = encryptedPartOf(content);
    if (!part) return known;
    const plain = await this.open({ key, content }, part).catch((err: unknown) => {
      this.parts.ended.throwIfAborted();
      this.parts.logger.warn({ err, kind: part.kind }, 'failed to read a message part');
      return null;
    });
    return plain ? encodeWAMessage(inPlaceOf(message, content, plain)) : known;
  }

  /** Stores the secrets of messages. Waits for an unresponsive broker. */
  async learn(messages: readonly { id: string; message: proto.IMessage }[]): Promise<void> {
    await this.keep(messages.flatMap(({ id, message }) => secretOf(id, message) ?? []));
  }

  /**
   * Stores the secrets of messages in the history, and decrypts the parts among them in place; resolves to the notes of parts that have no plain form. Stores
   * the secrets of texts only from the last days, since there are many and parts seldom refer to older ones.
   */
  async takeHistory(messages: readonly WAMessage[], now = Date.now()): Promise<[WAMessage, PartNote][]> {
    const oldestFirst = messages.toSorted((a, b) => Number(a.messageTimestamp ?? 0) - Number(b.messageTimestamp ?? 0));
    const found = oldestFirst.flatMap(({ key, message, messageSecret, messageTimestamp }) => {
      const secret = key.id && message ? secretOf(key.id, message, messageSecret) : null;
      const isRecent = Number(messageTimestamp ?? 0) * 1_000 > now - RECENT_MS;
      return secret && (secret.isQuestion || isRecent) ? [secret] : [];
    });
    await this.keep(found);
    const notes: [WAMessage, PartNote][] = [];
    for (const message of oldestFirst) {
      const content = message.message && contentOf(message.message);
      const part = content && encryptedPartOf(content);
      if (!part) continue;
      const plain = await this.open({ key: message.key, content }, part);
      if (plain) message.message = plain;
      const note = this.claim(message.key);
      if (note) notes.push([message, note]);
    }
    return notes;
  }

  /** Does the same for messages that the phone resends, which are inside one of its own messages. Resolves to whether there are any. */
  private async takeResent({ protocolMessage }: proto.IMessage): Promise<boolean> {
    const results = protocolMessage?.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? [];
    const resent = results.flatMap(({ placeholderMessageResendResponse: response }) => (response?.webMessageInfoBytes ? [response] : []));
    for (const response of resent) {
      const message = resentMessage(response.webMessageInfoBytes!);
      if (!message) continue;
      for (const [{ key }, note] of await this.takeHistory([message])) this.note(key, note);
      response.webMessageInfoBytes = protobuf.WebMessageInfo.encode(message).finish();
    }
    return resent.length > 0;
  }

  /** Decrypts an assistant's answer. Resolves to the plaintext, padded like that of Signal, or to the reason why it cannot be decrypted. */
  async openAnswer(answer: BotAnswer): Promise<{ padded: Uint8Array } | { reason: MessageUnopened['reason'] }> {
    const { bot, promptId, prompter, keyIds, sealed } = answer;
    const secrets = this.parts.secrets.find(promptId);
    if (secrets.length === 0) return { reason: 'secret-unknown' };
    const { me } = this.parts.creds;
    const authors = await this.formsOf(prompter ?? me?.id ?? '', prompter ? [] : [me?.lid]);
    for (const { secret } of secrets) {
      for (const author of authors) {
        for (const id of keyIds) {
          const plaintext = openBotAnswer(sealed, { secret, id, author, sender: bot });
          if (plaintext) return { padded: writeRandomPadMax16(plaintext) };
        }
      }
    }
    return { reason: 'undecryptable' };
  }

  private async keep(secrets: readonly LearnedSecret[]): Promise<void> {
    if (secrets.length > 0) await retryWhileUnavailable(() => this.parts.secrets.learn(secrets), this.parts.ended);
  }

  /** Stores the secret of a message that was received under an earlier lease. */
  async relearn(stanza: BinaryNode, padded: Uint8Array): Promise<void> {
    const { id } = stanza.attrs;
    const message = decoded(withKnownPolls(padded));
    if (id && message) await this.learn([{ id, message }]);
  }

  /** Removes and returns the note that waits for the event of a message; `null` if there is none. */
  claim(key: WAMessageKey): PartNote | null {
    const name = nameOf(key);
    const note = this.notes.get(name) ?? null;
    this.notes.delete(name);
    return note;
  }

  /** Adds a note to the event of a message. For a part that this session sends, the event is then the same as for a received part. */
  note(key: WAMessageKey, note: PartNote): void {
    this.notes.set(nameOf(key), note);
  }

  /** Decrypts a part; resolves to its plain content, or to `null` if the message stays unchanged. */
  async open({ key, content }: Located, part: EncryptedPart): Promise<proto.IMessage | null> {
    const senders = await this.formsOf(senderOf(key, this.parts.creds), [key.participantAlt, key.participant ? null : key.remoteJidAlt]);
    const authors = await this.authorsOf(key, part, senders);
    const about = this.turned(key, part, authors[0] ?? null);
    const opened = this.tried(part, authors, senders);
    const unopened = (reason: MessageUnopened['reason']): null => {
      this.parts.logger.warn({ kind: part.kind, reason }, 'failed to decrypt a message part');
      this.note(key, { kind: 'unopened', unopened: { key, about, kind: part.kind, reason } });
      return null;
    };
    if ('reason' in opened) return unopened(opened.reason);
    try {
      return this.plain({ key, content }, { part, about, opened });
    } catch {
      // A sender with the secret may encrypt bytes that are not a message.
      return unopened('undecryptable');
    }
  }

  private plain(
    { key, content }: Located,
    { part, about, opened: { plaintext, known } }: { part: EncryptedPart; about: WAMessageKey; opened: Opened }
  ): proto.IMessage | null {
    const { messageContextInfo } = content;
    switch (part.kind) {
      case 'edit': {
        const inner = protobuf.Message.decode(plaintext);
        const edit = inner.protocolMessage?.type === MESSAGE_EDIT ? inner.protocolMessage : { editedMessage: inner };
        return { messageContextInfo, protocolMessage: { ...edit, type: MESSAGE_EDIT, key: part.target } };
      }
      case 'reaction':
        return { messageContextInfo, reactionMessage: { ...protobuf.Message.ReactionMessage.decode(plaintext), key: part.target } };
      case 'comment':
        return { messageContextInfo, commentMessage: { message: protobuf.Message.decode(plaintext), targetMessageKey: part.target } };
      case 'poll-vote': {
        const { selectedOptions } = protobuf.Message.PollVoteMessage.decode(plaintext);
        const at = Number(content.pollUpdateMessage?.senderTimestampMs ?? 0) || null;
        this.note(key, {
          kind: 'vote',
          vote: { key: about, voteKey: key, voter: this.voterOf(key), ...named(selectedOptions, known), at }
        });
        return null;
      }
      case 'event-response':
        this.note(key, { kind: 'response', key: about, response: protobuf.Message.EventResponseMessage.decode(plaintext) });
        return null;
    }
  }

  private tried(
    { uses, target, sealed }: EncryptedPart,
    authors: readonly string[],
    senders: readonly string[]
  ): Opened | { reason: MessageUnopened['reason'] } {
    if (uses.length === 0) return { reason: 'unsupported' };
    const id = target.id ?? '';
    const secrets = this.parts.secrets.find(id);
    if (secrets.length === 0) return { reason: 'secret-unknown' };
    for (const known of secrets) {
      for (const [author, sender] of pairs(authors, senders)) {
        for (const use of uses) {
          const plaintext = openPart(sealed, { use, secret: known.secret, id, author, sender });
          if (plaintext) return { plaintext, known };
        }
      }
    }
    return { reason: 'undecryptable' };
  }

  /** Resolves to the possible authors of the message to which a part refers, the most likely first. Only the author of a message can edit it. */
  private async authorsOf(key: WAMessageKey, { kind, target }: EncryptedPart, senders: readonly string[]): Promise<readonly string[]> {
    const { creds } = this.parts;
    if (kind === 'edit' || target.fromMe) return senders;
    const own = await this.formsOf(creds.me?.id ?? '', [creds.me?.lid]);
    const named = await this.formsOf(target.participant ?? '', []);
    const other = isJidGroup(key.remoteJid ?? undefined) || !key.fromMe ? own : await this.formsOf(key.remoteJid ?? '', [key.remoteJidAlt]);
    return [...new Set([...named, ...other, ...own, ...senders])];
  }

  private voterOf(key: WAMessageKey): string {
    return jidNormalizedUser(senderOf(key, this.parts.creds));
  }

  /** Returns the key of the message from the perspective of this account: `remoteJid` is the chat, and `fromMe` is true for messages of the account. */
  private turned(
    { remoteJid, remoteJidAlt, fromMe, participant }: WAMessageKey,
    { target }: EncryptedPart,
    author: string | null
  ): WAMessageKey {
    const isGroup = isJidGroup(remoteJid ?? undefined);
    const writer = target.fromMe ? participant : (target.participant ?? author);
    const ours = target.fromMe ? Boolean(fromMe) : isOwnJid(writer ?? author ?? '', this.parts.creds);
    return {
      remoteJid,
      ...(remoteJidAlt ? { remoteJidAlt } : {}),
      fromMe: ours,
      id: target.id,
      ...(isGroup && !ours && writer ? { participant: jidNormalizedUser(writer) } : {})
    };
  }

  /** Resolves to all jids of a person, without device parts. LIDs come first, since migrated accounts use them. */
  private async formsOf(jid: string, further: readonly (string | null | undefined)[]): Promise<string[]> {
    const given = [jid, ...further]
      .filter(each => isLidUser(each ?? undefined) || isPnUser(each ?? undefined))
      .map(each => jidNormalizedUser(each!));
    const { keys } = this.parts;
    const others = await Promise.all(given.map(each => storedOther(keys, each)));
    const own = this.parts.creds.me;
    const ours = given.some(each => isOwnJid(each, this.parts.creds))
      ? [own?.lid, own?.id].map(each => (each ? jidNormalizedUser(each) : null))
      : [];
    const all = [...new Set([...given, ...others, ...ours])].filter(each => each !== null);
    return [...all.filter(each => isLidUser(each)), ...all.filter(each => !isLidUser(each))];
  }
}

/** Returns the pairs to try: both by LID, both by number, then mixed. All of them were observed (whatsapp-rust f697e91e, Baileys 2342, whatsmeow 1217). */
function pairs(authors: readonly string[], senders: readonly string[]): [author: string, sender: string][] {
  const all = authors.flatMap(author => senders.map((sender): [string, string] => [author, sender]));
  const alike = ([author, sender]: [string, string]): boolean => isLidUser(author) === isLidUser(sender);
  return [...all.filter(alike), ...all.filter(pair => !alike(pair))];
}

function senderOf({ fromMe, participant, remoteJid }: WAMessageKey, { me }: Pick<AuthenticationCreds, 'me'>): string {
  return fromMe ? (me?.id ?? '') : (participant ?? remoteJid ?? '');
}

/** Returns the names of the chosen options, and the hashes of options whose names are unknown. */
function named(hashes: readonly Uint8Array[], { poll }: KnownSecret): Pick<PollVote, 'name' | 'options' | 'unknownOptions'> {
  const names = new Map((poll?.options ?? []).map(name => [createHash('sha256').update(name).digest('hex'), name]));
  const chosen = hashes.map(hash => Buffer.from(hash).toString('hex'));
  const unknown = chosen.filter(hash => !names.has(hash));
  return {
    ...(poll ? { name: poll.name } : {}),
    options: chosen.flatMap(hash => names.get(hash) ?? []),
    ...(unknown.length > 0 ? { unknownOptions: unknown } : {})
  };
}

/** Returns a message with its content replaced; a copy of a message that another device of the account sent stays a copy. */
function inPlaceOf(message: proto.IMessage, content: proto.IMessage, plain: proto.IMessage): proto.IMessage {
  const { deviceSentMessage, senderKeyDistributionMessage } = message;
  if (!deviceSentMessage) return { ...plain, ...(senderKeyDistributionMessage ? { senderKeyDistributionMessage } : {}) };
  return { ...message, deviceSentMessage: { ...deviceSentMessage, message: plain } };
}

function decoded(padded: Uint8Array): proto.Message | null {
  try {
    return protobuf.Message.decode(unpadRandomMax16(padded));
  } catch {
    return null;
  }
}

function resentMessage(encoded: Uint8Array): WAMessage | null {
  try {
    return protobuf.WebMessageInfo.decode(encoded) as WAMessage;
  } catch {
    return null;
  }
}

const nameOf = ({ id, fromMe }: WAMessageKey): string => `${fromMe ? 'out' : 'in'} ${id}`;
