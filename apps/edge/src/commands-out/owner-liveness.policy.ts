import { type LastDisconnect, type SessionState, type SessionStatusRecord } from '@wabus/contracts';

/** What is known of a connector that a status names. Times are ms of the monotonic clock of this edge. */
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

/**
 * Whether the owner that a status names still runs the session. `steadySince`: since when this edge has been looking without interruption, as only that time counts: who is cut off
 * from NATS must not take others for dead. Pure.
 */
export function judgeOwner(
  { connector, epoch }: Pick<SessionStatusRecord, 'connector' | 'epoch'>,
  sight: OwnerSight | undefined,
  { now, steadySince }: { readonly now: number; readonly steadySince: number }
): OwnerVerdict {
  if (connector === null || sight === undefined) return 'here';
  const silentMs = now - Math.max(sight.seenAt, steadySince);
  if (silentMs > sight.silentMs * (1 + TAKEOVER_PART)) return 'lost';
  return sight.missing || silentMs > sight.silentMs || epoch < sight.joined ? 'gone' : 'here';
}

/** What is true of a session whose owner is gone: nobody has it, and it shows no code. Pure. */
export function withoutOwner(status: SessionStatusRecord): SessionStatusRecord {
  const nobody = { ...status, connector: null, qr: null, pairingCode: null };
  if (HALTED.includes(status.state)) return nobody;
  return { ...nobody, state: 'starting', lastDisconnect: connectorGone(status.updatedAt) };
}

const connectorGone = (at: string): LastDisconnect => ({
  code: null,
  reason: 'connector-gone',
  message: 'The connector that ran the session no longer answers. The next available connector takes over the session.',
  at,
  willReconnect: true,
  nextAttemptAt: null
});
