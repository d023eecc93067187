import { buffer } from 'node:stream/consumers';
import { WabusError } from '@wabus/contracts';
import type { MediaType } from '@whiskeysockets/baileys';
import { fetch, type Dispatcher } from 'undici';
import { DEFAULT_ORIGIN, getMediaKeys } from '../baileys.js';
import { mediaLocation, type MediaHosts } from './media-location.policy.js';
import { deciphered, verified, type MediaKeys } from './remote-media.js';

export interface HostedFileParts {
  readonly hosts: MediaHosts;
  /** The dispatcher of the request; `null` without a proxy. */
  readonly dispatcher: Dispatcher | null;
}

/** The location of an encrypted file, and the data with which it is decrypted and verified. */
export interface HostedFile {
  readonly directPath?: string | null;
  readonly mediaKey?: Uint8Array | null;
  readonly fileSha256?: Uint8Array | null;
}

/** The file is missing or is not what its author encrypted. Only its author can upload it again. */
export class HostedFileGoneError extends Error {
  override readonly name = 'HostedFileGoneError';
}

/** HTTP statuses that stay the same in another attempt. */
const FINAL = new Set([401, 403, 404, 410]);

/**
 * Reads a file of the account itself from WhatsApp's hosts into memory. Throws `HostedFileGoneError` if another attempt is useless, and any other error if the
 * host could not be reached.
 */
export async function readHostedFile(
  { directPath, mediaKey, fileSha256 }: HostedFile,
  type: MediaType,
  { hosts, dispatcher }: HostedFileParts,
  signal: AbortSignal
): Promise<Uint8Array> {
  if (!directPath || !mediaKey?.length) throw new HostedFileGoneError('The notification does not contain the location of the file');
  const response = await fetch(mediaLocation({ directPath }, hosts), {
    redirect: 'error',
    headers: { Origin: DEFAULT_ORIGIN },
    signal,
    ...(dispatcher ? { dispatcher } : {})
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const text = `The media host answered ${response.status}`;
    throw FINAL.has(response.status) ? new HostedFileGoneError(text) : new Error(text);
  }
  const plain = deciphered(response.body as AsyncIterable<Uint8Array>, (await getMediaKeys(mediaKey, type)) as MediaKeys);
  try {
    return await buffer(fileSha256?.length ? verified(plain, fileSha256) : plain);
  } catch (error) {
    // Only our own checks throw a `WabusError`; an interrupted download does not.
    if (error instanceof WabusError)
      throw new HostedFileGoneError('The file differs from the file that its author encrypted', { cause: error });
    throw error;
  }
}
