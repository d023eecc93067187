import type { PrincipalView } from '@wabus/contracts';
import { PAGE_HEADER, LOGIN_ADDRESS } from '../edge/console-header.js';
import { EdgeClient } from '../edge/edge.client.js';

const NOTED = 'wabus.logged-in';
const CODE = /^#login=([\w-]+)$/;

/** The credentials of a login. */
export type Proof = { readonly token: string; readonly remember: boolean } | { readonly code: string };

/** Whether this browser has logged in before. Only then does the page ask the edge whether the login is still valid. */
export const loginNote = {
  read: (): boolean => localStorage.getItem(NOTED) !== null,
  keep: (): void => localStorage.setItem(NOTED, '1'),
  forget: (): void => localStorage.removeItem(NOTED)
};

/** Removes the code of a one-time login from the address, so that it does not stay in the browser history, and returns it. */
export function takeLoginCode(): string | null {
  const code = CODE.exec(location.hash)?.[1];
  if (code === undefined) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

/** Exchanges the credentials, if given, for a cookie, and requests the permissions of the login. Throws `WabusError`. */
export async function enter(proof: Proof | null): Promise<PrincipalView> {
  const edge = new EdgeClient(() => undefined);
  if (proof !== null) await edge.json('POST', LOGIN_ADDRESS, proof);
  return edge.get<PrincipalView>('/api/principal');
}

/** Ends the login at the edge. If the edge is unreachable, the login stays valid there until it expires, but this browser no longer uses it. */
export async function leave(): Promise<void> {
  try {
    // `keepalive` sends the request even if the tab is closed immediately.
    await fetch(LOGIN_ADDRESS, { method: 'DELETE', headers: { [PAGE_HEADER]: '1' }, keepalive: true });
  } catch {
    // The login expires at the edge.
  }
}
