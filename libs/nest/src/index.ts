/**
 * Events and commands of Wabus for NestJS services, directly over NATS.
 *
 * @packageDocumentation
 */
export { WabusCommands } from './commands/wabus.commands.js';
export type { CallOptions, OwnerCommandName, WabusSession } from './commands/wabus-session.js';
export type { WabusConnectionOptions } from './connection/connection.options.js';
export type { OpenTelemetryApi, OpenTelemetrySpan } from './connection/open-telemetry.adapter.js';
export { WabusConnection } from './connection/wabus-connection.js';
export { WabusEventContext } from './events/event.context.js';
export { DiscardEvent, RetryEvent } from './events/event.errors.js';
export type { EventOrder } from './events/event-lanes.state.js';
export { WabusEventServer, type WabusOptions, type WabusServerEvents, type WabusServerStatus } from './events/event.server.js';
export type { DeadEvent, WabusEventOptions } from './events/event-server.options.js';
export { InvalidEventPattern } from './events/pattern.policy.js';
export { WABUS_TRANSPORT, WabusEvent, type HandlerFilter } from './events/wabus-event.decorator.js';
export { WabusModule } from './wabus.module.js';
export * from '@wabus/sdk/catalog';
