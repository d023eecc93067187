import { isHollow, withPlausibleTimes, type HistorySet } from './history-set.mapper.js';

const NOW = 1_800_000_000;
const set = (parts: object): HistorySet => ({ chats: [], contacts: [], messages: [], ...parts });

test.each([
  [NOW - 60, NOW - 60],
  [NOW + 3_600, NOW + 3_600],
  [NOW * 1000, NOW],
  [-5, 0],
  [undefined, undefined]
])('a time of %s becomes %s', (time, plausible) => {
  const { messages, chats } = withPlausibleTimes(
    set({ messages: [{ messageTimestamp: time }], chats: [{ conversationTimestamp: time }] }),
    NOW
  );
  expect([messages[0]?.messageTimestamp, chats[0]?.conversationTimestamp]).toEqual([plausible, plausible]);
});

test('only a completely empty set is hollow', () => {
  expect(isHollow(set({ progress: 100, isLatest: true }))).toBe(true);
  expect(isHollow(set({ contacts: [{ id: '1' }] }))).toBe(false);
  expect(isHollow(set({ lidPnMappings: [{ lid: '1', pn: '2' }] }))).toBe(false);
});
