import type { ConnectionOptions } from '@nats-io/transport-node';
import type { OpenTelemetryApi } from './open-telemetry.adapter.js';

/** The connection of a service to NATS. */
export interface WabusConnectionOptions {
  /** The addresses of NATS: `nats://127.0.0.1:4222`, `tls://nats.example.org`. */
  readonly servers: string | readonly string[];
  /** The NATS user. A service with a user of its own receives replies below `_INBOX_<user>`, where no other user may subscribe. */
  readonly user?: string;
  readonly password?: string;
  /**
   * Your own OpenTelemetry: `import * as openTelemetry from '@opentelemetry/api'`. Handlers then continue the trace of their event, and commands that of their
   * caller, provided that Wabus and the service export traces.
   */
  readonly openTelemetry?: OpenTelemetryApi;
  /** Further options of the NATS client, such as `tls`, `name`, `token`, `authenticator` and `inboxPrefix`. */
  readonly nats?: Readonly<Omit<ConnectionOptions, 'servers' | 'user' | 'pass'>>;
}

/** The injection token of the options. */
export const WABUS_OPTIONS = Symbol('WABUS_OPTIONS');

/** The user that all services without a user of their own share. */
export const COMMON_USER = 'service';

/** Returns the prefix of the subjects at which replies to a user arrive. */
export function inboxPrefixOf(user: string | undefined): string {
  return user === undefined || user === COMMON_USER ? '_INBOX' : `_INBOX_${user.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}

/** Returns the options of the NATS client, which reconnects without a limit and detects a dead connection within 10 s. */
export function natsOptionsOf({ servers, user, password, nats }: WabusConnectionOptions): ConnectionOptions {
  return {
    name: user ?? '@wabus/nest',
    inboxPrefix: inboxPrefixOf(user),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    ignoreAuthErrorAbort: true,
    pingInterval: 5_000,
    maxPingOut: 1,
    noAsyncTraces: true,
    ...nats,
    servers: typeof servers === 'string' ? servers : [...servers],
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password })
  };
}
