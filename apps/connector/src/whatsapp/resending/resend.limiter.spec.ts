import { ResendLimiter } from './resend.limiter.js';

const MINUTE = 60_000;
const limiter = () => new ResendLimiter({ perChat: 10, windowMs: MINUTE });
/** Returns how many of `wanted` resends a chat is permitted at a time. */
const taken = (from: ResendLimiter, chat: string, now: number, wanted = 1_000): number =>
  Array.from({ length: wanted }, () => from.take(chat, now)).filter(waitMs => waitMs === 0).length;

test('a chat has a burst of twice its rate, then its rate', () => {
  const of = limiter();
  expect([taken(of, 'a', 0), taken(of, 'a', MINUTE), taken(of, 'a', MINUTE)]).toEqual([20, 10, 0]);
  expect(of.take('a', MINUTE)).toBe(MINUTE / 10);
});

test('each chat has a budget within the budget of the account', () => {
  const of = limiter();
  const chats = Array.from({ length: 10 }, (_, i) => taken(of, `chat ${i}`, 0));
  expect(chats).toEqual([20, 20, 20, 20, 20, 20, 0, 0, 0, 0]);
  expect(of.take('chat 9', 0)).toBe(MINUTE / 60);
});

test('a waiting request takes nothing from the budget', () => {
  const of = limiter();
  taken(of, 'a', 0, 10_000);
  expect(taken(of, 'a', MINUTE)).toBe(10);
});

test('a device gets at most five answers for one message', () => {
  const of = limiter();
  for (let i = 0; i < 5; i++) {
    expect(of.isUsedUp('m', 'd')).toBe(false);
    of.answered('m', 'd');
  }
  expect([of.isUsedUp('m', 'd'), of.isUsedUp('m', 'other'), of.isUsedUp('n', 'd')]).toEqual([true, false, false]);
});

test('a sender gets 40 receipts at once, then ten an hour', () => {
  const of = limiter();
  const asked = (now: number) => Array.from({ length: 100 }, () => of.mayAsk('s', now)).filter(Boolean).length;
  expect([asked(0), asked(60 * MINUTE)]).toEqual([40, 10]);
  expect(of.mayAsk('other', 0)).toBe(true);
});

test('an exhausted chat starts with an empty budget', () => {
  const of = limiter();
  of.exhaust('a', 0);
  expect([taken(of, 'a', 0), taken(of, 'b', 0), taken(of, 'a', MINUTE)]).toEqual([0, 20, 10]);
});
