import { silenceMs, type Observer } from '@wabus/broker/lease-policy';
import { type ConnectorState, type LastDisconnect, type SessionState, type SessionStatusRecord } from '@wabus/contracts';

/** Observations about a connector. Times are in ms of the monotonic clock of this edge. */
export interface OwnerSight {
  /** When its last renewal arrived, or when it was first looked up. */
  readonly seenAt: number;
  /** Whether it is missing from the list of connectors, because it has left or was declared dead by another one. */
  readonly missing: boolean;
  /** The revision at which its current run started; 0 if it does not report one. */
  readonly joined: number;
  /** Without a renewal for this long, it has released all sessions. */
  readonly silentMs: number;
}

/**
 * `here`: the owner is alive, as far as known. `gone`: it no longer runs the session. `lost`: in addition, no connector has taken over within the usual time.
 */
export type OwnerVerdict = 'here' | 'gone' | 'lost';

/** The part of the time after which an owner counts as dead within which another connector takes over. */
const TAKEOVER_PART = 0.5;
/** States that wait for an operator. They remain without an owner. */
const HALTED: readonly SessionState[] = ['stopped', 'logged-out', 'failed'];

/** Returns whether the owner that a status names still runs the session. Pure. */
export function judgeOwner(
  { connector, epoch }: Pick<SessionStatusRecord, 'connector' | 'epoch'>,
  sight: OwnerSight | undefined,
  observer: Observer
): OwnerVerdict {
  if (connector === null || sight === undefined) return 'here';
  if (silenceMs(sight.seenAt, observer) > sight.silentMs * (1 + TAKEOVER_PART)) return 'lost';
  return isGone(sight, observer) || epoch < sight.joined ? 'gone' : 'here';
}

/** Returns the state of a connector that a report or a status names. Pure. */
export function connectorStateOf(sight: OwnerSight & { readonly ready: boolean }, observer: Observer): ConnectorState {
  if (isGone(sight, observer)) return 'lost';
  return sight.ready ? 'ready' : 'draining';
}

const isGone = (sight: OwnerSight, observer: Observer): boolean => sight.missing || silenceMs(sight.seenAt, observer) > sight.silentMs;

/** Returns the status of a session whose owner is gone: it has no owner and shows no code. Pure. */
export function withoutOwner(status: SessionStatusRecord): SessionStatusRecord {
  const nobody = { ...status, connector: null, qr: null, pairingCode: null };
  if (HALTED.includes(status.state)) return nobody;
  return { ...nobody, state: 'starting', lastDisconnect: connectorGone(status.updatedAt) };
}

const connectorGone = (at: string): LastDisconnect => ({
  code: null,
  reason: 'connector-gone',
  message: 'The connector that ran the session no longer responds. The next available connector will take over the session.',
  at,
  willReconnect: true,
  nextAttemptAt: null
});
