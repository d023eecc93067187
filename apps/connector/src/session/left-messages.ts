import type { Logger } from 'pino';
import type { AuthState } from '../auth-state/auth-state.store.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import type { SessionEvents } from './session-events.js';

interface LeftMessages {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly inbox: Inbox | null;
  readonly engine: WhatsAppEngine;
  readonly events: SessionEvents;
  readonly logger: Logger;
}

/**
 * Publishes what an earlier owner has decrypted and not published, before the credentials go with which a connection could do it. Settles when that is done, or after
 * a limit. Never rejects: credentials that cannot be read are forgotten all the same.
 */
export async function publishLeft({ lease, auth, inbox, engine, events, logger }: LeftMessages): Promise<void> {
  if (!inbox) return;
  try {
    await engine.readLeft({
      auth,
      inbox,
      received: message => events.emit(lease, 'messages.upsert', { messages: [message], type: 'append' })
    });
    await events.settled(lease);
  } catch (err) {
    logger.error({ err, session: lease.session }, 'messages that were left in the inbox could not be published');
  }
}
