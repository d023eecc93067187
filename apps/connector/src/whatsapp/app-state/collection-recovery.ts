import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  AuthenticationCreds,
  BinaryNode,
  ChatMutation,
  LTHashState,
  SignalKeyStoreWithTransaction,
  WAPatchName,
  WASocket
} from '@whiskeysockets/baileys';
import type { AppStateFailure } from '@wabus/contracts';
import type { Logger } from 'pino';
import { encodeWAMessage, jidNormalizedUser, processSyncAction, proto } from '../baileys.js';
import { indexMac } from './collection-mac.builder.js';
import { readPeerMessage } from './peer-message.reader.js';
import { decodeRecovery, type RecoveredCollection } from './recovered-collection.reader.js';

const { COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY: RECOVERY } = proto.Message.PeerDataOperationRequestType;
/** The number of attempts before Baileys leaves a collection as it is: first patches, then a snapshot. */
const READS = 2;
/** The phone is asked once within this time (mautrix-whatsapp b6f3348d). */
const ASK_AGAIN_MS = 2 * 24 * 3_600_000;
/** A phone that is online answers within seconds. A later answer is accepted too. */
const ANSWER_LIMIT_MS = 300_000;
/** WhatsApp's answers to a read that stay the same in another attempt (whatsmeow, whatsapp-rust). */
const FINAL_CODES: ReadonlySet<number> = new Set([400, 404, 405, 406]);

/** Runs a function outside the key transaction in which a collection is read: the snapshot is taken at load time, before any transaction. */
const outside = AsyncLocalStorage.snapshot();

/** The data about its collections that a session keeps across connections. */
export class CollectionMemory {
  /** Collections whose copy differs from those of other devices. */
  readonly diverged = new Set<string>();
  /** When the phone was asked for each collection, in milliseconds of `performance.now()`. */
  readonly asked = new Map<string, number>();
  /** The last failure reported for each unreadable collection. */
  readonly reported = new Map<string, string>();
}

export interface CollectionRecoveryParts {
  readonly memory: CollectionMemory;
  readonly creds: AuthenticationCreds;
  /** Receives each collection that cannot be recovered. */
  readonly givenUp: (failure: AppStateFailure) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

type RecoverySocket = Pick<WASocket, 'relayMessage' | 'resyncAppState' | 'ev'> & {
  readonly authState: { readonly keys: SignalKeyStoreWithTransaction };
};

/**
 * Recovers collections that Baileys could read neither from patches nor from a snapshot: requests the phone's copy
 * (`COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY`; whatsmeow 1ba7ebaf, whatsapp-rust PR 1375), replaces the collection with it, and reports if that fails.
 * The older request for a fatal exception is never sent: it unlinks all devices.
 */
export class CollectionRecovery {
  private socket: RecoverySocket | null = null;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** The requested collection by the id of the request. */
  private readonly requests = new Map<string, string>();
  /** Collections that Baileys reads again when a key arrives. */
  private readonly blocked = new Set<string>();
  /** Copies from the phone for which a key is missing. */
  private readonly waiting = new Map<string, RecoveredCollection>();

  constructor(private readonly parts: CollectionRecoveryParts) {
    parts.ended.addEventListener('abort', () => this.timers.forEach(timer => clearTimeout(timer)), { once: true });
  }

  attach(socket: RecoverySocket): void {
    this.socket = socket;
  }

  /** Handles a collection that Baileys could not read. `MissingKeys` requests missing keys. */
  readonly failed = (name: WAPatchName, error: Error, attempt: number): void => {
    const { logger } = this.parts;
    logger.warn({ err: error, collection: name, attempt }, 'failed to read a collection of the synchronized state');
    if (attempt < READS) return;
    if (isMissingKey(error)) this.blocked.add(name);
    else this.ask(name);
  };

  /** Handles WhatsApp's refusal to send a collection. */
  refused(name: string, code: number): void {
    if (FINAL_CODES.has(code)) this.giveUp({ collection: name, reason: 'refused', code });
  }

  /** Reports the collections that wait for a key, because no device of the account has the key. */
  keysMissing(): void {
    for (const collection of [...this.blocked, ...this.waiting.keys()]) this.giveUp({ collection, reason: 'keys-missing', code: null });
  }

  /** Applies the copies that wait for keys, because new keys are stored. Baileys resumes its own collections. */
  keysArrived(): void {
    this.blocked.clear();
    for (const copy of [...this.waiting.values()]) this.apply(copy);
  }

  /** Clears the failures of a collection that could be read. */
  readonly verified = (name: string): void => {
    const { memory } = this.parts;
    memory.asked.delete(name);
    memory.reported.delete(name);
    this.clearTimer(name);
  };

  /** Inspects a decrypted message from the account's phone. Returns its plaintext for Baileys, without copies of collections, which need no event. */
  take(stanza: BinaryNode, plaintext: Uint8Array): Uint8Array {
    const protocolMessage = readPeerMessage(stanza, plaintext, this.parts.creds);
    const response = protocolMessage?.peerDataOperationRequestResponseMessage;
    if (response?.peerDataOperationRequestType !== RECOVERY) return plaintext;
    const copies = (response.peerDataOperationResult ?? []).flatMap(result => result.syncdSnapshotFatalRecoveryResponse ?? []);
    response.peerDataOperationResult = [];
    if (copies.length === 0) this.unanswered(response.stanzaId ?? '');
    for (const copy of copies)
      decodeRecovery(copy).then(
        collection => this.apply(collection),
        (err: unknown) => {
          this.parts.logger.warn({ err }, 'the phone sent an unreadable collection');
          this.unanswered(response.stanzaId ?? '');
        }
      );
    return encodeWAMessage({ protocolMessage });
  }

  private ask(name: WAPatchName): void {
    const { memory, logger } = this.parts;
    const askedAt = memory.asked.get(name);
    if (askedAt !== undefined && performance.now() - askedAt < ASK_AGAIN_MS) {
      // There is no other remedy: the phone was asked, and its answer, if there was one, did not help.
      if (!this.timers.has(name)) this.giveUp({ collection: name, reason: 'unverified', code: null });
      return;
    }
    memory.asked.set(name, performance.now());
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name);
        this.giveUp({ collection: name, reason: 'unverified', code: null });
      }, ANSWER_LIMIT_MS).unref()
    );
    logger.warn({ collection: name }, 'requesting a collection of the synchronized state from the phone');
    outside(() => this.request(name)).catch((err: unknown) => {
      if (this.parts.ended.aborted) return;
      logger.warn({ err, collection: name }, 'failed to request a collection from the phone');
      memory.asked.delete(name);
      this.clearTimer(name);
    });
  }

  private async request(collectionName: string): Promise<void> {
    const own = jidNormalizedUser(this.parts.creds.me?.id);
    const message = {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_MESSAGE,
        peerDataOperationRequestMessage: {
          peerDataOperationRequestType: RECOVERY,
          syncdCollectionFatalRecoveryRequest: { collectionName, timestamp: Math.floor(Date.now() / 1_000) }
        }
      }
    };
    const id = await this.socket!.relayMessage(own, message, {
      additionalAttributes: { category: 'peer', push_priority: 'high_force' },
      additionalNodes: [{ tag: 'meta', attrs: { appdata: 'default' } }]
    });
    this.requests.set(id, collectionName);
  }

  /** Handles an answer of the phone without a usable copy. */
  private unanswered(request: string): void {
    const name = this.requests.get(request);
    if (name === undefined) return;
    this.requests.delete(request);
    this.clearTimer(name);
    this.giveUp({ collection: name, reason: 'unverified', code: null });
  }

  private apply(copy: RecoveredCollection): void {
    const { logger, memory, ended } = this.parts;
    if (!memory.asked.has(copy.name)) return;
    outside(() => this.replace(copy)).then(
      version => {
        this.waiting.delete(copy.name);
        if (version === null) return;
        this.verified(copy.name);
        memory.diverged.delete(copy.name);
        logger.info({ collection: copy.name, version, records: copy.records.length }, 'received a collection from the phone');
        return this.socket!.resyncAppState([copy.name as WAPatchName], false);
      },
      (err: unknown) => {
        if (ended.aborted) return;
        if (isMissingKey(err)) this.waiting.set(copy.name, copy);
        else logger.warn({ err, collection: copy.name }, 'failed to apply the collection from the phone');
      }
    );
  }

  /** Stores the phone's copy and emits its records. Resolves to its version, or to `null` if the stored collection is newer. */
  private async replace({ name, version, records, hash }: RecoveredCollection): Promise<number | null> {
    const { authState, ev } = this.socket!;
    const { keys } = authState;
    const mutations: ChatMutation[] = [];
    const replaced = await keys.transaction(async () => {
      const stored = (await keys.get('app-state-sync-version', [name]))[name];
      if (stored && stored.version > version) return null;
      const state: LTHashState = { version, hash: Buffer.from(hash), indexValueMap: {} };
      for (const { action, keyId, mac } of records) {
        const key = await this.keyData(keys, Buffer.from(keyId).toString('base64'));
        const index = Buffer.from(action.index ?? []);
        state.indexValueMap[indexMac(index, key).toString('base64')] = { valueMac: Buffer.from(mac) };
        mutations.push({ syncAction: action, index: JSON.parse(index.toString('utf8')) as ChatMutation['index'] });
      }
      await keys.set({ 'app-state-sync-version': { [name]: state } });
      return version;
      // Baileys' own reads use the same transaction key, so the two never overlap.
    }, this.parts.creds.me?.id ?? 'resync-app-state');
    if (replaced === null) return null;
    await ev.createBufferedFunction(() => Promise.resolve(mutations.forEach(mutation => this.emit(mutation))))();
    return replaced;
  }

  private emit(mutation: ChatMutation): void {
    const { ev } = this.socket!;
    const { me } = this.parts.creds;
    const salt = (mutation.syncAction.value as { nctSaltSyncAction?: { salt?: Uint8Array } } | undefined)?.nctSaltSyncAction?.salt;
    if (mutation.index[0] === 'nct_salt_sync') ev.emit('creds.update', { nctSalt: salt?.length ? Buffer.from(salt) : null } as object);
    else if (me) processSyncAction(mutation, ev, me);
  }

  private async keyData(keys: SignalKeyStoreWithTransaction, id: string): Promise<Uint8Array> {
    const key = (await keys.get('app-state-sync-key', [id]))[id]?.keyData;
    if (!key?.length)
      throw Object.assign(new Error(`The key ${id} of the synchronized state is missing`), { data: { isMissingKey: true } });
    return key;
  }

  private giveUp(failure: AppStateFailure): void {
    const { memory, logger, givenUp } = this.parts;
    const what = `${failure.reason} ${failure.code}`;
    if (memory.reported.get(failure.collection) === what) return;
    memory.reported.set(failure.collection, what);
    logger.error(failure, 'giving up on a collection of the synchronized state');
    givenUp(failure);
  }

  private clearTimer(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}

function isMissingKey(error: unknown): boolean {
  return (error as { data?: { isMissingKey?: boolean } } | undefined)?.data?.isMissingKey === true;
}
