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
/** Parts whose message has not come out of Baileys yet. */
const WAITING = 1_000;

/** What a part says, for the events beside its message. */
export type PartNote =
  | { readonly kind: 'vote'; readonly vote: PollVote }
  | { readonly kind: 'response'; readonly key: WAMessageKey; readonly response: proto.Message.IEventResponseMessage }
  | { readonly kind: 'unopened'; readonly unopened: MessageUnopened };

export interface PartOpenerParts {
  readonly secrets: MessageSecrets;
  readonly keys: Pick<SignalKeyStore, 'get'>;
  readonly creds: Pick<AuthenticationCreds, 'me'>;
  readonly logger: Logger;
  /** Aborted when nothing is needed any more. */
  readonly ended: AbortSignal;
}

/** A message with its place, by the forms of its event. */
interface Located {
  readonly key: WAMessageKey;
  readonly content: proto.IMessage;
}

interface Opened {
  readonly plaintext: Buffer;
  readonly known: KnownSecret;
}

/**
 * Opens what is encrypted under the secret of another message, before Baileys sees it: an edit, a reaction or a comment becomes the plain one, so that the same events come of both. Votes and
 * answers to events have no plain form; they wait here for the event of their message.
 */
export class PartOpener {
  private readonly notes = new BoundedCache<string, PartNote>({ max: WAITING });

  constructor(private readonly parts: PartOpenerParts) {}

  /** What Baileys gets in place of a decrypted message: padded, as it was. Secrets in it are kept when this settles. */
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

  /** Keeps the secrets of messages. Waits out a broker that does not answer. */
  async learn(messages: readonly { id: string; message: proto.IMessage }[]): Promise<void> {
    await this.keep(messages.flatMap(({ id, message }) => secretOf(id, message) ?? []));
  }

  /**
   * Keeps the secrets of messages of the history, and opens the parts among them in place; settles with what those say that have no plain form. Of texts only the latest days count, since
   * they are many and little is said about older ones.
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

  /** The same for messages that the phone hands out once more, which come inside one of its own. Answers whether there are any. */
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

  /** An answer of an assistant, padded like what Signal decrypts; why not, when it stays closed. */
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

  /** Learns from a message that was taken before, under an earlier lease. */
  async relearn(stanza: BinaryNode, padded: Uint8Array): Promise<void> {
    const { id } = stanza.attrs;
    const message = decoded(withKnownPolls(padded));
    if (id && message) await this.learn([{ id, message }]);
  }

  /** What waits for the event of a message; once. */
  claim(key: WAMessageKey): PartNote | null {
    const name = nameOf(key);
    const note = this.notes.get(name) ?? null;
    this.notes.delete(name);
    return note;
  }

  /** A part of ours that is about to leave: its event comes like that of a part that was received. */
  note(key: WAMessageKey, note: PartNote): void {
    this.notes.set(nameOf(key), note);
  }

  /** The plain content in place of a part; `null` when it stays as it is. */
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
      // Who knows the secret may encrypt what is no message.
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

  /** Who may have written the message that a part is about, the most likely first. Only its author edits a message. */
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

  /** The key of the message as this account sees it: `remoteJid` is the chat, and `fromMe` is true for what is ours. */
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

  /** All jids of a person, without devices: LIDs first, as migrated accounts use them. */
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

/** Both by LID, both by number, then one of each: measured are all of them (whatsapp-rust f697e91e, Baileys 2342, whatsmeow 1217). */
function pairs(authors: readonly string[], senders: readonly string[]): [author: string, sender: string][] {
  const all = authors.flatMap(author => senders.map((sender): [string, string] => [author, sender]));
  const alike = ([author, sender]: [string, string]): boolean => isLidUser(author) === isLidUser(sender);
  return [...all.filter(alike), ...all.filter(pair => !alike(pair))];
}

function senderOf({ fromMe, participant, remoteJid }: WAMessageKey, { me }: Pick<AuthenticationCreds, 'me'>): string {
  return fromMe ? (me?.id ?? '') : (participant ?? remoteJid ?? '');
}

/** The names of options that were chosen; of those whose name is not known the hashes. */
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

/** A message whose content is replaced; a copy of an own message stays one. */
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
