import { isSessionId, type SessionId } from '../ids/ids.js';
import { decodeJsonRecord } from '../json/json-record.codec.js';

/** The bucket that both sides share: desired state and observed status of sessions. It holds no secrets. */
export const REGISTRY_BUCKET = 'WABUS_REGISTRY';
/** The bucket of connectors only: leases, owners and encrypted auth state, together so that the server can fence writes by epoch. */
export const OWNERSHIP_BUCKET = 'WABUS_OWNERSHIP';

/** The bucket of webhooks with their secrets, of edges only. */
export const WEBHOOKS_BUCKET = 'WABUS_WEBHOOKS';

/** What is left of deleted sessions: up to which epoch events of this name must not be shown. */
export const GONE_KEYS = 'gone.*';
export const goneKey = (session: SessionId): string => `gone.${session}`;

/** Which part of the beginning of the event log was removed with deleted sessions. */
export const PURGED_KEY = 'purged';

/** The value of a `gone.<session>` key. */
export interface GoneSession {
  readonly epoch: number;
  /** ISO time. */
  readonly at: string;
}

/** The session in such a key with its epoch; `null` for any other entry. */
export function parseGone(key: string, value: Uint8Array): { session: SessionId; epoch: number } | null {
  const [kind, session, ...rest] = key.split('.');
  if (kind !== 'gone' || !isSessionId(session) || rest.length > 0) return null;
  const gone = decodeJsonRecord<GoneSession>(value, ({ epoch }) => typeof epoch === 'number');
  return gone && { session, epoch: gone.epoch };
}

export const RECORD_KEYS = 'session.*';
export const STATUS_KEYS = 'status.*';

export const recordKey = (session: SessionId): string => `session.${session}`;
export const statusKey = (session: SessionId): string => `status.${session}`;

/** The report of a connector: its version, memory and processor use. The key expires unless it is renewed. */
export const connectorKey = (connector: string): string => `connector.${connector}`;

/** The connector whose report has this key; `null` for any other key. */
export function parseConnectorKey(key: string): string | null {
  return /^connector\.([A-Za-z0-9_-]{1,64})$/.exec(key)?.[1] ?? null;
}

/** Where connectors publish the key that secrets of settings are sealed with. */
export const SEALING_KEY = 'sealing-key';

/** The session of a record or status key, `null` for any other key. */
export function parseRegistryKey(key: string): { kind: 'session' | 'status'; session: SessionId } | null {
  const [kind, session, ...rest] = key.split('.');
  if ((kind !== 'session' && kind !== 'status') || !isSessionId(session) || rest.length > 0) return null;
  return { kind, session };
}
