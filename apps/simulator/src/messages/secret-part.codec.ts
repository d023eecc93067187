import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The use of a key, as WhatsApp Web names it (`WAUseCaseSecret`; whatsapp-rust secret_enc_addon.rs, whatsmeow msgsecret.go). */
export type PartUse = 'Poll Vote' | 'Event Response' | 'Enc Reaction' | 'Enc Comment' | 'Message Edit' | 'Event Edit';

/** Only these bind id and sender as additional data (`WAWebAddonEncryption`). */
const BOUND: ReadonlySet<PartUse> = new Set(['Poll Vote', 'Event Response']);
const TAG_BYTES = 16;

export interface PartContext {
  readonly use: PartUse;
  /** The id of the message to which the part belongs. */
  readonly id: string;
  /** `messageContextInfo.messageSecret` of that message. */
  readonly secret: Uint8Array;
  /** Jid of that message's author, without a device. */
  readonly author: string;
  /** Jid of the part's sender, without a device. */
  readonly sender: string;
}

export interface Sealed {
  readonly encPayload: Uint8Array;
  readonly encIv: Uint8Array;
}

export function sealForPhone(plaintext: Uint8Array, context: PartContext): Sealed {
  const encIv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(context), encIv).setAAD(boundTo(context));
  return { encPayload: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]), encIv };
}

/** Decrypts a part; returns `null` if it was encrypted for another context. */
export function unseal({ encPayload, encIv }: Sealed, context: PartContext): Buffer | null {
  try {
    const end = encPayload.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', keyOf(context), encIv).setAAD(boundTo(context)).setAuthTag(encPayload.subarray(end));
    return Buffer.concat([decipher.update(encPayload.subarray(0, end)), decipher.final()]);
  } catch {
    return null;
  }
}

/** Encrypts an answer of an assistant: `id` is its own id or that of the part that it replaces, `author` the asker, `sender` the assistant. */
export function sealForAsker(plaintext: Uint8Array, { secret, id, author, sender }: Omit<PartContext, 'use'>): Sealed {
  const base = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), 'Bot Message', 32));
  const key = Buffer.from(hkdfSync('sha256', base, Buffer.alloc(32), id + author + sender, 32));
  const encIv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, encIv).setAAD(Buffer.from(`${id}\0${sender}`));
  return { encPayload: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]), encIv };
}

function keyOf({ use, id, secret, author, sender }: PartContext): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), `${id}${author}${sender}${use}`, 32));
}

function boundTo({ use, id, sender }: PartContext): Buffer {
  return Buffer.from(BOUND.has(use) ? `${id}\0${sender}` : '');
}
