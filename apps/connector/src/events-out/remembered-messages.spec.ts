import { createHash } from 'node:crypto';
import type { KeyChanges } from '../auth-state/auth-state.types.js';
import { RememberedMessages } from './remembered-messages.js';

const DAY = 86_400_000;
const eventId = (n: number) => `s1.m.${createHash('sha256').update(String(n)).digest('base64url').slice(0, 32)}`;

/** Records as in an auth state, and the number of their writes. */
class Records {
  readonly stored = new Map<string, unknown>();
  writes = 0;
  bytes = 0;
  failing = false;

  listKeys = (): Promise<Record<string, unknown>> => Promise.resolve(Object.fromEntries(this.stored));

  writeKeys = (changes: KeyChanges): Promise<void> => {
    if (this.failing) return Promise.reject(new Error('away'));
    this.writes++;
    for (const [id, value] of Object.entries(changes['seen']!)) {
      this.stored.set(id, structuredClone(value));
      this.bytes += (value as { ids: Uint8Array }).ids.length;
    }
    return Promise.resolve();
  };
}

/** Adds messages like the publisher, which stores them whenever that is due. */
async function receive(memory: RememberedMessages, from: number, to: number, now = 0): Promise<void> {
  for (let n = from; n < to; n++) if (memory.add(eventId(n), now)) await memory.store();
}
async function reopened(records: Records, now = 0): Promise<RememberedMessages> {
  const memory = new RememberedMessages(records);
  await memory.load(now);
  return memory;
}
const known = (memory: RememberedMessages, from: number, to: number): number =>
  Array.from({ length: to - from }, (_, i) => memory.has(eventId(from + i))).filter(Boolean).length;

test('the next owner has what was stored', async () => {
  const records = new Records();
  const memory = await reopened(records);
  await receive(memory, 0, 1_000);
  await memory.store();
  expect(known(memory, 0, 1_000)).toBe(1_000);
  const next = await reopened(records);
  expect([known(next, 0, 1_000), known(next, 1_000, 2_000)]).toEqual([1_000, 0]);
});

test('a message costs 1/24 of a write, and 50 bytes', async () => {
  const records = new Records();
  await receive(await reopened(records), 0, 2_400);
  expect(records.writes).toBe(100);
  expect(records.bytes / 2_400).toBeLessThan(50);
});

test('never more than 23 are only in memory', async () => {
  const records = new Records();
  const memory = await reopened(records);
  for (let n = 0; n < 700; n++) {
    if (memory.add(eventId(n), 0)) await memory.store();
    expect(n + 1 - known(await reopened(records), 0, n + 1)).toBeLessThan(24);
  }
});

test('the newest ten thousand are kept, the oldest dropped', async () => {
  const records = new Records();
  await receive(await reopened(records), 0, 15_000);
  const next = await reopened(records);
  expect(known(next, 5_100, 14_970)).toBe(9_870);
  expect(known(next, 0, 4_000)).toBe(0);
  expect(records.stored.size).toBeLessThanOrEqual(40);
});

test('entries older than 30 days are dropped', async () => {
  const records = new Records();
  const memory = await reopened(records);
  await receive(memory, 0, 100, 0);
  await memory.store();
  expect(known(await reopened(records, 29 * DAY), 0, 100)).toBe(100);
  expect(known(await reopened(records, 31 * DAY), 0, 100)).toBe(0);
});

test('chunks of further owners continue the count', async () => {
  const records = new Records();
  for (let owner = 0; owner < 60; owner++) {
    const memory = await reopened(records);
    await receive(memory, owner * 200, (owner + 1) * 200);
    await memory.store();
  }
  const next = await reopened(records);
  expect(known(next, 12_000 - 9_900, 12_000)).toBe(9_900);
});

test('a failed store is completed with the next write', async () => {
  const records = new Records();
  const memory = await reopened(records);
  memory.add(eventId(1), 0);
  records.failing = true;
  await expect(memory.store()).rejects.toThrow('away');
  records.failing = false;
  await memory.store();
  expect(known(await reopened(records), 1, 2)).toBe(1);
});

test('a cleared auth state leaves nothing', async () => {
  const memory = await reopened(new Records());
  await receive(memory, 0, 30);
  memory.forget();
  expect(known(memory, 0, 30)).toBe(0);
});
