import { Injectable } from '@nestjs/common';
import {
  GenerateQrRequest,
  SetConfigRequest,
  WabusError,
  browserOfUserAgent,
  parseBody,
  type Cleared,
  type CommandName,
  type ConnectionChange,
  type ConnectionData,
  type GeneratedQr,
  type SessionId,
  type SessionState
} from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { CommandClient } from '../commands-out/command.client.js';
import { renderQr } from '../commands-out/qr.renderer.js';
import { asksForPasskey } from '../commands-out/session-view.policy.js';
import { SessionRegistryStore, type KnownSession } from '../commands-out/session.registry.store.js';
import { connectionData, qrOffer } from './connection-data.policy.js';
import { SessionConfigurator } from './session-configurator.js';

/** Time limits of the connection API. */
export abstract class ConnectionSettings {
  /** How long a reply waits for its result (a QR code, a login or a logout), in ms. */
  abstract readonly waitMs: number;
}

const ENDED: readonly SessionState[] = ['stopped', 'logged-out'];
const GIVEN_UP: readonly SessionState[] = ['logged-out', 'failed'];
const PASSKEY_WANTED = 'WhatsApp asks for the passkey of the account, see GET /api/sessions/{session}/passkey';
const REFUSED = (error: string): GeneratedQr => ({ status: 0, error, ttl: 0 });

/**
 * The commands of the connection API. Unlike the commands of the catalog, they reply once the requested result is available, or after
 * `waitMs` with the current state. `session` is the decoded id, not validated yet. Every method throws `INVALID_REQUEST` (the id) and
 * `FORBIDDEN`; all except `generateQr` throw `UNKNOWN_SESSION`.
 */
@Injectable()
export class ConnectionApi {
  constructor(
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore,
    private readonly configurator: SessionConfigurator,
    private readonly settings: ConnectionSettings
  ) {}

  /** Returns a QR code to scan. The session is created and started if necessary. Throws `INVALID_ARGUMENTS`. */
  async generateQr(principal: Principal, text: unknown, body: unknown): Promise<GeneratedQr> {
    const session = this.admit(principal, text, 'control');
    const { user_agent } = parseBody(GenerateQrRequest, body ?? {});
    const signal = this.waitSignal();
    const before = await this.created(principal, session, signal);
    if (before?.status?.account) return REFUSED('Connection already established');
    const browser = user_agent === undefined ? null : browserOfUserAgent(user_agent);
    const renamed = browser !== null && (await this.configurator.setBrowser(session, browser));
    // The QR code contains the name.
    const again = renamed && before?.record.desired === 'running';
    await this.run(principal, session, again ? 'restartSession' : 'startSession');
    const answering = renamed ? (await this.registry.session(session)).record.updatedAt : null;
    const known = await this.registry.until(
      session,
      now => asksForPasskey(now?.status) || qrOffer(now, answering, Date.now()) !== 'none',
      signal
    );
    if (asksForPasskey(known?.status)) return REFUSED(PASSKEY_WANTED);
    const offer = qrOffer(known, answering, Date.now());
    if (offer === 'linked') return REFUSED('Connection already established');
    if (offer === 'none') return REFUSED('No QR code appeared in time. Try again.');
    const svg = Buffer.from(await renderQr(offer.text, 'svg'), 'utf8').toString('base64');
    return { qr: `data:image/svg+xml;base64,${svg}`, status: 1, error: '', ttl: offer.ttlSeconds };
  }

  async status(principal: Principal, text: unknown): Promise<ConnectionData> {
    const session = this.admit(principal, text, 'read');
    return this.data(principal, await this.registry.session(session));
  }

  /** Unlinks the session. Connecting again requires a QR code. */
  async disconnect(principal: Principal, text: unknown): Promise<ConnectionData> {
    const session = this.admit(principal, text, 'control');
    await this.run(principal, session, 'logoutSession');
    const known = await this.settled(session, ({ status }) => !status?.account && ENDED.includes(status?.state ?? 'stopped'));
    return this.data(principal, known);
  }

  /** Closes the connection; the session stays linked. */
  async close(principal: Principal, text: unknown): Promise<ConnectionChange> {
    const session = this.admit(principal, text, 'control');
    await this.run(principal, session, 'stopSession');
    const ended = ({ status }: KnownSession): boolean => ENDED.includes(status?.state ?? 'stopped');
    const known = await this.settled(session, ended);
    return { sucesso: ended(known), Status: JSON.stringify(await this.data(principal, known)) };
  }

  /** Returns whether credentials exist. They are stored whenever they change, so there is nothing to save. Throws `NOT_PAIRED`. */
  async save(principal: Principal, text: unknown): Promise<{ sucesso: true }> {
    const session = this.admit(principal, text, 'control');
    const { status } = await this.registry.session(session);
    if (!status?.account) throw new WabusError('NOT_PAIRED');
    return { sucesso: true };
  }

  /** Connects a linked session again, or one that WhatsApp logged out, with its previous credentials. Throws `NOT_PAIRED`. */
  async restore(principal: Principal, text: unknown): Promise<ConnectionChange> {
    const session = this.admit(principal, text, 'control');
    const { record, status } = await this.registry.session(session);
    if (status?.account) await this.run(principal, session, 'startSession');
    else if (record.desired === 'running' && status?.snapshots?.length) await this.run(principal, session, 'restoreSession');
    else throw new WabusError('NOT_PAIRED');
    const known = await this.settled(session, now => {
      const state = now.status?.state;
      return state === 'open' || (state !== undefined && GIVEN_UP.includes(state) && now.status?.recordAt === now.record.updatedAt);
    });
    return { sucesso: known.status?.state === 'open', Status: JSON.stringify(await this.data(principal, known)) };
  }

  /** Unlinks the session and erases all its data, including events and files; docs/security.md lists them. */
  async clear(principal: Principal, text: unknown): Promise<Cleared> {
    const session = this.admit(principal, text, 'control');
    await this.run(principal, session, 'deleteSession');
    const left = await this.registry.until(session, known => known === null, this.waitSignal());
    return left === null ? { status: true, message: 'clear ok' } : { status: false, message: 'clear is in progress' };
  }

  /** Changes settings. Throws `INVALID_ARGUMENTS` and `EGRESS_DENIED`; the settings are then unchanged. */
  async setConfig(principal: Principal, text: unknown, body: unknown): Promise<ConnectionData> {
    const session = this.admit(principal, text, 'control');
    const { webhook, user_agent, APIVersionCanBulk } = parseBody(SetConfigRequest, body);
    const browser = user_agent === undefined ? undefined : browserOfUserAgent(user_agent);
    const change = { ...(webhook === undefined ? {} : { webhook }), ...(browser ? { browser } : {}), bulk: APIVersionCanBulk };
    const { webhookSecret } = await this.configurator.change(principal, session, change as Parameters<SessionConfigurator['change']>[2]);
    const data = await this.data(principal, await this.registry.session(session));
    return webhookSecret === undefined ? data : { ...data, WebhookSecret: webhookSecret };
  }

  private admit(principal: Principal, text: unknown, scope: 'read' | 'control'): SessionId {
    const session = checkSession(text);
    authorise(principal, scope, session);
    return session;
  }

  /** Returns the session, which is created if necessary, once a logout in progress has finished. Returns `null` if that takes too long. */
  private async created(principal: Principal, session: SessionId, signal: AbortSignal): Promise<KnownSession | null> {
    const known = await this.registry.until(session, now => now?.record.desired !== 'deleted' && !leaves(now), signal);
    if (known !== null) return known;
    try {
      return await this.registry.session(session);
    } catch (thrown) {
      if (!isCode(thrown, 'UNKNOWN_SESSION')) throw thrown;
    }
    await this.run(principal, session, 'createSession').catch((thrown: unknown) => {
      // Another request has created it at the same time.
      if (!isCode(thrown, 'SESSION_EXISTS')) throw thrown;
    });
    return this.registry.session(session);
  }

  private run(principal: Principal, session: SessionId, method: CommandName): Promise<unknown> {
    return this.commands.execute(principal, { session, method });
  }

  private async settled(session: SessionId, wanted: (known: KnownSession) => boolean): Promise<KnownSession> {
    const known = await this.registry.until(session, now => now === null || wanted(now), this.waitSignal());
    if (known === null) throw new WabusError('UNKNOWN_SESSION', { details: { session } });
    return known;
  }

  private async data(principal: Principal, known: KnownSession): Promise<ConnectionData> {
    return connectionData(known, await this.configurator.webhookUrl(principal, known));
  }

  private waitSignal(): AbortSignal {
    return AbortSignal.timeout(this.settings.waitMs);
  }
}

/** Returns whether the session still has an account that is about to be unlinked. */
function leaves(known: KnownSession | null): boolean {
  return known?.record.desired === 'logged-out' && Boolean(known.status?.account);
}

function isCode(thrown: unknown, code: WabusError['code']): boolean {
  return thrown instanceof WabusError && thrown.code === code;
}
