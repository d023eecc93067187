import type { StoredMessageView } from '@wabus/contracts';
import { readingOf } from './reading.policy.js';

const message = (id: string, fromMe = false): StoredMessageView => ({
  ...{ chat: 'c', id, fromMe, participant: null, timestamp: 7, text: id, editedAt: null, revokedAt: null },
  ...{ reactions: [], receipts: [], poll: null, labels: [], message: null }
});
const ids = (keys: readonly Record<string, unknown>[] | undefined): unknown[] | undefined => keys?.map(({ id }) => id);

describe('reading a chat', () => {
  const messages = [message('E', true), message('D'), message('C', true), message('B'), message('A')];

  it('confirms only as many messages of others as are unread', () => {
    expect(ids(readingOf(messages, 2)?.keys)).toEqual(['D', 'B']);
    expect(readingOf(messages, 2)?.lastMessages).toEqual([{ key: { remoteJid: 'c', id: 'E', fromMe: true }, messageTimestamp: 7 }]);
  });

  it('removes an unread mark without a receipt', () => {
    expect(readingOf(messages, -1)).toMatchObject({ keys: [] });
  });

  it('does nothing if all is read or the chat is empty', () => {
    expect(readingOf(messages, 0)).toBeNull();
    expect(readingOf([], 3)).toBeNull();
  });

  it('happens again when another message has arrived', () => {
    expect(readingOf(messages, 1)?.mark).not.toBe(readingOf([message('F'), ...messages], 1)?.mark);
  });
});
