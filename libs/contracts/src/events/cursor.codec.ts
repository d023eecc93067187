/** A consumer's position in the event log. Opaque to clients: they pass it back and must not compare it. */
export type Cursor = string;

export interface CursorPosition {
  /** The stream the sequence belongs to, told apart by its creation time, so that a cursor of a deleted stream is recognized. */
  readonly stream: string;
  /** Sequence of the last event seen; the next one to send is the first after it. */
  readonly sequence: number;
}

const VERSION = '1';

export function encodeCursor(position: CursorPosition): Cursor {
  return Buffer.from(`${VERSION}:${position.stream}:${position.sequence}`, 'utf8').toString('base64url');
}

/** The position in a cursor, or `null` when the text is not a cursor. */
export function decodeCursor(cursor: string): CursorPosition | null {
  if (!/^[A-Za-z0-9_-]{4,200}$/.test(cursor)) return null;
  const match = /^1:([^:]*):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? { stream: match[1]!, sequence: Number(match[2]) } : null;
}
