import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { aesDecryptGCM, aesEncryptGCM, getMediaKeys, hkdf, proto, type MediaType } from '@whiskeysockets/baileys';

/** A file as WhatsApp stores it, and the fields of a message that the receiver needs to read it. */
export interface EncryptedMedia {
  /** AES-256-CBC ciphertext followed by the first ten bytes of its HMAC. */
  ciphertext: Buffer;
  mediaKey: Buffer;
  fileSha256: Buffer;
  fileEncSha256: Buffer;
  fileLength: number;
}

/** Encrypts a file in memory as `encryptedStream` in Baileys' `Utils/messages-media.ts` does. */
export async function encryptMedia(bytes: Buffer, mediaType: MediaType, mediaKey: Buffer = randomBytes(32)): Promise<EncryptedMedia> {
  const { cipherKey, iv, macKey } = await getMediaKeys(mediaKey, mediaType);
  if (!macKey) throw new Error(`no key derivation for media of type ${mediaType}`);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const mac = createHmac('sha256', macKey).update(iv).update(encrypted).digest().subarray(0, 10);
  const ciphertext = Buffer.concat([encrypted, mac]);
  return { ciphertext, mediaKey, fileSha256: sha256(bytes), fileEncSha256: sha256(ciphertext), fileLength: bytes.length };
}

/** Encrypts the phone's response to a request to upload a file again, readable with the file's media key. */
export function encryptMediaRetry(messageId: string, directPath: string, mediaKey: Buffer): { ciphertext: Buffer; iv: Buffer } {
  const plaintext = proto.MediaRetryNotification.encode({
    stanzaId: messageId,
    directPath,
    result: proto.MediaRetryNotification.ResultType.SUCCESS
  }).finish();
  const iv = randomBytes(12);
  const key = hkdf(mediaKey, 32, { info: 'WhatsApp Media Retry Notification' });
  return { ciphertext: aesEncryptGCM(plaintext, key, iv, Buffer.from(messageId)), iv };
}

/** Returns the id in a request to upload a file again; `null` if the request is not encrypted with the key of the file. */
export function decryptServerError(id: string, { ciphertext, iv }: { ciphertext: Buffer; iv: Buffer }, mediaKey: Buffer): string | null {
  const key = hkdf(mediaKey, 32, { info: 'WhatsApp Media Retry Notification' });
  try {
    return proto.ServerErrorReceipt.decode(aesDecryptGCM(ciphertext, key, iv, Buffer.from(id))).stanzaId ?? null;
  } catch {
    return null;
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
