import type { Logger } from 'pino';
import type { AuthState, AuthStateStore } from '../auth-state/auth-state.store.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import type { SessionCommands } from './session-commands.js';
import type { SessionTransfers } from './session-transfers.js';
import type { SessionEvents } from './session-events.js';
import type { SessionSettings } from './session.settings.js';
import type { StatusReport } from './status-report.js';

/** What a session is made of. */
export interface SessionParts {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly authStates: AuthStateStore;
  /** `null` when messages are not kept until they are published. */
  readonly inbox: Inbox | null;
  readonly engine: WhatsAppEngine;
  readonly events: SessionEvents;
  readonly commands: SessionCommands;
  readonly transfers: SessionTransfers;
  readonly status: StatusReport;
  readonly settings: SessionSettings;
  readonly logger: Logger;
}
