import type { AnyEvent } from '../events/event-envelope.js';
import { lanesOf } from './event-lanes.policy.js';

const event = (data: unknown): AnyEvent =>
  ({ id: 'x', session: 'sales', event: 'call', cursor: 'c', at: '', epoch: 1, schemaVersion: 1, data }) as AnyEvent;

describe('the lanes of an event', () => {
  test.each<[string, unknown, string[]]>([
    [
      'a message: both jids of its chat, none of its content',
      {
        messages: [
          {
            key: { remoteJid: '1@lid', remoteJidAlt: '1@s.whatsapp.net', id: 'ABC' },
            message: { extendedTextMessage: { contextInfo: { remoteJid: '2@lid' } } }
          }
        ]
      },
      ['sales/1@lid', 'sales/1@s.whatsapp.net']
    ],
    ['a change of a message', [{ key: { remoteJid: '1@g.us', id: 'ABC' }, update: { status: 3 } }], ['sales/1@g.us']],
    ['several chats', [{ id: '1@lid' }, { id: '2@lid' }], ['sales/1@lid', 'sales/2@lid']],
    ['names of deleted chats', ['1@lid'], ['sales/1@lid']],
    ['a presence', { id: '1@g.us', presences: {} }, ['sales/1@g.us']],
    ['a label of a chat', { association: { chatId: '1@lid' } }, ['sales/1@lid']],
    ['no chat', { state: 'open' }, ['sales']],
    ['nothing', null, ['sales']]
  ])('by chat: %s', (_what, data, lanes) => {
    expect(lanesOf(event(data), 'chat')).toEqual(lanes);
  });

  test('by session, and none', () => {
    expect(lanesOf(event([{ id: '1@lid' }]), 'session')).toEqual(['sales']);
    expect(lanesOf(event([{ id: '1@lid' }]), 'none')).toEqual([]);
  });
});
