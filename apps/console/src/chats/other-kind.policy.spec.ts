import { kindNameOf } from './other-kind.policy.js';

it.each([
  ['pollCreationMessageV3', 'poll'],
  ['liveLocationMessage', 'location'],
  ['contactsArrayMessage', 'contact'],
  ['eventMessage', 'event'],
  ['callLogMesssage', 'call'],
  ['productMessage', 'product'],
  ['requestPaymentMessage', 'order'],
  ['somethingNewMessage', 'other']
])('%s is a %s', (field, kind) => {
  expect(kindNameOf(field)).toBe(kind);
});
