import type { AnyEvent } from '@wabus/sdk';
import { hasText } from './event-search.policy.js';

const event = {
  event: 'messages.upsert',
  session: 'sales',
  data: { messages: [{ message: { conversation: 'Say "hi"\nto Ana' } }] }
} as unknown as AnyEvent;

it.each(['', 'say', 'ANA', '"hi"', '"hi"\nto', 'sales', '"conversation":"say'])('finds %j in an event', find => {
  expect(hasText(event, find)).toBe(true);
});

it('does not find absent text', () => {
  expect(hasText(event, 'Ben')).toBe(false);
});
