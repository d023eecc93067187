import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { WabusError, type PasskeyRecord, type PasskeyRequest, type PasskeyView, type SessionId } from '@wabus/contracts';
import { RateLimiter } from '@wabus/runtime';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from './command.client.js';
import { SessionRegistryStore } from './session.registry.store.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const REQUESTS_PER_MINUTE = 10;
/** How long to wait for the status in which the owner announces a new address. */
const NEWS_LIMIT_MS = 2_000;

/**
 * Serves the one-time address of a passkey link, which permits to finish or cancel this link and nothing else. The edge has only hashes of the tokens. They
 * arrive with the status of the session, so that any edge serves any address, and are removed when the exchange ends. Every method throws `NOT_FOUND`,
 * `RATE_LIMITED`, and `PASSKEY_NOT_REQUESTED` when the exchange is over, with `details.linked` and, if it failed, `details.error`.
 */
@Injectable()
export class PasskeyLinkService {
  private readonly limiter = new RateLimiter({ perSecond: REQUESTS_PER_MINUTE / 60, burst: REQUESTS_PER_MINUTE });

  constructor(
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore
  ) {}

  async view(token: string): Promise<PasskeyView> {
    const { session, principal } = await this.admit(token);
    const { url: _url, ...request } = (await this.commands.execute(principal, { session, method: 'getPasskey' })) as PasskeyRequest;
    return { session, ...request };
  }

  /** Submits the assertion. Throws `INVALID_ARGUMENTS`, `REFUSED_BY_WHATSAPP`, `TIMEOUT`. */
  submit(token: string, args: object): Promise<PasskeyView> {
    return this.change(token, 'submitPasskeyAssertion', args);
  }

  /** Confirms the link. Throws `INVALID_ARGUMENTS`, `REFUSED_BY_WHATSAPP`, `TIMEOUT`. */
  confirm(token: string, args: object): Promise<PasskeyView> {
    return this.change(token, 'confirmPasskey', args);
  }

  cancel(token: string): Promise<PasskeyView> {
    return this.change(token, 'cancelPasskey', {});
  }

  private async change(
    token: string,
    method: 'submitPasskeyAssertion' | 'confirmPasskey' | 'cancelPasskey',
    args: object
  ): Promise<PasskeyView> {
    const { session, principal } = await this.admit(token);
    const record = (await this.commands.execute(principal, { session, method, args })) as PasskeyRecord;
    return { session, ...record, options: null };
  }

  private async admit(token: string): Promise<{ session: SessionId; principal: Principal }> {
    if (!TOKEN.test(token)) throw new WabusError('NOT_FOUND');
    const hash = createHash('sha256').update(token).digest('base64url');
    const retryAfterMs = this.limiter.take(hash, performance.now());
    if (retryAfterMs > 0) {
      throw new WabusError('RATE_LIMITED', {
        message: `This address accepts at most ${REQUESTS_PER_MINUTE} requests per minute. Nothing was done.`,
        details: { limit: 'passkey-link', retryAfterMs }
      });
    }
    const status = await this.registry.findStatus(
      ({ passkeyLinks }) => passkeyLinks?.hashes.includes(hash) ?? false,
      AbortSignal.timeout(NEWS_LIMIT_MS)
    );
    if (!status?.passkeyLinks) throw new WabusError('NOT_FOUND');
    const { over, error = null } = status.passkeyLinks;
    if (over !== null) throw new WabusError('PASSKEY_NOT_REQUESTED', { details: { stage: null, linked: over === 'linked', error } });
    const { session } = status;
    return { session, principal: { id: `passkey-link:${hash.slice(0, 12)}`, sessions: [session], scopes: ['control'] } };
  }
}
