/**
 * Names, properties and types of events, commands and errors, without the client: for programs that access Wabus in another way, such as `@wabus/nest`.
 *
 * @packageDocumentation
 */
export type * from '../generated/command.catalog.js';
export { COMMANDS } from '../generated/command.catalog.js';
export type * from '../generated/event.catalog.js';
export { EVENT_NAMES } from '../generated/event.catalog.js';
export { ERROR_CODES, type ErrorCode } from '../generated/error.catalog.js';
export type * from '../generated/payload.catalog.js';
export { CLIENT_ERROR_CODES, WabusError, type ClientErrorCode, type WabusErrorOptions } from '../errors/wabus.error.js';
export type { AnyEvent, EventEnvelope, EventPattern, EventsOf } from '../events/event-envelope.js';
export { isIncoming, type IncomingTerms } from '../events/incoming.policy.js';
export { isLargePart } from '../events/large-part.policy.js';
