import { isSessionId, type SessionId } from '../ids/ids.js';
import { decodeJsonRecord } from '../json/json-record.codec.js';

/** The bucket that connectors and edges share: the desired and the observed state of sessions. It contains no secrets. */
export const REGISTRY_BUCKET = 'WABUS_REGISTRY';
/** The bucket that only connectors use: leases, owners and encrypted auth state. They share a bucket so that the NATS server can fence writes by epoch. */
export const OWNERSHIP_BUCKET = 'WABUS_OWNERSHIP';

/** The bucket of webhooks and their secrets, which only edges use. */
export const WEBHOOKS_BUCKET = 'WABUS_WEBHOOKS';

/** The keys of deleted sessions: each stores the epoch up to which events under the session's name must not be shown. */
export const GONE_KEYS = 'gone.*';
export const goneKey = (session: SessionId): string => `gone.${session}`;

/** The key that stores which part of the beginning of the event log was removed together with deleted sessions. */
export const PURGED_KEY = 'purged';

/** The value of a `gone.<session>` key. */
export interface GoneSession {
  readonly epoch: number;
  /** When the session was deleted, as an ISO time. */
  readonly at: string;
}

/** Returns the session and the epoch of an entry for a deleted session; `null` for any other entry. */
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

/** Returns the key of a connector's report: its version, memory and processor use. The key expires unless it is renewed. */
export const connectorKey = (connector: string): string => `connector.${connector}`;

/** Returns the connector whose report has this key; `null` for any other key. */
export function parseConnectorKey(key: string): string | null {
  return /^connector\.([A-Za-z0-9_-]{1,64})$/.exec(key)?.[1] ?? null;
}

/** The key under which connectors publish the public key for sealing secrets in settings. */
export const SEALING_KEY = 'sealing-key';

/** Returns the kind and the session of a record or status key; `null` for any other key. */
export function parseRegistryKey(key: string): { kind: 'session' | 'status'; session: SessionId } | null {
  const [kind, session, ...rest] = key.split('.');
  if ((kind !== 'session' && kind !== 'status') || !isSessionId(session) || rest.length > 0) return null;
  return { kind, session };
}
