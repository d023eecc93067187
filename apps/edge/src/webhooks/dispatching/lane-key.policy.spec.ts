import type { LoggedEvent } from '@wabus/broker';
import type { SessionId, WebhookOrder } from '@wabus/contracts';
import { laneKeyOf, partsOfLane } from './lane-key.policy.js';

const PN = '15550001@s.whatsapp.net';
const LID = '77@lid';

const keyOf = (order: WebhookOrder, chats: string[]): string => {
  const facts = { id: 'e', session: 's' as SessionId, event: 'call' as const, epoch: 1, at: '', schemaVersion: 1, chats };
  return laneKeyOf({ facts, body: '', sequence: 5, cursor: '' } satisfies LoggedEvent, order);
};

it.each<[WebhookOrder, string[], string, string | null]>([
  ['chat', [], 's', null],
  ['chat', [PN], `s/${PN}`, PN],
  ['chat', [LID], `s/${LID}`, LID],
  ['chat', [LID, PN], `s/${PN}`, PN],
  ['chat', [PN, LID], `s/${PN}`, PN],
  ['chat', [PN, '15550002@s.whatsapp.net'], 's/+', null],
  ['session', [PN], 's', null],
  ['none', [PN], 's#5', null]
])('with the order %s, an event about %j is in the lane %s', (order, chats, key, chat) => {
  expect(keyOf(order, chats)).toBe(key);
  expect(partsOfLane(key)).toEqual({ session: 's', chat });
});
