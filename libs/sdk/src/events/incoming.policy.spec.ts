import type { AnyEvent } from './event-envelope.js';
import { isIncoming } from './incoming.policy.js';

const HOUR_MS = 3_600_000;
const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

const upsert = (message: object, type = 'notify'): AnyEvent =>
  ({ event: 'messages.upsert', data: { type, messages: [{ key: { id: 'A' }, messageTimestamp: secondsAgo(1), ...message }] } }) as AnyEvent;

const text = { message: { conversation: 'hello' } };

test('a message from while the session was offline is incoming', () => {
  expect(isIncoming(upsert(text))).toBe(true);
  expect(isIncoming(upsert(text, 'append'))).toBe(true);
});

test.each([
  ['an own message', upsert({ ...text, key: { id: 'A', fromMe: true } })],
  ['an unreadable message', upsert({ messageStubType: 2 })],
  ['history', { event: 'messaging-history.set', data: { messages: [{ key: { id: 'A' }, ...text }] } } as unknown as AnyEvent]
])('%s is not an incoming message', (_what, event) => {
  expect(isIncoming(event)).toBe(false);
});

test('the age can be limited', () => {
  const old = upsert({ ...text, messageTimestamp: String(secondsAgo(7200)) }, 'append');
  expect(isIncoming(old)).toBe(true);
  expect(isIncoming(old, { maxAgeMs: HOUR_MS })).toBe(false);
  expect(isIncoming(upsert(text), { maxAgeMs: HOUR_MS })).toBe(true);
});
