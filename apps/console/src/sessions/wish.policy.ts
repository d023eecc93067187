import type { SessionView } from '@wabus/sdk';
import type { Wish } from './sessions.query.js';

/** Returns the actions that make sense in the session's current state; the first is the most likely one. */
export function sensibleWishes({ desired, status }: Pick<SessionView, 'desired' | 'status'>): Wish[] {
  if (desired === 'deleted') return [];
  switch (status.state) {
    case 'stopped':
      return ['start', ...(status.account === null ? [] : (['logout'] as const)), 'delete'];
    case 'logged-out':
      return ['start', 'delete'];
    case 'failed':
      return ['restart', 'stop', 'logout', 'delete'];
    case 'starting':
    case 'connecting':
    case 'pairing':
    case 'open':
    case 'waiting':
      return ['stop', 'restart', ...(status.account === null ? [] : (['logout'] as const)), 'delete'];
  }
}

/** The actions that need a confirmation because they end something. */
export const ASKED_FIRST: Readonly<Record<Wish, 'plain' | 'dangerous' | false>> = {
  start: false,
  restart: 'plain',
  stop: 'plain',
  logout: 'dangerous',
  delete: 'dangerous'
};
