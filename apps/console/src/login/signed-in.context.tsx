import { createContext, useContext } from 'react';
import type { PrincipalView, Scope } from '@wabus/contracts';
import type { EdgeClient } from '../edge/edge.client.js';
import { may } from './permission.policy.js';

/** Who is logged in, and how to ask the edge in their name. */
export interface SignedIn {
  readonly principal: PrincipalView;
  readonly edge: EdgeClient;
  /** Ends the login, also at the edge. */
  readonly signOut: () => void;
  /** The edge has ended the login: back to where one logs in, with the reason. */
  readonly ended: () => void;
}

export const SignedInContext = createContext<SignedIn | null>(null);

/** Throws outside of the part of the page that is for people who are logged in. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('nobody is logged in here');
  return signedIn;
}

export function useEdge(): EdgeClient {
  return useSignedIn().edge;
}

export function useMay(scope: Scope): boolean {
  return may(useSignedIn().principal, scope);
}
