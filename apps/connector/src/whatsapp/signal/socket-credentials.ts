import { once } from 'node:events';
import { WabusError } from '@wabus/contracts';
import type { AuthenticationCreds, AuthenticationState, SignalDataSet, SignalKeyStore } from '@whiskeysockets/baileys';
import Long from 'long';
import { retryWhileUnavailable } from '../../auth-state/auth-state.errors.js';
import type { AuthState } from '../../auth-state/auth-state.js';
import { initAuthCreds, proto } from '../baileys.js';
import { INBOX_TYPE } from '../inbox.js';
import { isOwnJid } from '../linked-account.js';

/**
 * Credentials and keys of one socket in Baileys' form, over our auth state. Reads and writes wait out a broker that does not answer, until `ended` is aborted:
 * Baileys answers a message only after its keys were written, and must not take a broker's absence for a message that cannot be decrypted.
 */
export class SocketCredentials {
  readonly state: AuthenticationState;
  private saving: Promise<void> = Promise.resolve();
  private unusable: (err: unknown) => void = () => undefined;
  /** Get the writing of the entry of the inbox. */
  private readonly later = new Map<object, (written: Promise<void>) => void>();

  private constructor(
    private readonly auth: AuthState,
    private readonly creds: AuthenticationCreds,
    private readonly ended: AbortSignal
  ) {
    this.state = { creds, keys: this.keyStore() };
  }

  /** The stored credentials, or new ones that nothing is linked to yet. Not stored before a `save`. */
  static async open(auth: AuthState, ended: AbortSignal): Promise<SocketCredentials> {
    const stored = await retryWhileUnavailable(() => auth.readCredentials(), ended);
    const credentials = new SocketCredentials(auth, (stored as AuthenticationCreds | null) ?? initAuthCreds(), ended);
    if (credentials.discardUnfinishedPairing()) await credentials.save();
    return credentials;
  }

  /** Calls the listener, which must end the socket, when something can be neither read nor stored. */
  onUnusable(listener: (err: unknown) => void): void {
    this.unusable = listener;
  }

  /**
   * Has the socket ended over a failure to read or to store, and rejects with it when that is done. Baileys would take the failure for that of a message, ask for it again and confirm it:
   * its sender would send it after those that followed it. Without an answer WhatsApp delivers it again, in order. What is too large for a record rejects at once: it would be so each time.
   */
  readonly giveUp = async (err: unknown): Promise<never> => {
    if (isTooLarge(err)) throw err;
    if (!this.ended.aborted) this.unusable(err);
    if (!this.ended.aborted) await once(this.ended, 'abort');
    throw err;
  };

  get linked(): boolean {
    return Boolean(this.creds.me?.id && this.creds.account);
  }

  /** Whether a jid, with or without a device, is one of the account. */
  isMe(jid: string): boolean {
    return isOwnJid(jid, this.creds);
  }

  /** Stores the credentials as they are now. Overlapping calls are coalesced by the auth state. */
  save(): Promise<void> {
    const write = retryWhileUnavailable(() => this.auth.writeCredentials(plainCopy(this.creds) as object), this.ended);
    this.saving = Promise.all([this.saving, write]).then(() => undefined);
    // The rejection is the caller's or `settled`'s to handle; without this it would also be an unhandled one of the chain.
    this.saving.catch(() => undefined);
    return write;
  }

  /** Settles when everything saved so far is stored; rejects when something could not be. */
  settled(): Promise<void> {
    return this.saving;
  }

  /** A pairing code sets `me` before any phone has linked the device; the next connection would try to log in with it and be refused. Returns whether there was something to discard. */
  discardUnfinishedPairing(): boolean {
    if (this.linked || (!this.creds.me && !this.creds.pairingCode)) return false;
    this.creds.me = undefined;
    this.creds.pairingCode = undefined;
    this.creds.registered = false;
    return true;
  }

  /**
   * The transaction that stores this entry of the inbox settles as soon as its changes can be read; they are written in the order of the transactions.
   * Settles when it is on disk, after all that were before it. Rejects when it cannot be stored, and so do those after it.
   */
  writtenLater(entry: object): Promise<void> {
    return new Promise<void>(resolve => this.later.set(entry, resolve));
  }

  private isLater(entries: readonly unknown[], written: Promise<void>): boolean {
    const waiting = entries.filter(entry => this.later.has(entry as object)) as object[];
    for (const entry of waiting) {
      this.later.get(entry)!(written);
      this.later.delete(entry);
    }
    return waiting.length > 0;
  }

  private keyStore(): SignalKeyStore {
    const store = {
      get: async (type: string, ids: string[]): Promise<Record<string, unknown>> => {
        const values = await retryWhileUnavailable(() => this.auth.readKeys(type, ids), this.ended).catch((err: unknown) =>
          this.giveUp(err)
        );
        return type === 'app-state-sync-key'
          ? mapValues(values, value => proto.Message.AppStateSyncKeyData.fromObject(value as object))
          : values;
      },
      set: async (changes: SignalDataSet): Promise<void> => {
        const plain = { ...changes } as Record<string, Record<string, unknown>>;
        // The only keys that are protobuf instances, whose own JSON form turns bytes into texts.
        if (plain['app-state-sync-key']) plain['app-state-sync-key'] = plainCopy(plain['app-state-sync-key']) as Record<string, unknown>;
        const written = retryWhileUnavailable(() => this.auth.writeKeys(plain), this.ended).catch((err: unknown) => this.giveUp(err));
        if (!this.isLater(Object.values(plain[INBOX_TYPE] ?? {}), written)) await written;
      }
    };
    return store as SignalKeyStore;
  }
}

/** Whether something was refused because no record takes it. */
export const isTooLarge = (err: unknown): boolean => err instanceof WabusError && err.code === 'PAYLOAD_TOO_LARGE';

function mapValues(values: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, map(value)]));
}

/** A copy made of plain objects, arrays and `Buffer`s only, whatever protobuf instances the value holds: exact numbers for `Long`, no `undefined`. */
export function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Long.isLong(value)) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value.toString();
  if (Array.isArray(value)) return value.map(plainCopy);
  const copies = Object.entries(value).map(([key, item]) => [key, plainCopy(item)] as const);
  return Object.fromEntries(copies.filter(([, item]) => item !== undefined));
}
