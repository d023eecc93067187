import { silenceMs, type Observer } from '@wabus/broker/lease-policy';
import { type ConnectorState, type LastDisconnect, type SessionState, type SessionStatusRecord } from '@wabus/contracts';

/** What is known of a connector. Times are ms of the monotonic clock of this edge. */
export interface OwnerSight {
  /** When its last renewal arrived, or when it was looked for first. */
  readonly seenAt: number;
  /** It is not among the connectors: it has left, or another one has declared it dead. */
  readonly missing: boolean;
  /** The revision with which its present run began; 0 when it does not say. */
  readonly joined: number;
  /** Without a renewal for this long it has let everything go. */
  readonly silentMs: number;
}

/** `here`: the owner lives, as far as anybody knows; `gone`: it runs the session no more; `lost`: and nobody has taken over in the time that it takes. */
export type OwnerVerdict = 'here' | 'gone' | 'lost';

/** Another connector takes over within this part of the time after which an owner counts as dead. */
const TAKEOVER_PART = 0.5;
/** What waits for an operator stays as it is without an owner. */
const HALTED: readonly SessionState[] = ['stopped', 'logged-out', 'failed'];

/** Whether the owner that a status names still runs the session. Pure. */
export function judgeOwner(
  { connector, epoch }: Pick<SessionStatusRecord, 'connector' | 'epoch'>,
  sight: OwnerSight | undefined,
  observer: Observer
): OwnerVerdict {
  if (connector === null || sight === undefined) return 'here';
  if (silenceMs(sight.seenAt, observer) > sight.silentMs * (1 + TAKEOVER_PART)) return 'lost';
  return isGone(sight, observer) || epoch < sight.joined ? 'gone' : 'here';
}

/** The state of a connector that a report or a status names. Pure. */
export function connectorStateOf(sight: OwnerSight & { readonly ready: boolean }, observer: Observer): ConnectorState {
  if (isGone(sight, observer)) return 'lost';
  return sight.ready ? 'ready' : 'draining';
}

const isGone = (sight: OwnerSight, observer: Observer): boolean => sight.missing || silenceMs(sight.seenAt, observer) > sight.silentMs;

/** What is true of a session whose owner is gone: nobody has it, and it shows no code. Pure. */
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
