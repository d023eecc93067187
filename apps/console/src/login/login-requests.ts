import type { PrincipalView } from '@wabus/contracts';
import { PAGE_HEADER, LOGIN_ADDRESS } from '../edge/console-header.js';
import { EdgeClient } from '../edge/edge.client.js';

const NOTED = 'wabus.logged-in';
const CODE = /^#login=([\w-]+)$/;

/** What somebody logs in with. */
export type Proof = { readonly token: string; readonly remember: boolean } | { readonly code: string };

/** Whether this browser has logged in before: only then it is worth asking whether it still is. */
export const loginNote = {
  read: (): boolean => localStorage.getItem(NOTED) !== null,
  keep: (): void => localStorage.setItem(NOTED, '1'),
  forget: (): void => localStorage.removeItem(NOTED)
};

/** Takes the code of a one-time login out of the address, so that it stays in no history. */
export function takeLoginCode(): string | null {
  const code = CODE.exec(location.hash)?.[1];
  if (code === undefined) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

/** Exchanges the proof for a cookie, if there is one, and asks what the login permits. Throws `WabusError`. */
export async function enter(proof: Proof | null): Promise<PrincipalView> {
  const edge = new EdgeClient(() => undefined);
  if (proof !== null) await edge.json('POST', LOGIN_ADDRESS, proof);
  return edge.get<PrincipalView>('/api/principal');
}

/** Ends the login at the edge. An edge that does not answer ends it when its time is up; the browser forgets that there is one. */
export async function leave(): Promise<void> {
  try {
    // Also when the tab is closed at once.
    await fetch(LOGIN_ADDRESS, { method: 'DELETE', headers: { [PAGE_HEADER]: '1' }, keepalive: true });
  } catch {
    // Nothing more can be done here.
  }
}
