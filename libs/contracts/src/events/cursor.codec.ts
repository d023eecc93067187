/** A position of a consumer in the event log. It is opaque to clients: they pass it back and must not compare it with another one. */
export type Cursor = string;

export interface CursorPosition {
  /** Identifies the stream of the sequence by its creation time, so that a cursor of a deleted stream is recognized. */
  readonly stream: string;
  /** The sequence of the last event received. The next event to send is the first one after it. */
  readonly sequence: number;
}

const VERSION = '1';

export function encodeCursor(position: CursorPosition): Cursor {
  return Buffer.from(`${VERSION}:${position.stream}:${position.sequence}`, 'utf8').toString('base64url');
}

/** Returns the position in a cursor; `null` if the text is not a cursor. */
export function decodeCursor(cursor: string): CursorPosition | null {
  if (!/^[A-Za-z0-9_-]{4,200}$/.test(cursor)) return null;
  const match = /^1:([^:]*):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? { stream: match[1]!, sequence: Number(match[2]) } : null;
}
