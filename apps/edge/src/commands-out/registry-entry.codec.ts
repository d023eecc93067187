import {
  decodeJsonRecord,
  SESSION_STATES,
  type SessionId,
  type SessionRecord,
  type SessionState,
  type SessionStatusRecord
} from '@wabus/contracts';

const DESIRED = ['running', 'stopped', 'logged-out', 'deleted'];

/** The record in the value of a `session.<id>` key, or `null` when it is none. */
export function decodeRecord(session: SessionId, value: Uint8Array): SessionRecord | null {
  const record = decodeJsonRecord<Partial<SessionRecord>>(value);
  const valid = record?.session === session && DESIRED.includes(record.desired as string) && Number.isSafeInteger(record.generation);
  return valid ? (record as SessionRecord) : null;
}

/** The status in the value of a `status.<id>` key, or `null` when it is none. */
export function decodeStatus(session: SessionId, value: Uint8Array): SessionStatusRecord | null {
  const status = decodeJsonRecord<Partial<SessionStatusRecord>>(value);
  return status?.session === session && SESSION_STATES.includes(status.state as SessionState) ? (status as SessionStatusRecord) : null;
}
