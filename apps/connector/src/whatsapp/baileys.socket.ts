import { setTimeout as delay } from 'node:timers/promises';
import { Boom } from '@hapi/boom';
import { AuthStateUnreadableError } from '../auth-state/auth-state.errors.js';
import { WabusError, type CommandRequest, type LinkedAccount, type SocketCommand } from '@wabus/contracts';
import type { BaileysEventMap, BinaryNode } from '@whiskeysockets/baileys';
import { AccountMigration } from './addressing/account-migration.observer.js';
import { namespaceOf } from './addressing/address.policy.js';
import { identified } from './addressing/identified-events.mapper.js';
import { identifyFirst } from './addressing/identified-stanzas.js';
import { learnNamedPairs } from './addressing/named-pairs.listener.js';
import { RecipientResolver } from './addressing/recipient.resolver.js';
import { ownCommands } from './commands/own-commands.js';
import { SocketCommandDispatcher } from './commands/socket-command.dispatcher.js';
import { BacklogWatchdog } from './connecting/backlog.watchdog.js';
import { listenToExpiration } from './connecting/client-expiration.listener.js';
import { ClosingRecord } from './connecting/closing-record.js';
import { SilenceWatchdog } from './connecting/silence.watchdog.js';
import type { SocketClosed } from './disconnect-reason.table.js';
import { isHollow } from './history/history-set.mapper.js';
import type { KeptStanza } from './inbox.js';
import { listenToGroups } from './receiving/group-notification.listener.js';
import { identifyKept } from './receiving/kept-message.reader.js';
import { onEveryEvent, type MessageReception } from './receiving/message-reception.js';
import { changesFirst } from './receiving/change-order.policy.js';
import { buildReception } from './receiving/reception.builder.js';
import { Reach } from './reach/reach.js';
import { followServiceRules } from './receiving/service-rules.js';
import { BaileysRemoteMedia, requestFromPhone } from './receiving/remote-media.js';
import { linkedAccount } from './linked-account.js';
import { notesOf, reportPart, withoutPartNoise } from './secrets/part-events.mapper.js';
import type { BaileysSocketParts } from './baileys-socket.types.js';
import { MessageSender } from './sending/message.sender.js';
import { receiptSteps } from './sending/receipt-stage.mapper.js';
import { mapWhatsAppError } from './sending/whatsapp-error.mapper.js';
import { resetContactSessions } from './signal/contact-sessions.js';
import { onRejection } from './stray-rejection.guard.js';
import {
  isUndecrypted,
  WhatsAppSocket,
  type RemoteMedia,
  type SendRequest,
  type Sent,
  type SocketEvent,
  type SocketListener
} from './whatsapp-engine.js';

/** The WebSocket inside Baileys' WebSocket client; the client itself lacks these methods. */
interface InnerWebSocket {
  pause(): void;
  resume(): void;
  terminate(): void;
}

const CLOSING_HANDSHAKE_MS = 1_000;
const SAVE_LIMIT_MS = 2_000;

/** One Baileys connection, with everything that Wabus adds to it. */
export class BaileysSocket extends WhatsAppSocket {
  private readonly recipients: RecipientResolver;
  private readonly sender: MessageSender;
  private readonly reach: Reach;
  private readonly watchdog: NodeJS.Timeout;
  private readonly silence: SilenceWatchdog;
  private readonly backlog: BacklogWatchdog;
  private readonly record: ClosingRecord;
  private readonly commands: SocketCommandDispatcher;
  private loggedIn = false;
  private closing: Promise<void> | null = null;

  constructor(private readonly parts: BaileysSocketParts) {
    super();
    const { socket, credentials, linking, watchdogMs, silenceLimitMs } = parts;
    // In addition to Baileys' keep-alive, which detects silence only when it is about to ping.
    this.silence = new SilenceWatchdog(silenceLimitMs, () => {
      parts.logger.warn({ silenceLimitMs }, 'no data from whatsapp, closing the connection');
      this.end(new Boom('Nothing received', { statusCode: 408 }));
    });
    socket.ws.on('message', () => {
      this.silence.received();
      this.emit(listener => listener.received());
    });
    this.record = new ClosingRecord(socket.ws, {
      ...parts,
      refused: () => this.end(new Boom('The WebSocket was refused', { statusCode: 428 }))
    });
    credentials.onUnusable(err => {
      this.record.unreadable = err instanceof AuthStateUnreadableError;
      parts.logger.error({ err }, 'cannot read or store the keys of the session, closing the connection');
      this.end(new Boom('Keys can be neither read nor stored', { statusCode: 428 }));
    });
    onRejection(socket.ws, err => parts.logger.warn({ err }, 'baileys failed to handle a stanza'));
    this.backlog = new BacklogWatchdog(socket.ws, {
      limitMs: parts.backlogLimitMs,
      memory: parts.caches,
      figures: parts.figures,
      stalled: again => {
        parts.logger.warn({ again }, 'whatsapp has not delivered the whole backlog');
        if (!again) this.end(new Boom('The backlog did not end', { statusCode: 428 }));
      }
    });
    followServiceRules(parts, notification => this.emit(listener => listener.notified(notification)));
    const reception: MessageReception = buildReception(parts, () => this.recover(reception));
    onEveryEvent(socket.ev, events => this.receive(this.identified(events)));
    learnNamedPairs({ stanzas: socket.ws, map: parts.lidMap, otherOf: parts.identities.otherOf, logger: parts.logger });
    parts.identities.onLearned(pair => socket.ev.emit('lid-mapping.update', pair));
    // Registered after Baileys' own listener, which applies the update to the credentials.
    socket.ev.on('creds.update', () => this.save());
    const migration = new AccountMigration({ ...parts, save: () => this.save() });
    this.reach = new Reach({
      ...parts,
      keys: parts.tokens.keys,
      lookups: parts.caches.lookups,
      limits: parts.caches.reachLimits,
      settings: parts.reach,
      limited: (restriction, newChats) => this.emit(listener => listener.limited(restriction, newChats)),
      isOwn: jid => credentials.isMe(jid),
      ended: parts.ended.signal
    });
    this.recipients = new RecipientResolver({
      ...parts,
      contacts: this.reach.contacts,
      namespace: async () => namespaceOf(parts.addressing, parts.addressing === 'auto' && (await migration.migrated()))
    });
    this.sender = new MessageSender({
      ...parts,
      reach: this.reach,
      recipients: this.recipients,
      sent: () => this.emit(listener => listener.counted('messagesOut', 1))
    });
    this.commands = new SocketCommandDispatcher(socket, this.recipients, {
      ...ownCommands(socket, this.recipients),
      onWhatsApp: ({ request }) => this.reach.lookUp(request.phoneNumbers),
      relayMessage: ({ request, correlation }) => this.sender.relay(request, correlation)
    });
    listenToGroups(socket.ws, change => socket.ev.emit('groups.update', [change]));
    listenToExpiration(socket.ws, at => this.emit(listener => listener.clientExpires(at)), parts.logger);
    socket.ws.on('CB:ack,class:message', (ack: BinaryNode) => {
      this.sender.acknowledged(ack);
      return parts.deviceLists.acknowledged(ack);
    });
    linking.listen({
      offered: silently => {
        this.handshaken();
        if (silently) this.emit(listener => listener.passkeyWaits());
      },
      passkeyOver: () => {
        this.record.passkeyOver = true;
        this.end(new Boom('The passkey link has ended', { statusCode: 428 }));
      },
      qrCodesUsedUp: () => this.end(new Boom('Nobody scanned a QR code', { statusCode: 408 })),
      pairingCode: code => this.emit(listener => listener.pairingCode(code))
    });
    identifyFirst(socket.ws, jids => parts.identities.prepare(jids, socket.authState.keys));
    this.watchdog = setTimeout(() => this.end(new Boom('No response from the server', { statusCode: 408 })), watchdogMs).unref();
  }

  get account(): LinkedAccount | null {
    const { credentials } = this.parts;
    return credentials.linked ? linkedAccount(credentials.state.creds) : null;
  }

  async sendMessage(request: SendRequest): Promise<Sent> {
    this.requireLogin();
    return this.sender.send(request);
  }

  async call<M extends SocketCommand>(command: M, request: CommandRequest<M>, correlation?: string): Promise<unknown> {
    this.requireLogin();
    await this.reach.prepare(command, request);
    return this.parts.patches.run(command, () => this.commands.dispatch(command, { request, correlation }));
  }

  async resetContactSession(jid: string): Promise<number> {
    this.requireLogin();
    const { socket, caches } = this.parts;
    try {
      return await resetContactSessions(jid, { repository: socket.signalRepository, keys: socket.authState.keys, caches });
    } catch (error) {
      throw mapWhatsAppError(error);
    }
  }

  private requireLogin(): void {
    if (!this.loggedIn || !this.parts.socket.ws.isOpen) throw new WabusError('NOT_CONNECTED');
  }

  media(message: object): RemoteMedia {
    return new BaileysRemoteMedia(message, {
      hosts: this.parts.mediaHosts,
      dispatcher: this.parts.dispatcher,
      requestAgain: (stale, signal) => requestFromPhone(this.parts.socket, stale, AbortSignal.any([signal, this.parts.ended.signal]))
    });
  }

  requestPairingCode(phoneNumber: string, customCode?: string): Promise<string> {
    return this.parts.linking.requestPairingCode(phoneNumber, customCode);
  }

  answerPasskey(assertion: unknown): Promise<void> {
    return this.parts.linking.submitPasskey(assertion);
  }

  confirmPasskey(equal: boolean): Promise<void> {
    return this.parts.linking.confirmPasskey(equal);
  }

  setReading(reading: boolean): void {
    const webSocket = this.webSocket();
    // Silence does not count while this side has stopped reading.
    if (!reading) this.silence.stop();
    else if (this.record.handshakeDone && !this.closing) this.silence.start();
    // `ws` never throws here, and ignores the call while it is connecting or closed.
    if (reading) webSocket?.resume();
    else webSocket?.pause();
  }

  async logout(limitMs: number): Promise<void> {
    const closed = this.beginClose();
    // Settles once the request is written; Baileys closes the connection in the same step.
    await Promise.race([
      this.parts.socket.logout().catch((err: unknown) => this.parts.logger.debug({ err }, 'logout failed')),
      delay(limitMs, undefined, { ref: false })
    ]);
    this.end(undefined);
    await closed;
  }

  async close(): Promise<void> {
    const closed = this.beginClose();
    this.end(undefined);
    await closed;
  }

  /** Marks the end of the connection as intended. Resolves once it has ended and the credentials are stored, or after a limit. */
  private beginClose(): Promise<void> {
    this.closing ??= new Promise<void>(resolve => this.parts.ended.signal.addEventListener('abort', () => resolve(), { once: true }));
    if (this.parts.ended.signal.aborted) return Promise.resolve();
    clearTimeout(this.watchdog);
    this.silence.stop();
    this.backlog.stop();
    return this.closing;
  }

  private end(error: Error | undefined): void {
    const { socket, logger } = this.parts;
    socket.end(error).catch((err: unknown) => logger.debug({ err }, 'failed to close socket'));
    setTimeout(() => this.webSocket()?.terminate(), CLOSING_HANDSHAKE_MS).unref();
  }

  private webSocket(): InnerWebSocket | null {
    return (this.parts.socket.ws as unknown as { socket: InnerWebSocket | null }).socket;
  }

  private identified(events: Partial<BaileysEventMap>): Partial<BaileysEventMap> {
    const { identities } = this.parts;
    const { 'lid-mapping.update': pair, ...others } = events;
    // Each pair is already emitted when it is stored, and Baileys emits some of these pairs too.
    const news = pair && identities.announce(pair) ? { 'lid-mapping.update': pair } : {};
    return identified({ ...others, ...news }, identities.otherOf);
  }

  private receive(all: Partial<BaileysEventMap>): void {
    const { listener, ignored, logger } = this.parts;
    const events = withoutPartNoise(all);
    this.reach.correct(events);
    // Before their messages: a client that has the event of a message has the events of its parts already.
    for (const [message, note] of notesOf(events, key => this.parts.opener.claim(key))) this.emit(to => reportPart(to, message, note));
    for (const event of changesFirst(Object.entries(events) as SocketEvent[])) {
      // `HistoryReceiver` emits the history.
      if (event[0] === 'messaging-history.set' && isHollow(event[1])) continue;
      const rest = ignored.rest(event);
      try {
        if (rest !== null) listener.event(...rest);
      } catch (err) {
        logger.error({ err }, 'socket listener failed');
      }
    }
    this.remember(events);
    const update = events['connection.update'];
    if (update) this.follow(update);
  }

  /**
   * Handles the stanzas that earlier connections left in the inbox. Never rejects: if it fails, it ends the connection, since receiving anything before them
   * would break the order.
   */
  private async recover(reception: MessageReception): Promise<void> {
    const { socket, inbox, credentials, ended, logger } = this.parts;
    const { me } = credentials.state.creds;
    try {
      const identify = (stanza: KeptStanza) => identifyKept(stanza as BinaryNode, me);
      const handle = (stanza: KeptStanza) => reception.handle(stanza as BinaryNode);
      await inbox?.recover({ identify, handle, connected: () => socket.ws.isOpen }, ended.signal);
    } catch (err) {
      if (ended.signal.aborted) return;
      logger.error({ err }, 'failed to recover the inbox, reconnecting');
      this.end(new Boom('Inbox not recovered', { statusCode: 428 }));
    }
  }

  private remember(events: Partial<BaileysEventMap>): void {
    const { caches } = this.parts;
    const messages = events['messages.upsert']?.messages ?? [];
    const readable = messages.filter(message => !message.key.fromMe && !isUndecrypted(message)).length;
    if (readable > 0) this.emit(listener => listener.counted('messagesIn', readable));
    for (const step of receiptSteps(events, jid => this.parts.credentials.isMe(jid))) this.parts.progress.received(step);
    this.learn(events);
    caches.follow(events);
  }

  /** Updates what is known about chats from events or from a chunk of history. */
  learn(events: Partial<BaileysEventMap>): void {
    this.reach.received(events);
    this.parts.timers.learn(events);
  }

  private follow({ qr, isNewLogin, connection, lastDisconnect }: BaileysEventMap['connection.update']): void {
    if (connection === 'close') return void this.finish(lastDisconnect?.error);
    if (qr || isNewLogin || connection === 'open') this.handshaken();
    if (this.closing) return;
    if (qr) {
      const { ttlMs, renewed } = this.parts.linking.qrCodes.shown;
      this.emit(listener => listener.qr(qr, ttlMs, renewed));
    }
    if (isNewLogin) {
      this.parts.linking.done();
      this.emit(listener => listener.linked());
    }
    if (connection === 'open') {
      this.loggedIn = true;
      this.parts.resender.begin();
      this.parts.upkeep();
      const account = this.account;
      if (account) this.emit(listener => listener.opened(account));
      this.reach.opened();
    }
  }

  private handshaken(): void {
    if (!this.record.handshakeDone && !this.closing) this.silence.start();
    if (!this.record.handshakeDone) this.parts.reachability.reached();
    this.record.handshakeDone = true;
    clearTimeout(this.watchdog);
  }

  private save(): void {
    this.parts.credentials.save().catch((err: unknown) => {
      if (this.parts.ended.signal.aborted) return;
      this.parts.logger.error({ err }, 'failed to store credentials');
      // Continuing would use keys that are lost after a restart.
      this.end(new Boom('Credentials could not be stored', { statusCode: 428 }));
    });
  }

  private async finish(error: unknown): Promise<void> {
    const { credentials, ended, logger, linking } = this.parts;
    const qrCodes = linking.qrCodes.progress;
    linking.closed();
    clearTimeout(this.watchdog);
    this.silence.stop();
    this.backlog.stop();
    this.loggedIn = false;
    this.sender.end();
    this.reach.closed();
    let why: SocketClosed = this.record.reason(error, {
      qrCodes,
      backlogStalled: this.backlog.gaveUp,
      wanted: this.closing !== null
    });
    try {
      if (credentials.discardUnfinishedPairing()) this.save();
      await Promise.race([credentials.settled(), ...(this.closing ? [delay(SAVE_LIMIT_MS, undefined, { ref: false })] : [])]);
    } catch (err) {
      logger.error({ err }, 'failed to store credentials');
      why = { reason: 'credentials-unreadable', code: null };
    }
    if (this.record.unreadable) why = { reason: 'credentials-unreadable', code: null };
    ended.abort();
    if (!this.closing) this.emit(listener => listener.closed(why));
  }

  /** Calls the listener and logs its errors: Baileys calls this class synchronously, and an error must not interrupt it. */
  private emit(what: (listener: SocketListener) => void): void {
    try {
      what(this.parts.listener);
    } catch (err) {
      this.parts.logger.error({ err }, 'socket listener failed');
    }
  }
}
