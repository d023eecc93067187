import type { BinaryNode } from '@whiskeysockets/baileys';
import { ackOf, correctedAck, isPost, isUnknown } from './acknowledgement.policy.js';

const stanza = (tag: string, attrs: Record<string, string> = {}): BinaryNode => ({
  tag,
  attrs: { id: '1', from: 'a@s.whatsapp.net', ...attrs }
});
const ack = (error?: string): BinaryNode => ({ tag: 'ack', attrs: { class: 'message', id: '1', ...(error ? { error } : {}) } });

test.each(['message', 'receipt', 'notification', 'call', 'iq', 'ack', 'ib', 'presence', 'chatstate', 'success', 'failure'])(
  '%s is known',
  tag => expect(isUnknown(stanza(tag))).toBe(false)
);

test('any other tag is unknown if it has id and from', () => {
  expect(isUnknown(stanza('novelty'))).toBe(true);
  expect(isUnknown({ tag: 'novelty', attrs: { id: '1' } })).toBe(false);
  expect(isUnknown({ tag: 'novelty', attrs: { from: 'a' } })).toBe(false);
});

test.each([
  ['status@broadcast', true],
  ['1@newsletter', true],
  ['a@s.whatsapp.net', false]
])('status from %s is a post: %s', (from, post) => {
  expect(isPost(stanza('status', { from }))).toBe(post);
  expect(isUnknown(stanza('status', { from }))).toBe(!post);
});

test('the ack of a post has class, author, type and device', () => {
  const post = stanza('status', { from: 'status@broadcast', participant: 'b@s.whatsapp.net', type: 'media', t: '1' });
  expect(ackOf(post, 'me:2@s.whatsapp.net')).toEqual({
    tag: 'ack',
    attrs: { id: '1', to: 'status@broadcast', class: 'status', participant: 'b@s.whatsapp.net', type: 'media', from: 'me:2@s.whatsapp.net' }
  });
});

test('an ack loses error 500 if its message is settled', () => {
  expect(correctedAck(ack('500'), { post: false, isSettled: true })).toEqual(ack());
  expect(correctedAck(ack('500'), { post: false, isSettled: false })).toEqual(ack('500'));
});

test.each(['487', '488', '491', '495'])('an ack keeps error %s', error =>
  expect(correctedAck(ack(error), { post: false, isSettled: true })).toEqual(ack(error))
);

test('the message ack of a post is not sent', () => expect(correctedAck(ack('500'), { post: true, isSettled: true })).toBeNull());
