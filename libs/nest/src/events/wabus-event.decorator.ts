import { EventPattern } from '@nestjs/microservices';
import type { EventPattern as NamePattern } from '@wabus/sdk/catalog';

/** Distinguishes this transport from others of a hybrid application. */
export const WABUS_TRANSPORT = Symbol.for('@wabus/nest');

/** Limits the events that a handler receives. */
export interface HandlerFilter {
  /** The ids of the sessions whose events the handler receives. Default: all sessions. */
  readonly sessions?: readonly string[];
}

/**
 * Nest's `@EventPattern` for events of Wabus: the compiler checks the name, and other transports of the application do not call the method.
 * @param pattern the name of an event, `*`, or a prefix such as `messages.*`
 */
export function WabusEvent(pattern: NamePattern, filter: HandlerFilter = {}): MethodDecorator {
  return EventPattern<string>(pattern, WABUS_TRANSPORT, { ...filter });
}
