import { createContext, useContext } from 'react';
import type { PrincipalView, Scope } from '@wabus/contracts';
import type { EdgeClient } from '../edge/edge.client.js';
import { may } from './permission.policy.js';

/** The current login, and a client for requests with it. */
export interface SignedIn {
  readonly principal: PrincipalView;
  readonly edge: EdgeClient;
  /** Ends the login, also at the edge. */
  readonly signOut: () => void;
  /** Handles a login that the edge has ended: returns to the login page and shows the reason. */
  readonly ended: () => void;
}

export const SignedInContext = createContext<SignedIn | null>(null);

/** Throws outside of `LoginGate`. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('no user is logged in here');
  return signedIn;
}

export function useEdge(): EdgeClient {
  return useSignedIn().edge;
}

export function useMay(scope: Scope): boolean {
  return may(useSignedIn().principal, scope);
}
