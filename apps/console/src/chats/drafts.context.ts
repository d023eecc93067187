import { useMemo } from 'react';
import { useSignedIn } from '../login/signed-in.context.js';
import { Drafts } from './drafts.store.js';

/** Returns the drafts of the logged-in token. */
export function useDrafts(): Drafts {
  const { id } = useSignedIn().principal;
  return useMemo(() => new Drafts(id, sessionStorage), [id]);
}
