import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject
} from 'node:crypto';
import { WabusError } from '../errors/wabus-error.js';
import type { SealedPart } from './credential-transfer.js';

const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals the parts of one stream for the holder of one key: X25519 with an ephemeral key, HKDF-SHA256, and AES-256-GCM with the number of the part as nonce.
 * A reader of the NATS messages learns nothing about the content, and parts cannot be omitted, repeated or moved to another transfer.
 */
export class TransferSealer {
  private readonly own = generateKeyPairSync('x25519');
  private readonly key: Buffer;
  private next = 0;

  /**
   * @param publicKey the public key of the reader
   * @param context the purpose of the stream, which must be the same on both sides
   * @throws {WabusError} `INVALID_REQUEST` if `publicKey` is not a valid key
   */
  constructor(publicKey: string, context: string) {
    const reader = Buffer.from(publicKey, 'base64');
    this.key = sharedKey(this.own.privateKey, reader, { sealer: rawKey(this.own.publicKey), reader, context });
  }

  seal(content: Uint8Array): SealedPart {
    const index = this.next++;
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce(index));
    const sealed = Buffer.concat([rawKey(this.own.publicKey), cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    return { index, content: sealed.toString('base64') };
  }
}

/** Opens the parts of one stream in order. The key exists only in memory, and is lost with this object. */
export class TransferOpener {
  private key: Buffer | null = null;
  private next = 0;

  /** @param own the private key for which the stream is sealed; a new one by default */
  constructor(
    private readonly context: string,
    private readonly own: KeyObject = generateKeyPairSync('x25519').privateKey
  ) {}

  get publicKey(): string {
    return rawKey(createPublicKey(this.own)).toString('base64');
  }

  /**
   * Opens a part.
   * @throws {WabusError} `INVALID_REQUEST` for a part that is not the next one of this stream
   */
  open({ index, content }: SealedPart): Buffer {
    const sealed = Buffer.from(String(content), 'base64');
    if (index !== this.next || sealed.length < KEY_BYTES + TAG_BYTES) throw notTheNext();
    try {
      this.key ??= sharedKey(this.own, sealed.subarray(0, KEY_BYTES), {
        sealer: sealed.subarray(0, KEY_BYTES),
        reader: rawKey(createPublicKey(this.own)),
        context: this.context
      });
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce(index), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const opened = Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()]);
      this.next++;
      return opened;
    } catch {
      throw notTheNext();
    }
  }
}

function sharedKey(
  own: KeyObject,
  other: Buffer,
  { sealer, reader, context }: { sealer: Buffer; reader: Buffer; context: string }
): Buffer {
  if (other.length !== KEY_BYTES) throw notTheNext();
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, other]), format: 'der', type: 'spki' });
  const secret = diffieHellman({ privateKey: own, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, Buffer.concat([sealer, reader]), `wabus transfer\n${context}`, 32));
}

const rawKey = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);

function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(NONCE_BYTES);
  bytes.writeUInt32BE(index, NONCE_BYTES - 4);
  return bytes;
}

const notTheNext = () =>
  new WabusError('INVALID_REQUEST', { message: 'This is not the next part of the transfer. Start the transfer again.' });
