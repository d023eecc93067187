import { splitBody } from './event-split.policy.js';

const LIMIT = 1_000;
const items = (count: number, size = 90) => Array.from({ length: count }, (_, i) => ({ id: i, text: 'x'.repeat(size) }));
const sizes = (bodies: string[]) => bodies.map(body => Buffer.byteLength(body));

describe('a body', () => {
  test('below the limit is left alone', () => {
    expect(splitBody('chats.update', items(3), LIMIT)).toEqual([JSON.stringify(items(3))]);
  });

  test('splits a list below the limit, in order, without loss', () => {
    const bodies = splitBody('chats.update', items(100), LIMIT);
    expect(bodies.length).toBeGreaterThan(8);
    expect(Math.max(...sizes(bodies))).toBeLessThanOrEqual(LIMIT + 2);
    expect(bodies.flatMap(body => JSON.parse(body) as unknown[])).toEqual(items(100));
  });

  test('of history splits its lists and repeats the other fields', () => {
    const payload = { chats: items(20), contacts: items(15), messages: items(30), isLatest: true, progress: 50, syncType: 3 };
    const parts = splitBody('messaging-history.set', payload, LIMIT).map(body => JSON.parse(body) as typeof payload);
    expect(parts.length).toBeGreaterThan(5);
    for (const list of ['chats', 'contacts', 'messages'] as const) expect(parts.flatMap(part => part[list])).toEqual(payload[list]);
    for (const part of parts) expect(part).toMatchObject({ isLatest: true, progress: 50, syncType: 3 });
  });

  test('counts bytes, not characters', () => {
    const bodies = splitBody(
      'contacts.update',
      Array.from({ length: 20 }, () => 'ä'.repeat(40)),
      LIMIT
    );
    expect(Math.max(...sizes(bodies))).toBeLessThanOrEqual(LIMIT + 2);
  });

  test('with one item above the limit gives it its own part', () => {
    const bodies = splitBody('chats.upsert', [...items(2), ...items(1, 5_000), ...items(2)], LIMIT);
    expect(bodies.map(body => (JSON.parse(body) as unknown[]).length)).toEqual([2, 1, 2]);
  });

  test('without a list stays whole', () => {
    const payload = { id: 'x'.repeat(5_000) };
    expect(splitBody('chats.lock', payload, LIMIT)).toEqual([JSON.stringify(payload)]);
  });

  test('of deleted messages splits by key, and only in that form', () => {
    expect(splitBody('messages.delete', { keys: items(30) }, LIMIT).length).toBeGreaterThan(2);
    expect(splitBody('messages.delete', { jid: 'x'.repeat(2_000), all: true }, LIMIT)).toHaveLength(1);
  });
});
