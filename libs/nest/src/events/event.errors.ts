import { RpcException } from '@nestjs/microservices';

/** The form in which a decision survives Nest's own exception filter, which passes on only these fields. */
interface Decision {
  readonly status: 'error';
  readonly message: string;
  readonly wabus: { readonly retryInMs: number } | { readonly discard: true };
}

/** The exception to throw in a handler to choose when the event is handled again. It counts as a failure. */
export class RetryEvent extends RpcException {
  constructor(
    /** The delay before the next attempt, in ms. */
    readonly retryInMs: number,
    reason = 'to be handled again'
  ) {
    super({ status: 'error', message: reason, wabus: { retryInMs } } satisfies Decision);
  }
}

/** The exception to throw in a handler for an event that must not be repeated. The event is passed to the dead-letter function at once. */
export class DiscardEvent extends RpcException {
  constructor(reason: string) {
    super({ status: 'error', message: reason, wabus: { discard: true } } satisfies Decision);
  }
}

/** Returns the decision in an exception of a handler, which may have passed Nest's exception filter; `null` if there is none. */
export function decisionIn(thrown: unknown): Decision['wabus'] | null {
  const value: unknown = thrown instanceof RpcException ? thrown.getError() : thrown;
  if (typeof value !== 'object' || value === null || !('wabus' in value)) return null;
  return (value as Decision).wabus;
}

/** Returns the text of an error for a log line. */
export function failureText(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') return thrown.message;
  return String(thrown);
}
