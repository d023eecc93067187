import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuthenticationState, BinaryNode, LIDMapping } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { retryWhileUnavailable } from '../../auth-state/auth-state.errors.js';
import { PROCESSABLE_HISTORY_TYPES, decryptMediaRetryData, getBinaryNodeChild, proto } from '../baileys.js';
import { isOwnJid } from '../linked-account.js';
import { processHistory, type HistorySources } from './history-processor.js';
import type { HistoryChunk, HistoryChunkStore } from './history-chunk.store.js';
import { HostedFileGoneError, type HostedFileParts } from '../receiving/hosted-file.reader.js';
import { readHistoryFile } from './history-file.reader.js';
import {
  decodeNotification,
  encodeNotification,
  hollow,
  isSamePart,
  readNotification,
  type HistoryNotification
} from './history-notification.reader.js';
import { confirmationOf, isConfirmation, uploadRequest } from './history-receipt.builder.js';
import type { HistorySet } from './history-set.mapper.js';

/** The waits between attempts to reach the media host; after the last attempt, the next connection tries again. */
const RETRY_AFTER_MS = [1_000, 5_000, 20_000, 60_000];
/** A phone that has not uploaded a chunk after this many requests is not expected to do so. */
const MAX_REQUESTS = 5;

/** Runs a function outside any key transaction: the snapshot is taken at load time, before any transaction. */
const outside = AsyncLocalStorage.snapshot();

export interface HistoryReceiverParts {
  readonly store: HistoryChunkStore;
  readonly state: AuthenticationState;
  /** Whether the session requests this part of the history. */
  readonly wanted: (notification: HistoryNotification) => boolean;
  readonly files: HostedFileParts;
  /** Stores the secrets in the messages of a chunk, and decrypts the sealed parts of these messages in place. */
  readonly takeSecrets: (set: HistorySet) => Promise<void>;
  /** Publishes a chunk. Resolves to `true` once each of its events is in the log or can never be. */
  readonly publish: (chunk: string, set: HistorySet) => Promise<boolean>;
  /** Stores pairs of phone number and LID, unless a better source has provided them. */
  readonly addPairs: (pairs: LIDMapping[]) => Promise<void>;
  /** Stores the salt of the account, which arrives with its first history. */
  readonly keepSalt: (salt: Uint8Array) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/**
 * Receives chunks of history in place of Baileys, which confirms them before it has fetched them. A chunk is stored in the auth state before its message is
 * acknowledged, then fetched and published, and confirmed to the phone once its events are in the log. The next connection resumes unfinished chunks. If a
 * file is missing, the phone is asked to upload it again.
 */
export class HistoryReceiver {
  /** Unpublished chunks by id, with Baileys' confirmation of each once Baileys has sent it. */
  private readonly held = new Map<string, BinaryNode | null>();
  /** Chunks whose files the phone was asked to upload again. */
  private readonly awaited = new Map<string, HistoryChunk>();
  private turn: Promise<void> = Promise.resolve();
  private sources: HistorySources | null = null;
  private send: (node: BinaryNode) => Promise<void> = () => Promise.reject(new Error('Not connected'));
  private lastAt = 0;

  constructor(private readonly parts: HistoryReceiverParts) {}

  /** Sets the stores for LID mappings and contact tokens, which `makeSignalRepository` provides. */
  use(sources: HistorySources): void {
    this.sources = sources;
  }

  /** Listens to the socket; after the login, resumes the chunks that earlier connections left. */
  attach(stanzas: EventEmitter, send: (node: BinaryNode) => Promise<void>): void {
    this.send = send;
    stanzas.once('CB:success', () => this.enqueue(() => this.resume()));
    stanzas.on('CB:notification,type:mediaretry', (notification: BinaryNode) => this.uploadedAgain(notification));
  }

  /** Inspects a decrypted message from the account's phone. Resolves to its plaintext for Baileys; a chunk of history is on disk, replaced by an empty one. */
  async take({ attrs }: BinaryNode, plaintext: Uint8Array): Promise<Uint8Array> {
    const { creds } = this.parts.state;
    if (attrs['category'] !== 'peer' || !isOwnJid(attrs['from'] ?? '', creds)) return plaintext;
    const notification = readNotification(plaintext);
    const id = attrs['id'] ?? '';
    if (!notification || !this.isWanted(notification)) return plaintext;
    // A chunk from an earlier connection that WhatsApp delivered again before it was published.
    if (this.held.has(id)) return hollow(plaintext);
    const chunk: HistoryChunk = {
      id,
      at: (this.lastAt = Math.max(Date.now(), this.lastAt + 1)),
      notification: encodeNotification(notification),
      isLatest: !creds.processedHistoryMessages?.length && this.held.size === 0,
      asked: this.askedBefore(notification)
    };
    await this.stored(() => this.parts.store.put(chunk));
    this.held.set(id, null);
    this.enqueue(() => this.complete(chunk, false));
    return hollow(plaintext);
  }

  /** Holds back Baileys' confirmation of a chunk until the chunk is published; returns every other outgoing stanza. */
  readonly intercept = (node: BinaryNode): BinaryNode | null => {
    const id = node.attrs['id'] ?? '';
    if (!isConfirmation(node) || !this.held.has(id)) return node;
    this.held.set(id, node);
    return null;
  };

  private isWanted(notification: HistoryNotification): boolean {
    const types: readonly unknown[] = PROCESSABLE_HISTORY_TYPES;
    return types.includes(notification.syncType) && this.parts.wanted(notification);
  }

  private async resume(): Promise<void> {
    const chunks = await this.stored(() => this.parts.store.list());
    for (const chunk of chunks) {
      if (this.held.has(chunk.id)) continue;
      this.held.set(chunk.id, null);
      this.enqueue(() => this.complete(chunk, true));
    }
    if (chunks.length > 0) this.parts.logger.info({ chunks: chunks.length }, 'resuming unpublished history');
  }

  /** Runs steps one after another, since each chunk may need much memory. */
  private enqueue(step: () => Promise<void>): void {
    const { ended, logger } = this.parts;
    this.turn = this.turn.then(async () => {
      if (ended.aborted) return;
      await outside(step).catch((err: unknown) => {
        if (!ended.aborted) logger.warn({ err }, 'history chunk postponed until the next connection');
      });
    });
  }

  private async complete(chunk: HistoryChunk, resumed: boolean): Promise<void> {
    const notification = decodeNotification(chunk.notification);
    const packed = await this.fetch(chunk, notification);
    if (!packed) return;
    const set = await processHistory({ ...chunk, notification, packed }, this.requireSources(), this.parts);
    await this.parts.takeSecrets(set);
    if (!(await this.parts.publish(chunk.id, set))) return;
    await this.finish(chunk, notification, resumed);
  }

  private async finish(chunk: HistoryChunk, notification: HistoryNotification, resumed: boolean): Promise<void> {
    const { state, store } = this.parts;
    const confirmation = this.held.get(chunk.id);
    this.held.delete(chunk.id);
    const own = state.creds.me?.id;
    // If Baileys has not sent its confirmation yet, it passes later.
    if (confirmation) await this.send(confirmation);
    else if (resumed && own) await this.send(confirmationOf(chunk.id, own));
    await this.stored(() => store.remove(chunk));
    for (const asked of this.awaited.values()) {
      if (!isSamePart(decodeNotification(asked.notification), notification)) continue;
      this.awaited.delete(asked.id);
      this.held.delete(asked.id);
      await this.stored(() => store.remove(asked));
    }
  }

  /** Resolves to the packed content; `null` if the file is gone and the phone was asked to upload it again. */
  private async fetch(chunk: HistoryChunk, notification: HistoryNotification): Promise<Uint8Array | null> {
    const { files, ended, logger } = this.parts;
    for (let attempt = 0; ; attempt++) {
      try {
        return await readHistoryFile(notification, files, ended);
      } catch (err) {
        if (err instanceof HostedFileGoneError) return this.askAgain(chunk, notification, err);
        const waitMs = RETRY_AFTER_MS[attempt];
        if (waitMs === undefined || ended.aborted) throw err;
        logger.debug({ err, waitMs }, 'failed to fetch a history chunk, retrying');
        await delay(waitMs, undefined, { signal: ended, ref: false });
      }
    }
  }

  private async askAgain(chunk: HistoryChunk, notification: HistoryNotification, err: Error): Promise<null> {
    const { state, store, logger } = this.parts;
    const own = state.creds.me?.id;
    const { mediaKey, syncType, chunkOrder } = notification;
    if (chunk.asked >= MAX_REQUESTS || !own || !mediaKey?.length) {
      logger.error({ err, syncType, chunkOrder, asked: chunk.asked }, 'history chunk lost: the phone did not upload it again');
      await this.finish(chunk, notification, true);
      return null;
    }
    const asked = { ...chunk, asked: chunk.asked + 1 };
    await this.stored(() => store.put(asked));
    this.awaited.set(chunk.id, asked);
    logger.warn({ err, syncType, chunkOrder, asked: asked.asked }, 'history chunk missing, asking the phone to upload it again');
    await this.send(uploadRequest(chunk.id, own, mediaKey));
    return null;
  }

  private askedBefore(notification: HistoryNotification): number {
    const before = [...this.awaited.values()].find(asked => isSamePart(decodeNotification(asked.notification), notification));
    return before?.asked ?? 0;
  }

  /** Handles a `mediaretry` answer. Phones actually send the chunk in a new message, but an answer like that for a file of a chat is accepted too. */
  private uploadedAgain(answer: BinaryNode): void {
    const chunk = this.awaited.get(answer.attrs['id'] ?? '');
    if (!chunk) return;
    this.enqueue(async () => {
      const notification = decodeNotification(chunk.notification);
      const encrypt = getBinaryNodeChild(answer, 'encrypt');
      const [ciphertext, iv] = ['enc_p', 'enc_iv'].map(tag => getBinaryNodeChild(encrypt, tag)?.content as Uint8Array | undefined);
      if (!ciphertext || !iv || !notification.mediaKey) return;
      const { result, directPath } = decryptMediaRetryData({ ciphertext, iv }, notification.mediaKey, chunk.id);
      if (result !== proto.MediaRetryNotification.ResultType.SUCCESS || !directPath) return;
      this.awaited.delete(chunk.id);
      await this.complete({ ...chunk, notification: encodeNotification({ ...notification, directPath }) }, true);
    });
  }

  private stored<T>(write: () => Promise<T>): Promise<T> {
    return retryWhileUnavailable(write, this.parts.ended);
  }

  private requireSources(): HistorySources {
    if (!this.sources) throw new Error('The socket does not have a Signal repository yet');
    return this.sources;
  }
}
