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
 * The credentials and keys of one socket in Baileys' form, stored in our auth state. Reads and writes wait for an unresponsive broker until `ended` is aborted:
 * Baileys confirms a message only after its keys were written, and must not interpret a missing broker as an undecryptable message.
 */
export class SocketCredentials {
  readonly state: AuthenticationState;
  private saving: Promise<void> = Promise.resolve();
  private unusable: (err: unknown) => void = () => undefined;
  /** By inbox entry: the functions that receive the promise of its write. */
  private readonly later = new Map<object, (written: Promise<void>) => void>();

  private constructor(
    private readonly auth: AuthState,
    private readonly creds: AuthenticationCreds,
    private readonly ended: AbortSignal
  ) {
    this.state = { creds, keys: this.keyStore() };
  }

  /** Reads the stored credentials, or creates new ones without a link, which only `save` stores. */
  static async open(auth: AuthState, ended: AbortSignal): Promise<SocketCredentials> {
    const stored = await retryWhileUnavailable(() => auth.readCredentials(), ended);
    const credentials = new SocketCredentials(auth, (stored as AuthenticationCreds | null) ?? initAuthCreds(), ended);
    if (credentials.discardUnfinishedPairing()) await credentials.save();
    return credentials;
  }

  /** Sets the listener for reads and writes that fail permanently. It must end the socket. */
  onUnusable(listener: (err: unknown) => void): void {
    this.unusable = listener;
  }

  /**
   * Ends the socket because of a failed read or write, and rejects with the error once the socket has ended. Baileys would treat the failure as an unreadable
   * message, request the message again and confirm it; its sender would then resend it after later messages. Without a confirmation, WhatsApp delivers it again
   * in order. A record that is too large rejects immediately without ending the socket, since every attempt would fail.
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

  /** Whether a jid, with or without a device part, belongs to the account. */
  isMe(jid: string): boolean {
    return isOwnJid(jid, this.creds);
  }

  /** Stores the current credentials. The auth state coalesces overlapping calls. */
  save(): Promise<void> {
    const write = retryWhileUnavailable(() => this.auth.writeCredentials(plainCopy(this.creds) as object), this.ended);
    this.saving = Promise.all([this.saving, write]).then(() => undefined);
    // The caller or `settled` handles a rejection; without this, the chain would also have an unhandled rejection.
    this.saving.catch(() => undefined);
    return write;
  }

  /** Resolves once all credentials saved so far are stored; rejects if one could not be stored. */
  settled(): Promise<void> {
    return this.saving;
  }

  /**
   * Discards a pairing that did not finish; returns whether there was one. A pairing code sets `me` before a phone has linked the device, and the next
   * connection would try to log in with it and be refused.
   */
  discardUnfinishedPairing(): boolean {
    if (this.linked || (!this.creds.me && !this.creds.pairingCode)) return false;
    this.creds.me = undefined;
    this.creds.pairingCode = undefined;
    this.creds.registered = false;
    return true;
  }

  /**
   * Lets the transaction that stores this inbox entry settle as soon as its changes can be read, before they are on disk. The changes are written in the order
   * of the transactions. Resolves once the entry is on disk, after all earlier ones. Rejects if it cannot be stored; later entries then reject too.
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
        // Only these keys are protobuf instances, whose own JSON form converts bytes to text.
        if (plain['app-state-sync-key']) plain['app-state-sync-key'] = plainCopy(plain['app-state-sync-key']) as Record<string, unknown>;
        const written = retryWhileUnavailable(() => this.auth.writeKeys(plain), this.ended).catch((err: unknown) => this.giveUp(err));
        if (!this.isLater(Object.values(plain[INBOX_TYPE] ?? {}), written)) await written;
      }
    };
    return store as SignalKeyStore;
  }
}

/** Whether an error reports that a value is too large for a record. */
export const isTooLarge = (err: unknown): boolean => err instanceof WabusError && err.code === 'PAYLOAD_TOO_LARGE';

function mapValues(values: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, map(value)]));
}

/** Returns a copy of only plain objects, arrays and `Buffer`s, even if the value contains protobuf instances: exact numbers for `Long`, no `undefined`. */
export function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Long.isLong(value)) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value.toString();
  if (Array.isArray(value)) return value.map(plainCopy);
  const copies = Object.entries(value).map(([key, item]) => [key, plainCopy(item)] as const);
  return Object.fromEntries(copies.filter(([, item]) => item !== undefined));
}
