import { useMemo } from 'react';
import { useSessions } from '../sessions/sessions.query.js';

/** Returns the jids under which others see the account of a session: the phone number and the LID. */
export function useAccountJids(session: string): ReadonlySet<string> {
  const { data } = useSessions();
  const account = data?.find(view => view.session === session)?.status.account;
  return useMemo(() => {
    const texts = Object.values(account ?? {}).filter(value => typeof value === 'string');
    // Remove the device part.
    return new Set(texts.map(text => text.replace(/:\d+@/, '@')));
  }, [account]);
}
