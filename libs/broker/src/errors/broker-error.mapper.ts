import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';

/** Error codes of the JetStream API of nats-server (`server/errors.json`). */
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
  /** One of its causes: a stream with the discard policy `new` is full. */
  storeFailed: 10077,
  wrongLastSequence: 10071,
  /** As above, in a cluster while another conditional write to the subject is in flight: the expectation may still be correct. */
  wrongLastSequenceUnknown: 10164,
  batchIncomplete: 10176
} as const;

/** Returns the JetStream API code of an error; `null` if the error is not from JetStream. */
export function jetStreamCode(thrown: unknown): number | null {
  return thrown instanceof JetStreamApiError ? thrown.code : null;
}

/** Returns whether the server reported that the subject has no subscribers. The client sometimes nests this error. */
export function isNoResponders(thrown: unknown): boolean {
  if (thrown instanceof errors.NoRespondersError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isNoResponders(thrown.cause);
}

export function isTimeout(thrown: unknown): boolean {
  if (thrown instanceof errors.TimeoutError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isTimeout(thrown.cause);
}

/** Returns whether the server refused the subject to this user. The client sometimes nests this error. */
export function isPermissionViolation(thrown: unknown): boolean {
  if (thrown instanceof errors.PermissionViolationError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isPermissionViolation(thrown.cause);
}

/** Returns whether a write was refused for lack of storage, not because of its content. */
export function isStorageRefusal(code: number): boolean {
  return (
    code === JETSTREAM_CODE.storeFailed || code === JETSTREAM_CODE.insufficientResources || code === JETSTREAM_CODE.accountResourcesExceeded
  );
}

/** Returns whether the server or the account has too little storage for the request. More storage or a smaller request resolves it. */
export function isStorageShort(thrown: unknown): boolean {
  const code = jetStreamCode(thrown);
  return (
    code === JETSTREAM_CODE.storageResourcesExceeded ||
    code === JETSTREAM_CODE.accountResourcesExceeded ||
    code === JETSTREAM_CODE.insufficientResources
  );
}

/**
 * Returns whether the same request may succeed later: the broker did not answer, or temporarily lacks something, such as a leader.
 * An answer that refuses the request itself is final.
 */
export function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof JetStreamApiError)) return !(thrown instanceof errors.AuthorizationError || isPermissionViolation(thrown));
  return thrown.status === 503 || thrown.code === JETSTREAM_CODE.noSuitablePeers || isStorageShort(thrown);
}

/**
 * Converts a storage error into a Wabus error.
 * Everything except a refusal of the content becomes `BROKER_UNAVAILABLE`, or `LIMIT_REACHED` at the consumer limit.
 */
export function storageError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  if (jetStreamCode(thrown) === JETSTREAM_CODE.messageTooLarge) return new WabusError('PAYLOAD_TOO_LARGE', { cause: thrown });
  if (jetStreamCode(thrown) === JETSTREAM_CODE.maximumConsumers)
    return new WabusError('LIMIT_REACHED', { details: { of: 'consumers of a stream at NATS' }, cause: thrown });
  return new WabusError('BROKER_UNAVAILABLE', { cause: thrown });
}

/** Converts the failure of a command request: `NO_OWNER` (certainly not executed), `TIMEOUT` (outcome unknown) or `BROKER_UNAVAILABLE`. */
export function commandError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  if (isNoResponders(thrown)) return new WabusError('NO_OWNER', { cause: thrown });
  if (isTimeout(thrown)) return new WabusError('TIMEOUT', { cause: thrown });
  return new WabusError('BROKER_UNAVAILABLE', { cause: thrown });
}
