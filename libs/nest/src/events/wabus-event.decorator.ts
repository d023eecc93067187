import { EventPattern } from '@nestjs/microservices';
import type { EventPattern as NamePattern } from '@wabus/sdk/catalog';

/** Distinguishes this transport from others of a hybrid application. */
export const WABUS_TRANSPORT = Symbol.for('@wabus/nest');

/** Restricts a handler. */
export interface HandlerFilter {
  /** The ids of the sessions whose events the handler receives; all sessions if missing. */
  readonly sessions?: readonly string[];
}

/**
 * Nest's `@EventPattern` for events of Wabus: the compiler checks the name, and other transports of the application do not serve the method.
 * @param pattern a name, `*`, or a prefix such as `messages.*`
 */
export function WabusEvent(pattern: NamePattern, filter: HandlerFilter = {}): MethodDecorator {
  return EventPattern<string>(pattern, WABUS_TRANSPORT, { ...filter });
}
