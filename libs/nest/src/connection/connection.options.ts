import type { ConnectionOptions } from '@nats-io/transport-node';
import type { OpenTelemetryApi } from './open-telemetry.adapter.js';

/** How a service reaches NATS. */
export interface WabusConnectionOptions {
  /** Addresses of NATS: `nats://127.0.0.1:4222`, `tls://nats.example.org`. */
  readonly servers: string | readonly string[];
  /** The user on NATS. A service with a user of its own receives answers below `_INBOX_<user>`, where nobody else may listen. */
  readonly user?: string;
  readonly password?: string;
  /**
   * `import * as openTelemetry from '@opentelemetry/api'`: handlers then continue the trace of their event, and commands that of their caller, if Wabus and the service
   * send traces.
   */
  readonly openTelemetry?: OpenTelemetryApi;
  /** Further options of the NATS client: `tls`, `name`, `token`, `authenticator`, `inboxPrefix`, …. */
  readonly nats?: Readonly<Omit<ConnectionOptions, 'servers' | 'user' | 'pass'>>;
}

/** The token of the options in Nest's injector. */
export const WABUS_OPTIONS = Symbol('WABUS_OPTIONS');

/** The user that every service without a user of its own shares. */
export const COMMON_USER = 'service';

/** Where answers to a user's requests arrive. */
export function inboxPrefixOf(user: string | undefined): string {
  return user === undefined || user === COMMON_USER ? '_INBOX' : `_INBOX_${user.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}

/** The options of the NATS client: it reconnects forever, and notices a dead link within ten seconds. */
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
