import { readHostedFile, type HostedFileParts } from '../receiving/hosted-file.reader.js';
import type { HistoryNotification } from './history-notification.reader.js';

/** Resolves to the packed content of a chunk, from the notification itself or from a file on WhatsApp's hosts. Throws like `readHostedFile`. */
export async function readHistoryFile(notification: HistoryNotification, files: HostedFileParts, signal: AbortSignal): Promise<Uint8Array> {
  const { initialHistBootstrapInlinePayload: inline } = notification;
  return inline?.length ? inline : readHostedFile(notification, 'md-msg-hist', files, signal);
}
