import { unlink } from 'node:fs/promises';
import { Boom } from '@hapi/boom';
import { WabusError, type CommandRequest } from '@wabus/contracts';
import type {
  AnyMessageContent,
  BinaryNode,
  MessageRelayOptions,
  proto,
  WAMediaUpload,
  WAMessage,
  WASocket
} from '@whiskeysockets/baileys';
import { STAGES, tracing, type Span } from '@wabus/runtime/tracing';
import type { Logger } from 'pino';
import {
  generateMessageIDV2,
  generateWAMessage,
  generateWAMessageFromContent,
  getRawMediaUploadData,
  getUrlFromDirectPath,
  isJidGroup,
  isLidUser,
  jidNormalizedUser,
  WA_DEFAULT_EPHEMERAL
} from '../baileys.js';
import { statusAudience, type StatusAudience } from '../addressing/status-audience.resolver.js';
import { baileysLogger } from '../baileys.logger.js';
import type { Recipient, RecipientResolver } from '../addressing/recipient.resolver.js';
import type { KeylessDevices } from '../devices/keyless-devices.js';
import type { Reach } from '../reach/reach.js';
import type { SenderKeyMemory } from '../resending/sender-key-memory.js';
import type { PartOpener } from '../secrets/part-opener.js';
import type { PartSealer, SaidAbout } from '../secrets/part-sealer.js';
import type { SendRequest, Sent } from '../whatsapp-engine.js';
import type { ChatTimers } from './chat-timers.store.js';
import { withLargePreview } from './preview-picture.js';
import { refuseReactionToPost } from './channel-post.mapper.js';
import type { Departure, Departures } from './departures.js';
import { baileysMediaContent, isMediaContent } from './outgoing-media.mapper.js';
import { completePoll, generationOptions, outgoingContent, type GenerationOptions } from './outgoing-message.mapper.js';
import type { BegunSend, SendProgressTracker } from './send-progress.tracker.js';
import type { SentMessageStore } from './sent-message.store.js';
import { ServerAcks } from './server-acks.js';
import { socketArguments } from './socket-call.policy.js';
import { joined, type StanzaAdditions } from './stanza-addition.mapper.js';
import { additionSteps, type AdditionStep, type OutgoingStanza } from './stanza-addition.builder.js';
import { connectionEnded, mapWhatsAppError, messageRefused, notLeft, refusedByWhatsApp, whileConnected } from './whatsapp-error.mapper.js';

/** The collaborators of the sender of one connection. */
export interface MessageSenderParts {
  readonly session: string;
  readonly socket: WASocket;
  readonly sentMessages: SentMessageStore;
  readonly timers: ChatTimers;
  readonly progress: SendProgressTracker;
  readonly recipients: RecipientResolver;
  readonly keyless: KeylessDevices;
  readonly departures: Departures;
  readonly senderKeys: SenderKeyMemory;
  /** Stores the secrets of sent messages. */
  readonly opener: Pick<PartOpener, 'learn' | 'note'>;
  /** Encrypts parts, which refer to other messages. */
  readonly sealer: PartSealer;
  /** Called when WhatsApp has confirmed a message. May not throw. */
  readonly sent: () => void;
  /** Decides to whom the account may write. */
  readonly reach: Pick<Reach, 'admit' | 'confirmed' | 'explained'>;
  readonly logger: Logger;
  /** Aborted when no part of the socket is needed anymore. */
  readonly ended: AbortController;
}

/** WhatsApp's code for missing keys of a device. */
const NO_KEYS = 404;

interface Composition {
  readonly jid: string;
  readonly content: AnyMessageContent;
  readonly options: GenerationOptions;
}

interface Composed {
  readonly message: WAMessage;
  /** The receivers of a status post that have no LID. */
  readonly leftOut: string[];
}

/** Sends the messages of one connection that is logged in, and tracks the stages of each. Methods throw `WabusError` only. */
export class MessageSender {
  private readonly acks = new ServerAcks();
  private readonly steps: readonly AdditionStep[] = additionSteps();

  constructor(private readonly parts: MessageSenderParts) {}

  /** See `WhatsAppSocket.sendMessage`. */
  async send({ jid, content, options, messageId, correlation, signal }: SendRequest): Promise<Sent> {
    const { sent: confirmedOne } = this.parts;
    signal.throwIfAborted();
    refuseReactionToPost(jid, content);
    const id = messageId ?? this.newMessageId();
    const outgoing = isMediaContent(content) ? (baileysMediaContent(content) as AnyMessageContent) : outgoingContent(content);
    const generation = generationOptions(id, options ?? undefined);
    if (isJidGroup(jid) && 'disappearingMessagesInChat' in outgoing && outgoing.disappearingMessagesInChat !== undefined)
      return this.changeGroup(jid, outgoing.disappearingMessagesInChat);
    await this.admit(jid, id);
    const span = this.traced(id);
    const { traceparent } = span;
    await this.begin({
      id,
      chat: jid,
      correlation: options?.correlation ?? correlation ?? id,
      again: messageId !== undefined,
      traceparent
    });
    signal.throwIfAborted();
    const confirmed = this.acks.expect(id, signal);
    const departure = this.parts.departures.begin(id);
    try {
      const [{ message, leftOut }, { lidReplaced }] = await Promise.all([
        this.compose({ jid, content: outgoing, options: generation }).finally(() => this.parts.departures.end(departure)),
        confirmed
      ]);
      span.end();
      this.parts.reach.confirmed(jid);
      confirmedOne();
      const messageTimestamp = message.messageTimestamp ? Number(message.messageTimestamp) : null;
      return {
        key: message.key,
        messageTimestamp,
        ...(lidReplaced ? { lidReplaced: true as const } : {}),
        ...(leftOut.length > 0 ? { leftOut } : {})
      };
    } catch (error) {
      const failure = this.failed(departure, error, 'sendMessage');
      span.end({ error: failure.code });
      throw await this.parts.reach.explained(failure);
    }
  }

  /** Runs `relayMessage` and tracks the stages of the message as for `send`; resolves to the id of the message. */
  async relay(request: CommandRequest<'relayMessage'>, correlation: string | undefined): Promise<string> {
    const [jid, message, options] = socketArguments('relayMessage', request) as Parameters<WASocket['relayMessage']>;
    const chosen: unknown = { ...options }.messageId;
    const messageId = typeof chosen === 'string' ? chosen : this.newMessageId();
    await this.admit(jid, messageId);
    const { current: traceparent } = tracing;
    await this.begin({ id: messageId, chat: jid, correlation: correlation ?? messageId, again: messageId === chosen, traceparent });
    const departure = this.parts.departures.begin(messageId);
    try {
      const recipient = await this.recipientOf(jid, options);
      const audience = await this.audienceOf(options?.statusJidList);
      await this.parts.opener.learn([{ id: messageId, message }]);
      await Promise.all([
        this.keepRelayed(messageId, message, options),
        this.leave({ recipient, content: null, message }, { ...options, messageId, statusJidList: audience?.jids })
      ]);
      await this.keepProgress(messageId);
      return messageId;
    } catch (error) {
      throw this.failed(
        departure,
        isEncryptedForNone(error) ? unencryptable(error, options?.participant !== undefined) : error,
        'relayMessage'
      );
    } finally {
      this.parts.departures.end(departure);
    }
  }

  /** Handles an `<ack class="message">` stanza, with which WhatsApp's server accepts or refuses a message. */
  acknowledged(ack: BinaryNode): void {
    const { id, error, from, refresh_lid: refresh } = ack.attrs;
    this.parts.progress.acked(id, error === undefined ? null : messageRefused(error));
    this.acks.receive(ack);
    if (refresh === 'true' && from !== undefined) void this.parts.recipients.refresh(from);
  }

  /** Fails all pending confirmations because the connection ended. */
  end(): void {
    this.acks.end();
  }

  /** Creates a message from content, sends it and emits it. Resolves to the message once it has left and its copy is on disk. */
  private async compose({ jid, content, options }: Composition): Promise<Composed> {
    const { socket, sentMessages, recipients, logger, ended } = this.parts;
    const recipient = await recipients.resolve(jid);
    const audience = await this.audienceOf(options.statusJidList);
    const { me } = socket.authState.creds;
    // A quoted message may have either jid of this chat; Baileys compares it with only one.
    const quotedFrom = options.quoted?.key.remoteJid;
    const chat = quotedFrom === recipient.alternate ? (quotedFrom ?? jid) : jid;
    const { waUploadToServer: upload } = socket;
    const said = await withLargePreview(jid, content, { upload, logger });
    const part = await this.parts.sealer.made(recipient, said as SaidAbout);
    const userJid = isLidUser(recipient.jid) ? (me!.lid ?? me!.id) : me!.id;
    const generated = part && generateWAMessageFromContent(chat, part.message, { userJid, ...options });
    const message =
      generated ??
      (await generateWAMessage(chat, said, {
        logger: baileysLogger(logger, ended.signal),
        userJid,
        getCallLink: socket.createCallLink,
        upload,
        ...options
      }));
    await this.parts.timers.apply(
      message,
      recipient,
      options.ephemeralExpiration === undefined ? undefined : Number(options.ephemeralExpiration)
    );
    message.key = { ...message.key, remoteJid: jid, ...(recipient.alternate === null ? {} : { remoteJidAlt: recipient.alternate }) };
    const { messageId, useCachedGroupMetadata } = options;
    const note = part?.note(message.key);
    if (note) this.parts.opener.note(message.key, note);
    completePoll(message.message!);
    // The event contains the plain form.
    const sealed = await this.parts.sealer.sealed(recipient, message.message!);
    await Promise.all([
      // In parallel with sending, because a receiver may request the message again before Baileys is done. Concurrent calls are one write.
      sentMessages.keep({ ...message, message: sealed }),
      this.parts.opener.learn([{ id: messageId, message: message.message! }]),
      this.keepProgress(messageId),
      this.leave({ recipient, content, message: sealed }, { messageId, useCachedGroupMetadata, statusJidList: audience?.jids }).then(() =>
        this.emitOwn(message)
      )
    ]);
    return { message, leftOut: audience?.leftOut ?? [] };
  }

  /** Stores a relayed message like the message of `compose`, except for resends to one device and messages to the account's own devices (as in whatsmeow). */
  private async keepRelayed(id: string, message: proto.IMessage, options: MessageRelayOptions | undefined): Promise<void> {
    if (isForDevices(options)) return;
    try {
      await this.parts.sentMessages.keep({ key: { id, fromMe: true }, message });
    } catch (error) {
      // A message that cannot be encoded cannot be sent either; sending reports the error.
      if (error instanceof WabusError) throw error;
    }
  }

  private async audienceOf(list: string[] | undefined): Promise<StatusAudience | undefined> {
    const lid = this.parts.socket.authState.creds.me?.lid;
    return list && (await statusAudience(list, this.parts.recipients, lid && jidNormalizedUser(lid)));
  }

  /** Emits a sent message. Not awaited, since it waits for its turn among received messages. */
  private emitOwn(message: WAMessage): void {
    const { socket, logger } = this.parts;
    socket.messageMutex
      .mutex(() => socket.upsertMessage(message, 'append'))
      .catch((err: unknown) => logger.warn({ err }, 'failed to emit a sent message'));
  }

  /** Resolves to the recipient. A resend to one device, and a message to the account's own devices, keep the given jid (whatsmeow cb6d9dad). */
  private async recipientOf(jid: string, options: MessageRelayOptions | undefined): Promise<Recipient> {
    if (isForDevices(options)) return asWritten(jid);
    return this.parts.recipients.resolve(jid);
  }

  private async leave(stanza: OutgoingStanza, options: MessageRelayOptions): Promise<void> {
    const additions: StanzaAdditions[] = [];
    for (const step of this.steps) additions.push(await step(stanza));
    const { attributes, nodes } = joined(additions);
    const { socket, keyless, senderKeys, progress } = this.parts;
    const skipped: string[] = [];
    const skip = (devices: readonly string[]): void => {
      skipped.push(...devices);
      progress.skipped(options.messageId ?? '', devices);
    };
    const { jid } = stanza.recipient;
    const relay = () =>
      socket.relayMessage(jid, stanza.message, {
        ...options,
        additionalAttributes: { ...options.additionalAttributes, ...attributes },
        additionalNodes: [...(options.additionalNodes ?? []), ...nodes]
      });
    try {
      await keyless.during(skip, relay);
    } catch (error) {
      if (skipped.length === 0 || !isEncryptedForNone(error)) throw error;
      if (!isJidGroup(jid)) throw refusedByWhatsApp(NO_KEYS, error);
      // All other devices have the key of the group. The skipped ones get it when they request the message.
      await senderKeys.remember(jid, skipped);
      await relay();
    }
  }

  /** Sets the timer of disappearing messages in a group, for which Baileys sends no message. */
  private async changeGroup(jid: string, setting: boolean | number): Promise<Sent> {
    try {
      await this.parts.socket.groupToggleEphemeral(jid, setting === true ? WA_DEFAULT_EPHEMERAL : Number(setting));
      return { key: { remoteJid: jid, fromMe: true }, messageTimestamp: null };
    } catch (error) {
      throw mapWhatsAppError(error);
    }
  }

  /** Checks whether the message may be sent. Called first, so that a refused message never gets the stage "accepted". */
  private async admit(jid: string, id: string): Promise<void> {
    try {
      await this.parts.reach.admit(jid, id);
    } catch (error) {
      throw WabusError.beforeEffect(mapWhatsAppError(error));
    }
  }

  /** Begins the span that lasts until WhatsApp has confirmed the message. The event of the message finds it by id. */
  private traced(id: string): Span {
    const { session } = this.parts;
    const span = tracing.begin(STAGES.send(session), tracing.current);
    tracing.noteMessage(session, id, span);
    return span;
  }

  private newMessageId(): string {
    return generateMessageIDV2(this.parts.socket.authState.creds.me?.id);
  }

  private async begin(send: BegunSend): Promise<void> {
    try {
      await this.parts.progress.begin(send);
    } catch (error) {
      throw WabusError.beforeEffect(mapWhatsAppError(error));
    }
  }

  private async keepProgress(id: string): Promise<void> {
    try {
      await this.parts.progress.keep(id);
    } catch (error) {
      throw connectionEnded(error);
    }
  }

  /** Returns the error of a failed send. A message that has not left by now never will, so that the error is certain. */
  private failed(departure: Departure, thrown: unknown, command: 'sendMessage' | 'relayMessage'): WabusError {
    const { isOpen } = this.parts.socket.ws;
    const mapped = whileConnected(mapWhatsAppError(thrown, command), isOpen);
    const error = departure.abandon() ? notLeft(mapped, isOpen) : mapped;
    this.parts.progress.failed(departure.id, error);
    return error;
  }
}

const isForDevices = (options: MessageRelayOptions | undefined): boolean =>
  options?.participant !== undefined || options?.additionalAttributes?.['category'] === 'peer';

/** Whether Baileys could not encrypt a message for any device, so that nothing was sent. */
function isEncryptedForNone(error: unknown): error is Boom {
  return error instanceof Boom && error.output.statusCode === 500 && error.data == null;
}

function unencryptable(cause: unknown, isForOne: boolean): WabusError {
  const [field, what] = isForOne
    ? ['options.participant', 'must be a device with which the account has exchanged messages, and message must be encodable']
    : ['message', "must be WhatsApp's protobuf `Message` in JSON, with a value of the right type in each field"];
  return new WabusError('INVALID_ARGUMENTS', {
    message: `${field} ${what}.`,
    details: { fields: { [field]: [`${field} ${what}`] } },
    cause
  });
}

const asWritten = (jid: string): Recipient => ({ jid, asked: jid, alternate: null, number: null });

const UPLOAD_LIMIT_MS = 60_000;

/**
 * Uploads the images of a product one after another; resolves to its fields with the URLs of the images. Baileys would upload them itself, but starts before
 * the temporary file is complete, so that WhatsApp refuses the upload. It accepts images that are already on WhatsApp's hosts.
 */
export async function withUploadedImages<Product extends { images: WAMediaUpload[] }>(
  socket: WASocket,
  product: Product
): Promise<Product> {
  const images: WAMediaUpload[] = [];
  for (const image of product.images) images.push({ url: await upload(socket, image) });
  return { ...product, images };
}

async function upload(socket: WASocket, image: WAMediaUpload): Promise<string> {
  const { filePath, fileSha256 } = await getRawMediaUploadData(image, 'product-catalog-image');
  try {
    const { directPath } = await socket.waUploadToServer(filePath, {
      mediaType: 'product-catalog-image',
      fileEncSha256B64: fileSha256.toString('base64'),
      timeoutMs: UPLOAD_LIMIT_MS
    });
    return getUrlFromDirectPath(directPath);
  } finally {
    await unlink(filePath);
  }
}
