import { setTimeout as delay } from 'node:timers/promises';
import type { ProxyAddress } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { AuthState } from '../auth-state/auth-state.js';
import type { ClientVersions } from '../client-version/client-versions.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import { PASSKEY_TIMES, PasskeyExchange } from '../whatsapp/linking/passkey.exchange.js';
import type { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import type { SessionEvents } from './session-events.js';
import type { SessionParts } from './session-parts.js';

interface Unlinking {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly engine: WhatsAppEngine;
  readonly version: () => ReturnType<ClientVersions['presentedBy']>;
  /** Returns the proxy of the session. May throw: WhatsApp is then not notified, because the proxy is never bypassed. */
  readonly proxy: () => ProxyAddress | null;
  readonly limitMs: number;
  readonly logger: Logger;
}

/**
 * Requests WhatsApp to unlink a session that has no connection, over a connection opened for that purpose.
 * Resolves when that is done, if it was not possible in `limitMs`, when the lease is lost, and immediately if no account is linked.
 * Never rejects: the credentials are removed in any case, and the account's owner can remove the device on the phone.
 */
export async function unlink({ lease, auth, engine, version, proxy, limitMs, logger }: Unlinking): Promise<void> {
  try {
    if ((await auth.readCredentials()) === null) return;
    let settle = (_opened: boolean): void => undefined;
    const opened = new Promise<boolean>(resolve => (settle = resolve));
    const ignore = (): void => undefined;
    lease.lost.addEventListener('abort', () => settle(false), { once: true });
    const { session } = lease;
    const socket = await engine.open({
      session,
      auth,
      inbox: null,
      proxy: proxy(),
      version: version().version,
      passkey: new PasskeyExchange({ times: PASSKEY_TIMES, compareAlways: () => false, begun: ignore, changed: ignore }),
      listener: {
        event: ignore,
        history: () => Promise.resolve(false),
        voted: ignore,
        unopened: ignore,
        progress: ignore,
        notified: ignore,
        received: ignore,
        counted: ignore,
        qr: ignore,
        pairingCode: ignore,
        passkeyWaits: ignore,
        linked: ignore,
        limited: ignore,
        clientExpires: ignore,
        resendsHeldBack: ignore,
        collectionGivenUp: ignore,
        opened: () => settle(true),
        closed: () => settle(false)
      }
    });
    if (socket.account && (await Promise.race([opened, delay(limitMs, false, { ref: false })]))) await socket.logout(limitMs);
    else await socket.close();
  } catch (err) {
    logger.warn({ err, session: lease.session }, 'failed to unlink session from whatsapp');
  }
}

/** Publishes what was left, and removes the account of a session. Resolves with the times of the remaining snapshots of credentials, newest first. */
export async function forgetCredentials(parts: SessionParts, how: 'keep-snapshots' | 'with-snapshots'): Promise<string[]> {
  const { auth, inbox } = parts;
  await publishLeft(parts);
  if (how === 'keep-snapshots') await auth.clear();
  else await auth.erase();
  inbox?.forget();
  return how === 'keep-snapshots' ? auth.snapshots() : [];
}

interface LeftMessages {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly inbox: Inbox | null;
  readonly engine: WhatsAppEngine;
  readonly events: SessionEvents;
  readonly logger: Logger;
}

/**
 * Publishes what an earlier owner has decrypted but not published, before the credentials that a connection needs for that are removed.
 * Resolves when that is done, or after a time limit. Never rejects: unreadable credentials are removed nevertheless.
 */
export async function publishLeft({ lease, auth, inbox, engine, events, logger }: LeftMessages): Promise<void> {
  if (!inbox) return;
  try {
    await engine.readLeft({
      auth,
      inbox,
      listener: {
        event: (name, payload) => events.emit(lease, name, payload),
        voted: vote => events.emit(lease, 'message.poll-vote', vote),
        unopened: unopened => events.emit(lease, 'message.unopened', unopened)
      }
    });
    await events.settled(lease);
  } catch (err) {
    logger.error({ err, session: lease.session }, 'failed to publish the remaining inbox messages');
  }
}
