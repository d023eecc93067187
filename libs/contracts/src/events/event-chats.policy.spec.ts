import { chatsOfBody, chatsOfEvent } from './event-chats.policy.js';
import { decodeEventHeaders, encodeEventHeaders, type EventFacts } from './event-headers.codec.js';
import { EVENT_NAMES, type EventName } from './event-catalog.js';
import type { SessionId } from '../ids/ids.js';

const key = (remoteJid: string): object => ({ key: { remoteJid, id: 'x' } });

describe('the chats of an event', () => {
  it.each<[EventName, unknown, string[]]>([
    ['messages.upsert', { messages: [key('a'), key('a'), key('b')], type: 'notify' }, ['a', 'b']],
    ['messages.update', [key('a')], ['a']],
    ['messages.update', [{ key: { remoteJid: '9@lid', remoteJidAlt: '1@s.whatsapp.net' } }], ['9@lid', '1@s.whatsapp.net']],
    ['messages.upsert', { messages: [{ key: { remoteJid: '1@s.whatsapp.net', remoteJidAlt: '9@lid' } }] }, ['1@s.whatsapp.net', '9@lid']],
    ['messages.upsert', { messages: [{ key: { remoteJid: '1:7@s.whatsapp.net' } }] }, ['1@s.whatsapp.net']],
    [
      'messages.upsert',
      { messages: [{ key: { remoteJid: '5@broadcast', participant: '9:2@lid', participantAlt: '1@s.whatsapp.net' } }] },
      ['5@broadcast', '9@lid', '1@s.whatsapp.net']
    ],
    ['messages.upsert', { messages: [{ key: { remoteJid: 'status@broadcast', participant: '9@lid' } }] }, ['status@broadcast']],
    ['chats.update', [{ id: '9@lid', pnJid: '1@s.whatsapp.net' }], ['9@lid', '1@s.whatsapp.net']],
    ['contacts.update', [{ id: '1@s.whatsapp.net', lid: '9@lid' }], ['1@s.whatsapp.net', '9@lid']],
    ['messages.reaction', [key('a')], ['a']],
    ['message-receipt.update', [key('a')], ['a']],
    ['messages.delete', { keys: [{ remoteJid: 'a' }] }, ['a']],
    ['messages.delete', { jid: 'a', all: true }, ['a']],
    ['chats.update', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
    ['chats.delete', ['a', 'b'], ['a', 'b']],
    ['presence.update', { id: 'a', presences: {} }, ['a']],
    ['group-participants.update', { id: 'g', author: 'a' }, ['g']],
    ['group.member-tag.update', { groupId: 'g' }, ['g']],
    ['labels.association', { association: { chatId: 'a' }, type: 'add' }, ['a']],
    ['call', [{ chatId: 'a', from: 'b' }], ['a', 'b']],
    ['messaging-history.set', { messages: [key('a')], chats: [{ id: 'b' }], contacts: [{ id: 'c' }] }, ['a', 'b', 'c']],
    ['connection.update', { connection: 'open' }, []]
  ])('%s', (event, payload, chats) => {
    expect(chatsOfEvent(event, payload)).toEqual(chats);
    expect(chatsOfBody(event, JSON.stringify(payload))).toEqual(chats);
  });

  it('are none for another shape or invalid JSON', () => {
    const odd = [
      null,
      5,
      'text',
      [],
      {},
      [null],
      [5],
      [{ key: null }],
      { messages: 5 },
      JSON.parse('{"__proto__": {"id": "x"}}'),
      { id: 5 }
    ];
    for (const event of EVENT_NAMES) {
      for (const payload of odd) expect(chatsOfEvent(event, payload).filter(chat => chat !== 'text')).toEqual([]);
      expect(chatsOfBody(event, '{')).toEqual([]);
    }
  });

  it.each([[[]], [['1@s.whatsapp.net']], [['1@s.whatsapp.net', 'a,b', '%2C', 'ü\r\nX: y', '-']]])('survive in a header: %j', chats => {
    const facts: EventFacts = {
      id: 'i',
      session: 's' as SessionId,
      event: 'call',
      epoch: 1,
      at: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1,
      chats
    };
    const headers = new Map(encodeEventHeaders(facts));
    expect(headers.get('Wabus-Chats')).toMatch(/^[!-~]*$/);
    expect(decodeEventHeaders(name => headers.get(name))).toEqual(facts);
  });
});
