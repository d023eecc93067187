import { SESSION_STATES, type SessionId, type SessionRecord, type SessionState, type SessionStatusRecord } from '@wabus/contracts';

const DESIRED = ['running', 'stopped', 'logged-out', 'deleted'];

export function encodeRecord(record: SessionRecord): Uint8Array {
  return Buffer.from(JSON.stringify(record), 'utf8');
}

/** The record in the value of a `session.<id>` key, or `null` when it is none. */
export function decodeRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  const record = parse(value) as Partial<SessionRecord> | null;
  const valid = record?.session === session && DESIRED.includes(record.desired as string) && Number.isSafeInteger(record.generation);
  return valid ? (record as SessionRecord) : null;
}

/** The status in the value of a `status.<id>` key, or `null` when it is none. */
export function decodeStatus(session: SessionId, value: Uint8Array): SessionStatusRecord | null {
  const status = parse(value) as Partial<SessionStatusRecord> | null;
  return status?.session === session && SESSION_STATES.includes(status.state as SessionState) ? (status as SessionStatusRecord) : null;
}

function parse(value: Uint8Array): object | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}
