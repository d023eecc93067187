import { KnownChats, type ChatRecords } from './known-chats.store.js';

const HOUR_MS = 3_600_000;

/** The records that outlive a connector. */
class Records implements ChatRecords {
  readonly values = new Map<string, unknown>();
  writes = 0;

  get(type: string, ids: string[]): Promise<Record<string, unknown>> {
    return Promise.resolve(
      Object.fromEntries(ids.flatMap(id => (this.values.has(`${type}/${id}`) ? [[id, this.values.get(`${type}/${id}`)]] : [])))
    );
  }

  set(changes: Record<string, Record<string, unknown>>): Promise<void> {
    this.writes++;
    for (const [type, records] of Object.entries(changes))
      for (const [id, value] of Object.entries(records)) this.values.set(`${type}/${id}`, value);
    return Promise.resolve();
  }
}

const jid = (n: number) => `${n}@s.whatsapp.net`;

describe('the chats of an account', () => {
  test('are known by any jid, even to the next owner', async () => {
    const records = new Records();
    await new KnownChats(records).add(['1@lid', jid(1)]);
    const next = new KnownChats(records);
    expect(await next.has([jid(1)])).toBe(true);
    expect(await next.has([jid(2), '1@lid'])).toBe(true);
    expect(await next.has([jid(2)])).toBe(false);
  });

  test('thousands at once take one write, and no write again', async () => {
    const records = new Records();
    const chats = new KnownChats(records);
    const jids = Array.from({ length: 5_000 }, (_, n) => jid(n));
    await chats.add(jids);
    await new KnownChats(records).add(jids);
    expect(records.writes).toBe(1);
    for (const each of [jid(0), jid(4_999)]) expect(await new KnownChats(records).has([each])).toBe(true);
  });

  test('are all stored if added concurrently', async () => {
    const records = new Records();
    const chats = new KnownChats(records);
    await Promise.all(Array.from({ length: 300 }, (_, n) => chats.add([jid(n)])));
    const all = await Promise.all(Array.from({ length: 300 }, (_, n) => new KnownChats(records).has([jid(n)])));
    expect(all).not.toContain(false);
  });

  test('have a daily limit that applies across owners', async () => {
    const records = new Records();
    const first = new KnownChats(records);
    expect(await first.begin([jid(1)], 2, 0)).toEqual({ may: true });
    expect(await first.begin([jid(2)], 2, HOUR_MS)).toEqual({ may: true });
    const next = new KnownChats(records);
    expect(await next.begin([jid(3)], 2, 2 * HOUR_MS)).toEqual({ may: false, freeAt: 24 * HOUR_MS });
    expect(await next.begin([jid(1)], 2, 2 * HOUR_MS)).toEqual({ may: true });
    expect(await next.begin([jid(3)], 2, 24 * HOUR_MS)).toEqual({ may: true });
    expect(await next.begin([jid(4)], 1, 24 * HOUR_MS)).toEqual({ may: false, freeAt: 48 * HOUR_MS });
  });
});
