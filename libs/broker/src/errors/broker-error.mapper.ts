import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';

/** Codes of nats-server's JetStream API (`server/errors.json`). */
export const JETSTREAM_CODE = {
  accountResourcesExceeded: 10002,
  noSuitablePeers: 10005,
  consumerNotFound: 10014,
  messageNotFound: 10037,
  insufficientResources: 10023,
  maximumConsumers: 10026,
  storageResourcesExceeded: 10047,
  streamNotFound: 10059,
  streamNameInUse: 10058,
  messageTooLarge: 10054,
  /** Among others: a stream that discards nothing is full. */
  storeFailed: 10077,
  wrongLastSequence: 10071,
  /** The same, while another conditional write of the subject is under way in a cluster: it may still be right. */
  wrongLastSequenceUnknown: 10164,
  batchIncomplete: 10176
} as const;

/** The code of the JetStream API in an error, `null` when the error did not come from it. */
export function jetStreamCode(thrown: unknown): number | null {
  return thrown instanceof JetStreamApiError ? thrown.code : null;
}

/** Whether the server said that nobody listens to the subject. The client nests this one at times. */
export function isNoResponders(thrown: unknown): boolean {
  if (thrown instanceof errors.NoRespondersError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isNoResponders(thrown.cause);
}

export function isTimeout(thrown: unknown): boolean {
  if (thrown instanceof errors.TimeoutError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isTimeout(thrown.cause);
}

/** Whether the server refused the subject to this user. The client nests this one at times. */
export function isPermissionViolation(thrown: unknown): boolean {
  if (thrown instanceof errors.PermissionViolationError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isPermissionViolation(thrown.cause);
}

/** Whether a write was refused for want of room, not for what it said. */
export function isStorageRefusal(code: number): boolean {
  return (
    code === JETSTREAM_CODE.storeFailed || code === JETSTREAM_CODE.insufficientResources || code === JETSTREAM_CODE.accountResourcesExceeded
  );
}

/** Whether there is too little storage for what was asked, at the server or in the limits of the account. More room, or a smaller request, changes that. */
export function isStorageShort(thrown: unknown): boolean {
  const code = jetStreamCode(thrown);
  return (
    code === JETSTREAM_CODE.storageResourcesExceeded ||
    code === JETSTREAM_CODE.accountResourcesExceeded ||
    code === JETSTREAM_CODE.insufficientResources
  );
}

/**
 * Whether the same request may succeed later: the broker did not answer, or is short of something now, such as a leader.
 * An answer that refuses the request itself is final.
 */
export function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof JetStreamApiError)) return !(thrown instanceof errors.AuthorizationError || isPermissionViolation(thrown));
  return thrown.status === 503 || thrown.code === JETSTREAM_CODE.noSuitablePeers || isStorageShort(thrown);
}

/** What storage answered with, as ours. Everything that is not a refusal of the content counts as a broker that cannot be used now. */
export function storageError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  if (jetStreamCode(thrown) === JETSTREAM_CODE.messageTooLarge) return new WabusError('PAYLOAD_TOO_LARGE', { cause: thrown });
  if (jetStreamCode(thrown) === JETSTREAM_CODE.maximumConsumers)
    return new WabusError('LIMIT_REACHED', { details: { of: 'consumers of a stream at NATS' }, cause: thrown });
  return new WabusError('BROKER_UNAVAILABLE', { cause: thrown });
}

/** Why a command got no answer: nobody there (certain), no answer in time (uncertain), or no broker. */
export function commandError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  if (isNoResponders(thrown)) return new WabusError('NO_OWNER', { cause: thrown });
  if (isTimeout(thrown)) return new WabusError('TIMEOUT', { cause: thrown });
  return new WabusError('BROKER_UNAVAILABLE', { cause: thrown });
}
