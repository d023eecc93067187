import type { SessionId } from '@wabus/contracts';
import { EventFence } from './logged-event.codec.js';

const session = 's' as SessionId;

it('hides only the events of a deleted session', () => {
  const fence = new EventFence();
  expect(fence.admits({ session, epoch: 0 })).toBe(true);
  fence.raise(session, 7);
  fence.raise(session, 5);
  expect([5, 7, 8].map(epoch => fence.admits({ session, epoch }))).toEqual([false, false, true]);
  expect(fence.admits({ session: 'other' as SessionId, epoch: 5 })).toBe(true);
});
