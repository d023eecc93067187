import type { SessionView } from '@wabus/sdk';
import { sessionToOffer } from './session-offer.policy.js';

const view = (session: string, state: string): SessionView => ({ session, status: { state } }) as SessionView;

it('offers the first connected session', () => {
  expect(sessionToOffer([view('a', 'failed'), view('b', 'open'), view('c', 'open')])).toBe('b');
});

it('offers the first session if none is connected', () => {
  expect(sessionToOffer([view('a', 'failed'), view('b', 'stopped')])).toBe('a');
  expect(sessionToOffer([])).toBeNull();
});
