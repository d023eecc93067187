import type { Logger } from 'pino';
import type { AuthState } from '../auth-state/auth-state.js';
import type { AuthStateStore } from '../auth-state/auth-state.store.js';
import type { ClientVersions } from '../client-version/client-versions.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { PasskeyTimes } from '../whatsapp/linking/passkey.exchange.js';
import type { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import type { ReconnectTiming } from './reconnect.policy.js';
import type { SessionCommands } from './session-commands.js';
import type { SessionEvents } from './session-events.js';
import type { SessionTransfers } from './session-transfers.js';
import type { StatusReport } from './status-report.js';

/** The dependencies of a session. */
export interface SessionParts {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly authStates: AuthStateStore;
  /** `null` if messages are not stored until they are published. */
  readonly inbox: Inbox | null;
  readonly engine: WhatsAppEngine;
  readonly versions: ClientVersions;
  readonly events: SessionEvents;
  readonly commands: SessionCommands;
  readonly transfers: SessionTransfers;
  readonly status: StatusReport;
  readonly settings: SessionOptions;
  readonly logger: Logger;
}

/** The settings of all sessions of this process. */
export abstract class SessionOptions {
  /** Time limits of the steps of a passkey link. */
  abstract readonly passkeyTimes: PasskeyTimes;
  /** The id of this connector. */
  abstract readonly connector: string;
  abstract readonly reconnect: ReconnectTiming;
  /** A connection that was open for this long ends a series of failures. */
  abstract readonly stableOpenMs: number;
  /** Minimum interval between writes of the status if only counters have changed. */
  abstract readonly statusIntervalMs: number;
  /** How often the QR codes of an unlinked session may run out before it halts. */
  abstract readonly maxQrRounds: number;
  /** How long unlinking may take before the credentials are removed without notifying WhatsApp. */
  abstract readonly unlinkLimitMs: number;
}
