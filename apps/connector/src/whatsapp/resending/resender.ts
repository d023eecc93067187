import type { EventEmitter } from 'node:events';
import type { BinaryNode, proto, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { extractE2ESessionFromRetryReceipt, getBinaryNodeChildUInt, isJidGroup, isLidUser } from '../baileys.js';
import type { EngineFigures, ResendOutcome } from '../engine-figures.js';
import { ackOf } from '../receiving/acknowledgement.policy.js';
import type { ResendLimiter } from './resend.limiter.js';
import { isRetryReceipt, readRetryReceipt, type RetryReceipt } from './retry-receipt.reader.js';
import type { SenderKeyMemory } from './sender-key-memory.js';
import type { WaitingRequestStore } from './waiting-request.store.js';
import type { WaitingRequests } from './waiting-requests.js';

const KIND = 'CB:receipt';
const STATUS_BROADCAST = 'status@broadcast';
const REGISTRATION_BYTES = 4;

type Receive = (receipt: BinaryNode) => unknown;

export interface ResenderParts {
  readonly socket: Pick<WASocket, 'assertSessions' | 'authState' | 'relayMessage' | 'sendNode' | 'signalRepository' | 'ws'>;
  /** Resolves to a sent message by its id. */
  readonly find: (id: string) => Promise<proto.IMessage | undefined>;
  readonly isMe: (jid: string) => boolean;
  /** Shared by all connections of the session. */
  readonly limiter: ResendLimiter;
  /** Shared by all connections of the session. */
  readonly waiting: WaitingRequests;
  /** The waiting requests on disk. */
  readonly kept: WaitingRequestStore;
  readonly senderKeys: SenderKeyMemory;
  readonly figures: EngineFigures;
  /** Called when a budget is used up, so that requests wait. */
  readonly limited: () => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/**
 * Answers devices that request a message again, in place of Baileys. If a phone asks, Baileys sends the message to the whole group and forgets which members
 * have the sender key. Here only the asking device gets the message, in a new Signal session and with the sender key, and each chat has a budget. Requests
 * above the budget wait; their devices get the sender key with the next message to the group in any case.
 */
export class Resender {
  private turn: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private open = false;
  /** Answers to requests for status posts that are being sent: `<id> <device>`. */
  private readonly posts = new Set<string>();

  constructor(private readonly parts: ResenderParts) {
    const stanzas = parts.socket.ws as unknown as EventEmitter;
    const listeners = stanzas.listeners(KIND) as Receive[];
    stanzas.removeAllListeners(KIND);
    stanzas.on(KIND, (receipt: BinaryNode) =>
      isRetryReceipt(receipt) ? this.receive(receipt) : Promise.all(listeners.map(async listener => listener(receipt)))
    );
    parts.ended.addEventListener('abort', () => this.timer && clearTimeout(this.timer), { once: true });
  }

  /** Answers the requests that wait since an earlier connection. Call it after the login. */
  begin(): void {
    this.open = true;
    this.restore().then(
      () => this.pump(),
      (err: unknown) => {
        if (!this.parts.ended.aborted) this.parts.logger.warn({ err }, 'failed to read the resend requests from an earlier process');
      }
    );
    this.pump();
  }

  /** Corrects answers to requests for status posts, which Baileys addresses as direct messages. Part of `interceptNode`. */
  readonly intercept = (node: BinaryNode): BinaryNode => {
    const { tag, attrs } = node;
    if (tag !== 'message' || !this.posts.has(`${attrs['id']} ${attrs['to']}`)) return node;
    return { ...node, attrs: { ...attrs, to: STATUS_BROADCAST, participant: attrs['to'] ?? '' } };
  };

  private async restore(): Promise<void> {
    const { waiting, kept, limiter, logger } = this.parts;
    if (waiting.restored) return;
    waiting.restored = true;
    const requests = await kept.list();
    for (const chat of new Set(requests.map(request => request.chat))) limiter.exhaust(chat, performance.now());
    for (const request of requests) waiting.add(request);
    if (requests.length > 0) logger.info({ requests: requests.length }, 'resending messages that were requested before a restart');
  }

  private async receive(receipt: BinaryNode): Promise<void> {
    try {
      await Promise.all(readRetryReceipt(receipt, this.parts.isMe).map(request => this.take(request)));
    } finally {
      await this.parts.socket.sendNode(ackOf(receipt, undefined));
    }
  }

  /** Resolves once the request is answered, refused or waiting. */
  private async take(request: RetryReceipt): Promise<void> {
    const { limiter, waiting, kept } = this.parts;
    if (limiter.isUsedUp(request.id, request.asker)) return this.count('used-up');
    if (!waiting.has(request.chat) && limiter.take(request.chat, performance.now()) === 0) return this.answer(request);
    const waits = waiting.add(request);
    // On disk before the receipt is acknowledged.
    if (waits) await kept.put(request);
    this.count(waits ? 'held-back' : 'dropped');
    this.parts.limited();
    this.pump();
    if (isJidGroup(request.chat)) await this.parts.senderKeys.forgetTogether(request.chat, [request.asker]);
  }

  /** Answers the waiting requests that the budgets permit, and schedules itself for the rest. */
  private pump(): void {
    const { limiter, waiting, ended } = this.parts;
    if (!this.open || this.timer || ended.aborted) return;
    const now = performance.now();
    let waitMs = Infinity;
    const may = (chat: string): boolean => {
      const wait = limiter.take(chat, now);
      waitMs = Math.min(waitMs, wait || Infinity);
      return wait === 0;
    };
    for (let request = waiting.next(may); request; request = waiting.next(may)) void this.answer(request);
    if (waitMs === Infinity) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.pump();
    }, waitMs).unref();
  }

  /** Answers requests one after another, since each opens a Signal session. */
  private answer(request: RetryReceipt): Promise<void> {
    const answered = this.turn.then(async () => {
      if (this.parts.ended.aborted) return;
      try {
        this.count(await this.resend(request));
        await this.parts.kept.remove(request);
      } catch (err) {
        if (this.parts.ended.aborted) return;
        this.count('failed');
        this.parts.logger.warn({ err, message: request.id }, 'failed to resend a message');
      }
    });
    this.turn = answered;
    return answered;
  }

  private async resend(request: RetryReceipt): Promise<ResendOutcome> {
    const { socket, limiter, find } = this.parts;
    const { id, asker, chat, own, count } = request;
    const message = await find(id);
    if (!message) return 'unknown';
    limiter.answered(id, asker);
    await this.renewSession(request);
    const post = `${id} ${asker}`;
    if (chat === STATUS_BROADCAST) this.posts.add(post);
    try {
      // Baileys adds the chat to a copy for the account's own devices only if the device is addressed by its number.
      const additionalAttributes = own && isLidUser(asker) ? { recipient: chat } : undefined;
      await socket.relayMessage(chat, message, { messageId: id, participant: { jid: asker, count }, additionalAttributes });
    } finally {
      this.posts.delete(post);
    }
    return 'sent';
  }

  /** Opens a new session with the keys in the receipt, or with the keys from WhatsApp if there are none. */
  private async renewSession({ asker, stanza }: RetryReceipt): Promise<void> {
    const { socket, logger } = this.parts;
    const { signalRepository, authState } = socket;
    const session = extractE2ESessionFromRetryReceipt(stanza);
    if (session) {
      try {
        return await signalRepository.injectE2ESession({ jid: asker, session });
      } catch (err) {
        logger.warn({ err }, 'cannot use the keys in a retry receipt');
      }
    }
    const registration = getBinaryNodeChildUInt(stanza, 'registration', REGISTRATION_BYTES);
    const known = await signalRepository.getSessionInfo(asker);
    // The device was reinstalled, so the old session is useless.
    if (known && known.registrationId !== 0 && registration !== undefined && known.registrationId !== registration)
      await authState.keys.set({ session: { [signalRepository.jidToSignalProtocolAddress(asker)]: null } });
    await socket.assertSessions([asker], true);
  }

  private count(outcome: ResendOutcome): void {
    this.parts.figures.resend(outcome);
  }
}
