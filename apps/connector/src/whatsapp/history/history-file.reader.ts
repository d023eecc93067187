import { readHostedFile, type HostedFileParts } from '../receiving/hosted-file.reader.js';
import type { HistoryNotification } from './history-notification.reader.js';

/** The packed content of a chunk: inside the notification, or in a file on WhatsApp's hosts. Throws as `readHostedFile`. */
export async function readHistoryFile(notification: HistoryNotification, files: HostedFileParts, signal: AbortSignal): Promise<Uint8Array> {
  const { initialHistBootstrapInlinePayload: inline } = notification;
  return inline?.length ? inline : readHostedFile(notification, 'md-msg-hist', files, signal);
}
