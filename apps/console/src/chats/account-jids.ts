import { useMemo } from 'react';
import { useSessions } from '../sessions/sessions.query.js';

/** The jids by which others name the account of a session: of its number, and its LID. */
export function useAccountJids(session: string): ReadonlySet<string> {
  const { data } = useSessions();
  const account = data?.find(view => view.session === session)?.status.account;
  return useMemo(() => {
    const texts = Object.values(account ?? {}).filter(value => typeof value === 'string');
    // Without the device.
    return new Set(texts.map(text => text.replace(/:\d+@/, '@')));
  }, [account]);
}
