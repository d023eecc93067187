import { InboxBacklogLimiter } from './inbox-backlog.limiter.js';

const { jest } = import.meta;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const isSettled = async (promise: Promise<void> | null): Promise<boolean> => {
  let settled = false;
  void promise?.then(() => (settled = true));
  await jest.advanceTimersByTimeAsync(0);
  return settled;
};

test('messages wait until fewer are ahead of them', async () => {
  const limiter = new InboxBacklogLimiter();
  expect(limiter.room(15)).toBeNull();
  const room = limiter.room(16);
  limiter.finished(16);
  expect(await isSettled(room)).toBe(false);
  limiter.finished(15);
  expect(await isSettled(room)).toBe(true);
});

test('messages do not wait for a log that accepts none', async () => {
  const limiter = new InboxBacklogLimiter();
  const room = limiter.room(16);
  await jest.advanceTimersByTimeAsync(500);
  expect(await isSettled(room)).toBe(true);
  expect(limiter.room(100)).toBeNull();
  limiter.finished(99);
  expect(limiter.room(100)).not.toBeNull();
});

test('nothing waits after the end', async () => {
  const limiter = new InboxBacklogLimiter();
  const room = limiter.room(16);
  limiter.end();
  expect(await isSettled(room)).toBe(true);
});
