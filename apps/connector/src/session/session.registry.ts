import { Inject, Injectable } from '@nestjs/common';
import type { SessionId, SessionRecord } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { AuthStateStore } from '../auth-state/auth-state.store.js';
import { ClientVersions } from '../client-version/client-versions.js';
import { SessionRunner, type SessionLease } from '../ownership/session-lease.js';
import { SessionStatusStore } from '../session-status/session-status.store.js';
import { WhatsAppEngine } from '../whatsapp/whatsapp-engine.js';
import { SessionCommands } from './session-commands.js';
import { SessionEvents } from './session-events.js';
import { SessionOptions } from './session-parts.js';
import { SessionTransfers } from './session-transfers.js';
import { Session } from './session.js';
import { StatusReport } from './status-report.js';

/** The dependencies that all sessions of this process share. */
@Injectable()
export class RegistryParts {
  @Inject() readonly authStates!: AuthStateStore;
  @Inject() readonly statuses!: SessionStatusStore;
  @Inject() readonly engine!: WhatsAppEngine;
  @Inject() readonly versions!: ClientVersions;
  @Inject() readonly events!: SessionEvents;
  @Inject() readonly commands!: SessionCommands;
  @Inject() readonly transfers!: SessionTransfers;
  @Inject() readonly settings!: SessionOptions;
  readonly logger: Logger;

  constructor(log: Log) {
    this.logger = log.for('session');
  }
}

/** The sessions that run in this process, each under its lease and isolated from the failures of others. */
@Injectable()
export class SessionRegistry extends SessionRunner {
  private readonly sessions = new Map<SessionLease, Promise<Session>>();
  private full = false;

  constructor(private readonly parts: RegistryParts) {
    super();
    parts.events.onPressure(full => this.setFull(full));
  }

  /** The ids of the sessions that this process owns. */
  get owned(): SessionId[] {
    return [...this.sessions.keys()].map(lease => lease.session);
  }

  async reconcile(lease: SessionLease, record: SessionRecord): Promise<void> {
    if (lease.lost.aborted) return;
    const session = await this.sessionOf(lease);
    await session.reconcile(record);
  }

  async release(lease: SessionLease): Promise<void> {
    const session = await this.sessions.get(lease)?.catch(() => undefined);
    await session?.release();
    this.sessions.delete(lease);
  }

  /** Stops accepting commands in every session; resolves when those in progress are answered, or after a time limit. For an orderly stop. */
  async refuseCommands(): Promise<void> {
    const refusals = [...this.sessions.values()].map(async opening => (await opening).refuseCommands());
    await Promise.allSettled(refusals);
  }

  private sessionOf(lease: SessionLease): Promise<Session> {
    const known = this.sessions.get(lease);
    if (known) return known;
    const opening = this.open(lease);
    this.sessions.set(lease, opening);
    // The next `reconcile` tries again.
    opening.catch(() => this.sessions.delete(lease));
    return opening;
  }

  private async open(lease: SessionLease): Promise<Session> {
    const { authStates, statuses, settings, events, logger } = this.parts;
    const [auth, status] = await Promise.all([
      authStates.open(lease),
      StatusReport.open({ lease, connector: settings.connector, store: statuses, events, logger, intervalMs: settings.statusIntervalMs })
    ]);
    const session = new Session({ ...this.parts, lease, auth, inbox: events.openInbox(lease, auth), status });
    session.setReading(!this.full);
    session.openTransfers();
    // Ownership releases it too, but a lost lease must not leave the socket open until then.
    const release = () =>
      void this.release(lease).catch((err: unknown) => logger.error({ err, session: lease.session }, 'failed to release session'));
    lease.lost.addEventListener('abort', release, { once: true });
    return session;
  }

  private setFull(full: boolean): void {
    this.full = full;
    for (const opening of this.sessions.values()) opening.then(session => session.setReading(!full)).catch(() => undefined);
  }
}
