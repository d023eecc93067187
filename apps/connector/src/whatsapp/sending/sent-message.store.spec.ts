import type { ExpiringRecord } from '../../auth-state/auth-state.types.js';
import { SentMessageStore } from './sent-message.store.js';

/** The records that outlive a connector, by type and id. */
class Records {
  readonly written: ExpiringRecord[] = [];
  reads = 0;
  refusal: Error | null = null;

  writeExpiring(record: ExpiringRecord): Promise<void> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.written.push(record);
    return Promise.resolve();
  }

  readExpiring(type: string, id: string): Promise<unknown> {
    this.reads++;
    return Promise.resolve(this.written.find(record => record.type === type && record.id === id)?.value ?? null);
  }
}

const sent = (id: string, text = id, fromMe = true) => ({
  key: { id, fromMe, remoteJid: '1@s.whatsapp.net' },
  message: { conversation: text, messageContextInfo: { messageSecret: new Uint8Array([1, 2]) } }
});

describe('a sent message', () => {
  let records: Records;
  let store: SentMessageStore;

  beforeEach(() => {
    records = new Records();
    store = new SentMessageStore(records, 5_000);
  });

  test('is found by id with its secret, even by the next owner', async () => {
    await store.keep(sent('A'));
    for (const reader of [store, new SentMessageStore(records, 5_000)]) {
      const found = await reader.find('A');
      expect(found?.conversation).toBe('A');
      expect(Buffer.from(found!.messageContextInfo!.messageSecret!)).toEqual(Buffer.from([1, 2]));
    }
    expect(records.written[0]).toMatchObject({ type: 'sent', id: 'A', ttlMs: 5_000 });
    expect(records.reads).toBe(1);
    expect(await store.find('B')).toBeUndefined();
    expect(await store.find(undefined)).toBeUndefined();
  });

  test('is stored only if the account sent it and it has content', async () => {
    await store.keep(sent('A', 'text', false));
    await store.keep({ key: { id: 'B', fromMe: true } });
    expect(records.written).toEqual([]);
  });

  test('is read again if newer ones fill the memory', async () => {
    for (let i = 0; i < 1_000; i++) await store.keep(sent(`M${i}`, 'x'.repeat(1_000)));
    expect((await store.find('M0'))?.conversation).toHaveLength(1_000);
    await store.find('M999');
    expect(records.reads).toBe(1);
  });

  test('is stored in parts if it is large', async () => {
    const text = 'x'.repeat(1_000_000);
    await store.keep(sent('A', text));
    expect(records.written.every(({ value }) => !(value instanceof Uint8Array) || value.length <= 200_000)).toBe(true);
    expect((await new SentMessageStore(records, 5_000).find('A'))?.conversation).toBe(text);
    records.written.splice(2, 1);
    expect(await store.find('A')).toBeUndefined();
  });

  test('is uncertain if storing it failed temporarily', async () => {
    records.refusal = new Error('another owner');
    await expect(store.keep(sent('A'))).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});
