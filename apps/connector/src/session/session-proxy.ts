import { parseProxyAddress, proxyContext, type ProxyAddress, type SessionId, type SessionSettings } from '@wabus/contracts';
import type { AuthStateStore } from '../auth-state/auth-state.store.js';

/**
 * The proxy that the settings of a session name, with user and password; `null` for none.
 * Throws `AuthStateUnreadableError` when they cannot be opened here, and `ProxyAddressError`.
 */
export function proxyOf(
  secrets: Pick<AuthStateStore, 'openSecret'>,
  session: SessionId,
  settings: Pick<SessionSettings, 'proxy'> | undefined
): ProxyAddress | null {
  const stored = settings?.proxy;
  if (!stored) return null;
  const address = parseProxyAddress(stored.url);
  if (!stored.credentials) return address;
  const [username, password] = JSON.parse(secrets.openSecret(proxyContext(session, stored.url), stored.credentials)) as [string, string];
  return { ...address, credentials: { username, password } };
}
