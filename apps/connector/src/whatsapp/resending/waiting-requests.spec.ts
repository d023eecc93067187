import type { RetryReceipt } from './retry-receipt.reader.js';
import { WaitingRequests } from './waiting-requests.js';

const request = (chat: string, asker: string, id = 'm'): RetryReceipt => ({
  ...{ chat, asker, id, own: false, count: 1 },
  stanza: { tag: 'receipt', attrs: {} }
});
const all = (from: WaitingRequests, may: (chat: string) => boolean = () => true): string[] => {
  const taken: string[] = [];
  for (let next = from.next(may); next; next = from.next(may)) taken.push(`${next.chat}${next.asker}`);
  return taken;
};

test('chats take turns, each in its own order', () => {
  const waiting = new WaitingRequests();
  for (const [chat, asker] of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2'].map(name => [name[0]!, name[1]!])) waiting.add(request(chat!, asker!));
  expect(waiting.has('a')).toBe(true);
  expect(all(waiting)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  expect(waiting.has('a')).toBe(false);
});

test('a waiting chat does not delay other chats', () => {
  const waiting = new WaitingRequests();
  for (const chat of ['a', 'b']) waiting.add(request(chat, '1'));
  expect(all(waiting, chat => chat === 'b')).toEqual(['b1']);
  expect(all(waiting)).toEqual(['a1']);
});

test('a device has one request per message, with its newest keys', () => {
  const waiting = new WaitingRequests();
  waiting.add(request('a', '1'));
  const newest = { ...request('a', '1'), count: 2 };
  waiting.add(newest);
  expect(waiting.next(() => true)).toBe(newest);
  expect(waiting.next(() => true)).toBeNull();
});

test('requests per chat and the number of chats are limited', () => {
  const waiting = new WaitingRequests();
  const room = Array.from({ length: 3_500 }, (_, i) => waiting.add(request('a', String(i)))).filter(Boolean).length;
  const chats = Array.from({ length: 600 }, (_, i) => waiting.add(request(`chat ${i}`, '1'))).filter(Boolean).length;
  expect([room, chats]).toEqual([3_000, 499]);
});
