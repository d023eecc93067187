import { buffer } from 'node:stream/consumers';
import { WabusError } from '@wabus/contracts';
import { fetch, type Dispatcher } from 'undici';
import { DEFAULT_ORIGIN, getMediaKeys } from '../baileys.js';
import { mediaLocation, type MediaHosts } from '../receiving/media-location.policy.js';
import { deciphered, verified, type MediaKeys } from '../receiving/remote-media.js';
import type { HistoryNotification } from './history-notification.reader.js';

export interface HistoryFileParts {
  readonly hosts: MediaHosts;
  /** Carries the request; `null`: without a proxy. */
  readonly dispatcher: Dispatcher | null;
}

/** The file is not there, or is not what the phone has encrypted: only the phone can help. */
export class HistoryFileGoneError extends Error {
  override readonly name = 'HistoryFileGoneError';
}

/** Answers of a host that mean the same the next time. */
const FINAL = new Set([401, 403, 404, 410]);

/**
 * The packed content of a chunk: inside the notification, or in a file on WhatsApp's hosts. Throws `HistoryFileGoneError` when asking again is of no use, and any other error when the host
 * could not be reached.
 */
export async function readHistoryFile(
  notification: HistoryNotification,
  { hosts, dispatcher }: HistoryFileParts,
  signal: AbortSignal
): Promise<Uint8Array> {
  const { initialHistBootstrapInlinePayload: inline, directPath, mediaKey, fileSha256 } = notification;
  if (inline?.length) return inline;
  if (!directPath || !mediaKey?.length) throw new HistoryFileGoneError('The notification does not say where the file is');
  const response = await fetch(mediaLocation({ directPath }, hosts), {
    redirect: 'error',
    headers: { Origin: DEFAULT_ORIGIN },
    signal,
    ...(dispatcher ? { dispatcher } : {})
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const text = `The media host answered ${response.status}`;
    throw FINAL.has(response.status) ? new HistoryFileGoneError(text) : new Error(text);
  }
  const plain = deciphered(response.body as AsyncIterable<Uint8Array>, (await getMediaKeys(mediaKey, 'md-msg-hist')) as MediaKeys);
  try {
    return await buffer(fileSha256?.length ? verified(plain, fileSha256) : plain);
  } catch (error) {
    // Of our own checks; what breaks off on the way is not one of these.
    if (error instanceof WabusError) throw new HistoryFileGoneError('The file is not what the phone has encrypted', { cause: error });
    throw error;
  }
}
