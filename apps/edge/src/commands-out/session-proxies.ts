import { Injectable } from '@nestjs/common';
import {
  parseProxyAddress,
  proxyContext,
  sealSecret,
  shownProxy,
  WabusError,
  type SealingKey,
  type SessionId,
  type StoredProxy
} from '@wabus/contracts';
import { Egress } from '../egress/egress.js';
import { SessionRegistryStore } from './session.registry.store.js';

/**
 * Converts the address of a proxy into the form that the record of a session may contain: user and password are sealed for the connectors,
 * and no edge can open them again.
 */
@Injectable()
export class SessionProxies {
  constructor(
    private readonly egress: Egress,
    private readonly registry: SessionRegistryStore
  ) {}

  /**
   * @param address an address that `IsProxyAddress` has accepted
   * @throws {WabusError} `EGRESS_DENIED` for a private network, `NO_OWNER` until a connector has started and published its sealing key
   */
  async stored(session: SessionId, address: string): Promise<StoredProxy> {
    const proxy = parseProxyAddress(address);
    await this.egress.checkProxy(proxy.host).catch((thrown: unknown) => {
      throw thrown instanceof WabusError ? new WabusError(thrown.code, { message: thrown.message, details: { field: 'proxy' } }) : thrown;
    });
    const url = shownProxy(proxy);
    if (!proxy.credentials) return { url, credentials: null };
    const { username, password } = proxy.credentials;
    return { url, credentials: sealSecret(await this.key(), proxyContext(session, url), JSON.stringify([username, password])) };
  }

  private async key(): Promise<SealingKey> {
    const key = await this.registry.sealingKey();
    if (key) return key;
    throw new WabusError('NO_OWNER', {
      message: 'No connector has started yet, so there is no key to encrypt the proxy password with. Start a connector, then try again.'
    });
  }
}
