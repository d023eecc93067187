import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The uses of a key, with the labels of WhatsApp Web (`WAUseCaseSecret`; whatsmeow msgsecret.go, whatsapp-rust secret_enc_addon.rs). */
export const SECRET_USES = [
  'Poll Vote',
  'Event Response',
  'Enc Reaction',
  'Enc Comment',
  'Message Edit',
  'Event Edit',
  'Poll Edit',
  'Poll Add Option'
] as const;
export type SecretUse = (typeof SECRET_USES)[number];

/** The uses that bind message id and sender to the ciphertext as additional data; the other uses bind nothing. */
const BOUND: ReadonlySet<SecretUse> = new Set(['Poll Vote', 'Event Response']);
export const SECRET_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The values from which the key of a part is derived. Jids have no device part. */
export interface SecretContext {
  readonly use: SecretUse;
  readonly secret: Uint8Array;
  /** The id of the message to which the part refers. */
  readonly id: string;
  /** The author of that message. */
  readonly author: string;
  /** The sender of the part. */
  readonly sender: string;
}

export interface SealedBytes {
  readonly encPayload: Uint8Array;
  readonly encIv: Uint8Array;
}

/** Decrypts a part; returns `null` if it was encrypted in another context. */
export function openPart(part: SealedBytes, context: SecretContext): Buffer | null {
  return decrypted(part, keyOf(context.secret, context), boundBy(context));
}

export function sealPart(plaintext: Uint8Array, context: SecretContext): SealedBytes {
  const encIv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(context.secret, context), encIv).setAAD(boundBy(context));
  return { encPayload: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]), encIv };
}

/** The context of a bot's answer: `sender` is the bot, `author` the author of the prompt, `id` the id of the answer or of the answer that it edits. */
export type BotContext = Omit<SecretContext, 'use'>;

/** Decrypts a bot's answer with a key that is derived in two steps (whatsmeow `decryptBotMessage`, whatsapp-rust bot_message.rs). */
export function openBotAnswer(part: SealedBytes, { secret, id, author, sender }: BotContext): Buffer | null {
  const base = Buffer.from(hkdfSync('sha256', secret, '', 'Bot Message', SECRET_BYTES));
  const key = Buffer.from(hkdfSync('sha256', base, '', `${id}${author}${sender}`, SECRET_BYTES));
  return decrypted(part, key, Buffer.from(`${id}\0${sender}`));
}

function decrypted({ encPayload, encIv }: SealedBytes, key: Buffer, bound: Buffer): Buffer | null {
  if (encIv.length !== IV_BYTES || encPayload.length < TAG_BYTES) return null;
  const end = encPayload.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, encIv).setAAD(bound).setAuthTag(encPayload.subarray(end));
  try {
    return Buffer.concat([decipher.update(encPayload.subarray(0, end)), decipher.final()]);
  } catch {
    return null;
  }
}

function keyOf(secret: Uint8Array, { use, id, author, sender }: SecretContext): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `${id}${author}${sender}${use}`, SECRET_BYTES));
}

function boundBy({ use, id, sender }: SecretContext): Buffer {
  return Buffer.from(BOUND.has(use) ? `${id}\0${sender}` : '');
}
