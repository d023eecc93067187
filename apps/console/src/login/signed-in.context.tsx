import { createContext, useContext } from 'react';
import type { PrincipalView, Scope } from '@wabus/contracts';
import type { WabusError } from '@wabus/sdk';
import type { EdgeClient } from '../edge/edge.client.js';
import { may } from './permission.policy.js';

/** Who is logged in, and how to ask the edge in their name. */
export interface SignedIn {
  readonly token: string;
  readonly principal: PrincipalView;
  readonly edge: EdgeClient;
  /** `because` is shown at the login. */
  readonly signOut: (because?: WabusError) => void;
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
