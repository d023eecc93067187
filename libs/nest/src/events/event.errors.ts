import { RpcException } from '@nestjs/microservices';

/** What Nest's own filter passes on of an exception: the decision must be in there. */
interface Decision {
  readonly status: 'error';
  readonly message: string;
  readonly wabus: { readonly retryInMs: number } | { readonly discard: true };
}

/** Throw it in a handler to say when the event is handled again. It counts as a failure. */
export class RetryEvent extends RpcException {
  constructor(
    /** Not before this many ms. */
    readonly retryInMs: number,
    reason = 'to be handled again'
  ) {
    super({ status: 'error', message: reason, wabus: { retryInMs } } satisfies Decision);
  }
}

/** Throw it in a handler for an event that no repetition helps: it goes to the dead-letter function at once. */
export class DiscardEvent extends RpcException {
  constructor(reason: string) {
    super({ status: 'error', message: reason, wabus: { discard: true } } satisfies Decision);
  }
}

/** What a handler decided by its exception, also after it passed Nest's exception filter; `null` if nothing. */
export function decisionIn(thrown: unknown): Decision['wabus'] | null {
  const value: unknown = thrown instanceof RpcException ? thrown.getError() : thrown;
  if (typeof value !== 'object' || value === null || !('wabus' in value)) return null;
  return (value as Decision).wabus;
}

/** For a log line. */
export function failureText(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') return thrown.message;
  return String(thrown);
}
