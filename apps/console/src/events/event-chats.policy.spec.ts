import { chatToOpen, jidsOf } from './event-chats.policy.js';

const ANA = '4915112345678@s.whatsapp.net';
const GROUP = '120363041234567890@g.us';

describe('the chats of an event', () => {
  it('are those of the message keys and their authors', () => {
    const data = { type: 'notify', messages: [{ key: { remoteJid: GROUP, participant: ANA, id: 'X' } }] };
    expect(jidsOf(data)).toEqual([GROUP, ANA]);
    expect(chatToOpen(data)).toBe(GROUP);
  });

  it('are those of listed chats and contacts', () => {
    expect(chatToOpen([{ id: ANA, unreadCount: 1 }])).toBe(ANA);
    expect(jidsOf([{ id: ANA }, { id: GROUP }])).toEqual([ANA, GROUP]);
    expect(chatToOpen([{ id: ANA }, { id: GROUP }])).toBeNull();
    expect(chatToOpen([ANA])).toBe(ANA);
  });

  it('are empty if there is no jid', () => {
    expect(jidsOf({ connection: 'open', id: 'x' })).toEqual([]);
    expect(chatToOpen({ id: 'status@broadcast' })).toBeNull();
    expect(chatToOpen(null)).toBeNull();
  });
});
