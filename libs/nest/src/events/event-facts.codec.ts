/** The metadata in the headers of an event. */
export interface EventRecord {
  readonly id: string;
  readonly session: string;
  readonly event: string;
  readonly epoch: number;
  readonly at: string;
  readonly schemaVersion: number;
  /** The chats that the event concerns; `null` if the headers do not name them. */
  readonly chats: readonly string[] | null;
}

/** Returns the metadata in the headers of a message; `null` if the message is not an event. */
export function readEventHeaders(header: (name: string) => string | undefined): EventRecord | null {
  const [id, session, event, at] = ['Nats-Msg-Id', 'Wabus-Session', 'Wabus-Event', 'Wabus-At'].map(header);
  const epoch = Number(header('Wabus-Epoch'));
  const schemaVersion = Number(header('Wabus-Schema'));
  if (!id || !session || !event || !at || !Number.isSafeInteger(epoch) || !Number.isSafeInteger(schemaVersion) || schemaVersion < 1)
    return null;
  return { id, session, event, epoch, at, schemaVersion, chats: chatsIn(header('Wabus-Chats')) };
}

function chatsIn(text: string | undefined): readonly string[] | null {
  if (text === undefined || text === '') return null;
  if (text === '-') return [];
  try {
    return text.split(',').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * Returns the position after a message of the log, in the form of `since` in the HTTP API and Socket.IO.
 * @param created when the log was created, according to NATS
 */
export function cursorAfter(created: string, sequence: number): string {
  return Buffer.from(`1:${Date.parse(created)}:${sequence}`, 'utf8').toString('base64url');
}

/** Returns the log and the sequence in a cursor; `null` if the text is not a cursor. */
export function positionOf(cursor: string): { readonly created: number; readonly sequence: number } | null {
  const match = /^1:([^:]*):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? { created: Number(match[1]), sequence: Number(match[2]) } : null;
}
