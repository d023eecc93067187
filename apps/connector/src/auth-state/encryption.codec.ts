import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from 'node:crypto';
import type { AuthKey } from './auth-key-file.js';
import { AuthStateUnreadableError } from './auth-state.errors.js';

const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/**
 * Encrypts the records of one session with AES-256-GCM: `version (1) | key id (4) | nonce (12) | ciphertext | tag (16)`.
 * The name of the record and the header are authenticated too, so a value moved to another name cannot be decrypted.
 * Each session has its own keys (HKDF-SHA256), so that random nonces never come near their limit.
 */
export class SessionCipher {
  private readonly derived = new Map<string, Buffer>();
  /** Header of every encrypted value. */
  private readonly header: Buffer;

  /** @param keys the first encrypts, all decrypt */
  constructor(
    private readonly keys: readonly AuthKey[],
    private readonly session: string
  ) {
    this.header = Buffer.concat([Buffer.of(VERSION), keys[0]!.id]);
  }

  encrypt(name: string, plaintext: Uint8Array): Buffer {
    const key = this.keys[0]!;
    const nonce = nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.derive(key), nonce);
    cipher.setAAD(authenticated(this.header, name));
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([this.header, nonce, ciphertext, cipher.getAuthTag()]);
  }

  /** Throws `AuthStateUnreadableError`. */
  decrypt(name: string, stored: Uint8Array): Buffer {
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
    if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) throw damaged(name);
    const header = bytes.subarray(0, HEADER_BYTES);
    const id = header.subarray(1);
    const key = this.keys.find(candidate => candidate.id.equals(id));
    if (!key) {
      throw new AuthStateUnreadableError(
        'unknown-key',
        `auth state ${name} was encrypted with key ${id.toString('hex')}, which is not in the key file; it contains ${this.keys.map(one => one.id.toString('hex')).join(', ')}`
      );
    }
    const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.derive(key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(authenticated(header, name));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
    } catch {
      throw damaged(name);
    }
  }

  private derive(key: AuthKey): Buffer {
    const id = key.id.toString('hex');
    const known = this.derived.get(id);
    if (known) return known;
    const derived = Buffer.from(hkdfSync('sha256', key.secret, '', `wabus auth state\n${this.session}`, 32));
    this.derived.set(id, derived);
    return derived;
  }
}

const nonces = Buffer.alloc(NONCE_BYTES * 256);
let usedBytes = nonces.length;

/** The random generator is called once for many nonces. */
function nextNonce(): Buffer {
  if (usedBytes === nonces.length) {
    randomFillSync(nonces);
    usedBytes = 0;
  }
  usedBytes += NONCE_BYTES;
  return Buffer.from(nonces.subarray(usedBytes - NONCE_BYTES, usedBytes));
}

function authenticated(header: Buffer, name: string): Buffer {
  return Buffer.concat([header, Buffer.from(name, 'utf8')]);
}

function damaged(name: string): AuthStateUnreadableError {
  return new AuthStateUnreadableError('damaged', `auth state ${name} is damaged: its key cannot decrypt it under its name`);
}
