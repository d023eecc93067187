import { hkdfSync, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import {
  OWNERSHIP_BUCKET,
  REGISTRY_BUCKET,
  SEALING_KEY,
  openSecret,
  sealingKeyPair,
  type SealedSecret,
  type SealingKey
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { SessionLease } from '../ownership/session-lease.js';
import type { AuthKey } from './auth-key-file.js';
import { clearingKey, namingKey } from './auth-record.codec.js';
import { AuthStateUnreadableError } from './auth-state.errors.js';
import { SessionCipher } from './encryption.codec.js';
import { EpochWriter } from './epoch.writer.js';
import { AuthStateMetrics } from './auth-state.metrics.js';
import { SessionRecords } from './session-records.store.js';
import { AuthState, NAMING_KEY_BYTES } from './auth-state.js';

const DEFAULT_CACHE_BYTES = 1024 * 1024;

export abstract class AuthStateOptions {
  /** The first encrypts, all decrypt. */
  abstract readonly keys: readonly AuthKey[];
  /** Maximum size of the decrypted records that each session keeps in memory, in bytes. Default 1 MiB. */
  abstract readonly cacheBytes?: number;
  abstract readonly logger: Logger;
}

/**
 * Auth state in the ownership bucket: encrypted records, each with its own key, and a write-ahead ring per session.
 * The epoch of the session fences every write.
 */
@Injectable()
export class AuthStateStore {
  private readonly bucket: KeyValue;

  constructor(
    buckets: KeyValueBuckets,
    private readonly options: AuthStateOptions,
    private readonly metrics: AuthStateMetrics
  ) {
    if (options.keys.length === 0) throw new Error('no key is available to encrypt the auth state');
    this.bucket = buckets.bucket(OWNERSHIP_BUCKET);
  }

  /** The public key with which other processes seal secrets of settings for the connectors. */
  get sealingKey(): SealingKey {
    const key = this.options.keys[0]!;
    return { key: key.id.toString('hex'), publicKey: sealingKeyPair(sealingSeed(key)).publicKey };
  }

  /** Decrypts a secret of settings. Throws `AuthStateUnreadableError` if it was sealed for a different key, or for a different purpose than `context`. */
  openSecret(context: string, secret: SealedSecret): string {
    const key = this.options.keys.find(({ id }) => id.toString('hex') === secret.key);
    if (!key) throw new AuthStateUnreadableError('unknown-key', `a secret was sealed for key ${secret.key}, which is not in the key file`);
    try {
      return openSecret(sealingKeyPair(sealingSeed(key)).privateKey, context, secret);
    } catch {
      throw new AuthStateUnreadableError('damaged', 'a secret in the settings is damaged: its key cannot decrypt it for its purpose');
    }
  }

  /**
   * Opens the auth state of a session.
   * Undecryptable auth state can be opened too, then cleared or erased; its reads and writes throw `AuthStateUnreadableError`.
   */
  async open(lease: SessionLease): Promise<AuthState> {
    const { keys, logger, cacheBytes = DEFAULT_CACHE_BYTES } = this.options;
    const cipher = new SessionCipher(keys, lease.session);
    const writer = new EpochWriter(this.bucket, lease);
    const records = new SessionRecords({ bucket: this.bucket, session: lease.session, cipher, writer, metrics: this.metrics });
    const [naming, clearing, unreadable] = await Promise.all([
      this.openNaming(lease, cipher, writer),
      this.bucket.get(clearingKey(lease.session)),
      records.load().then(() => null, whenUnreadable)
    ]);
    const state = new AuthState({ bucket: this.bucket, lease, cipher, writer, records, naming: unreadable ?? naming, cacheBytes, logger });
    if (clearing !== null) await state.finishClearing();
    // Counted only after a successful open: a failed open is retried, and its auth state is never closed.
    records.countUntil(lease.lost);
    return state;
  }

  /** Each session has one naming key, stored like a record, so that rotating the encryption key changes no name. */
  private async openNaming(
    lease: SessionLease,
    cipher: SessionCipher,
    writer: EpochWriter
  ): Promise<Uint8Array | AuthStateUnreadableError> {
    const key = namingKey(lease.session);
    const stored = await this.bucket.get(key);
    if (stored !== null) {
      try {
        return cipher.decrypt(key, stored.value);
      } catch (error) {
        return whenUnreadable(error);
      }
    }
    const naming = randomBytes(NAMING_KEY_BYTES);
    await writer.write(new Map([[key, cipher.encrypt(key, naming)]]));
    return naming;
  }
}

/** Undecryptable auth state is an outcome rather than an error, because the session can be cleared. */
function whenUnreadable(error: unknown): AuthStateUnreadableError {
  if (error instanceof AuthStateUnreadableError) return error;
  throw error;
}

/** Any process with the key file can open what was sealed for it, so a session keeps its secrets when another connector takes it over. */
function sealingSeed({ secret }: AuthKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'wabus sealing key', 32));
}

/**
 * Publishes the key with which edges seal secrets of settings, so that a password can be set before any connector owns the session.
 * Connectors that share a key file publish the same key.
 * After a rotation, the key of the connector that started last applies, and all of them can open secrets sealed for the older key.
 */
@Injectable()
export class SealingKeyPublisher implements OnModuleInit {
  private readonly bucket: KeyValue;

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: AuthStateStore,
    private readonly log: Log
  ) {
    this.bucket = buckets.bucket(REGISTRY_BUCKET);
  }

  async onModuleInit(): Promise<void> {
    const expected = JSON.stringify(this.store.sealingKey);
    for (;;) {
      const entry = await this.bucket.get(SEALING_KEY);
      if (entry && Buffer.from(entry.value).toString('utf8') === expected) return;
      const { written } = await this.bucket.compareAndSet(SEALING_KEY, Buffer.from(expected), entry?.revision ?? 0);
      if (written) return this.log.for('auth-state').info({ keyId: this.store.sealingKey.key }, 'sealing key published');
    }
  }
}
